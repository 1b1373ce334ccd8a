"""Published judgments of PEEL effectiveness inspections."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import (
    the_43_forces,
)
from peelbook.importers.checks import (
    has_every_force,
    matches_schema,
    read_text_table,
    whole_numbers,
)
from peelbook.importers.left_standing import (
    KEY,
    grades_left_standing,
    with_years_of_judgment,
)
from peelbook.tables.loading import definitions_directory
from peelbook.tables.schemas import TABLES

JUDGMENT_BLEMISHES = {
    "sources that are no address": (
        "Four judgments of Leicestershire Police name a file of the person who compiled them as "
        "their source; it is replaced by the report itself."
    ),
    "grades of an earlier inspection listed as new": (
        "Some grades were left standing, though their rows do not say so: those that a later "
        "inspection dates to an earlier year, and those of frameworks/grades_left_standing.csv, "
        "which names the source of each."
    ),
}
ADDED = "grades_added.csv"
OVERALL = "overall"
REPORT = "HMIC, PEEL: Police effectiveness 2016, the report on the force"


def read_judgments(path: Path, added: Path | None = None) -> pd.DataFrame:
    """Read the published judgments of PEEL effectiveness inspections.

    Parameters
    ----------
    path
        a list of judgments.
    added
        a list of the same columns, of grades that the first leaves out; none unless given.

    Returns
    -------
    DataFrame
        force, year (2018 is the inspection of 2018/19), question, grade, basis, confidence,
        judged_in (missing unless the grade is that of an earlier inspection, by the file or by
        :mod:`peelbook.importers.left_standing`), source_url, note.

    Raises
    ------
    ReleaseFormatError
        If a force, a question or a grade is unknown, a judgment appears twice, or a grade is said
        to come from the same or a later inspection.
    """
    path = Path(path)
    grades = _read(path)
    overall = grades.loc[grades["question"].eq(OVERALL)]
    of_most = overall.groupby("year")["force"].transform("nunique") * 2 > len(the_43_forces())
    if of_most.any():
        has_every_force(overall[of_most], ["year"], path)
    if added is not None:
        grades = _beside_these(grades, _read(Path(added)), Path(added))
    return grades.pipe(with_years_of_judgment, grades_left_standing()).pipe(
        matches_schema, TABLES["judgments"].schema, path
    )


def read_judgments_and_added(path: Path) -> pd.DataFrame:
    """Read a list of judgments, and the grades of `frameworks/grades_added.csv`, as one.

    Returns and raises as :func:`read_judgments`.
    """
    return read_judgments(path, definitions_directory() / ADDED)


def _beside_these(grades: pd.DataFrame, more: pd.DataFrame, path: Path) -> pd.DataFrame:
    both = pd.concat([grades, more])
    twice = both.duplicated(KEY).iloc[len(grades) :]
    if twice.any():
        row = twice.idxmax()
        said = " ".join(str(more.loc[row, name]) for name in KEY)
        raise ReleaseFormatError(path.name, None, row, f"{said}: the list has this grade already")
    # the rows of two files have numbers of their own
    return both.reset_index(drop=True)


def _read(path: Path) -> pd.DataFrame:
    columns = ("force", "year", "question", "grade", "basis", "confidence", "judged_in")
    raw = read_text_table(path, {name: name for name in (*columns, "source_url", "note")})
    unknown = raw.loc[~raw["force"].isin(the_43_forces()), "force"]
    if len(unknown):
        raise ReleaseFormatError(
            path.name, None, unknown.index[0], f"unknown force '{unknown.iloc[0]}'"
        )
    carried = raw["judged_in"].ne("")
    year = whole_numbers(raw["year"], path)
    judged_in = whole_numbers(raw["judged_in"].where(carried, "0"), path)
    wrong = judged_in >= year
    if wrong.any():
        row = raw.index[wrong][0]
        raise ReleaseFormatError(
            path.name, None, row, f"judged in {judged_in[row]}, not before {year[row]}"
        )
    grades = raw.assign(
        source_url=raw["source_url"].where(raw["source_url"].str.match("https?://"), REPORT),
        year=year,
        judged_in=judged_in.astype("float64").where(carried),
        note=raw["note"].mask(raw["note"].eq("")),
    )
    matches_schema(grades, TABLES["judgments"].schema, path)
    return grades
