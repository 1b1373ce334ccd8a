"""A new file is laid over what the tables of `data/` hold, as nobody has all the files of before.

A file takes the place of what is held for the same release, force and period; everything else
stays. Where a file ends earlier than the one that its periods were read from, it is the older
vintage, and only fills what is not held. So adding files one by one gives the same tables as
building from all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from peelbook.errors import DataIntegrityError
from peelbook.importers.dates import month_end
from peelbook.importers.provenance import UNTITLED, Library
from peelbook.importers.recognise import Recognised
from peelbook.importers.spreadsheets import form_of
from peelbook.tables import load_table
from peelbook.tables.schemas import TABLES

MONTH_AND_YEAR = re.compile(r"([A-Z][a-z]+) (20\d\d)")
YEAR_ALONE = re.compile(r"20\d\d")
PERIODS = ("quarter_end", "period_end", "date", "mid_year", "year")
AREAS = ("force", "area")
RECORDED = "recorded"
MARCH = 3
WHOLE_LISTS = ("report", "published-elsewhere", "crime-data-integrity")
"""Releases of which a file is the whole list, and takes the place of all that is held."""
SEVERAL_AT_ONCE = ("lookups",)
"""Releases of which files without periods stand beside each other."""


def _all(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(True, index=rows.index)


def _of_vintage(pattern: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda rows: rows["vintage"].str.contains(pattern, regex=True)


def _of_financial_years(rows: pd.DataFrame) -> pd.Series:
    twelve = (rows["period_end"] - rows["period_start"]).dt.days > 360
    return rows["measure"].ne(RECORDED) & twelve & rows["period_end"].dt.month.eq(MARCH)


def _but_recorded(rows: pd.DataFrame) -> pd.Series:
    return rows["measure"].ne(RECORDED)


KEPT: dict[str, tuple[str, Callable[[pd.DataFrame], pd.Series]]] = {
    "rolling-crime": ("recorded_crime", _of_vintage("^rolling")),
    "quarterly-crime": ("recorded_crime_quarterly", _all),
    "recorded-totals": ("recorded_crime_by_year", _of_vintage("^recorded crime totals")),
    "headline-crime": ("recorded_crime_headline", _all),
    "outcomes": ("outcomes", _all),
    "outcomes-transcribed": ("outcomes_transcribed", _all),
    "later-outcomes": ("outcomes_by_year", _of_financial_years),
    "later-outcomes-by-quarter": ("outcomes_by_quarter", _but_recorded),
    "judgments": ("judgments", _all),
    "authority-population": ("population", _of_vintage("by local authority, mid-.* to mid-")),
    "authority-population-2024": ("population", _of_vintage("by local authority, mid-[0-9]+$")),
    "census-households": ("households", _of_vintage("Census")),
    "officers": ("officers", _all),
    "arrests": ("arrests", _all),
    "stop-and-search": ("stop_and_search", _all),
    "crime-severity": ("crime_severity", _all),
    "crime-severity-later": ("crime_severity", _all),
    "crime-data-integrity": ("crime_data_integrity", _all),
    "published-elsewhere": ("published_elsewhere", _all),
    "report": ("published_figures", _all),
}
"""Release -> the table that holds its rows, and which of that table's rows are its."""


