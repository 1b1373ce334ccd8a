"""The Crime Severity Score of each force, in two editions."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import (
    ENGLAND_AND_WALES,
    codes_agree,
    curated_table,
    force_slugs,
)
from peelbook.importers.checks import (
    decimal_numbers,
    has_every_force,
    matches_schema,
    read_text_table,
    whole_numbers,
)
from peelbook.importers.completeness import DAYS_OF_A_YEAR, periods_in_a_row
from peelbook.importers.tolerances import near_the_year_before
from peelbook.tables.schemas import TABLES

SEVERITY_BLEMISHES = {
    "no score for the City of London": (
        "The Crime Severity Score is not given for the City of London: the file prints ':', and "
        "the score is left missing."
    ),
    "suffixes on year text": (
        "The year text of the Crime Severity Score file ends in '...4' and the like, left by the "
        "software that saved it; the column of period ends is used instead."
    ),
}
MISSING = "NA"
NO_SCORE = ":"
ENGLAND_AND_WALES_CODE = "K04000001"
TOTAL_CRIME = "Total recorded crime"
SAID_OF_SCORES = "a score of {:,.6g} after {:,.6g} the year before"


def read_crime_severity(path: Path) -> pd.DataFrame:
    """Read the Crime Severity Score of all recorded crime, by force and for England and Wales.

    Returns
    -------
    DataFrame
        force (or england-and-wales), period_end, score (four decimals; missing if not given),
        vintage.

    Raises
    ------
    ReleaseFormatError
        If a column, a force or a number is missing or wrong, or a score is far from the year
        before.
    """
    path = Path(path)
    raw = read_text_table(
        path,
        {
            "offence_group": "offence_group",
            "code": "code",
            "name": "name",
            "year_ending": "period_end",
            "severity_score": "score",
        },
    ).loc[lambda rows: rows["offence_group"].eq(TOTAL_CRIME)]
    forces = curated_table("forces")
    areas = dict(zip(forces["pfa_code"], forces["force"], strict=True))
    force = raw["code"].map(areas | {ENGLAND_AND_WALES_CODE: ENGLAND_AND_WALES})
    raw = raw.assign(force=force).loc[force.notna()]
    _names_agree(raw, path)
    absent = raw["score"].eq(NO_SCORE)
    tidy = pd.DataFrame(
        {
            "force": raw["force"].astype("str"),
            "period_end": _iso_dates(raw["period_end"], path),
            "score": decimal_numbers(raw["score"].mask(absent, "0"), path).mask(absent).round(4),
        }
    )
    periods_in_a_row(tidy, "period_end", DAYS_OF_A_YEAR, path)
    near_the_year_before(tidy, "score", "period_end", "score of two years", SAID_OF_SCORES, path)
    return _with_vintage(tidy.pipe(has_every_force, ["period_end"], path)).pipe(
        matches_schema, TABLES["crime_severity"].schema, path
    )


def read_later_crime_severity(path: Path) -> pd.DataFrame:
    """Read the later release of the Crime Severity Score, which holds forces only.

    Returns
    -------
    DataFrame
        force (43), period_end, score (four decimals; missing for the City of London), vintage.

    Raises
    ------
    ReleaseFormatError
        If a column, a force or a number is missing or wrong, or a score is far from the year
        before.
    """
    path = Path(path)
    raw = read_text_table(path, {"code": "code", "name": "name", "year": "year", "score": "score"})
    forces = curated_table("forces").set_index("pfa_code")["force"]
    unknown = raw.index[~raw["code"].isin(forces.index)]
    if len(unknown):
        raise ReleaseFormatError(
            path.name, None, unknown[0], f"unknown area '{raw['code'][unknown[0]]}'"
        )
    _names_agree(raw.assign(force=raw["code"].map(forces)), path)
    year = whole_numbers(raw["year"], path)
    absent = raw["score"].eq(MISSING)
    tidy = pd.DataFrame(
        {
            "force": raw["code"].map(forces).astype("str"),
            "period_end": pd.to_datetime({"year": year, "month": 3, "day": 31}).astype(
                "datetime64[ns]"
            ),
            "score": decimal_numbers(raw["score"].mask(absent, "0"), path).mask(absent).round(4),
        }
    )
    periods_in_a_row(tidy, "period_end", DAYS_OF_A_YEAR, path)
    near_the_year_before(tidy, "score", "period_end", "score of two years", SAID_OF_SCORES, path)
    return _with_vintage(tidy.pipe(has_every_force, ["period_end"], path)).pipe(
        matches_schema, TABLES["crime_severity"].schema, path
    )


def _names_agree(raw: pd.DataFrame, path: Path) -> None:
    of_forces = raw[raw["force"].ne(ENGLAND_AND_WALES)]
    codes_agree(force_slugs(of_forces["name"], path), of_forces["code"], path)


def _with_vintage(scores: pd.DataFrame) -> pd.DataFrame:
    last = scores["period_end"].max()
    return scores.assign(vintage=f"Crime Severity Score to {last:%B %Y}")


def _iso_dates(texts: pd.Series, path: Path) -> pd.Series:
    # pandas takes 2016-03-3, as a file that was cut off may end, for a date
    whole = texts.where(texts.str.fullmatch(r"\d{4}-\d\d-\d\d"))
    days = pd.to_datetime(whole, format="%Y-%m-%d", errors="coerce")
    if days.isna().any():
        row = texts.index[days.isna()][0]
        raise ReleaseFormatError(path.name, None, row, f"'{texts[row]}' is not a date")
    return days.astype("datetime64[ns]")
