"""Renders the books that tests/book and tests/browser look at, once a test session."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from peelbook.render.contents import read_contents

PROJECT = Path(__file__).resolve().parents[1]
FIRST = "leicestershire"
SECOND = "city-of-london"  # not ranked, left out of indicators, and with no findings: all gaps


def chapter_pages() -> list[str]:
    """Return the chapters' pages, as paths in a book."""
    return [page.with_suffix(".html").as_posix() for page in read_contents(PROJECT).chapters]


def methodology_pages() -> list[str]:
    """Return the pages that are the same in every force's book, as paths in a book."""
    contents = read_contents(PROJECT)
    pages = [
        page.with_suffix(".html").as_posix() for page in (*contents.methodology, *contents.texts)
    ]
    return sorted(pages)


def all_pages() -> list[str]:
    """Return every page that a reader can reach, as paths in a book."""
    return [*chapter_pages(), *methodology_pages(), "index.html", "search.html"]


@dataclass(frozen=True)
class Books:
    """Folders of rendered books: two forces by one command, and the first of them once more."""

    first: Path
    second: Path
    first_again: Path


@cache
def render_books(folder: Path) -> Books:
    """Render the books below `folder` with the command line, two processes at a time."""
    commands = {"together": [FIRST, SECOND], "alone": [FIRST]}
    running = {
        name: subprocess.Popen(
            [sys.executable, "-m", "peelbook", "render", *forces, "--output", str(folder / name)],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for name, forces in commands.items()
    }
    printed = {name: process.communicate()[0] for name, process in running.items()}
    failed = [printed[name] for name, process in running.items() if process.returncode]
    if failed:
        raise RuntimeError("peelbook render failed:\n" + "\n".join(failed))
    together, alone = folder / "together", folder / "alone"
    return Books(together / FIRST, together / SECOND, alone / FIRST)


@pytest.fixture(scope="session")
def books(tmp_path_factory) -> Books:
    """Return the rendered books; both folders of tests share one set, and so do workers of pytest.

    A second worker waits for the first, as any second run does, and finds the books unchanged.
    """
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    return render_books(shared / "books")
