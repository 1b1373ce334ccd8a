"""Files as publishers issue them (XLSX, ODS, XLS, CSV, Parquet), told apart by their content.

Workbooks are read by python-calamine, row by row: 260,000 rows of an ODS take 7 seconds and
150 MB, where a reader in Python takes minutes. A sheet is searched for its row of headings, so
that a cover, notes above a table and one sheet a year read alike.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from peelbook.errors import ReleaseFormatError

TEXT, PARQUET, XLSX, ODS, XLS = "CSV", "Parquet", "XLSX", "ODS", "XLS"
WORKBOOKS = (XLSX, ODS, XLS)
ZIP, OLE, GZIP, PAR = b"PK", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"PAR1"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
ROWS_SEARCHED = 40
"""Rows of a sheet among which its headings are looked for."""
ROWS_AT_ONCE = 50_000


@dataclass(frozen=True)
class TableOfSheet:
    """A table in a sheet (or the whole of a text file): where its headings are, and what they are."""

    sheet: str
    row: int
    headings: tuple[str, ...]


def form_of(path: Path) -> str:
    """Return in which form a file is, whatever its name: CSV (also gzipped), Parquet, XLSX ...

    Raises
    ------
    ReleaseFormatError
        If it is empty, or neither text nor a workbook nor Parquet.
    """
    with Path(path).open("rb") as file:
        start = file.read(4096)
    if not start:
        raise ReleaseFormatError(path.name, None, None, "an empty file")
    if start.startswith(PAR):
        return PARQUET
    if start.startswith(OLE):
        return XLS
    if start.startswith(ZIP):
        return _form_of_zip(path)
    if not start.startswith(GZIP) and b"\0" in start:
        raise ReleaseFormatError(path.name, None, None, "neither text nor a workbook")
    return TEXT


def _form_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.read("mimetype").startswith(ODS_TYPE):
                return ODS
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        what = " ".join(str(error).split())[:100]
        raise ReleaseFormatError(path.name, None, None, f"not a workbook: {what}") from error
    if any(name.startswith("xl/") for name in names):
        return XLSX
    reason = "a zip that is no workbook; unpack it and name the files in it"
    raise ReleaseFormatError(path.name, None, None, reason)


def sheets_of(path: Path) -> Iterator[tuple[str, Iterator[list[object]]]]:
    """Return each sheet of a workbook: its name, and its rows from the first one on.

    Raises
    ------
    ReleaseFormatError
        If it is no workbook, or opens with a password only.
    """
    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            # rows begin with the first row, but cells with the first filled column
            blank = [""] * (sheet.start[1] if sheet.start else 0)
            yield name, ([*blank, *row] if row else [] for row in _rows(sheet))
    except PasswordError as error:
        raise ReleaseFormatError(path.name, None, None, "opens with a password only") from error
    except (CalamineError, OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        what = " ".join(str(error).split())[:100]
        raise ReleaseFormatError(path.name, None, None, f"not a workbook: {what}") from error


def _rows(sheet: CalamineSheet) -> Iterator[list[object]]:
    return sheet.iter_rows() if sheet.start else iter(())


def as_text(cell: object) -> str:
    """Return a cell as the same text in every form of file: 12.0 is '12', a day '2016-03-31'."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def plain(name: object) -> str:
    """Return a heading without case, spaces, dots and underscores, which publishers change."""
    return "".join(character for character in str(name).lower() if character.isalnum())


