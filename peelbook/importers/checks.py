"""Checks that every importer shares; each failure names the file, the sheet, the row, the reason.

Importers keep the row number of the file in the index of a frame until it is finished.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import the_43_forces

FIRST_DATA_ROW = 2


def read_text_table(path: Path, columns: dict[str, str]) -> pd.DataFrame:
    """Return a CSV file as text, indexed by its row number.

    `columns` names the columns that are needed, as published -> as used here; names are compared
    without case, spaces, dots and underscores, as publishers change these between releases.

    Raises
    ------
    ReleaseFormatError
        If the file cannot be read as a CSV or a column is missing.
    """
    path = Path(path)
    try:
        frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ReleaseFormatError(path.name, None, None, f"not a CSV file: {error}") from error
    return pick_columns(frame, columns, path)


def pick_columns(frame: pd.DataFrame, columns: dict[str, str], path: Path) -> pd.DataFrame:
    """Return the named columns of a raw frame, renamed and indexed by row number.

    Raises
    ------
    ReleaseFormatError
        If a column is missing.
    """
    found = {_plain(column): column for column in frame.columns}
    missing = [name for name in columns if _plain(name) not in found]
    if missing:
        raise ReleaseFormatError(
            path.name, None, 1, f"no column '{missing[0]}' among {', '.join(frame.columns)}"
        )
    picked = frame[[found[_plain(name)] for name in columns]].set_axis(
        list(columns.values()), axis="columns"
    )
    return picked.set_axis(range(FIRST_DATA_ROW, FIRST_DATA_ROW + len(picked)), axis="index")


def _plain(name: object) -> str:
    return "".join(character for character in str(name).lower() if character.isalnum())


def whole_numbers(texts: pd.Series, file: Path, sheet: str | None = None) -> pd.Series:
    """Return text as integers.

    Raises
    ------
    ReleaseFormatError
        At the first text that is not a whole number.
    """
    good = texts.str.fullmatch(r"-?\d+")
    if not good.all():
        row = good.index[~good][0]
        raise ReleaseFormatError(
            file.name, sheet, row, f"'{texts[~good].iloc[0]}' in {texts.name} is not a whole number"
        )
    return texts.astype("int64")


def decimal_numbers(texts: pd.Series, file: Path, sheet: str | None = None) -> pd.Series:
    """Return text as floating-point numbers.

    Raises
    ------
    ReleaseFormatError
        At the first text that is not a number.
    """
    numbers = pd.to_numeric(texts, errors="coerce")
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
    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        case = error.failure_cases.iloc[0]
        place = case["column"] or "the table"
        reason = (
            f"the same {' and '.join(schema.unique or [])} twice"
            if case["check"] == "multiple_fields_uniqueness"
            else f"{place}: {case['failure_case']!r} fails {case['check']}"
        )
        raise ReleaseFormatError(file.name, sheet, case["index"], reason) from error
    return frame.reset_index(drop=True)


def has_every_force(
    frame: pd.DataFrame, by: list[str], file: Path, sheet: str | None = None
) -> pd.DataFrame:
    """Return the frame if each group of `by` holds all 43 forces (column `force`).

    Raises
    ------
    ReleaseFormatError
        Naming the first force that is missing, and where.
    """
    present = frame[[*by, "force"]].drop_duplicates()
    for group, forces in present.groupby(by)["force"] if by else [((), present["force"])]:
        absent = sorted(set(the_43_forces()) - set(forces))
        if absent:
            where = f" ({', '.join(_readable(part) for part in group)})" if group else ""
            raise ReleaseFormatError(file.name, sheet, None, f"no row for {absent[0]}{where}")
    return frame


def _readable(part: object) -> str:
    return f"{part:%d %B %Y}" if isinstance(part, pd.Timestamp) else str(part)
