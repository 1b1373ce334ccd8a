"""The notebooks of the national pages follow the conventions of the chapters, and run."""

from pathlib import Path

import nbformat
import papermill
import pytest

from peelbook.parameters import Parameters
from peelbook.render.execute import execute_notebook
from peelbook.render.plan import Engine

FOLDER = Path(__file__).resolve().parents[2] / "national"
NAMES = ["overview", "all_grades", "indicator", "side_by_side"]


@pytest.mark.parametrize("name", NAMES)
def test_notebook_is_committed_without_outputs(name):
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert [cell.id for cell in notebook.cells if cell.get("outputs")] == []


def test_overview_has_every_parameter_of_a_book_but_force_and_files_with_its_default():
    known = papermill.inspect_notebook(str(FOLDER / "overview.ipynb"))
    defaults = Parameters().model_dump(mode="json")
    for of_one_force in ("force", "findings", "returns"):
        del defaults[of_one_force]
    shown = {name: eval(known[name]["default"]) for name in defaults}  # noqa: S307 - literals
    assert shown == defaults
    assert set(known) - set(defaults) == {"books", "linked_forces"}


@pytest.mark.parametrize("period_end", ["2008-06-30", "2018-12-31"])
def test_overview_runs_at_both_ends_of_the_data(tmp_path, period_end):
    target = tmp_path / "overview.ipynb"
    values = {"period_end": period_end, "books": "..", "linked_forces": "kent"}
    execute_notebook(
        FOLDER / "overview.ipynb", target, values, force="national", engine=Engine.in_process
    )
    text = target.read_text(encoding="utf-8")
    assert "../kent/index.html" in text
    assert "../surrey/index.html" not in text
    assert ">nan" not in text


def test_grades_run(tmp_path):
    target = tmp_path / "all_grades.ipynb"
    execute_notebook(
        FOLDER / "all_grades.ipynb", target, {}, force="national", engine=Engine.in_process
    )
    notebook = nbformat.read(target, as_version=4)
    shown = [
        out.data.get("text/html", "") for cell in notebook.cells for out in cell.get("outputs", [])
    ]
    assert [html.count("<table") for html in shown] == [1, 1, 1, 1, 1, 1]
