"""Files of the user where a book or a site is to go: none is lost, and one line says what is wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from small_project import write_project

from peelbook.findings.register import COLUMN_TYPES
from peelbook.parameters import parse_parameters
from peelbook.render.books import render_books
from peelbook.render.mark import MARK, write_mark
from peelbook.render.plan import Engine, Plan


def write(path: Path, text: str = "mine") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def book(folder: Path) -> Path:
    write(folder / "index.html", "an earlier book")
    write(folder / "chapters" / "page.html", "a page of it")
    write_mark(folder, {})
    return folder


def papers(here: Path) -> None:
    write(here / "docs" / "kent" / "thesis.txt")


def index_of_their_own(here: Path) -> None:
    write(here / "docs" / "kent" / "index.html", "my own site")


def papers_among_the_pages(here: Path) -> None:
    write(book(here / "docs" / "kent") / "chapters" / "notes.md")


def folder_among_the_pages(here: Path) -> None:
    (book(here / "docs" / "kent") / "drafts").mkdir()


def link_among_the_pages(here: Path) -> None:
    (book(here / "docs" / "kent") / "more").symlink_to(write(here / "elsewhere" / "a.txt").parent)


def page_that_is_a_link_now(here: Path) -> None:
    page = book(here / "docs" / "kent") / "chapters" / "page.html"
    page.unlink()
    page.symlink_to(write(here / "elsewhere" / "a.html"))


def book_that_is_a_link(here: Path) -> None:
    book(here / "elsewhere" / "kent")
    (here / "docs").mkdir()
    (here / "docs" / "kent").symlink_to(here / "elsewhere" / "kent")


def link_to_nowhere(here: Path) -> None:
    (here / "docs").mkdir()
    (here / "docs" / "kent").symlink_to(here / "nowhere")


def file_of_that_name(here: Path) -> None:
    write(here / "docs" / "kent")


def broken_mark(here: Path) -> None:
    write(book(here / "docs" / "kent") / MARK, "{")


def mark_that_names_what_is_outside(here: Path) -> None:
    write(here / "docs" / "letters.txt")
    write(here / "docs" / "kent" / MARK, '{"files": {"../letters.txt": ""}}')


def hidden_file(here: Path) -> None:
    write(here / "docs" / "kent" / ".git" / "HEAD")


def papers_where_the_old_book_goes(here: Path) -> None:
    write(here / "docs" / ".kent.old" / "thesis.txt")


LAYOUTS = [
    papers,
    index_of_their_own,
    papers_among_the_pages,
    folder_among_the_pages,
    link_among_the_pages,
    page_that_is_a_link_now,
    book_that_is_a_link,
    link_to_nowhere,
    file_of_that_name,
    broken_mark,
    mark_that_names_what_is_outside,
    hidden_file,
    papers_where_the_old_book_goes,
]


def everything(folder: Path) -> dict[str, object]:
    """Return path -> content of a file, target of a link, or nothing for a folder."""
    return {
        str(path.relative_to(folder)): os.readlink(path)
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in sorted(folder.rglob("*"))
    }


def assert_refused(result: tuple[int, str, str]) -> None:
    code, out, err = result
    assert code == 2
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert err.startswith("peelbook: ")
    assert "Nothing was changed." in err


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_files_in_the_way_of_a_book_are_left_and_named(run, tmp_path, layout):
    layout(tmp_path)
    before = everything(tmp_path)
    assert_refused(run("render", "kent", "-o", "docs"))
    assert everything(tmp_path) == before


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_one_folder_in_the_way_stops_all_books_before_the_first(run, tmp_path, layout):
    layout(tmp_path)
    before = everything(tmp_path)
    assert_refused(run("render", "durham", "kent", "-o", "docs"))
    assert everything(tmp_path) == before


@pytest.mark.parametrize("where", ["kent", "kent/chapters"])
@pytest.mark.parametrize("earlier", [False, True])
def test_register_inside_the_output_is_never_lost(run, tmp_path, where, earlier):
    if earlier:
        book(tmp_path / "kent")
    names = ",".join(COLUMN_TYPES)
    cells = {"id": "one", "sub_question": "q1.2", "theme": "made up", "finding": "Made up."}
    cells |= {
        "polarity": "strength",
        "weight": "2",
        "evidence_kind": "fieldwork",
        "place": "nowhere",
    }
    row = ",".join(cells.get(name, "") for name in COLUMN_TYPES)
    write(tmp_path / where / "findings.csv", f"{names}\n{row}\n")
    before = everything(tmp_path)
    assert_refused(run("render", "kent", "-p", "findings", f"{where}/findings.csv", "-o", "."))
    assert everything(tmp_path) == before


def web_root(here: Path) -> None:
    write(here / "web" / "home.html")
    write(here / "web" / "other" / "page.html")


def books_that_are_no_site(here: Path) -> None:
    book(here / "web" / "kent")


def file_in_a_book_of_the_site(here: Path) -> None:
    book(here / "web" / "kent")
    write(here / "web" / "index.html", "front")
    write_mark(here / "web", {})
    write(here / "web" / "kent" / "register.csv")


def file_called_web(here: Path) -> None:
    write(here / "web")


@pytest.mark.parametrize(
    "layout", [web_root, books_that_are_no_site, file_in_a_book_of_the_site, file_called_web]
)
def test_files_in_the_way_of_a_site_are_left_and_named(run, tmp_path, layout):
    layout(tmp_path)
    before = everything(tmp_path)
    assert_refused(run("site", "--only", "kent", "-o", "web"))
    assert everything(tmp_path) == before


def nothing(folder: Path) -> None:
    del folder


def empty_folder(folder: Path) -> None:
    folder.mkdir(parents=True)


def folder_looked_at(folder: Path) -> None:
    write(folder / ".DS_Store")


def earlier_book(folder: Path) -> None:
    book(folder)


def earlier_book_that_was_looked_at(folder: Path) -> None:
    write(book(folder) / "chapters" / ".DS_Store")


def earlier_book_with_a_page_missing(folder: Path) -> None:
    (book(folder) / "index.html").unlink()


@pytest.mark.parametrize(
    "layout",
    [
        nothing,
        empty_folder,
        folder_looked_at,
        earlier_book,
        earlier_book_that_was_looked_at,
        earlier_book_with_a_page_missing,
    ],
)
def test_where_nothing_of_the_users_is_the_book_is_published(tmp_path, layout):
    layout(tmp_path / "docs" / "kent")
    write(tmp_path / "docs" / "letters.txt")
    plan = Plan(tmp_path / "docs", write_project(tmp_path / "project"), Engine.in_process)
    [done] = render_books([parse_parameters({"force": "kent"})], plan)
    assert done.error == ""
    left = {path.name for path in (tmp_path / "docs").iterdir()}
    assert left == {"kent", "letters.txt"}
    assert not list((tmp_path / "docs" / "kent").rglob(".DS_Store"))
    assert "Made up" in done.index.parent.joinpath("chapters/made_up.html").read_text("utf-8")
