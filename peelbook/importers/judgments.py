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
from peelbook.importers.left_standing import grades_left_standing, with_years_of_judgment
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
OVERALL = "overall"
REPORT = "HMIC, PEEL: Police effectiveness 2016, the report on the force"


def read_judgments(path: Path) -> pd.DataFrame:
    """Read the published judgments of PEEL effectiveness inspections.

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
    overall = raw.loc[raw["question"].eq(OVERALL), ["force"]].assign(year=year)
    of_most = overall.groupby("year")["force"].transform("nunique") * 2 > len(the_43_forces())
    if of_most.any():
        has_every_force(overall[of_most], ["year"], path)
    address = raw["source_url"].str.match("https?://")
    return (
        raw.assign(
            source_url=raw["source_url"].where(address, REPORT),
            year=year,
            judged_in=judged_in.astype("float64").where(carried),
            note=raw["note"].mask(raw["note"].eq("")),
        )
        .pipe(with_years_of_judgment, grades_left_standing())
        .pipe(matches_schema, TABLES["judgments"].schema, path)
    )
