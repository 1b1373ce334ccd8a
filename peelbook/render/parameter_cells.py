"""The parameters cell of every notebook, written from the one definition of the parameters.

`python -m peelbook.render.parameter_cells` (``make notebooks``) writes the cell into each notebook
that has one; a parameter added to :class:`peelbook.parameters.Parameters` then reaches papermill,
`papermill --help-notebook` and every chapter. Lines for names that are no parameter of a book stay.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat

from peelbook.parameters import Parameters, notebook_values
from peelbook.render.contents import PROJECT

FOLDERS = ("chapters", "national")
TAG = "parameters"
BOOK_ONLY = ("force", "findings", "returns")
"""Parameters that a page about all forces does not have."""
LINE = re.compile(r"^(\w+): \w+ = .*$")


def parameter_line(name: str) -> str:
    """Return the line of one parameter: name, type, default, and the meaning as a comment."""
    value = notebook_values(Parameters())[name]
    shown = json.dumps(value) if isinstance(value, str) else repr(value)
    return (
        f"{name}: {type(value).__name__} = {shown}  # {Parameters.model_fields[name].description}"
    )


def parameters_source(source: str, folder: str) -> str:
    """Return a parameters cell as it should be, given the one that stands in a notebook.

    A chapter has every parameter of a book; a page of `national/` those that are not about one
    force. What else the cell defines (where the books lie) follows unchanged.
    """
    left_out = BOOK_ONLY if folder == "national" else ()
    names = [name for name in Parameters.model_fields if name not in left_out]
    matched = {m[1]: m[0] for m in map(LINE.match, source.splitlines()) if m}
    others = [line for name, line in matched.items() if name not in Parameters.model_fields]
    return "\n".join([parameter_line(name) for name in names] + others)


def outdated(project: Path = PROJECT) -> dict[Path, str]:
    """Return notebook -> right source of its parameters cell, for each that has another."""
    wrong: dict[Path, str] = {}
    for path in notebooks_with_parameters(project):
        cell = _parameters_cell(nbformat.read(path, as_version=4))
        right = parameters_source(cell.source, path.parent.name)
        if cell.source != right:
            wrong[path] = right
    return wrong


def notebooks_with_parameters(project: Path = PROJECT) -> list[Path]:
    """Return the notebooks that have a cell tagged ``parameters``, in order."""
    paths = [path for folder in FOLDERS for path in sorted((project / folder).glob("*.ipynb"))]
    return [path for path in paths if _parameters_cell(nbformat.read(path, as_version=4))]


def _parameters_cell(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode | None:
    return next((c for c in notebook.cells if TAG in c.metadata.get("tags", [])), None)


def main(project: Path = PROJECT) -> None:
    """Write the parameters cell of every notebook that has another."""
    for path, right in outdated(project).items():
        notebook = nbformat.read(path, as_version=4)
        _parameters_cell(notebook).source = right
        nbformat.write(notebook, path)
        print(path.relative_to(project))


if __name__ == "__main__":
    main()
