"""A made-up project and made-up notebooks, small enough to execute in seconds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import nbformat
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

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


def write_project(folder: Path, *code: str, **more: str) -> Path:
    """Write a project.

    Its first chapter, `made_up`, has the cells given to it; a chapter more is named and given the
    code of its one cell.
    """
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


def _parts(more: Iterable[str]) -> dict[str, object]:
    chapters = [{"file": f"chapters/{name}"} for name in more]
    return {"parts": [{"caption": "More", "chapters": chapters}]} if chapters else {}
