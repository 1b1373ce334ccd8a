"""The tables as they stood when releases ran to some month, so that a published book can be rebuilt.

Each figure is of a release, its vintage. Figures of releases that run past the month are taken
out; where `earlier_vintages` has what an earlier release said of the same force, period and item,
that is put back.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from peelbook.errors import InvalidParameter, cut_path, shown
from peelbook.importers.adding import put_in_place
from peelbook.importers.datapackage import describe
from peelbook.importers.held import day_of_vintage
from peelbook.importers.vintages import (
    ALL,
    BETWEEN,
    FIGURE_OF,
    REPLACED_FIGURE_OF,
    WORDS_OF,
    day_column,
    item_columns,
    vintages_of,
)
from peelbook.importers.writing import write_table
from peelbook.render.owned import owned_folder
from peelbook.tables import load_boundaries, load_table, table_names
from peelbook.tables.schemas import TABLES

MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
NEEDED = "recorded_crime"
"""The table without which there is no book, so before its first release there is nothing to go to."""
EXTRACTS = {
    "outcomes open data for April 2015 to June 2016, transcribed": pd.Timestamp("2026-03-31")
}
"""Vintages that are part of a publication which ran further than the part, and to which day."""
SEVERAL_ITEMS = ("knife_crime",)
WHOLE = ("outcomes", "recorded_crime", "recorded_crime_headline", "recorded_crime_quarterly")
"""Tables of which a release has all rows of a force and day, so items of two are never mixed."""
EARLIER, RELEASES, PRINTED = "earlier_vintages", "releases", "ons_printed"


@dataclass(frozen=True)
class Difference:
    """What was done to a table: rows put back and the vintages they are of, and rows taken out."""

    table: str
    put_back: int
    taken_out: int
    vintages: tuple[str, ...]

    def __str__(self) -> str:
        of = f" ({'; '.join(self.vintages)})" if self.vintages else ""
        return f"{self.table}: {self.put_back:,} rows put back{of}, {self.taken_out:,} taken out"


def month_given(text: str, data_dir: Path) -> pd.Timestamp:
    """Return the last day of a month such as 2023-06.

    Raises
    ------
    InvalidParameter
        If it is no month, or the tables were never as at it: before the first release of recorded
        crime that is held, or after the last release.
    """
    if not MONTH.fullmatch(text):
        raise InvalidParameter(f"{shown(text)} is no month: give year and month, such as 2023-06.")
    month = pd.Timestamp(f"{text}-01") + pd.offsets.MonthEnd(0)
    days = {name: _runs_to(rows) for name, rows in _with_vintages(data_dir).items()}
    earlier = load_table(EARLIER, data_dir)
    days[EARLIER] = _runs_to(earlier)
    first = min(days[NEEDED].min(), days[EARLIER][earlier["table"].eq(NEEDED)].min())
    last = max(runs.max() for runs in days.values() if len(runs))
    if month < first:
        reason = f"the first release of recorded crime that is held runs to {first:%B %Y}"
    elif month > last:
        reason = f"the last release that is held runs to {last:%B %Y}"
    else:
        return month
    raise InvalidParameter(f"{text}: {reason}; give {first:%Y-%m} to {last:%Y-%m}.")


def write_as_it_stood(month: pd.Timestamp, folder: Path, data_dir: Path) -> list[Difference]:
    """Write to `folder` the tables of `data_dir` as they stood when releases ran to `month`.

    Returns what differs, one for each table that has vintages.

    Raises
    ------
    InvalidParameter
        If something is in the way.
    DataIntegrityError
        If the tables are not as the data package describes them.
    """
    folder, data_dir = Path(folder).absolute(), Path(data_dir).absolute()
    _refuse_what_is_in_the_way(folder, data_dir)
    for name in table_names(data_dir):
        if name != "boundaries":
            load_table(name, data_dir)  # refuses what is not as it was described
    load_boundaries(data_dir)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with owned_folder(f".{folder.name}.vintage-", folder.parent) as work:
        made = work / "data"
        shutil.copytree(data_dir, made)
        differences = [
            _write_table_as_it_stood(name, rows, month, data_dir, made)
            for name, rows in _with_vintages(data_dir).items()
        ]
        for name in (EARLIER, RELEASES):
            rows = load_table(name, data_dir)
            ends = _runs_to(rows) if name == EARLIER else rows["period_to"]
            write_table(TABLES[name], rows[~(ends > month)], made)
        describe(made)
        if folder.exists():
            folder.rmdir()
        put_in_place(made, folder)
    return differences


def tables_without_vintage() -> list[str]:
    """Return the tables whose rows are of no vintage, so that they stay as they are."""
    return sorted(name for name in TABLES if not _says_vintage(name) and name != RELEASES)


def _says_vintage(name: str) -> bool:
    return name in WORDS_OF or name == PRINTED or "vintage" in TABLES[name].columns


def _refuse_what_is_in_the_way(folder: Path, data_dir: Path) -> None:
    inside = folder == data_dir or data_dir in folder.parents
    if inside or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        why = "is inside the folder of tables" if inside else "is there and not empty"
        raise InvalidParameter(f"{cut_path(folder)} {why}; name a folder that is new or empty.")


def _with_vintages(data_dir: Path) -> dict[str, pd.DataFrame]:
    """Return every table whose rows are of a vintage, each with the column `vintage`."""
    notes = load_table(RELEASES, data_dir)
    tables = {}
    for name in TABLES:
        if _says_vintage(name) and name != EARLIER:
            rows = load_table(name, data_dir)
            says = rows["workbook"] if name == PRINTED else vintages_of(name, rows, notes)
            tables[name] = rows.assign(vintage=says)
    return tables


def _runs_to(rows: pd.DataFrame) -> pd.Series:
    """Return the day to which the release of each row runs."""
    days = {name: EXTRACTS.get(name) or day_of_vintage(name) for name in rows["vintage"].unique()}
    return rows["vintage"].map(days).astype("datetime64[ns]")


def _write_table_as_it_stood(
    name: str, rows: pd.DataFrame, month: pd.Timestamp, data_dir: Path, made: Path
) -> Difference:
    stays, back = as_it_stood(name, rows, load_table(EARLIER, data_dir), month)
    taken_out = len(rows) - len(stays)
    if taken_out or len(back):
        write_table(TABLES[name], pd.concat([stays, back], ignore_index=True), made)
    return Difference(name, len(back), taken_out, tuple(sorted(back["vintage"].unique())))


def as_it_stood(
    name: str, rows: pd.DataFrame, earlier: pd.DataFrame, month: pd.Timestamp
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of a table that stay, and those of earlier releases that are put back.

    Parameters
    ----------
    name, rows
        the table, with the column `vintage`.
    earlier
        the table `earlier_vintages`.
    month
        last day to which releases ran.
    """
    stays = rows[_runs_to(rows) <= month]
    own = earlier[earlier["table"].eq(name)]
    own = own[_runs_to(own) <= month]
    return stays, _put_back(name, rows, stays, own) if len(own) else rows.iloc[:0]


