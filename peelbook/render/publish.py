"""Puts a finished book in its place, so that a reader finds the old one or the new one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def publish(html: Path, target: Path) -> None:
    """Replace the folder `target` by a copy of `html`.

    The copy is complete before the old book moves; a run that was killed between the two
    renames leaves the old book beside its place, and the next run puts it back.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f".{target.name}.new")
    old = target.with_name(f".{target.name}.old")
    if old.exists() and not target.exists():
        old.rename(target)
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(html, new)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def take_over(earlier: Path, book: Path) -> Path:
    """Copy a book that need not be made again to where the new ones go; return its `index.html`."""
    if not book.exists():
        shutil.copytree(earlier, book)
    return book / "index.html"


@contextmanager
def working_folder(output: Path, name: str) -> Iterator[Path]:
    """Make a folder in `output` to work on the book or site `name` in, and remove it at the end."""
    output.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=_prefix(name), dir=output))
    try:
        # resolved, for Sphinx runs in another working directory
        yield folder.resolve()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear_work(output: Path, name: str) -> None:
    """Remove the working folders of a process that was killed before it could."""
    for folder in output.glob(f"{_prefix(name)}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _prefix(name: str) -> str:
    return f".{name}.work-"
