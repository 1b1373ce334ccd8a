"""A site of small notebooks, two forces in two editions: whole, linked, shared pages once."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from small_site_project import write_site_project

from peelbook.errors import PeelbookError
from peelbook.render.plan import SHARED
from peelbook.site import verify
from peelbook.site.build import build_site
from peelbook.site.editions import editions_named
from peelbook.site.links import broken_links

FORCES = ["derbyshire", "kent"]
EDITIONS = ("peel-2016", "peel-2017")


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Return a function that builds the site of some editions and returns it with its steps."""
    output = tmp_path_factory.mktemp("editions") / "site"
    project = write_site_project(tmp_path_factory.mktemp("project"))

    def run(*names: str):
        steps: list[str] = []
        site = build_site(
            editions_named(names), output, forces=FORCES, project=project, progress=steps.append
        )
        return site, set(steps)

    run.project = project
    return run


@pytest.fixture(scope="module")
def site(build) -> Path:
    """Return the folder of the site as built at first."""
    built, _steps = build(*EDITIONS)
    assert (built.books, built.failed, built.changed) == (4, (), 4)
    return built.index.parent


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def verified(monkeypatch, build):
    """Return a function that verifies a folder with the small project."""
    monkeypatch.setattr(verify, "build_site", partial(build_site, project=build.project))
    return lambda folder: verify.verify_folder(folder, {}).difference


def test_part_of_a_site_is_not_verified_on_its_own(site, verified):
    for part in ("kent", "peel-2017", "peel-2017/kent"):
        with pytest.raises(PeelbookError, match="is part of a site"):
            verified(site / part)


def test_site_that_was_changed_is_named_without_building(site, verified, tmp_path):
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    page = copy / "peel-2017" / "kent" / "chapters" / "0_overview.html"
    content = page.read_bytes()
    page.write_bytes(content + b" ")
    named = "peel-2017/kent/chapters/0_overview.html"
    assert verified(copy) == f"{named} is not the file that was published"
    page.unlink()
    assert verified(copy) == f"{named} is missing"
    page.write_bytes(content)
    (copy / "peel-2017" / "notes.txt").write_text("mine", encoding="utf-8")
    assert verified(copy) == "peel-2017/notes.txt was not published with the rest"


@pytest.mark.slow
def test_site_as_built_is_the_same_when_built_again(site, verified):
    assert verified(site) == ""


def test_every_link_of_both_editions_leads_somewhere(site):
    assert broken_links(site) == []


def test_what_books_share_is_in_the_site_once(site):
    for name in ("_static", "search.html", "data.zip", "overview.html", "framework.html"):
        assert len(list(site.rglob(name))) == 1
    assert not list(site.rglob("searchindex.js")), "of the search of Sphinx, which no page loads"
    inside = {path.name for path in (site / "peel-2017").iterdir()}
    assert inside == {*FORCES, "index.html", "peelbook-manifest.json"}


def test_each_book_has_the_parameters_of_its_edition(site):
    for folder, inspection in ((".", "2016"), ("peel-2017", "2017")):
        for force in FORCES:
            page = (site / folder / force / "chapters" / "0_overview.html").read_text("utf-8")
            assert f"{force} in {inspection}" in page
            assert f"30 June {inspection}" in page


def test_sitemap_lists_the_pages_of_every_edition(site):
    text = (site / "sitemap.xml").read_text("utf-8")
    listed = [loc.text for loc in BeautifulSoup(text, "html.parser").find_all("loc")]
    assert len(listed) == len(set(listed))
    for folder in ("", "peel-2017/"):
        assert f"/{folder}index.html" in listed
        assert f"/{folder}derbyshire/chapters/0_overview.html" in listed


def test_search_index_of_every_book_is_in_its_edition(site):
    found = {path.relative_to(site).parent.as_posix() for path in site.rglob("search_index.js")}
    assert found == {".", *FORCES, *(f"peel-2017/{force}" for force in FORCES)}


def test_one_edition_more_or_less_executes_nothing_and_changes_no_book(site, build):
    before = files_of(site)
    built, steps = build(*EDITIONS)
    assert (built.books, built.changed, steps) == (4, 0, set())
    built, steps = build("peel-2016")
    assert (built.books, built.changed, steps) == (2, 0, {f"{SHARED}: compiling"})
    alone = files_of(site)
    assert not [name for name in alone if name.startswith("peel-2017")]
    own = {name for name in alone if before[name] != alone[name]}
    assert own <= {
        *("index.html", "forces.js", "404.html", "sitemap.xml", "peelbook-manifest.json"),
        *("indicators.csv", "indicators.parquet", "indicators.json"),
    }
    assert b"PEEL_EDITIONS" not in alone["forces.js"]
    _built, steps = build(*EDITIONS)
    assert steps == {f"{SHARED}: compiling", *(f"{force}: compiling" for force in FORCES)}
    assert files_of(site) == before