def _put_back(
    name: str, rows: pd.DataFrame, stays: pd.DataFrame, earlier: pd.DataFrame
) -> pd.DataFrame:
    """Return the rows of the newest of the earlier vintages, for keys that no row stays for."""
    newest = earlier.assign(_day=_runs_to(earlier)).sort_values("_day", kind="stable")
    if name in WHOLE:
        newest = newest[
            newest["_day"].eq(newest.groupby(["force", "period_end"])["_day"].transform("max"))
        ]
    newest = newest.drop_duplicates(["force", "period_end", "item"], keep="last")
    made = _as_rows(name, newest, rows)
    key, day = list(TABLES[name].key), day_column(name)
    places = ["force", day] if name in WHOLE else key
    held = pd.MultiIndex.from_frame(stays[places].astype("object"))
    return made[~pd.MultiIndex.from_frame(made[places].astype("object")).isin(held)]


def _as_rows(name: str, earlier: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return figures of `earlier_vintages` as rows of their table; `rows` has what else they say."""
    figure = FIGURE_OF.get(name) or REPLACED_FIGURE_OF[name]
    day = day_column(name)
    days = earlier["period_end"]
    made = earlier[["force", "vintage"]].assign(
        **{day: days.dt.year if day == "mid_year" else days}
    )
    made[figure] = earlier["value"].astype(rows[figure].dtype)
    if name in SEVERAL_ITEMS:
        made["offence"] = earlier["item"]
    elif name in REPLACED_FIGURE_OF and not earlier["item"].eq(ALL).all():
        parts = earlier["item"].str.split(BETWEEN, expand=True)
        for place, column in enumerate(item_columns(name)):
            made[column] = parts[place].mask(parts[place].eq("")).astype(rows[column].dtype)
    # what a release says beside the figure, as the basis of households, is as the newer one has it
    key = list(TABLES[name].key)
    beside = [column for column in rows if column not in made and column != "share"]
    made = made.merge(rows[[*key, *beside]], on=key, how="left") if beside else made
    return made.reindex(columns=rows.columns)
