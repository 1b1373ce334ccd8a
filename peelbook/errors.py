"""Errors that a user can act on: what was given, what is allowed, the nearest match.

The command line turns every one of them into one line and an exit code; code that uses
the package as a library can catch :class:`PeelbookError`.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from reprlib import Repr

MOST_SHOWN = 80
"""Letters of a text that is shown in a message."""
_SHORT = Repr()
_SHORT.maxlevel = 2


def cut(text: str, most: int = MOST_SHOWN) -> str:
    """Return a text as a message shows it: not more than `most` letters of it."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def cut_path(path: object, most: int = MOST_SHOWN) -> str:
    """Return a path as a message shows it: of a long one the end, which names the file."""
    text = str(path)
    return text if len(text) <= most else f"…{text[1 - most :]}"


def shown(value: object) -> str:
    """Return a value as a message shows it, cut before it is made: it may be nested or long."""
    if isinstance(value, str):
        return repr(cut(value))
    try:
        return cut(_SHORT.repr(value))
    except (ValueError, RecursionError):  # an integer of thousands of digits
        return f"a value of type {type(value).__name__}"


def suggestion(given: object, allowed: Iterable[str], most: int = 3) -> str:
    """Return a phrase naming the allowed values nearest to `given`, or all if they are few."""
    word = cut(given).lower() if isinstance(given, str) else ""
    return _suggestion(word, tuple(sorted(allowed)), most)


@lru_cache(maxsize=1024)  # a file may have the same fault in 200,000 lines
def _suggestion(word: str, names: tuple[str, ...], most: int) -> str:
    near = get_close_matches(word, names, n=most, cutoff=0.5) if len(word) > 3 else []
    if near:
        return f"did you mean {' or '.join(near)}?"
    if len(names) <= 8:
        return f"allowed: {', '.join(names)}."
    return f"there are {len(names)} allowed values, from {names[0]} to {names[-1]}."


class PeelbookError(Exception):
    """Base of all errors raised on purpose; `exit_code` is what the command line returns."""

    exit_code = 2


class UnknownForce(PeelbookError):
    """A force slug that is not one of the 43."""

    def __init__(self, given: str, allowed: Iterable[str]) -> None:
        super().__init__(f"Unknown force {shown(given)}: {suggestion(given, allowed)}")


class InvalidParameter(PeelbookError):
    """A parameter name or value that no chapter knows."""


class ReleaseFormatError(PeelbookError):
    """A publisher's file that does not look as its format promises."""

    def __init__(self, file: object, sheet: str | None, row: object, reason: str) -> None:
        parts = (
            str(file),
            f"sheet {sheet}" if sheet else "",
            f"row {row}" if row is not None else "",
        )
        place = ", ".join(part for part in parts if part)
        # what a library says of a file may have several lines, and end with one
        reason = " ".join(reason.split())
        super().__init__(f"{place}: {reason}")
        self.file, self.sheet, self.row, self.reason = file, sheet, row, reason


class DataIntegrityError(PeelbookError):
    """A table in data/ that differs from what data/datapackage.json says."""

    def __init__(self, table: str, reason: str) -> None:
        super().__init__(f"Table '{table}': {reason}")
        self.table, self.reason = table, reason


class ChapterFailed(PeelbookError):
    """A chapter that did not run to its end; nothing is published."""

    exit_code = 1

    def __init__(self, force: str, chapter: str, cell: object, reason: str) -> None:
        super().__init__(f"{force}: chapter {chapter}, cell {cell}: {reason}")
        self.force, self.chapter, self.cell, self.reason = force, chapter, cell, reason
