"""A site of real books, two forces in two editions, one force without a register in one of them."""

from pathlib import Path

import pytest

from peelbook.site.build import build_site
from peelbook.site.editions import editions_named
from peelbook.site.links import broken_links

pytestmark = [pytest.mark.book, pytest.mark.slow]

FORCES = ["derbyshire", "kent"]  # nothing was coded about Derbyshire in 2017
EDITIONS = ("peel-2016", "peel-2017")


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """Return the folder of the site."""
    output = tmp_path_factory.mktemp("editions") / "site"
    built = build_site(editions_named(EDITIONS), output, forces=FORCES)
    assert (built.books, built.failed, built.changed) == (4, (), 4)
    return built.index.parent


def test_every_link_of_both_editions_leads_somewhere(site):
    assert broken_links(site) == []


@pytest.mark.parametrize("force", FORCES)
def test_book_of_each_edition_is_whole_and_about_its_own_period(site, force):
    chapters = {path.name for path in (site / force / "chapters").glob("*.html")}
    later = site / "peel-2017" / force / "chapters"
    assert {path.name for path in later.glob("*.html")} == chapters
    overview = (later / "0_overview.html").read_text("utf-8")
    assert "30 June 2017" in overview
