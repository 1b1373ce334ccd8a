"""A chapter is accepted only if every cell of it ran, and carries no trace of when and where."""

import re

import nbformat
import pytest

from peelbook.errors import ChapterFailed
from peelbook.render import execute
from peelbook.render.execute import execute_notebook

# cells are counted from 0: title, parameters, and the values that papermill injects come before
FIRST_CODE_CELL = 3


def failure_of(source, target) -> ChapterFailed:
    with pytest.raises(ChapterFailed) as caught:
        execute_notebook(source, target, {"force": "elsewhere"}, force="elsewhere")
    return caught.value


def test_cell_that_raises_is_reported_with_force_chapter_cell_and_error(notebook, target):
    failed = failure_of(notebook("1", "raise ValueError('no such table')", "2"), target)
    assert (failed.force, failed.chapter) == ("elsewhere", "made_up")
    assert failed.cell == FIRST_CODE_CELL + 1
    assert failed.reason == "ValueError: no such table"
    for part in ("elsewhere", "made_up", f"cell {failed.cell}", "ValueError: no such table"):
        assert part in str(failed)


@pytest.mark.parametrize("code", ["import os; os._exit(1)", "import os; os._exit(0)"])
def test_kernel_that_dies_fails_the_chapter(notebook, target, code):
    failed = failure_of(notebook("1", code, "2"), target)
    assert (failed.force, failed.chapter) == ("elsewhere", "made_up")
    assert failed.reason
    assert failed.cell == FIRST_CODE_CELL + 1


@pytest.mark.parametrize("code", ["import sys; sys.exit(0)", "import sys; sys.exit()"])
def test_cell_that_leaves_with_success_fails_the_chapter(notebook, target, code):
    """Papermill itself takes `sys.exit(0)` for a chapter that is complete."""
    failed = failure_of(notebook(code, "2"), target)
    assert (failed.force, failed.chapter) == ("elsewhere", "made_up")
    assert failed.cell == FIRST_CODE_CELL


def test_cell_that_takes_too_long_fails_the_chapter(notebook, target, monkeypatch):
    monkeypatch.setattr(execute, "TIMEOUT_SECONDS", 3)
    failed = failure_of(notebook("1", "import time; time.sleep(60)", "2"), target)
    assert "time" in failed.reason.lower()
    assert failed.cell == FIRST_CODE_CELL + 1


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
