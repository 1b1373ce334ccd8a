"""What has not changed is not done again; each kind of change redoes what depends on it."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import write_notebook

from peelbook.importers.datapackage import describe
from peelbook.parameters import Parameters, parse_parameters
from peelbook.render import current, fingerprints
from peelbook.render.books import render_books
from peelbook.render.manifest import Manifest
from peelbook.render.plan import Engine, Plan
from peelbook.tables import data_directory

READS = "from peelbook.tables import load_table\nprint(force, len(load_table('{}')))"
FORCES = ["kent", "durham"]
ALL = {f"{force}: {step}" for force in FORCES for step in ("made_up", "more", "compiling")}


def of(step: str) -> set[str]:
    """Return a step of every book."""
    return {f"{force}: {step}" for force in FORCES}


def sets(**values: object) -> list[Parameters]:
    return [parse_parameters({"force": force} | values) for force in FORCES]


@pytest.fixture
def plan(project, tmp_path) -> Plan:
    """Return a plan for two books of two chapters, each of which reads a table of its own."""
    folder = project(READS.format("population"), more=READS.format("officers"))
    return Plan(tmp_path / "books", folder, Engine.in_process)


@pytest.fixture
def steps(plan):
    """Return a function that renders the books and returns the steps that it took.

    The books have been rendered once before.
    """

    def run(rendered: list[Parameters] | None = None, *, rerun: bool = False) -> set[str]:
        taken: list[str] = []
        books = list(render_books(rendered or sets(), plan, rerun=rerun, progress=taken.append))
        assert [book.error for book in books] == ["", ""]
        assert all(book.index.is_file() for book in books)
        assert all(book.unchanged for book in books) == (taken == [])
        assert len(taken) == len(set(taken))
        return set(taken)

    assert run() == ALL
    return run


def page(plan: Plan, chapter: str) -> str:
    return (plan.output / "kent" / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")


def test_nothing_changed_does_nothing(steps):
    assert steps() == set()


def test_changed_chapter_is_executed_in_every_book_and_no_other(steps, plan):
    write_notebook(plan.project / "chapters" / "more.ipynb", "print(force, 'anew')")
    assert steps() == of("more") | of("compiling")
    assert "kent anew" in page(plan, "more")
    assert steps() == set()


def test_changed_table_executes_the_chapters_that_read_it(steps, tmp_path, monkeypatch):
    copy = shutil.copytree(data_directory(), tmp_path / "data")
    file = copy / "officers.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    describe(copy)
    monkeypatch.setenv("PEELBOOK_DATA", str(copy))
    assert steps() == of("more") | of("compiling")
    assert steps() == set()


def test_table_described_anew_executes_the_chapters_that_read_it(steps, tmp_path, monkeypatch):
    copy = shutil.copytree(data_directory(), tmp_path / "data")
    file = copy / "datapackage.json"
    package = json.loads(file.read_text(encoding="utf-8"))
    entry = next(each for each in package["resources"] if each["name"] == "population")
    entry["sources"][0]["title"] += ", revised"
    file.write_text(json.dumps(package), encoding="utf-8")
    monkeypatch.setenv("PEELBOOK_DATA", str(copy))
    # the pages name and link the sources that the data package gives
    assert steps() == of("made_up") | of("compiling")
    assert steps() == set()


def test_another_parameter_executes_every_chapter(steps):
    assert steps(sets(period_end="2018-03-31")) == ALL
    assert steps(sets(period_end="2018-03-31")) == set()


def test_supplied_file_with_other_content_executes_every_chapter_of_its_book(plan, tmp_path):
    from peelbook.returns.supplied import COLUMN_MEANINGS

    def rendered() -> list[str]:
        taken: list[str] = []
        parameters = parse_parameters({"force": "kent", "returns": str(file)})
        list(render_books([parameters], plan, progress=taken.append))
        return taken

    file = tmp_path / "returns.csv"
    row = {"indicator": "domestic-abuse-arrest-rate", "area": "kent", "value": "50"}
    row |= {"period_start": "2015-07-01", "period_end": "2016-06-30"}
    cells = [row.get(name, "") for name in COLUMN_MEANINGS]
    text = ",".join(COLUMN_MEANINGS) + "\n" + ",".join(cells) + "\n"
    file.write_text(text, encoding="utf-8")
    assert rendered() == ["kent: made_up", "kent: more", "kent: compiling"]
    assert rendered() == []
    file.write_text(text.replace(",50,", ",51,"), encoding="utf-8")
    # what these chapters show is the same, so there is nothing to compile
    assert rendered() == ["kent: made_up", "kent: more"]


@pytest.mark.parametrize("name", ["_config.yml", "methodology/references.bib", "_static/a.css"])
def test_changed_configuration_compiles_and_executes_nothing(steps, plan, name):
    with (plan.project / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert steps() == of("compiling")
    assert steps() == set()


@pytest.mark.parametrize("name", ["PLACES", "SAME"])
def test_other_words_of_the_search_compile_and_execute_nothing(steps, tmp_path, monkeypatch, name):
    copy = shutil.copy(getattr(current, name), tmp_path)
    monkeypatch.setattr(current, name, Path(copy))
    assert steps() == set()
    with Path(copy).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert steps() == of("compiling")


@pytest.mark.parametrize("what", ["code_fingerprint", "versions_fingerprint"])
def test_other_code_or_versions_execute_everything(steps, monkeypatch, what):
    monkeypatch.setattr(current, what, lambda: "another")
    assert steps() == ALL


def test_changed_definition_executes_the_chapters_that_read_it(steps, plan, tmp_path, monkeypatch):
    source = (
        "from peelbook.indicators.catalogue import load_catalogue\nprint(len(load_catalogue()))"
    )
    write_notebook(plan.project / "chapters" / "more.ipynb", source)
    assert steps() == of("more") | of("compiling")
    copy = shutil.copytree(fingerprints.FRAMEWORKS, tmp_path / "frameworks")
    monkeypatch.setattr(fingerprints, "FRAMEWORKS", copy)
    assert steps() == set()
    with (copy / "indicators.yml").open("a", encoding="utf-8") as file:
        file.write("# a comment\n")
    # its output is the same, so there is nothing to compile
    assert steps() == of("more")


def test_rerun_does_everything_again(steps):
    assert steps(rerun=True) == ALL
    assert steps() == set()


def test_executed_chapter_that_was_damaged_is_executed_again(steps, plan):
    (plan.kept("kent") / "chapters" / "more.ipynb").write_text("{}", encoding="utf-8")
    assert steps() == {"kent: more"}


def test_published_page_that_is_gone_is_compiled_again(steps, plan):
    (plan.output / "kent" / "chapters" / "more.html").unlink()
    assert steps() == {"kent: compiling"}
    assert page(plan, "more")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pages": 1}', '{"pages": {"a": {}}}'])
def test_manifest_that_cannot_be_read_counts_as_none(steps, plan, content):
    (plan.kept("kent") / "manifest.json").write_text(content, encoding="utf-8")
    assert steps() == {step for step in ALL if step.startswith("kent")}


def test_book_published_but_not_noted_is_compiled_again(steps, plan):
    """A run that was killed between the two leaves a book of which nothing is known."""
    manifest = Manifest.load(plan.kept("kent"))
    manifest.compiled = ""
    manifest.save(plan.kept("kent"))
    assert steps() == {"kent: compiling"}


def test_chapters_that_ran_before_one_that_failed_are_kept(plan):
    folder = Path(plan.project) / "chapters"
    write_notebook(folder / "more.ipynb", "1 / 0")
    assert {book.error for book in render_books(sets(), plan)} == {
        f"{force}: chapter more, cell 3: ZeroDivisionError: division by zero" for force in FORCES
    }
    write_notebook(folder / "more.ipynb", "1")
    taken: list[str] = []
    list(render_books(sets(), plan, progress=taken.append))
    assert set(taken) == of("more") | of("compiling")
