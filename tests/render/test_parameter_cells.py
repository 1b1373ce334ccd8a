"""The parameters are defined once; every notebook's cell is written from there."""

import nbformat
import pytest
from small_project import write_notebook

from peelbook.parameters import Parameters, chosen
from peelbook.render import parameter_cells


def test_every_notebook_has_the_cell_that_the_definition_gives():
    wrong = [path.name for path in parameter_cells.outdated()]
    assert wrong == [], "run: make notebooks"


def test_pages_of_a_book_and_national_pages_have_such_a_cell():
    folders = [path.parent.name for path in parameter_cells.notebooks_with_parameters()]
    assert folders.count("chapters") >= 9
    assert folders.count("national") == 4


def test_forgotten_parameter_is_found_and_written(tmp_path):
    path = write_notebook(tmp_path / "chapters" / "one.ipynb", "force")
    assert list(parameter_cells.outdated(tmp_path)) == [path]
    parameter_cells.main(tmp_path)
    assert parameter_cells.outdated(tmp_path) == {}
    cell = nbformat.read(path, as_version=4).cells[1]
    assert cell.source.splitlines()[0].startswith('force: str = "leicestershire"  # ')
    assert len(cell.source.splitlines()) == len(Parameters.model_fields)


def test_line_that_is_no_parameter_of_a_book_stays():
    source = 'period_end: str = "old"\nbooks: str = ".."  # where they lie'
    lines = parameter_cells.parameters_source(source, "national").splitlines()
    assert lines[-1] == 'books: str = ".."  # where they lie'
    assert not any(line.startswith("force:") for line in lines)


@pytest.mark.parametrize("name", Parameters.model_fields)
def test_parameter_line_is_python_with_the_default(name):
    names: dict[str, object] = {}
    exec(parameter_cells.parameter_line(name), names)
    assert chosen(names)[name] == Parameters().model_dump(mode="json")[name]
