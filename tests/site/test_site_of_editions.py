"""A site of real books, two forces in two editions, one force without a register in one of them."""

from pathlib import Path

import pytest
from rendered_site import FORCES, real_site

from peelbook.site.links import broken_links

__all__ = ["real_site"]

pytestmark = pytest.mark.book


@pytest.fixture
def site(real_site) -> Path:
    """Return the folder of the site."""
    return real_site


def test_every_link_of_both_editions_leads_somewhere(site):
    assert broken_links(site) == []


@pytest.mark.parametrize("force", FORCES)
def test_book_of_each_edition_is_whole_and_about_its_own_period(site, force):
    chapters = {path.name for path in (site / force / "chapters").glob("*.html")}
    later = site / "peel-2017" / force / "chapters"
    assert {path.name for path in later.glob("*.html")} == chapters
    overview = (later / "0_overview.html").read_text("utf-8")
    assert "30 June 2017" in overview
