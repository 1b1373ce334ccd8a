"""Checks that every importer shares; each failure names the file, the sheet, the row, the reason.

Importers keep the row number of the file in the index of a frame until it is finished.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from peelbook.errors import ReleaseFormatError, suggestion
from peelbook.importers.areas import the_43_forces
from peelbook.importers.spreadsheets import (
    WORKBOOKS,
    compression,
    form_of,
    plain,
    table_of_workbook,
)

FIRST_DATA_ROW = 2
MOST_DIGITS = 12
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)


def read_text_table(
    path: Path, columns: dict[str, str], optional: dict[str, str] | None = None
) -> pd.DataFrame:
    """Return the table of a CSV file or a workbook as text, indexed by its row number.

    `columns` names the columns that are needed, as published -> as used here; names are compared
    without case, spaces, dots and underscores, as publishers change these between releases. A
    column of `optional`, named likewise, is blank if the file does not have it. In a workbook
    every sheet with these columns is read, one after the other (see `spreadsheets`).

    Raises
    ------
    ReleaseFormatError
        If the file is neither, a column is missing or there twice, or rows have more cells than
        the header, so that these may belong to other columns.
    """
    path = Path(path)
    optional = optional or {}
    if form_of(path) in WORKBOOKS:
        frame = table_of_workbook(path, list(columns), list(optional))
        rows = frame.index
    else:
        frame = _csv(path)
        rows = range(FIRST_DATA_ROW, FIRST_DATA_ROW + len(frame))
    have = {plain(column) for column in frame.columns}
    held = {name: here for name, here in optional.items() if plain(name) in have}
    blank = dict.fromkeys(set(optional.values()) - set(held.values()), "")
    picked = pick_columns(frame, columns | held, path)
    return picked.set_axis(rows, axis="index").assign(**blank)


def _csv(path: Path) -> pd.DataFrame:
    try:
        frame = pd.read_csv(
            path,
            dtype="str",
            keep_default_na=False,
            low_memory=False,
            compression=compression(path),
        )
    except FileNotFoundError:
        raise
    except (UnicodeDecodeError, OSError, EOFError, zlib.error, pd.errors.ParserError) as error:
        raise ReleaseFormatError(path.name, None, None, f"not a CSV file: {error}") from error
    except pd.errors.EmptyDataError as error:
        raise ReleaseFormatError(path.name, None, None, "an empty file") from error
    if not isinstance(frame.index, pd.RangeIndex):
        raise ReleaseFormatError(
            path.name, None, FIRST_DATA_ROW, "more cells than there are headings"
        )
    return frame


def pick_columns(frame: pd.DataFrame, columns: dict[str, str], path: Path) -> pd.DataFrame:
    """Return the named columns of a raw frame, renamed and indexed by row number.

    Raises
    ------
    ReleaseFormatError
        If a column is missing or two have its name.
    """
    names = [plain(column) for column in frame.columns]
    found = dict(zip(names, frame.columns, strict=True))
    # pandas calls the second of two columns 'PFA.1'
    twice = [
        name
        for name in columns
        if names.count(plain(name)) > 1 or f"{found.get(plain(name))}.1" in frame.columns
    ]
    if twice:
        raise ReleaseFormatError(path.name, None, 1, f"two columns '{twice[0]}'")
    missing = [name for name in columns if plain(name) not in found]
    if missing:
        raise ReleaseFormatError(
            path.name,
            None,
            1,
            f"no column '{missing[0]}' among {', '.join(map(str, frame.columns))}",
        )
    picked = frame[[found[plain(name)] for name in columns]].set_axis(
        list(columns.values()), axis="columns"
    )
    return picked.set_axis(range(FIRST_DATA_ROW, FIRST_DATA_ROW + len(picked)), axis="index")


def whole_numbers(texts: pd.Series, file: Path, sheet: str | None = None) -> pd.Series:
    """Return text as integers.

    Raises
    ------
    ReleaseFormatError
        At the first text that is not a whole number, or one that no force could have.
    """
    good = texts.str.fullmatch(r"-?\d+")
    if not good.all():
        row = good.index[~good][0]
        raise ReleaseFormatError(
            file.name, sheet, row, f"'{texts[~good].iloc[0]}' in {texts.name} is not a whole number"
        )
    long = texts.str.lstrip("-").str.len() > MOST_DIGITS
    if long.any():
        row = long.index[long][0]
        raise ReleaseFormatError(
            file.name,
            sheet,
            row,
            f"'{texts[long].iloc[0][:40]}' in {texts.name} has more than {MOST_DIGITS} digits",
        )
    return texts.astype("int64")


def decimal_numbers(texts: pd.Series, file: Path, sheet: str | None = None) -> pd.Series:
    """Return text as floating-point numbers.

    Raises
    ------
    ReleaseFormatError
        At the first text that is not a number.
    """
    # not 'inf' or 'nan', which pandas takes for numbers
    is_number = texts.str.strip().str.fullmatch(NUMBER) & texts.str.len().le(40)
    numbers = pd.to_numeric(texts.where(is_number), errors="coerce")
    if numbers.isna().any():
        row = numbers.index[numbers.isna()][0]
        raise ReleaseFormatError(
            file.name,
            sheet,
            row,
            f"'{texts[numbers.isna()].iloc[0]}' in {texts.name} is not a number",
        )
    return numbers.astype("float64")


def matches_schema(
    frame: pd.DataFrame, schema: pa.DataFrameSchema, file: Path, sheet: str | None = None
) -> pd.DataFrame:
    """Return the frame with a fresh index if it meets the pandera schema of its table.

    Raises
    ------
    ReleaseFormatError
        At the first row that breaks a type, a range, a list of values or the unique key.
    """
    # a row of the file may have become several of the table, and pandera needs each index once
    numbered = frame.reset_index(drop=True)
    try:
        schema.validate(numbered, lazy=True)
    except pandera.errors.SchemaErrors as error:
        case = error.failure_cases.iloc[0]
        place = case["column"] or "the table"
        reason = (
            f"the same {' and '.join(schema.unique or [])} twice"
            if case["check"] == "multiple_fields_uniqueness"
            else f"{place}: {case['failure_case']!r} fails {case['check']}"
        )
        row = None if pd.isna(case["index"]) else frame.index[int(case["index"])]
        raise ReleaseFormatError(file.name, sheet, row, reason) from error
    return numbered


def is_one_of(texts: pd.Series, known: Iterable[str], what: str, file: Path) -> pd.Series:
    """Return the texts if all are known: an unknown one may be a total, and counted twice.

    Raises
    ------
    ReleaseFormatError
        At the first text that is not known.
    """
    unknown = texts[~texts.isin(list(known))]
    if len(unknown):
        raise ReleaseFormatError(
            file.name,
            None,
            unknown.index[0],
            f"unknown {what} '{unknown.iloc[0]}': {suggestion(unknown.iloc[0], known)}",
        )
    return texts


def no_totals(frame: pd.DataFrame, columns: list[str], file: Path) -> pd.DataFrame:
    """Return the rows if none is a total of others, which would be counted twice.

    Raises
    ------
    ReleaseFormatError
        At the first cell of `columns` that begins with All (but not All other), Total or Grand total.
    """
    for column in columns:
        total = frame[column].str.match(r"\s*(all(?! other)|(grand )?total)\b", case=False)
        if total.any():
            row = frame.index[total][0]
            raise ReleaseFormatError(
                file.name, None, row, f"'{frame[column][row]}' in {column} is a total"
            )
    return frame


def has_every_force(
    frame: pd.DataFrame, by: list[str], file: Path, sheet: str | None = None
) -> pd.DataFrame:
    """Return the frame if each group of `by` holds all 43 forces (column `force`).

    Raises
    ------
    ReleaseFormatError
        Naming the first force that is missing, and where; or if there is no row at all.
    """
    if frame.empty:
        raise ReleaseFormatError(file.name, sheet, None, "no rows")
    present = frame[[*by, "force"]].drop_duplicates()
    for group, forces in present.groupby(by)["force"] if by else [((), present["force"])]:
        absent = sorted(set(the_43_forces()) - set(forces))
        if absent:
            where = f" ({', '.join(_readable(part) for part in group)})" if group else ""
            raise ReleaseFormatError(file.name, sheet, None, f"no row for {absent[0]}{where}")
    return frame


def _readable(part: object) -> str:
    return f"{part:%d %B %Y}" if isinstance(part, pd.Timestamp) else str(part)
