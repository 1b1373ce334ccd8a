"""Which release a file is, by what it holds: names of files change from one release to the next."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from peelbook.errors import PeelbookError, cut
from peelbook.importers.later_crime import HEADLINE_TITLE
from peelbook.importers.ons_sheets import SUBJECTS
from peelbook.importers.releases import RELEASES
from peelbook.importers.spreadsheets import TEXT, WORKBOOKS, first_rows, form_of, plain
from peelbook.importers.workforce import is_workforce

FORCE_AREA_TABLES = "force-area-tables"
HEADLINE_CRIME = "headline-crime"
CRIME_TABLES = ("Table P1", "Table P2", "Table P3")
AREA_PROPERTY = re.compile(r"PFA\d\dNM")
FEWEST_HEADINGS = 3
"""Filled cells that make a row one of headings, when a file is not recognised."""
OFFICERS = "officers"
OWN_REGISTER = {"id", "question", "subquestion", "theme", "finding", "polarity"}
OWN_RETURN = {"indicator", "area", "periodstart", "periodend"}
KNOWN_KINDS = (
    "recorded crime open data (by quarter, or rolling 12 months), outcomes open data, police force "
    "area tables of the ONS (P1 to P10, C2), mid-year population, households, severity score, "
    "officers, arrests, stop and search, boundaries, the list of findings, grades"
)


class NotRecognised(PeelbookError):
    """A file that is no release that the importers read."""

    def __init__(self, path: Path, looked_at: str, reason: str = "") -> None:
        told = reason or f"not a release that is known. Known are: {KNOWN_KINDS}."
        super().__init__(f"{path.name}: {told} Looked at: {looked_at}.")
        self.brief = f"{path.name}: {reason or 'not a release that is known.'}"


@dataclass(frozen=True)
class Recognised:
    """A file and the releases that it is; a workbook may be several."""

    path: Path
    form: str
    releases: tuple[str, ...]

    def __str__(self) -> str:
        titles = "; and ".join(RELEASES[release].title for release in self.releases)
        return f"{self.path.name} ({self.form}): {titles}"


@dataclass
class _Seen:
    """What was looked at in a file, for the message where it is nothing known."""

    sheets: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        sheets = f"sheets {', '.join(self.sheets)}; " if any(self.sheets) else ""
        headings = ", ".join(self.headings) or "none"
        return f"{cut(sheets, 200)}headings {cut(headings, 200)}"


def recognise(path: Path) -> Recognised:
    """Return which releases a file is, from the headings and titles in it.

    Raises
    ------
    NotRecognised
        If it is none, saying which are known and what was looked at; also where it is known and
        not taken here, with what to do with it instead.
    ReleaseFormatError
        If it cannot be read at all.
    """
    path = Path(path)
    form = form_of(path)
    if form == TEXT and _begins_with_brace(path):
        return Recognised(path, "GeoJSON", _boundaries(path))
    seen, found, titles = _Seen(), set(), []
    for sheet, rows in first_rows(path):
        seen.sheets.append(sheet)
        title = next((cell for row in rows for cell in row if cell.strip()), "")
        titles.append(" ".join(title.split()))
        fits = _releases_of_rows(rows, titles[-1], seen)
        if form == TEXT and not _in_first_line(fits, rows):
            fits = set()  # prose that names the columns of a file is none
        found |= fits
        if found - {HEADLINE_CRIME}:
            break  # further sheets are of other years: to open one takes long
    if form in WORKBOOKS and _has_crime_tables(seen.sheets, titles):
        found.add(FORCE_AREA_TABLES)
    if form in WORKBOOKS and any(map(is_workforce, titles)):
        found.add(OFFICERS)
    if not found:
        raise NotRecognised(path, str(seen), _known_otherwise(titles, seen))
    return Recognised(path, form, tuple(sorted(found)))


def _begins_with_brace(path: Path) -> bool:
    return path.read_bytes()[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")


def _boundaries(path: Path) -> tuple[str, ...]:
    try:
        features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
        properties = list(features[0]["properties"])
    except (ValueError, KeyError, TypeError, IndexError):
        raise NotRecognised(path, "JSON without features") from None
    if not any(AREA_PROPERTY.fullmatch(name) for name in properties):
        raise NotRecognised(path, f"GeoJSON with the properties {', '.join(properties)}")
    return ("boundaries",)


def _releases_of_rows(rows: list[list[str]], title: str, seen: _Seen) -> set[str]:
    """Return the release whose headings stand in the first row that has any; the most of them."""
    for row in rows:
        if row and row[0].startswith("#"):
            continue
        names = {_any_digit(cell) for cell in row if cell.strip()}
        fits = {
            release: len(group)
            for release, known in RELEASES.items()
            for group in known.headings
            if {_any_digit(name) for name in group} <= names
        }
        if HEADLINE_CRIME in fits and not HEADLINE_TITLE.search(title):
            del fits[HEADLINE_CRIME]
        if fits:
            return {max(fits, key=lambda release: fits[release])}
        if len(names) >= FEWEST_HEADINGS and not seen.headings:
            seen.headings = [cell for cell in row if cell.strip()]
    return set()


def _in_first_line(fits: set[str], rows: list[list[str]]) -> bool:
    names = {_any_digit(cell) for cell in rows[0] if cell.strip()} if rows else set()
    return all(
        release == HEADLINE_CRIME
        or any(
            {_any_digit(name) for name in group} <= names for group in RELEASES[release].headings
        )
        for release in fits
    )


def _any_digit(name: str) -> str:
    return re.sub(r"\d+", "#", plain(name))


def _has_crime_tables(sheets: list[str], titles: list[str]) -> bool:
    """Say whether Tables P1 to P3 are there, by their titles or the names of their sheets."""
    names = set(map(plain, sheets))
    return all(
        {plain(table), plain(table.removeprefix("Table "))} & names
        or any(re.search(SUBJECTS[table], title.lower()) for title in titles)
        for table in CRIME_TABLES
    )


def _known_otherwise(titles: list[str], seen: _Seen) -> str:
    """Return what to do with a file that is known, but not a release that the tables take."""
    names = {plain(name) for name in seen.headings}
    if names >= OWN_REGISTER:
        return (
            "a register of findings of one force. Check it with peelbook findings check, and "
            "render with -p findings FILE."
        )
    if names >= OWN_RETURN:
        return (
            "a file of data returns. Check it with peelbook returns check, and render with "
            "-p returns FILE."
        )
    return ""
