"""Whether a book is what its own mark says, and what rendering it again gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peelbook.errors import PeelbookError
from peelbook.parameters import FILES, parse_parameters
from peelbook.render.books import render_books
from peelbook.render.crate import CRATE
from peelbook.render.mark import MARK, first_stranger, read_mark, sha256_of
from peelbook.render.owned import TEMPORARY, owned_folder
from peelbook.render.plan import Plan, Progress, default_engine
from peelbook.render.provenance import BOOK, about_inputs

WORDS = {"code": "the code", "data": "the data", "definitions": "the definitions in frameworks/"}

DIFFERS = "differs from that rendered again"


@dataclass(frozen=True)
class Verified:
    """What became of a check: how many files were compared, and the first difference, if any."""

    files: int
    difference: str = ""


def verify_book(
    folder: Path, supplied: Mapping[str, object], progress: Progress = lambda step: None
) -> Verified:
    """Compare a book with its mark, then render it again elsewhere and compare the two.

    Parameters
    ----------
    folder
        of a book; one that is part of a site is not made on its own, and is refused.
    supplied
        `findings` and `returns`, paths of the files that the book was made from, if it was.
    progress
        called with ``force: step`` before each step.

    Raises
    ------
    PeelbookError
        where the folder is no book, or cannot be rendered again.
    """
    mark = read_mark(folder)
    if mark is None or mark.get("kind") != BOOK or not isinstance(mark.get("parameters"), dict):
        raise PeelbookError(f"{folder} is no book that this program rendered on its own")
    if difference := difference_from_mark(folder, mark["files"]):
        return Verified(len(mark["files"]), difference)
    parameters = parse_parameters(values_of(mark, supplied))
    with owned_folder(TEMPORARY) as place:
        plan = Plan(place / "books", engine=default_engine())
        [book] = render_books([parameters], plan, progress=progress)
        if book.error:
            raise PeelbookError(book.error)
        again = read_mark(plan.output / parameters.force) or {"files": {}}
        difference = first_difference(mark["files"], again["files"])
        if not difference and sha256_of(folder / MARK) != sha256_of(
            plan.output / parameters.force / MARK
        ):
            difference = f"{MARK} {DIFFERS}"
    return Verified(len(mark["files"]), difference and f"{difference}{why(mark)}")


def values_of(mark: Mapping[str, Any], supplied: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters that a mark tells, with the paths of the files that were supplied.

    Raises PeelbookError for a file that it was made from and that is not supplied again.
    """
    for name in FILES:
        if mark["parameters"].get(name) and name not in supplied:
            shown = mark["parameters"][name]
            raise PeelbookError(f"It was made from {shown}: give it with -p {name} {shown}")
    return {**mark["parameters"], **supplied}


def difference_from_mark(folder: Path, files: Mapping[str, str]) -> str:
    """Name the first file that is not, or not as, `files` (name -> sha256) tell; '' if none is."""
    for name, digits in sorted(files.items()):
        path = folder / name
        if not path.is_file():
            return f"{name} is missing"
        if sha256_of(path) != digits:
            return f"{name} is not the file that was published"
    stranger = first_stranger(folder)
    return f"{stranger} was not published with the rest" if stranger else ""


def first_difference(published: Mapping[str, str], again: Mapping[str, str]) -> str:
    """Name the first file that differs, or is there once only, of two renders; '' if none does.

    Files that tell the hashes of others come last.
    """
    names = {*published, *again}
    for name in sorted(names, key=lambda name: (Path(name).name in (CRATE, MARK), name)):
        if name not in again:
            return f"{name} is not in what was rendered again"
        if name not in published:
            return f"{name} is only in what was rendered again"
        if published[name] != again[name]:
            return f"{name} {DIFFERS}"
    return ""


def why(mark: Mapping[str, object]) -> str:
    """Name the inputs that are not those that the book was made from."""
    then = mark.get("inputs_sha256")
    then = then if isinstance(then, dict) else {}
    changed = [WORDS[name] for name, digits in about_inputs().items() if then.get(name) != digits]
    return f"; {' and '.join(changed)} changed since it was rendered" if changed else ""
