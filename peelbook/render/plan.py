"""How books are to be made: what runs the cells, where they come from and where they go."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from peelbook.render.contents import PROJECT

BOOKS = Path("_build") / "books"
SHARED = "shared"
"""Folder of executed pages that do not depend on a force, beside those of the forces."""

Progress = Callable[[str], None]
"""Called with ``force: step`` before each step of a book."""


class Engine(StrEnum):
    """How cells are run: by a real kernel (the reference), or inside this process."""

    in_process = "in-process"
    kernel = "kernel"


def default_engine() -> Engine:
    """Return the fast engine where processes can be forked, real kernels elsewhere."""
    return Engine.in_process if hasattr(os, "fork") else Engine.kernel


@dataclass(frozen=True)
class Plan:
    """How a set of books is to be made.

    Parameters
    ----------
    output
        folder that gets a folder for each force.
    project
        folder with `_config.yml`, `_toc.yml` and `chapters/`.
    engine
        what runs the cells, and whether Jupyter Book runs in the same process.
    within_site
        how many folders up from a book the site begins that it becomes a part of, which holds
        static files and methodology; 0 for a book on its own.
    published
        where the books of an earlier run are, if not in `output`.
    executed
        where executed notebooks and manifests are kept, if not beside `output`.
    base_url
        where the site will be that the books become a part of, for what has to name its address:
        citations and metadata. Empty if that is not known.
    """

    output: Path = BOOKS
    project: Path = PROJECT
    engine: Engine = Engine.kernel
    within_site: int = 0
    published: Path | None = None
    executed: Path | None = None
    base_url: str = ""

    def kept(self, name: str) -> Path:
        """Return the folder of executed notebooks and the manifest of a force, or of SHARED."""
        return self.kept_in / name

    @property
    def kept_in(self) -> Path:
        """The folder of all that is kept; only one run at a time works with it."""
        return self.executed or executed_beside(self.output)

    def address_of(self, name: str = "") -> str:
        """Return where the book of a force, or the site, will be; empty if that is not known."""
        folder = f"{name}/" if name else ""
        return f"{self.base_url.rstrip('/')}/{folder}" if self.base_url else ""

    def earlier_book(self, force: str) -> Path:
        """Return the folder that an earlier run published the book of a force in."""
        return (self.published or self.output) / force


def executed_beside(output: Path) -> Path:
    """Return the folder of executed notebooks that belongs to a folder of books or a site."""
    place = output.resolve()
    return place.parent / f".{place.name}.executed"
