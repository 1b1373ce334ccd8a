"""peelbook verify: a book that is as it was rendered passes, and the first difference is named."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from small_project import write_project

from peelbook import RELEASED
from peelbook.parameters import parse_parameters
from peelbook.render import verify
from peelbook.render.books import render_books
from peelbook.render.crate import CRATE
from peelbook.render.mark import read_mark
from peelbook.render.plan import Engine, Plan


@pytest.fixture
def book(tmp_path, monkeypatch):
    """Return a book of a small project, which is also the one that it is verified with."""
    project = write_project(tmp_path / "project", "print('a page of', force)")

    def plan(output, engine) -> Plan:
        return Plan(output, project, engine)

    monkeypatch.setattr(verify, "Plan", plan)
    [done] = render_books(
        [parse_parameters({"force": "kent"})], plan(tmp_path / "books", Engine.in_process)
    )
    assert done.error == ""
    return done.index.parent


def test_book_as_rendered_passes_and_a_changed_project_is_named(run, book, tmp_path):
    code, out, err = run("verify", str(book))
    assert (code, "the same as when rendered again" in out) == (0, True), err
    write_project(tmp_path / "project", "print('another page of', force)")
    code, _, err = run("verify", str(book))
    assert code == 1
    assert "made_up.ipynb differs from that rendered again" in err


def test_research_object_of_a_book_tells_command_parameters_inputs_and_files(book):
    mark = read_mark(book)
    graph = json.loads((book / CRATE).read_text(encoding="utf-8"))["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    digits = {entity["@id"]: entity.get("sha256") for entity in graph}
    published = {quote(name): value for name, value in mark["files"].items() if name != CRATE}
    assert published.items() <= digits.items()
    parts = {part["@id"] for part in entities["./"]["hasPart"]}
    assert parts == set(published)
    action = entities["#rendering"]
    assert action["description"] == "peelbook render kent"
    made_from = {entity["@id"] for entity in action["object"]}
    assert {"#input-data", "#input-code", "#parameter-period_end"} <= made_from
    assert digits["#input-data"] == mark["inputs_sha256"]["data"]
    assert entities["./"]["datePublished"] == RELEASED


def test_changed_missing_or_added_file_is_named_without_rendering(run, book):
    page = book / "chapters" / "made_up.html"
    content = page.read_bytes()
    page.write_bytes(content + b" ")
    assert "made_up.html is not the file that was published" in run("verify", str(book))[2]
    page.unlink()
    assert "made_up.html is missing" in run("verify", str(book))[2]
    page.write_bytes(content)
    (book / "notes.txt").write_text("mine", encoding="utf-8")
    code, _, err = run("verify", str(book))
    assert code == 1
    assert "notes.txt was not published with the rest" in err


def test_folder_that_is_no_book_is_refused(run, tmp_path):
    code, _, err = run("verify", str(tmp_path))
    assert code == 2
    assert "is no book" in err
