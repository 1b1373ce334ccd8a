"""Find the tables inside a workbook of ONS police force area tables by what their cells say.

Sheets are found by what their titles say, header rows and columns by their text, areas by their
name; nothing depends on a fixed row or column, so that a new release reads without change.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.utils import get_column_letter

from peelbook.errors import ReleaseFormatError
from peelbook.importers.dates import year_ending
from peelbook.importers.spreadsheets import WORKBOOKS, XLSX, form_of, sheets_of

NO_VALUE = ("-", "\N{EN DASH}", "+", "*", "..", "...", "\N{HORIZONTAL ELLIPSIS}", ":", "n/a")
NO_VALUE_IN_BRACKETS = re.compile(r"\[[a-z]{1,3}\]|\[low\]")
MOST_CELLS = 2_000_000
DECIMAL_PLACES = re.compile(r"0\.(0+)")
SUBJECTS = {
    "Table P1": r"recorded crime\b.*number of offences",
    "Table P2": r"recorded crime\b.*percentage change",
    "Table P3": r"recorded crime\b.*rate of offences",
    "Table P4": r"knife and sharp instrument offences\b(?!.*percentage change)",
    "Table P5": r"knife and sharp instrument offences\b.*percentage change",
    "Table P6": r"experiences of anti-social behaviour",
    "Table P7": r"anti-social behaviour incidents\b(?!.*by category)",
    "Table P9": r"mid-year population estimates",
    "Table P10": r"mid-year household estimates",
}
"""Table -> what the title of its sheet says, in lower case."""
SUBJECTS_OF_NAMED = {
    "Table P4": "knife",
    "Table P5": "knife",
    "Table P6": "experience",
    "Table P7": r"incidents\b(?!.*by category)",
    "Table P9": "population",
    "Table P10": "household",
}
"""The least that the title says where no sheet has the title above and one has the name."""

WORKBOOK_BLEMISHES = {
    "sheet names": (
        "Some sheet names end in a space ('Table P7 '), and numbers of tables may change; a sheet "
        "is known by its title, and by its name where several titles fit."
    ),
    "markers for no value": (
        "'-' (base under 50), '+' (City of London suppressed), '..' and '[x]' (not available) and "
        "':' (not applicable) stand for no value; such cells are left out. An empty cell is "
        "refused."
    ),
    "misprinted and changing headings": (
        "'Residental burglary', 'Miscellaneous crimes' and 'Other theft offences' name the same "
        "offences as 'Residential burglary', 'Miscellaneous crimes against society' and 'All "
        "other theft offences'; the title of Table P2 puts the two periods in either order or "
        "without a capital letter."
    ),
    "late entries under old burglary codes": (
        "A few burglaries recorded since April 2017 bear a code that has expired. The rolling file "
        "shows them apart; the workbooks count them as residential or non-residential burglary."
    ),
    "British Transport Police without a code": (
        "The row has no area code; it is known by its name."
    ),
    "year ending March 2019, anti-social behaviour": (
        "Table P7 has no area codes and calls a region and a force 'West Midlands': the first is "
        "the region."
    ),
}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its file and name, the values of its cells, and their number formats."""

    file: Path
    name: str
    values: pd.DataFrame
    formats: pd.DataFrame

    def error(self, row: object, reason: str) -> ReleaseFormatError:
        """Return the error for a row of this sheet."""
        return ReleaseFormatError(self.file.name, self.name, row, reason)

    @property
    def title(self) -> str:
        """The first text of the sheet, '' if it has none."""
        texts = (cell for cell in self.values.to_numpy().ravel() if isinstance(cell, str))
        return " ".join(next(texts, "").split())

    @property
    def period_end(self) -> pd.Timestamp:
        """Last day of the (latest) period in the title."""
        return year_ending(self.title, self.file, self.name)

    def texts(self) -> pd.DataFrame:
        """Return cells as text without spare spaces, blanks as ''."""
        cells = self.values.astype("object").where(self.values.notna(), "")
        return cells.map(lambda cell: " ".join(str(cell).split()))


