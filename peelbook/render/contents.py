"""What a book is made of, read from the project's own table of contents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from peelbook.errors import PeelbookError
from peelbook.tables.project import PROJECT

COMPILED_WITH = ("_config.yml", "_toc.yml", "methodology/references.bib", "CHANGELOG.md")
"""Files of the project that Jupyter Book needs besides the pages."""
STATIC = "_static"
"""Folder of scripts and styles that it needs too."""


@dataclass(frozen=True)
class Contents:
    """Pages of the book as paths relative to `project`, in reading order.

    `chapters` are executed for each force, `methodology` once, and `texts` are copied as they are.
    """

    project: Path
    chapters: tuple[Path, ...]
    methodology: tuple[Path, ...]
    texts: tuple[Path, ...]


def read_contents(project: Path = PROJECT) -> Contents:
    """Read `_toc.yml` and find the file of every page.

    Raises PeelbookError when a page of the table of contents has no file.
    """
    toc = yaml.safe_load((project / "_toc.yml").read_text(encoding="utf-8"))
    names = [toc["root"]] + [
        page["file"] for part in toc.get("parts", []) for page in part.get("chapters", [])
    ]
    pages = [_file_of(project, name) for name in names]
    notebooks = [page for page in pages if page.suffix == ".ipynb"]
    return Contents(
        project=project,
        chapters=tuple(page for page in notebooks if page.parts[0] == "chapters"),
        methodology=tuple(page for page in notebooks if page.parts[0] != "chapters"),
        texts=tuple(page for page in pages if page.suffix != ".ipynb"),
    )


def _file_of(project: Path, name: str) -> Path:
    for suffix in (".ipynb", ".md"):
        if (project / f"{name}{suffix}").is_file():
            return Path(f"{name}{suffix}")
    raise PeelbookError(f"_toc.yml names '{name}', but there is no {name}.ipynb or {name}.md")