class LaidOver(Library):
    """The files given, over the tables of a folder; without a folder they have to be all.

    Parameters
    ----------
    given
        the files, recognised.
    folder
        the folder of tables that they are laid over, None for none.
    say
        called with a line of progress before a file is read.
    """

    def __init__(
        self, given: Iterable[Recognised], folder: Path | None, say: Callable[[str], None]
    ) -> None:
        super().__init__([])
        self.given = list(given)
        self.folder = folder
        self.say = say
        self._partly: set[str] = set()

    def files(self, release: str) -> list[Path]:
        """Return the files given of a release, none where the tables hold it.

        Raises
        ------
        DataIntegrityError
            If there is none, and no table either.
        """
        found = sorted(one.path for one in self.given if release in one.releases)
        if not found and self.folder is None:
            raise DataIntegrityError(release, "no file of it is given, and no table holds it.")
        return found

    def kept(self, table: str, vintage: str = "") -> list[pd.DataFrame]:
        """Return the rows that a table holds, in a list; none where there is no table."""
        if self.folder is None or not (self.folder / TABLES[table].path).exists():
            return []
        rows = load_table(table, self.folder)
        return [rows[rows["vintage"].str.contains(vintage)]] if vintage else [rows]

    def read(
        self,
        release: str,
        reader: Callable[[Path], pd.DataFrame],
        title: Callable[[Path], str] = lambda _: UNTITLED,
    ) -> pd.DataFrame:
        """Return the rows of a release: those held, with those of the files given over them."""
        table, chosen = KEPT[release]
        rows = next((held[chosen(held)] for held in self.kept(table)), None)
        for file, new in self._oldest_first(release, reader, title):
            older = self._is_older(release, file)
            before = 0 if rows is None else len(rows)
            rows = new if rows is None else self._laid(release, rows[new.columns], new, older)
            if older and len(rows) == before and not self._was_read(release, file):
                self.say(f"{file.name} is older than what is held, which has all of its periods")
                del self._notes[release, file.name]
        return rows.reset_index(drop=True)

    def _oldest_first(
        self,
        release: str,
        reader: Callable[[Path], pd.DataFrame],
        title: Callable[[Path], str],
    ) -> list[tuple[Path, pd.DataFrame]]:
        """Read the files of a release; return them in the order of their last periods."""
        frames = []
        for file in self.files(release):
            self.say(f"Reading {file.name} ({form_of(file)})")
            frames.append((file, reader(file)))
            self.note(release, file, frames[-1][1], title(file))
        ends = {file: self._notes[release, file.name]["period_to"] for file, _ in frames}
        return sorted(frames, key=lambda one: ends[one[0]] or pd.Timestamp.min)

    def notes(self) -> pd.DataFrame:
        """Return the table `releases`: files given, and those held of which anything is left."""
        held = next(iter(self.kept("releases")), None)
        if held is None:
            return super().notes()
        if not self._notes:
            return held
        new = super().notes()
        gone = [self._superseded(note, new) for note in held.itertuples(index=False)]
        left = held[~pd.Series(gone, index=held.index, dtype="bool")]
        for release, file in self._notes:
            if ((left["release"] == release) & (left["file"] == file)).any():
                reason = f"another file named {file} was read before; give this one another name."
                raise DataIntegrityError(release, reason)
        return pd.concat([left, new], ignore_index=True)

    def _superseded(self, note: object, new: pd.DataFrame) -> bool:
        same = new[new["release"].eq(note.release)]
        if note.sha256 in set(same["sha256"]):
            return True
        if pd.isna(note.period_to):
            named = same[same["file"].eq(note.file)]
            return bool(len(named if note.release in SEVERAL_AT_ONCE else same))
        if note.release in self._partly:
            return False
        covered = same["period_from"].le(note.period_from) & same["period_to"].ge(note.period_to)
        return bool(covered.any())

    def _was_read(self, release: str, file: Path) -> bool:
        """Say whether the tables held were built with this very file."""
        digits = self._notes[release, file.name]["sha256"]
        return any(
            (held["release"].eq(release) & held["sha256"].eq(digits)).any()
            for held in self.kept("releases")
        )

    def _is_older(self, release: str, file: Path) -> bool:
        """Say whether what is held for the periods of a file was read from one that ends later."""
        note = self._notes[release, file.name]
        first, last = note["period_from"], note["period_to"]
        if first is None:
            return False
        for held in self.kept("releases"):
            of_it = held[held["release"].eq(release)]
            overlapping = of_it["period_from"].le(last) & of_it["period_to"].gt(last)
            if overlapping.any():
                return True
        return False

    def _laid(
        self, release: str, held: pd.DataFrame, new: pd.DataFrame, older: bool
    ) -> pd.DataFrame:
        period = next((name for name in PERIODS if name in new), None)
        area = next((name for name in AREAS if name in new), None)
        if release in WHOLE_LISTS or period is None or area is None:
            return new
        places = [pd.MultiIndex.from_frame(rows[[area, period]]) for rows in (held, new)]
        if older:
            return pd.concat([held, new[~places[1].isin(places[0])]], ignore_index=True)
        left = held[~places[0].isin(places[1])]
        if left[period].isin(new[period]).any():
            self._partly.add(release)
        return pd.concat([left, new], ignore_index=True)


def newest_vintage(frames: Iterable[pd.DataFrame], key: list[str]) -> pd.DataFrame:
    """Return one row for each key, of the newest vintage; of the last frame where two are of one.

    Frames have the column `vintage`, which ends in a month and a year, or in a year.
    """
    rows = pd.concat(list(frames), ignore_index=True)
    days = {vintage: day_of_vintage(vintage) for vintage in rows["vintage"].unique()}
    ordered = rows.assign(_day=rows["vintage"].map(days)).sort_values("_day", kind="stable")
    return ordered.drop_duplicates(key, keep="last").drop(columns="_day").reset_index(drop=True)


def day_of_vintage(vintage: str) -> pd.Timestamp:
    """Return the last day of the month that a vintage names, the latest; 30 June of a year alone."""
    months = MONTH_AND_YEAR.findall(vintage)
    days = [day for month, year in months if (day := month_end(month, year)) is not None]
    if days:
        return max(days)
    return pd.Timestamp(max(map(int, YEAR_ALONE.findall(vintage))), 6, 30)
