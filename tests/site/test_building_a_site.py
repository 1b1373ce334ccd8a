"""A site of real books: whole, linked, not built again for nothing, and never half."""

import json
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from peelbook.errors import PeelbookError
from peelbook.parameters import parse_parameters
from peelbook.render.plan import SHARED
from peelbook.site.build import build_site
from peelbook.site.editions import Edition
from peelbook.site.links import broken_links

pytestmark = [pytest.mark.book, pytest.mark.slow]

FORCES = ["durham", "kent"]
PARTS = (
    "_config.yml",
    "_toc.yml",
    "CHANGELOG.md",
    "_static",
    "chapters",
    "methodology",
    "national",
)


@pytest.fixture(scope="module")
def copied_project(tmp_path_factory, project) -> Path:
    """Return a copy of what books are made from, which tests may change."""
    folder = tmp_path_factory.mktemp("project")
    for name in PARTS:
        source = project / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, folder / name)
    return folder


@pytest.fixture(scope="module")
def build(copied_project, tmp_path_factory):
    """Return a function that builds the site of two forces and returns it with its steps."""
    output = tmp_path_factory.mktemp("built") / "site"

    def run(**others: object):
        steps: list[str] = []
        site = build_site(
            [Edition(parse_parameters({}))],
            output,
            forces=FORCES,
            project=copied_project,
            progress=steps.append,
            **others,
        )
        return site, set(steps)

    return run


@pytest.fixture(scope="module")
def site(build) -> Path:
    """Return the folder of the site as built at first."""
    built, _steps = build()
    assert (built.books, built.failed, built.changed) == (2, (), 2)
    return built.index.parent


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def add_cell(notebook: Path, source: str) -> str:
    """Add a code cell to the end of a notebook and return what it was before."""
    before = notebook.read_text(encoding="utf-8")
    content = json.loads(before)
    cell = {"cell_type": "code", "id": "added", "metadata": {}, "outputs": []}
    content["cells"].append(cell | {"execution_count": None, "source": [source]})
    notebook.write_text(json.dumps(content), encoding="utf-8")
    return before


def test_every_link_leads_somewhere_and_no_page_asks_another_host(site):
    assert broken_links(site) == []
    assert len(list(site.rglob("*.html"))) > 2 * 9


def test_static_files_are_there_once_and_without_source_maps(site):
    assert [path.relative_to(site).as_posix() for path in site.rglob("_static")] == ["_static"]
    assert list(site.rglob("*.map")) == []


def test_nothing_that_only_a_build_needs_is_published(site):
    names = {path.name for path in site.rglob("*")}
    assert not {".buildinfo", "manifest.json"} & names
    # notebooks to be run again are among the downloads, and nowhere else
    notebooks = [path.relative_to(site).as_posix() for path in site.rglob("*.ipynb")]
    assert notebooks
    assert [name for name in notebooks if "downloads/notebooks/" not in name] == []


def test_every_data_link_leads_to_a_file_that_is_there_for_each_force(site):
    for force in FORCES:
        page = (site / force / "chapters" / "1_preventing_crime.html").read_text("utf-8")
        links = BeautifulSoup(page, "html.parser").select("a[download]")
        files = [(site / force / "chapters" / link["href"]).resolve() for link in links]
        assert all(file.is_file() for file in files)
        assert site.resolve() / force / "downloads/1_preventing_crime/figure-1.csv" in files


def test_data_package_is_there_once_and_whole(site, project):
    from zipfile import ZipFile

    assert [path.name for path in site.rglob("*.zip")] == ["data.zip"]
    with ZipFile(site / "downloads" / "data.zip") as packed:
        held = packed.read("data/datapackage.json")
    assert held == (project / "data" / "datapackage.json").read_bytes()


def test_redirections_are_the_fronts_of_books_only(site):
    moved = {
        page.relative_to(site).as_posix()
        for page in site.rglob("*.html")
        if 'http-equiv="refresh"' in page.read_text("utf-8").lower()
    }
    assert moved == {f"{force}/index.html" for force in FORCES}


