"""Puts a finished book in its place, so that a reader finds the old book or the new one.

Only an absent or empty folder, or an earlier book of this program, is ever replaced, and only
what the program wrote is deleted.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peelbook.errors import PeelbookError
from peelbook.render.mark import NOBODYS, first_stranger, read_mark, remove_written
from peelbook.render.owned import owned_folder, sweep


class NotOurs(PeelbookError):
    """A folder in the way of a book that holds what this program did not write."""


def refusal(target: Path) -> str:
    """Return why a book may not be published as the folder `target`; empty where it may."""
    if target.is_symlink():
        return f"{target} is a link; remove it, or name the folder that it leads to with -o"
    if not target.exists():
        return ""
    if not target.is_dir():
        return f"{target} is a file; name another folder with -o"
    if all(path.name in NOBODYS for path in target.iterdir()):
        return ""
    other = "name another folder with -o, or move it away"
    if read_mark(target) is None:
        return f"{target} is not empty and holds no earlier book of this program; {other}"
    stranger = first_stranger(target)
    return f"{target} holds {stranger}, which this program did not write; {other}" * bool(stranger)


def require_replaceable(target: Path) -> None:
    """Raise NotOurs where a book may not be published as the folder `target`."""
    for folder in (target, _aside(target)):
        if reason := refusal(folder):
            raise NotOurs(f"{reason}. Nothing was changed.")


def publish(made: Path, target: Path) -> None:
    """Move the folder `made`, which has a mark, to `target`, in the place of an earlier book.

    Both lie on one file system. A run that was killed between the two renames leaves the old
    book beside its place, and :func:`put_back` mends that.

    Raises
    ------
    NotOurs
        when `target` holds what this program did not write.
    """
    put_back(target)
    require_replaceable(target)
    if not made.is_dir():
        raise FileNotFoundError(f"{made.name}: nothing to publish")
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = _aside(target)
    if target.exists():
        target.rename(aside)
    try:
        made.rename(target)
    except OSError:
        put_back(target)
        raise
    if aside.exists():
        remove_written(aside)


def put_back(target: Path) -> None:
    """Mend what a run that was killed while it published left: put back, or remove, the old book."""
    aside = _aside(target)
    if refusal(aside) or not aside.exists():
        return
    if target.exists():
        remove_written(aside)
    else:
        aside.rename(target)


def replace_kept(made: Path, target: Path) -> None:
    """Replace a folder of executed notebooks, which is this program's own, by another."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(made, target)


def take_over(earlier: Path, book: Path) -> Path:
    """Copy a book that need not be made again to where the new ones go; return its `index.html`."""
    if not book.exists():
        shutil.copytree(earlier, book)
    return book / "index.html"


@contextmanager
def working_folder(output: Path, name: str) -> Iterator[Path]:
    """Make a folder in `output` to work on the book or site `name` in, and remove it at the end."""
    output.mkdir(parents=True, exist_ok=True)
    with owned_folder(_prefix(name), output) as folder:
        yield folder


def clear_work(output: Path, name: str) -> None:
    """Remove the working folders of processes that were killed before they could."""
    sweep(_prefix(name), output)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _prefix(name: str) -> str:
    return f".{name}.work-"
