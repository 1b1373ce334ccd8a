"""Made-up notebooks and projects, small enough to execute in seconds."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import write_notebook, write_project

from peelbook.parameters import Parameters, parse_parameters
from peelbook.render.mark import write_mark

__all__ = ["write_notebook"]


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
    """Return a function that makes a project folder, as :func:`small_project.write_project` does."""
    return lambda *code, **more: write_project(tmp_path / "project", *code, **more)


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
    write_mark(earlier.parent, {})
    return tmp_path / "books"
