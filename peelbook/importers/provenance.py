"""Which files the tables were built from, and what each file says of itself."""

from __future__ import annotations

import hashlib
import re
from calendar import month_abbr, month_name
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from peelbook.errors import DataIntegrityError
from peelbook.importers.releases import HOME_OFFICE, NOT_STATED, RELEASES

DAYS = ("period_start", "period_end", "quarter_end", "date", "report_date")
MID_YEAR, YEAR, BASIS = "mid_year", "year", "basis"
QUARTER_END = "quarter_end"
YEAR_ENDING = re.compile(r"year ending [A-Z][a-z]+ 20\d\d")
UNTITLED = ""
SIX_DIGITS = re.compile(r"-tables-[0-3]\d(0[1-9]|1[0-2])(\d\d)\.")
"""How the Home Office ends the name of a file: -tables-230726 came out on 23 July 2026."""


class Library:
    """The folders of the publishers' files; it remembers what was read from each file.

    A pattern that begins with `../` names a folder beside the source folder.
    """

    def __init__(self, folders: Path | str | Sequence[Path]) -> None:
        several = [folders] if isinstance(folders, str | Path) else folders
        self.folders = [Path(folder).resolve() for folder in several]
        self._notes: dict[tuple[str, str], dict[str, object]] = {}

    def files(self, release: str) -> list[Path]:
        """Return the files of a release, in order of name.

        Raises
        ------
        DataIntegrityError
            If there is none, or one is a folder or a link to nothing.
        """
        known = RELEASES[release]
        found = self._found(known.pattern)
        if not found:
            pattern = known.pattern.removeprefix("../")
            raise DataIntegrityError(release, f"no file '{pattern}' in the source folder.")
        found |= self._found(known.also) if known.also else set()
        for file in sorted(found):
            if not file.is_file():
                what = "a link to nothing" if file.is_symlink() else "a folder, not a file"
                raise DataIntegrityError(release, f"{file.name} is {what}.")
        return sorted(found)

    def _found(self, pattern: str) -> set[Path]:
        beside = pattern.startswith("../")
        folders = [place for one in self.folders for place in ((one, one.parent)[beside], one)]
        return {
            file
            for folder in dict.fromkeys(folders)
            for file in folder.glob(pattern.removeprefix("../"))
            # a spreadsheet program keeps a lock such as ~$tables.xlsx beside an open workbook
            if not file.name.startswith(("~$", "."))
        }

    def kept(self, _table: str, _vintage: str = "") -> list[pd.DataFrame]:
        """Return what is held of a table beside the files: nothing, for all files are read."""
        return []

    def read(
        self,
        release: str,
        reader: Callable[[Path], pd.DataFrame],
        title: Callable[[Path], str] = lambda _: UNTITLED,
    ) -> pd.DataFrame:
        """Return the rows of all files of a release, read one by one, oldest last period first.

        `title` finds the title that a file gives itself.
        """
        frames = []
        for file in self.files(release):
            frames.append(reader(file))
            self.note(release, file, frames[-1], title(file))
        frames.sort(key=lambda rows: _span(rows)[1] or pd.Timestamp.min)
        return pd.concat(frames, ignore_index=True)

    def note(
        self, release: str, file: Path, rows: pd.DataFrame | None = None, title: str = UNTITLED
    ) -> None:
        """Remember that a file was read: its rows, and the title that it gives itself."""
        first, last, span = _span(rows)
        named = YEAR_ENDING.search(title)
        self._notes[release, file.name] = {
            "release": release,
            "file": file.name,
            "title": title,
            "edition": named.group(0) if named else span,
            "released": _released(release, file),
            "period_from": first,
            "period_to": last,
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        }

    def notes(self) -> pd.DataFrame:
        """Return the table `releases`: one row a file."""
        rows = pd.DataFrame(list(self._notes.values()))
        days = {name: rows[name].astype("datetime64[ns]") for name in ("period_from", "period_to")}
        blank = {name: rows[name].mask(rows[name].eq("")) for name in ("title", "edition")}
        return rows.assign(**days, **blank)


def _released(release: str, file: Path) -> str:
    known = RELEASES[release]
    if known.publisher == HOME_OFFICE and (found := SIX_DIGITS.search(file.name)):
        return f"{month_name[int(found.group(1))]} 20{found.group(2)}"
    found = re.search(known.date_in_name, file.name) if known.date_in_name else None
    if not found:
        return known.released
    months = {name.lower(): month_name[number] for number, name in enumerate(month_abbr) if name}
    return f"{months[found.group(1)]} {found.group(2)}"


def _span(rows: pd.DataFrame | None) -> tuple[pd.Timestamp | None, pd.Timestamp | None, str]:
    """Return the first and last day of some rows, where they have days, and both in words."""
    if rows is None or rows.empty:
        return None, None, ""
    days = [name for name in DAYS if name in rows and rows[name].notna().any()]
    if days:
        first, last = rows[days].min().min(), rows[days].max().max()
        if QUARTER_END in days:
            first -= pd.offsets.QuarterBegin(startingMonth=1)
        return first, last, _range(f"{first:%B %Y}", f"{last:%B %Y}")
    if BASIS in rows:
        return None, None, " and ".join(sorted(rows[BASIS].unique()))
    if MID_YEAR in rows:
        first, last = rows[MID_YEAR].min(), rows[MID_YEAR].max()
        ends = (pd.Timestamp(int(year), 6, 30) for year in (first, last))
        return *ends, _range(f"mid-{first}", f"mid-{last}")
    if YEAR in rows:
        return None, None, _range(str(rows[YEAR].min()), str(rows[YEAR].max()))
    return None, None, ""


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def sources_of_releases(names: Sequence[str], notes: pd.DataFrame) -> list[dict[str, object]]:
    """Return the sources of a table for the data package, one for each release.

    Parameters
    ----------
    names
        releases that the table is built from.
    notes
        the table `releases`. A release of which no file was read has no edition.
    """
    return [_source(name, notes[notes["release"] == name]) for name in names]


def _source(name: str, files: pd.DataFrame) -> dict[str, object]:
    release = RELEASES[name]
    found = files.sort_values("period_to")["edition"].dropna()
    # a single publication is named by its title; periods in it are not an edition
    named = found[~found.index.isin(_within_another(files))]
    editions = _editions(list(dict.fromkeys(named))) if release.released == NOT_STATED else []
    released = list(dict.fromkeys(files["released"])) or [NOT_STATED]
    source = {
        "title": ", ".join([release.title, *editions]),
        "publisher": release.publisher,
        "released": " and ".join(released),
        "path": release.address,
    }
    if release.vintage:
        # so that of several releases of a table the one can be named that a value is from
        ends = [text.rpartition(" to ")[2].removeprefix("year ending ") for text in found]
        source |= {"vintage": release.vintage, "ends": sorted(set(ends))}
    return source


def _within_another(files: pd.DataFrame) -> list[int]:
    """Return the places of files with a part of the periods of another one, which names them."""
    begins, ends = files["period_from"], files["period_to"]
    within = []
    for place in files.index:
        first, last = begins[place], ends[place]
        holds = (begins <= first) & (ends >= last) & ~(begins.eq(first) & ends.eq(last))
        within += [place] if holds.any() else []
    return within


def _editions(found: list[str]) -> list[str]:
    """Return editions as one text: 'years ending March 2018 and March 2019'."""
    if len(found) > 1 and all(YEAR_ENDING.fullmatch(text) for text in found):
        ends = [text.removeprefix("year ending ") for text in found]
        return [f"years ending {', '.join(ends[:-1])} and {ends[-1]}"]
    return [" and ".join(found)] if found else []