def test_sitemap_lists_each_page_once(site):
    addresses = BeautifulSoup((site / "sitemap.xml").read_text("utf-8"), "html.parser")
    listed = [loc.text for loc in addresses.find_all("loc")]
    assert len(listed) == len(set(listed))
    for page in ("index.html", "kent/chapters/0_overview.html", "national/overview.html"):
        assert f"/{page}" in listed
    assert all((site / address.lstrip("/")).is_file() for address in listed)


def test_front_page_names_the_forces_that_have_a_book(site):
    page = BeautifulSoup((site / "index.html").read_text("utf-8"), "html.parser")
    assert [link["data-force"] for link in page.select("a[data-force]")] == FORCES


def test_second_build_does_nothing(site, build):
    before = files_of(site)
    built, steps = build()
    assert (built.books, built.failed, built.changed) == (2, (), 0)
    assert steps == set()
    assert files_of(site) == before


@pytest.mark.parametrize("gone", ["kent/chapters/6_next_steps.html", "national/overview.html"])
def test_file_that_is_gone_is_made_again_without_executing(site, build, gone):
    before = files_of(site)
    (site / gone).unlink()
    _built, steps = build()
    assert steps
    assert all(step.endswith(": compiling") for step in steps)
    assert files_of(site) == before


def test_another_address_is_in_every_page_and_executes_nothing(site, build):
    before = files_of(site)
    _built, steps = build(base_url="https://example.org/peel")
    assert steps == {f"{name}: compiling" for name in (SHARED, *FORCES)}
    page = (site / "kent" / "chapters" / "0_overview.html").read_text("utf-8")
    canonical = BeautifulSoup(page, "html.parser").find("link", rel="canonical")
    assert canonical["href"] == "https://example.org/peel/kent/chapters/0_overview.html"
    assert "<loc>https://example.org/peel/kent/" in (site / "sitemap.xml").read_text("utf-8")
    assert "sitemap.xml" in (site / "robots.txt").read_text("utf-8")
    build()
    assert files_of(site) == before


def test_changed_national_page_executes_no_chapter(site, build, copied_project):
    notebook = copied_project / "national" / "all_grades.ipynb"
    before = add_cell(notebook, "print('one more line')")
    _built, steps = build()
    assert steps == {f"{SHARED}: all_grades", f"{SHARED}: compiling"}
    assert "one more line" in (site / "national" / "all_grades.html").read_text("utf-8")
    notebook.write_text(before, encoding="utf-8")
    build()


def test_book_that_fails_leaves_the_earlier_one_in_the_site(site, build, copied_project):
    before = files_of(site)
    notebook = copied_project / "chapters" / "6_next_steps.ipynb"
    text = add_cell(notebook, "print('later')\nassert force != 'kent', 'not Kent'")
    built, _steps = build()
    assert [book.force for book in built.failed] == ["kent"]
    assert "kent: chapter 6_next_steps" in built.failed[0].error
    assert built.books == 2
    page = "chapters/6_next_steps.html"
    assert "later" in (site / "durham" / page).read_text("utf-8")
    assert (site / "kent" / page).read_bytes() == before[f"kent/{page}"]
    assert broken_links(site) == []
    # the failure is not forgotten
    again, _steps = build()
    assert [book.force for book in again.failed] == ["kent"]
    notebook.write_text(text, encoding="utf-8")
    build()
    assert files_of(site) == before


def test_shared_page_that_fails_leaves_the_site_as_it_was(site, build, copied_project):
    before = files_of(site)
    notebook = copied_project / "methodology" / "parameters.ipynb"
    text = add_cell(notebook, "1 / 0")
    with pytest.raises(PeelbookError, match="parameters.*ZeroDivisionError"):
        build()
    assert files_of(site) == before
    assert [path.name for path in site.parent.iterdir() if ".work-" in path.name] == []
    notebook.write_text(text, encoding="utf-8")
