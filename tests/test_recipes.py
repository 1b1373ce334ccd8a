"""The last step of each recipe in CONTRIBUTING: a test fails where it was forgotten."""

import inspect
import re
from pathlib import Path

import nbformat
import pytest
import yaml

from peelbook.charts import figures
from peelbook.importers.releases import RELEASES
from peelbook.indicators.catalogue import load_catalogue
from peelbook.judgments.framework import load_framework
from peelbook.pages import catalogue
from peelbook.render.contents import read_contents
from peelbook.site.shared import NATIONAL, ONE_INDICATOR
from peelbook.tables.schemas import TABLES

PROJECT = Path(__file__).resolve().parents[1]
NOTEBOOKS = [
    path
    for folder in ("chapters", "national", "methodology")
    for path in (PROJECT / folder).glob("*.ipynb")
]


RELEASES_OF_TABLES = {name for table in TABLES.values() for name in table.releases}


def code_of_notebooks() -> str:
    cells = [cell for path in NOTEBOOKS for cell in nbformat.read(path, as_version=4).cells]
    return "\n".join(cell.source for cell in cells if cell.cell_type == "code")


@pytest.mark.parametrize("indicator_id", load_catalogue())
def test_indicator_says_what_it_counts(indicator_id):
    entry = load_catalogue()[indicator_id]
    if entry.kind in ("outcomes", "return", "score"):
        return  # an outcome is its types, a return its name, a score its source
    assert catalogue._counts(entry).endswith(".")


def test_kind_of_every_indicator_with_a_page_says_what_it_measures_and_does_not():
    texts = yaml.safe_load((PROJECT / "frameworks" / "measures.yml").read_text(encoding="utf-8"))
    kinds = {entry.kind for entry in load_catalogue().values() if entry.has_page}
    assert kinds <= set(texts)
    assert all({"measures", "does_not"} <= set(texts[kind]) for kind in kinds)


@pytest.mark.parametrize("release", RELEASES)
def test_release_is_named_by_a_table(release):
    assert release in RELEASES_OF_TABLES | {"boundaries"}


def test_table_names_no_release_that_is_not_there():
    assert set(RELEASES) >= RELEASES_OF_TABLES


def test_every_figure_is_called_by_a_chapter_or_a_page():
    code = code_of_notebooks()
    public = [
        name
        for name, function in inspect.getmembers(figures, inspect.isfunction)
        if not name.startswith("_")
    ]
    assert public
    assert [name for name in public if not re.search(rf"\b{name}\(", code)] == []


@pytest.mark.parametrize("rule", load_framework().rules)
def test_rule_is_named_in_a_test_of_judgments(rule):
    tests = [
        path.read_text(encoding="utf-8") for path in (PROJECT / "tests" / "judgments").glob("*.py")
    ]
    assert any(re.search(rf"\b{rule}\b", text) for text in tests)


def test_every_page_is_in_the_table_of_contents():
    contents = read_contents()
    listed = {path.name for path in (*contents.chapters, *contents.methodology)}
    own = {path.name for path in NOTEBOOKS if path.parent.name != "national"}
    assert own <= listed


def test_every_national_page_is_one_of_the_site():
    own = {path.relative_to(PROJECT) for path in NOTEBOOKS if path.parent.name == "national"}
    assert own == {*NATIONAL, ONE_INDICATOR}


def test_every_module_of_the_narrative_is_used():
    code = code_of_notebooks() + "\n".join(
        path.read_text(encoding="utf-8") for path in (PROJECT / "peelbook").rglob("*.py")
    )
    modules = [path.stem for path in (PROJECT / "peelbook" / "narrative").glob("[!_]*.py")]
    assert modules
    used = r"from peelbook\.narrative\.{0} import|from peelbook\.narrative import [^)\n]*\b{0}\b"
    within = r"from peelbook\.narrative import \([^)]*\b{0}\b"
    assert [
        name for name in modules if not re.search(f"{used}|{within}".replace("{0}", name), code)
    ] == []
