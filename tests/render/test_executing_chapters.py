"""A chapter is accepted only if every cell of it ran, and carries no trace of when and where."""

import re

import nbformat
import pytest

from peelbook.errors import ChapterFailed
from peelbook.render import execute
from peelbook.render.execute import execute_notebook


def failure_of(source, target) -> ChapterFailed:
    with pytest.raises(ChapterFailed) as caught:
        execute_notebook(source, target, {"force": "elsewhere"}, force="elsewhere")
    return caught.value


def code_cell_number(target, source: str) -> int:
    """Return the number of the cell of `source` in the executed notebook."""
    cells = nbformat.read(target, as_version=4).cells
    return next(number for number, cell in enumerate(cells) if cell.source == source)


def test_cell_that_raises_is_reported_with_force_chapter_cell_and_error(notebook, target):
    failed = failure_of(notebook("1", "raise ValueError('no such table')", "2"), target)
    assert (failed.force, failed.chapter) == ("elsewhere", "made_up")
    assert failed.reason == "ValueError: no such table"
    for part in ("elsewhere", "made_up", f"cell {failed.cell}", "ValueError: no such table"):
        assert part in str(failed)


def test_cell_number_of_an_error_is_that_of_the_executed_notebook(notebook, target):
    wrong = "undefined_name"
    failed = failure_of(notebook("1", wrong), target)
    # papermill puts a cell that explains the error above the one that failed
    cells = [cell for cell in nbformat.read(target, as_version=4).cells if cell.source != ""]
    without_notes = [
        cell for cell in cells if "papermill-error-cell-tag" not in cell.metadata.get("tags", [])
    ]
    assert without_notes[failed.cell].source == wrong


@pytest.mark.parametrize("code", ["import os; os._exit(1)", "import os; os._exit(0)"])
def test_kernel_that_dies_fails_the_chapter(notebook, target, code):
    failed = failure_of(notebook("1", code, "2"), target)
    assert (failed.force, failed.chapter) == ("elsewhere", "made_up")
    assert failed.reason.startswith("DeadKernelError")
    assert failed.cell == code_cell_number(target, code)


def test_cell_that_leaves_with_success_fails_the_chapter(notebook, target):
    """Papermill itself takes `sys.exit(0)` for a chapter that is complete."""
    code = "import sys; sys.exit(0)"
    failed = failure_of(notebook(code, "2"), target)
    assert failed.reason == "SystemExit: 0"
    assert failed.cell == code_cell_number(target, code)


def test_cell_that_takes_too_long_fails_the_chapter(notebook, target, monkeypatch):
    monkeypatch.setattr(execute, "TIMEOUT_SECONDS", 3)
    code = "import time; time.sleep(60)"
    failed = failure_of(notebook("1", code), target)
    assert failed.reason.startswith("CellTimeoutError")
    assert failed.cell == code_cell_number(target, code)


@pytest.fixture
def executed_twice(notebook, tmp_path):
    source = notebook("print(force)", "import pathlib; pathlib.Path('x').name")
    targets = [tmp_path / name / "made_up.ipynb" for name in ("first", "second")]
    for target in targets:
        execute_notebook(source, target, {"force": "elsewhere"}, force="elsewhere")
    return targets


def test_executed_chapter_shows_the_injected_value_but_not_the_cell_nor_a_trace(
    executed_twice, tmp_path
):
    first, second = executed_twice
    assert first.read_bytes() == second.read_bytes()

    text = first.read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert not re.search(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", text)

    chapter = nbformat.read(first, as_version=4)
    nbformat.validate(chapter)
    injected = [c for c in chapter.cells if "injected-parameters" in c.metadata.get("tags", [])]
    assert [cell.metadata["tags"] for cell in injected] == [["injected-parameters", "remove-cell"]]
    printed = [cell.outputs[0].text for cell in chapter.cells if cell.source == "print(force)"]
    assert printed == ["elsewhere\n"]
    assert "papermill" not in chapter.metadata
    assert not any({"papermill", "execution"} & set(cell.metadata) for cell in chapter.cells)