def first_rows(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Return the first rows of each sheet as text; a text file is one sheet without a name."""
    form = form_of(path)
    if form == PARQUET:
        yield "", [list(map(str, parquet_frame(path).columns))]
    elif form == TEXT:
        yield "", _first_lines(path)
    else:
        for name, rows in sheets_of(path):
            searched = (row for row, _ in zip(rows, range(ROWS_SEARCHED), strict=False))
            yield name, [[as_text(cell) for cell in row] for row in searched]


def _first_lines(path: Path) -> list[list[str]]:
    # as many columns as any release has: a title line has fewer cells than the headings under it
    options = {"dtype": "str", "keep_default_na": False, "compression": compression(path)}
    try:
        lines = pd.read_csv(
            path,
            header=None,
            nrows=ROWS_SEARCHED,
            names=range(200),
            encoding="utf-8-sig",
            **options,
        )
    except (EOFError, OSError, ValueError, zlib.error) as error:
        what = " ".join(str(error).split())[:100]
        raise ReleaseFormatError(path.name, None, None, f"not a CSV file: {what}") from error
    rows = lines.fillna("").to_numpy().tolist()
    return [row[: max((at + 1 for at, cell in enumerate(row) if cell), default=0)] for row in rows]


def compression(path: Path) -> str:
    """Return how a text file is compressed: by its first bytes, or as its name says."""
    with Path(path).open("rb") as file:
        return "gzip" if file.read(2) == GZIP else "infer"


def parquet_frame(path: Path) -> pd.DataFrame:
    """Return a Parquet file as it is.

    Raises
    ------
    ReleaseFormatError
        If it is none.
    """
    try:
        return pd.read_parquet(path)
    except (ValueError, OSError) as error:  # pyarrow raises ArrowInvalid, a ValueError
        if isinstance(error, FileNotFoundError):
            raise
        raise ReleaseFormatError(path.name, None, None, f"not a parquet file: {error}") from error


def table_of_workbook(path: Path, wanted: list[str], also: list[str]) -> pd.DataFrame:
    """Return the rows of every sheet that has the wanted headings, as text, one after the other.

    Parameters
    ----------
    path
        the workbook.
    wanted, also
        headings that a table must have, and that it may have. Other columns are not kept.

    Returns
    -------
    DataFrame
        The headings as published in the first of the sheets; indexed by row, and by row and sheet
        where there are several.

    Raises
    ------
    ReleaseFormatError
        If no sheet has the headings, one has some of them only, or a row has a cell without one.
    """
    frames: dict[str, pd.DataFrame] = {}
    for name, rows in sheets_of(path):
        numbered = enumerate(rows, start=1)
        found = _headings(path, name, numbered, wanted)
        if found:
            frames[name] = _rows_under(path, found, numbered, [*wanted, *also])
        # a sheet is let go before the next is read, and the last before texts are written out
        rows = numbered = None
    if not frames:
        raise ReleaseFormatError(
            path.name, None, None, f"no sheet with the headings {', '.join(wanted)}"
        )
    if len(frames) > 1:
        frames = {
            name: frame.set_axis(frame.index.astype("str") + f" of sheet {name}")
            for name, frame in frames.items()
        }
    return pd.concat([frame.astype("str") for frame in frames.values()]).fillna("")


def _headings(
    path: Path, sheet: str, numbered: Iterator[tuple[int, list[object]]], wanted: list[str]
) -> TableOfSheet | None:
    for row, cells in numbered:
        names = [as_text(cell) for cell in cells]
        missing = [name for name in wanted if plain(name) not in set(map(plain, names))]
        if not missing:
            twice = [name for name in wanted if list(map(plain, names)).count(plain(name)) > 1]
            if twice:
                raise ReleaseFormatError(path.name, sheet, row, f"two columns '{twice[0]}'")
            return TableOfSheet(sheet, row, tuple(names))
        if len(missing) * 2 < len(wanted):
            shown = ", ".join(name for name in names if name)
            reason = f"no column '{missing[0]}' among {shown}"
            raise ReleaseFormatError(path.name, sheet, row, reason)
        if row == ROWS_SEARCHED:
            return None
    return None


def _rows_under(
    path: Path,
    table: TableOfSheet,
    numbered: Iterator[tuple[int, list[object]]],
    kept: list[str],
) -> pd.DataFrame:
    names = {plain(name): name for name in kept}
    places = {
        at: names[plain(name)] for at, name in enumerate(table.headings) if plain(name) in names
    }
    unheaded = [at for at, name in enumerate(table.headings) if not name.strip()]
    parts, block = [], []
    for row, cells in numbered:
        if not any(cell not in ("", None) for cell in cells):
            continue
        extra = cells[len(table.headings) :] + [cells[at] for at in unheaded if at < len(cells)]
        if any(cell not in ("", None) for cell in extra):
            reason = "more cells than there are headings"
            raise ReleaseFormatError(path.name, table.sheet, row, reason)
        block.append((row, *(as_text(cells[at]) if at < len(cells) else "" for at in places)))
        if len(block) == ROWS_AT_ONCE:
            parts.append(_block(block, len(places)))
            block = []
    parts.append(_block(block, len(places)))
    columns = {
        at: union_categoricals([part[at] for part in parts]) for at in range(1, len(places) + 1)
    }
    index = np.concatenate([part.index for part in parts])
    return pd.DataFrame(columns, index=index).set_axis(list(places.values()), axis="columns")


def _block(block: list[tuple], columns: int) -> pd.DataFrame:
    """Return rows with each text kept once, for the sheet itself takes most of the memory."""
    frame = pd.DataFrame(block, columns=range(columns + 1))
    text = frame[list(range(1, columns + 1))].astype("str").astype("category")
    return text.set_axis(frame[0].astype("int64"), axis="index")
