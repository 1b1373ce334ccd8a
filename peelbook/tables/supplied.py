"""Files that a user fills in: read as text, checked line by line, named without their folder.

A supplied file is a CSV as a spreadsheet writes it: lines that begin with `#` are comments, the
first other line names the columns, and commas, semicolons or tabs stand between cells. What is
in it is data and nothing else: characters that could hide or reorder text are refused here, and
whoever shows a text escapes it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from peelbook.errors import InvalidParameter, PeelbookError, cut, suggestion

DELIMITERS = ",;\t"
CONTROLS = frozenset({"Cc", "Zl", "Zp"})
DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the reading direction of what follows, so a text could be read as another."""


DROPPED = (
    "begins with # and so counts as a comment, but has a cell for each column; take the # off, "
    "or the line out"
)
WHOLE = re.compile(r"([0-9]{1,9})(\.0+)?", re.ASCII)


@dataclass(frozen=True)
class Problem:
    """What is wrong in a line of a supplied file; `line` counts from 1."""

    line: int
    reason: str


@dataclass(frozen=True)
class Row:
    """One line of data: the number of its first line, and a text for each column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Supplied:
    """The rows of a supplied file and what is wrong with it as a file.

    `name` is its name without the folder, `fingerprint` the first 12 digits of its sha256,
    `delimiter` what stands between its cells.
    """

    name: str
    fingerprint: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    delimiter: str = ","


class SuppliedFileError(PeelbookError):
    """A supplied file that cannot be used; the message gives its first problem."""

    def __init__(self, path: Path, problems: Iterable[Problem], command: str) -> None:
        first, *more = sorted(problems, key=lambda problem: problem.line)
        rest = f" ({len(more)} more: run {command} on it)" if more else ""
        super().__init__(f"{path.name}:{first.line}: {first.reason}{rest}")


def read_supplied(path: Path, columns: Iterable[str], optional: Iterable[str] = ()) -> Supplied:
    """Read a supplied file.

    Parameters
    ----------
    path
        a CSV in UTF-8.
    columns
        the columns that it must have, in any order.
    optional
        columns that it may have as well; no others are taken. A row has a cell for each, empty
        where the file has no such column.

    Returns
    -------
    Its rows, cells stripped of surrounding blanks. Where the file as a whole cannot be understood
    there are problems and no rows.

    Raises
    ------
    InvalidParameter
        when there is no such file, or it cannot be opened.
    """
    content = bytes_of(path)
    name, fingerprint = path.name, fingerprint_of(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        reason = "not in UTF-8; save the sheet as 'CSV UTF-8'"
        return Supplied(name, fingerprint, (), (Problem(line, reason),))
    problems = list(_forbidden_characters(text))
    if problems:
        return Supplied(name, fingerprint, (), tuple(problems))
    rows, problems = _rows(text, list(columns), list(optional))
    return Supplied(name, fingerprint, tuple(rows), tuple(problems), _delimiter(text))


def bytes_of(path: Path) -> bytes:
    """Return the content of a file; raise InvalidParameter, in one line, if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "there is no such file" if missing else (error.strerror or "not readable")
        name = cut(path.name)
        raise InvalidParameter(f"File {name}: {reason[:1].lower()}{reason[1:]}.") from None
    except ValueError:
        raise InvalidParameter("A file name holds a character that no file name may.") from None


def whole_number(text: str) -> int | None:
    """Read a whole number, also as programs write one that is a decimal to them: 60.0."""
    found = WHOLE.fullmatch(text)
    return int(found[1]) if found else None


def fingerprint_of(content: bytes) -> str:
    """Return the first 12 digits of the sha256 of a file's content."""
    return hashlib.sha256(content).hexdigest()[:12]


def _forbidden_characters(text: str) -> Iterable[Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        for character in line.rstrip("\r"):
            # line and paragraph separators end a line for some programs and not for others
            control = unicodedata.category(character) in CONTROLS and character != "\t"
            if control or character in DIRECTION_OVERRIDES:
                kind = "control character" if control else "character that turns reading direction"
                yield Problem(number, f"{kind} U+{ord(character):04X}; take it out")
                break


def _rows(text: str, columns: list[str], optional: list[str]) -> tuple[list[Row], list[Problem]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    problems: list[Problem] = []
    header: list[str] | None = None
    width, line = 0, 1
    try:
        for record in reader:
            cells, first = [cell.strip() for cell in record], line
            line = reader.line_num + 1
            if not any(cells):
                continue
            if cells[0].startswith("#"):
                # a template's own lines to fill in are mostly blank
                full = len(cells) >= width and header and _mostly_filled(cells, header, columns)
                if full:
                    problems.append(Problem(first, DROPPED))
                continue
            if header is None:
                width, header = len(cells), _without_empty_tail(cells)
                problems = [
                    Problem(first, reason) for reason in _header_faults(header, columns, optional)
                ]
                if problems:
                    return [], problems
            elif len(cells) > width:
                reason = (
                    f"{len(cells)} cells for {len(header)} columns; a text or a number with a "
                    "comma in it needs double quotes round it"
                )
                problems.append(Problem(first, reason))
            else:
                filled = [*cells, *[""] * len(header)][: len(header)]
                rows.append(
                    Row(first, dict.fromkeys(optional, "") | dict(zip(header, filled, strict=True)))
                )
    except csv.Error as error:
        problems.append(Problem(line, f"not readable as CSV ({error}); is a double quote open?"))
    if header is None and not problems:
        problems.append(Problem(1, f"no line that names the columns: {', '.join(columns)}"))
    return rows, problems


def _mostly_filled(cells: list[str], header: list[str], columns: list[str]) -> bool:
    """Say whether a line fills more than half of the columns that a file must have."""
    needed = [cell for name, cell in zip(header, cells, strict=False) if name in columns]
    return 2 * sum(map(bool, needed)) > len(needed)


def _delimiter(text: str) -> str:
    """Return what stands between cells, by the first line that is not a comment."""
    lines = (line for line in text.splitlines() if line.strip(f'{DELIMITERS} "'))
    header = next((line for line in lines if not line.lstrip('" ').startswith("#")), "")
    return max(DELIMITERS, key=header.count)


def _without_empty_tail(cells: list[str]) -> list[str]:
    """Drop the empty cells that a spreadsheet adds at the end of a line."""
    filled = len(cells)
    while filled and not cells[filled - 1]:
        filled -= 1
    return cells[:filled]


def _header_faults(header: list[str], columns: list[str], optional: list[str]) -> Iterable[str]:
    for name in header:
        if name not in columns and name not in optional:
            yield f"unknown column '{cut(name)}': {suggestion(name, [*columns, *optional])}"
        elif header.count(name) > 1:
            yield f"column '{cut(name)}' stands there more than once"
    for name in columns:
        if name not in header:
            yield f"no column '{name}'"
