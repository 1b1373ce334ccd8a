"""A chapter is an ordinary papermill notebook, which needs nothing of this package's renderer."""

import subprocess
import sys

import nbformat
import pytest
from rendered_book import PROJECT

from peelbook.parameters import Parameters
from peelbook.tables.forces import force_named

pytestmark = pytest.mark.book

CHAPTER = "chapters/1_preventing_crime.ipynb"


def papermill(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "papermill", *words],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_plain_papermill_executes_a_chapter_for_another_force(tmp_path):
    target = tmp_path / "out.ipynb"
    papermill(CHAPTER, str(target), "-p", "force", "kent")
    cells = [cell for cell in nbformat.read(target, as_version=4).cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells)
    shown = "\n".join(str(output) for cell in cells for output in cell.outputs)
    assert force_named("kent").name in shown
    assert force_named("leicestershire").name not in shown


def test_help_of_a_chapter_describes_every_parameter():
    text = papermill("--help-notebook", CHAPTER)
    for name, field in Parameters.model_fields.items():
        assert f"  {name}: " in text
        assert field.description in text