def _workbook(path: Path) -> dict[str, Sheet]:
    """Return the sheets of a workbook by name; one that has been replaced is read again."""
    state = path.stat()
    return _sheets(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _sheets(path: Path, _changed: int, _size: int) -> dict[str, Sheet]:
    form = form_of(path)
    if form not in WORKBOOKS:
        raise ReleaseFormatError(path.name, None, None, f"not a workbook: {form}")
    if form != XLSX:
        return {name.strip(): _of_rows(path, name, list(rows)) for name, rows in sheets_of(path)}
    try:
        with path.open("rb") as file:  # by its content: the name may end in anything
            book = openpyxl.load_workbook(file, data_only=True)
    except FileNotFoundError:
        raise
    except Exception as error:
        # a damaged file breaks openpyxl and the libraries under it in many ways
        what = " ".join(str(error).split())[:100] or type(error).__name__
        raise ReleaseFormatError(path.name, None, None, f"not a workbook: {what}") from error
    return {sheet.title.strip(): _as_sheet(path, sheet) for sheet in book.worksheets}


def _as_sheet(path: Path, sheet: openpyxl.worksheet.worksheet.Worksheet) -> Sheet:
    _not_too_large(path, sheet.title, sheet.max_row, sheet.max_column)
    rows = list(sheet.iter_rows())
    index = range(1, len(rows) + 1)
    values = pd.DataFrame([[cell.value for cell in row] for row in rows], index, dtype="object")
    formats = pd.DataFrame([[cell.number_format for cell in row] for row in rows], index)
    return Sheet(path, sheet.title.strip(), values, formats)


def _of_rows(path: Path, name: str, rows: list[list[object]]) -> Sheet:
    """Return a sheet of an ODS or XLS, of whose cells only the values are known."""
    width = max(map(len, rows), default=0)
    _not_too_large(path, name, len(rows), width)
    cells = [[*map(_value, row), *[None] * (width - len(row))] for row in rows]
    values = pd.DataFrame(cells, range(1, len(rows) + 1), dtype="object")
    return Sheet(path, name.strip(), values, values.map(lambda _: ""))


def _value(cell: object) -> object:
    """Return a cell as openpyxl would: nothing for a blank, whole numbers, days with a time."""
    if cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime.combine(cell, datetime.min.time())
    return cell


def _not_too_large(path: Path, name: str, rows: int, columns: int) -> None:
    if rows * columns > MOST_CELLS:
        raise ReleaseFormatError(
            path.name,
            name.strip(),
            rows,
            f"{rows * columns:,} cells up to {get_column_letter(columns)}{rows}: "
            "a cell far from the table",
        )


def has_sheet(path: Path, table: str) -> bool:
    """Say whether the workbook has a table, for example 'Table P9'."""
    return bool(_sheets_about(Path(path), table))


def open_sheet(path: Path, table: str) -> Sheet:
    """Return a sheet by the name of its table, for example 'Table P1'.

    Raises
    ------
    ReleaseFormatError
        If the file is not a workbook, or not exactly one sheet is about the table's subject.
    """
    found = _sheets_about(Path(path), table)
    named = [sheet for sheet in found if _is_named(sheet, table)]
    if len(found) > 1 and len(named) != 1:
        raise ReleaseFormatError(
            Path(path).name, None, None, f"{table} may be any of {_listed(found)}"
        )
    if not found:
        sheets = _workbook(Path(path)).values()
        raise ReleaseFormatError(
            Path(path).name, None, None, f"no sheet '{table}' among {_listed(sheets)}"
        )
    return (named or found)[0]


def first_sheet(path: Path) -> Sheet:
    """Return the first sheet of a workbook.

    Raises
    ------
    ReleaseFormatError
        If the file is not a workbook.
    """
    return next(iter(_workbook(Path(path)).values()))


def workbook_period(path: Path) -> pd.Timestamp:
    """Return the last day of the 12 months that the workbook is about (title of Table P1)."""
    return open_sheet(path, "Table P1").period_end


def workbook_label(path: Path) -> str:
    """Return the workbook's period in words: 'year ending December 2018'."""
    return f"year ending {workbook_period(path):%B %Y}"


def vintage(path: Path) -> str:
    """Return the name of the workbook for the column `vintage`."""
    return f"ONS PFA tables, {workbook_label(path)}"


def _sheets_about(path: Path, table: str) -> list[Sheet]:
    """Return the sheets with the title of a table, or else the one with its name."""
    sheets = _workbook(path).values()
    titled = [sheet for sheet in sheets if re.search(SUBJECTS[table], sheet.title.lower())]
    least = SUBJECTS_OF_NAMED.get(table, "")
    return titled or [
        sheet
        for sheet in sheets
        if _is_named(sheet, table) and re.search(least, sheet.title.lower())
    ]


def _is_named(sheet: Sheet, table: str) -> bool:
    return _plain(sheet.name) in (_plain(table), _plain(table.removeprefix("Table ")))


def _listed(sheets: object) -> str:
    return ", ".join(f"'{sheet.name}'" for sheet in sheets)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def cell_values(sheet: Sheet, areas: pd.DataFrame, columns: list[int]) -> pd.DataFrame:
    """Return the numbers of some columns, one row for each area and column.

    Returns
    -------
    DataFrame
        Indexed by row: area, column (position in the sheet), value (missing where the cell holds
        a marker), decimals (as the number format displays; missing if it does not say).

    Raises
    ------
    ReleaseFormatError
        At a cell that holds neither a number nor a known marker; an empty one, too.
    """
    block = sheet.values.loc[areas.index, columns]
    flat = block.melt(var_name="column", value_name="cell", ignore_index=False)
    shown = sheet.formats.loc[areas.index, columns].melt(ignore_index=False)["value"]
    is_marker = flat["cell"].map(is_no_value)
    broken = ~is_marker & ~flat["cell"].map(is_number)
    if broken.any():
        row, cell = flat.index[broken][0], flat.loc[broken, "cell"].iloc[0]
        place = f"{get_column_letter(flat.loc[broken, 'column'].iloc[0] + 1)}{row}"
        is_empty = pd.isna(cell) or not str(cell).strip()
        what = "an empty cell" if is_empty else f"'{cell}' is not a number"
        raise sheet.error(row, f"{what} ({place})")
    return flat.assign(
        area=areas["area"].reindex(flat.index),
        value=pd.to_numeric(flat["cell"].mask(is_marker)).astype("float64"),
        decimals=shown.map(_decimals),
    )[["area", "column", "value", "decimals"]]


def is_number(cell: object) -> bool:
    """Say whether a cell holds a number, which a truth value is not."""
    is_real = isinstance(cell, int | float) and not isinstance(cell, bool)
    return is_real and math.isfinite(cell)


def is_no_value(cell: object) -> bool:
    """Say whether a cell holds one of the publisher's markers for no value."""
    text = str(cell).strip().lower()
    return text in NO_VALUE or bool(NO_VALUE_IN_BRACKETS.fullmatch(text))


def _decimals(number_format: str) -> int:
    found = DECIMAL_PLACES.search(number_format)
    return len(found.group(1)) if found else 0
