"""Which published grades were left standing from an earlier inspection, and of which year each is.

Where a question was not inspected again, the inspectorate repeats the grade of an earlier inspection, and
a list of grades does not always say so. `frameworks/grades_left_standing.csv` names, by hand and with the
source, grades that are known to be of that kind; others follow from what a later inspection says.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.tables.loading import definitions_directory

LISTED = "grades_left_standing.csv"
CARRIED_OVER = "carried-over"
KEY = ["force", "year", "question"]


def grades_left_standing(path: Path | None = None) -> pd.DataFrame:
    """Return `force`, `year`, `question`, `judged_in` and `source_url` of the grades listed by hand.

    `path` is `frameworks/grades_left_standing.csv` unless given.
    """
    return pd.read_csv(path or definitions_directory() / LISTED)


def with_years_of_judgment(grades: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """Give grades that were left standing the year of their judgment, and `basis` carried-over.

    Parameters
    ----------
    grades
        `force`, `year`, `question`, `basis`, `note` and `judged_in`, the year of the earlier
        inspection, missing where the grade is of its own year or where that is not said.
    listed
        as :func:`grades_left_standing` gives it.

    Notes
    -----
    In this order: a grade that is listed has the year listed; one said to be carried over, without a
    year, is of the inspection before; a question that a later inspection says was last judged in an
    earlier year was not judged in between.
    """
    by_hand = grades[KEY].merge(listed, on=KEY, how="left").set_axis(grades.index)
    judged_in = grades["judged_in"].fillna(by_hand["judged_in"])
    rounds = sorted(grades["year"].unique())
    before = grades["year"].map(dict(zip(rounds[1:], rounds, strict=False)))
    judged_in = judged_in.mask(grades["basis"].eq(CARRIED_OVER) & judged_in.isna(), before)
    later = _last_judged(grades.assign(judged_in=judged_in))
    new = judged_in.isna() & later.notna()
    judged_in = judged_in.fillna(later)
    reason = "a later inspection dates the judgment to " + later.astype("Int64").astype("str")
    told = grades["note"].mask(new, _beside(grades["note"], reason))
    source = "left standing, by " + by_hand["source_url"].fillna("")
    elsewhere = by_hand["source_url"].notna() & by_hand["source_url"].ne(grades["source_url"])
    return grades.assign(
        basis=grades["basis"].mask(new | by_hand["judged_in"].notna(), CARRIED_OVER),
        judged_in=judged_in,
        note=told.mask(elsewhere, _beside(told, source)),
    )


def _last_judged(grades: pd.DataFrame) -> pd.Series:
    """Return the earliest year that a later inspection dates a question to, if before the row's own."""
    said = grades.dropna(subset="judged_in")[[*KEY, "judged_in"]]
    pairs = grades.reset_index(names="row").merge(
        said, on=["force", "question"], suffixes=("", "_said")
    )
    between = (pairs["year_said"] > pairs["year"]) & (pairs["judged_in_said"] < pairs["year"])
    return pairs[between].groupby("row")["judged_in_said"].min().reindex(grades.index)


def _beside(notes: pd.Series, more: pd.Series) -> pd.Series:
    return (notes + "; ").fillna("") + more
