"""Find the tables inside a workbook of ONS police force area tables by what their cells say.

Sheets are found by name without spare spaces, header rows and columns by their text, areas by
their name; nothing depends on a fixed row or column, so that a new release reads without change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
import pandas as pd
from openpyxl.utils.exceptions import InvalidFileException

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import (
    ENGLAND_AND_WALES,
    clean_name,
    curated_table,
    force_slugs,
)
from peelbook.importers.dates import year_ending

EXCLUDING_BTP = "england-and-wales-excluding-btp"
FIXED_AREAS = {
    "england and wales": ENGLAND_AND_WALES,
    "england and wales (inc. btp)": ENGLAND_AND_WALES,
    "england and wales (exc. btp)": EXCLUDING_BTP,
    "england": "nation:England",
    "wales": "nation:Wales",
}
NO_VALUE = ("-", "+", "..", "")
DECIMAL_PLACES = re.compile(r"0\.(0+)")

WORKBOOK_BLEMISHES = {
    "sheet names with trailing spaces": (
        "Some sheet names end in a space ('Table P7 '); names are compared without it."
    ),
    "markers for no value": (
        "'-' (base under 50), '+' (City of London suppressed) and '..' (not available) stand for "
        "no value; such cells are left out."
    ),
    "misprinted and changing headings": (
        "'Residental burglary', 'Miscellaneous crimes' and 'Other theft offences' name the same "
        "offences as 'Residential burglary', 'Miscellaneous crimes against society' and 'All "
        "other theft offences'; the title of Table P2 puts the two periods in either order or "
        "without a capital letter."
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
        """The first text of the sheet."""
        return next(str(cell) for cell in self.values.to_numpy().ravel() if isinstance(cell, str))

    @property
    def period_end(self) -> pd.Timestamp:
        """Last day of the (latest) period in the title."""
        return year_ending(self.title, self.file, self.name)

    def texts(self) -> pd.DataFrame:
        """Return cells as text, blanks as ''."""
        return self.values.astype("object").where(self.values.notna(), "").map(str)


@lru_cache(maxsize=8)
def _workbook(path: Path) -> dict[str, Sheet]:
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise ReleaseFormatError(path.name, None, None, f"not a workbook: {error}") from error
    return {sheet.title.strip(): _as_sheet(path, sheet) for sheet in book.worksheets}


def _as_sheet(path: Path, sheet: openpyxl.worksheet.worksheet.Worksheet) -> Sheet:
    rows = list(sheet.iter_rows())
    index = range(1, len(rows) + 1)
    values = pd.DataFrame([[cell.value for cell in row] for row in rows], index, dtype="object")
    formats = pd.DataFrame([[cell.number_format for cell in row] for row in rows], index)
    return Sheet(path, sheet.title.strip(), values, formats)


def has_sheet(path: Path, table: str) -> bool:
    """Say whether the workbook has a table, for example 'Table P9'."""
    return table in _workbook(Path(path))


def open_sheet(path: Path, table: str) -> Sheet:
    """Return a sheet by the name of its table, for example 'Table P1'.

    Raises
    ------
    ReleaseFormatError
        If the file is not a workbook or has no such sheet.
    """
    sheets = _workbook(Path(path))
    if table not in sheets:
        raise ReleaseFormatError(
            Path(path).name, None, None, f"no sheet '{table}' among {', '.join(sheets)}"
        )
    return sheets[table]


def area_rows(sheet: Sheet) -> pd.DataFrame:
    """Return the rows that hold an area.

    Returns
    -------
    DataFrame
        Indexed by row: area (force identifier, `england-and-wales`,
        `england-and-wales-excluding-btp`, `nation:...` or `region:...`).

    Raises
    ------
    ReleaseFormatError
        If no area is found, or a name between the first and the last area is not known.
    """
    texts = sheet.texts()
    column = _name_column(sheet, texts)
    starts = clean_name(texts[column]).str.match(r"england and wales( \(|$)")
    starts &= texts.drop(columns=column).map(str.strip).ne("").sum(axis="columns") > 1
    ends = texts.map(str.strip).map(lambda cell: cell.startswith("Source")).any(axis="columns")
    if not starts.any() or not ends.any():
        raise sheet.error(None, "no rows from 'England and Wales' to 'Source'")
    names = texts.loc[texts.index[starts][0] : texts.index[ends][0] - 1, column]
    names = names[names.str.strip().ne("")]
    codes = texts.loc[names.index, column - 1] if column else pd.Series("", index=names.index)
    return pd.DataFrame({"area": _areas(sheet, names, codes)})


def _name_column(sheet: Sheet, texts: pd.DataFrame) -> int:
    counts = texts.apply(lambda cells: clean_name(cells).isin(_known_names()).sum())
    if counts.max() < 2:
        raise sheet.error(None, "no column of police force areas")
    return int(counts.idxmax())


def _known_names() -> set[str]:
    return set(clean_name(curated_table("force_names")["published_name"])) | set(FIXED_AREAS)


def _areas(sheet: Sheet, names: pd.Series, codes: pd.Series) -> pd.Series:
    clean = clean_name(names)
    regions = {name.lower(): name for name in curated_table("forces")["region"]}
    seen_later = clean.duplicated(keep="first")
    is_region = clean.isin(regions) & ~clean.isin(FIXED_AREAS)
    is_region &= codes.str.startswith("E12") | (codes.eq("") & ~seen_later)
    fixed = clean.map(FIXED_AREAS)
    forces = names[~is_region & fixed.isna()]
    areas = fixed.mask(is_region, "region:" + clean.map(regions).astype("str"))
    areas = areas.astype("object")
    areas.loc[forces.index] = force_slugs(forces, sheet.file, sheet.name)
    repeated = areas.duplicated()
    if repeated.any():
        raise sheet.error(areas.index[repeated][0], f"{areas[repeated].iloc[0]} appears twice")
    return areas.astype("str")


def require_the_43(sheet: Sheet, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the areas if all 43 forces are among them.

    Raises
    ------
    ReleaseFormatError
        Naming the first force that is missing.
    """
    absent = sorted(set(curated_table("forces")["force"]) - set(areas["area"]))
    if absent:
        raise sheet.error(None, f"no row for {absent[0]}")
    return areas


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
        At a cell that holds neither a number nor a known marker.
    """
    block = sheet.values.loc[areas.index, columns]
    flat = block.melt(var_name="column", value_name="cell", ignore_index=False)
    shown = sheet.formats.loc[areas.index, columns].melt(ignore_index=False)["value"]
    is_marker = flat["cell"].isna() | flat["cell"].map(str).str.strip().isin(NO_VALUE)
    is_number = flat["cell"].map(lambda cell: isinstance(cell, int | float))
    broken = ~is_marker & ~is_number
    if broken.any():
        row = flat.index[broken][0]
        raise sheet.error(row, f"'{flat.loc[broken, 'cell'].iloc[0]}' is not a number")
    return flat.assign(
        area=areas["area"].reindex(flat.index),
        value=pd.to_numeric(flat["cell"].mask(is_marker)).astype("float64"),
        decimals=shown.map(_decimals),
    )[["area", "column", "value", "decimals"]]


def _decimals(number_format: str) -> int:
    found = DECIMAL_PLACES.search(number_format)
    return len(found.group(1)) if found else 0
