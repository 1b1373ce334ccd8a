"""A render that fails publishes nothing and leaves the earlier book as it was."""

import shutil
from pathlib import Path

import pytest

from peelbook.errors import ChapterFailed, DataIntegrityError, PeelbookError
from peelbook.render.book import render_book
from peelbook.render.current import book_title
from peelbook.render.mark import MARK
from peelbook.render.plan import Plan
from peelbook.tables import data_directory, describe_table


def everything_in(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != MARK]
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in files}


def test_title_of_a_book_names_force_and_period(parameters):
    assert book_title(parameters) == "PEEL effectiveness: Kent Police, 12 months to 30 June 2016"


def test_failing_chapter_publishes_nothing_and_leaves_the_earlier_book(project, parameters, books):
    with pytest.raises(ChapterFailed, match=r"kent.*made_up.*ValueError: no figures"):
        render_book(parameters, Plan(books, project("raise ValueError('no figures')")))
    assert everything_in(books) == {"kent/index.html": "earlier"}
    assert [folder.name for folder in books.iterdir()] == ["kent"]


def test_page_that_does_not_compile_publishes_nothing_and_leaves_the_earlier_book(
    project, parameters, books
):
    folder = project()
    text = folder / "chapters" / "text.md"
    text.write_text("# Text\n\n{doc}`/chapters/no_such_page`\n", encoding="utf-8")
    toc = folder / "_toc.yml"
    toc.write_text("format: jb-book\nroot: chapters/text\n", encoding="utf-8")
    with pytest.raises(PeelbookError, match="no_such_page"):
        render_book(parameters, Plan(books, folder))
    assert everything_in(books) == {"kent/index.html": "earlier"}
    assert [folder.name for folder in books.iterdir()] == ["kent"]


def test_small_project_is_rendered_with_a_step_for_each_page_and_one_to_compile(
    project, parameters, books
):
    steps: list[str] = []
    folder = project("print(f'a page of {force}')")
    index = render_book(parameters, Plan(books, folder), steps.append)
    assert index == books / "kent" / "index.html"
    page = (books / "kent" / "chapters" / "made_up.html").read_text(encoding="utf-8")
    assert "a page of kent" in page
    assert book_title(parameters) in page
    assert steps == ["kent: made_up", "kent: compiling"]
    assert [folder.name for folder in books.iterdir()] == ["kent"]


@pytest.fixture
def copied_data(tmp_path, parameters, monkeypatch) -> Path:
    """Return a copy of the tables, which the package reads from now on."""
    copy = Path(shutil.copytree(data_directory(), tmp_path / "data"))
    monkeypatch.setenv("PEELBOOK_DATA", str(copy))
    return copy


@pytest.mark.parametrize("table", ["recorded_crime", "judgments", "boundaries"])
def test_table_changed_by_one_byte_stops_the_render_before_anything_is_executed(
    copied_data, parameters, books, table
):
    file = copied_data / describe_table(table)["path"]
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    steps: list[str] = []
    with pytest.raises(DataIntegrityError) as caught:
        render_book(parameters, Plan(books), steps.append)
    assert caught.value.table == table
    assert steps == []
    assert everything_in(books) == {"kent/index.html": "earlier"}


def test_missing_table_stops_the_render_before_anything_is_executed(copied_data, parameters, books):
    (copied_data / describe_table("population")["path"]).unlink()
    steps: list[str] = []
    with pytest.raises(DataIntegrityError) as caught:
        render_book(parameters, Plan(books), steps.append)
    assert caught.value.table == "population"
    assert steps == []
