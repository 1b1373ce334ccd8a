"""Made-up notebooks and projects, small enough to execute in seconds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from peelbook.parameters import Parameters, parse_parameters

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def write_notebook(path: Path, *code: str) -> Path:
    """Write a notebook: a title, a `parameters` cell, then one code cell for each of `code`."""
    cells = [
        new_markdown_cell("# Made up", id="title"),
        new_code_cell('force = "nowhere"', id="parameters", metadata={"tags": ["parameters"]}),
        *(new_code_cell(source, id=f"code-{i}") for i, source in enumerate(code)),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(notebook, path)
    return path


@pytest.fixture
def notebook(tmp_path):
    """Return a function that writes a notebook of the code cells given to it."""
    return lambda *code: write_notebook(tmp_path / "source" / "made_up.ipynb", *code)


@pytest.fixture
def target(tmp_path) -> Path:
    """Return where an executed notebook goes."""
    return tmp_path / "executed" / "made_up.ipynb"


@pytest.fixture
def project(tmp_path):
    """Return a function that makes a project folder.

    Its first chapter, `made_up`, has the cells given to it; a chapter more is named and given the
    code of its one cell.
    """

    def make(*code: str, **more: str) -> Path:
        folder = tmp_path / "project"
        write_notebook(folder / "chapters" / "made_up.ipynb", *code)
        for name, cell in more.items():
            write_notebook(folder / "chapters" / f"{name}.ipynb", cell)
        for name in ("_static", "methodology"):
            (folder / name).mkdir(exist_ok=True)
        for name in ("CHANGELOG.md", "methodology/references.bib"):
            (folder / name).touch()
        texts = {
            "_toc.yml": {"format": "jb-book", "root": "chapters/made_up"} | _parts(more),
            "_config.yml": {"title": "Made up", "only_build_toc_files": True},
        }
        for name, content in texts.items():
            (folder / name).write_text(yaml.safe_dump(content), encoding="utf-8")
        return folder

    return make


def _parts(more: Iterable[str]) -> dict[str, object]:
    chapters = [{"file": f"chapters/{name}"} for name in more]
    return {"parts": [{"caption": "More", "chapters": chapters}]} if chapters else {}


@pytest.fixture
def parameters() -> Parameters:
    """Return a valid parameter set."""
    return parse_parameters({"force": "kent"})


@pytest.fixture
def books(tmp_path) -> Path:
    """Return a folder of books that holds an earlier book of Kent."""
    earlier = tmp_path / "books" / "kent" / "index.html"
    earlier.parent.mkdir(parents=True)
    earlier.write_text("earlier", encoding="utf-8")
    return tmp_path / "books"
