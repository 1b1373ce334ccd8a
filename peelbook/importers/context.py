"""Context about forces: officers, arrests, the Crime Severity Score and published judgments."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import (
    ENGLAND_AND_WALES,
    codes_agree,
    curated_table,
    force_slugs,
    the_43_forces,
)
from peelbook.importers.checks import (
    decimal_numbers,
    has_every_force,
    matches_schema,
    no_totals,
    read_text_table,
    whole_numbers,
)
from peelbook.importers.completeness import (
    DAYS_OF_A_YEAR,
    has_rows_of_neighbours,
    periods_in_a_row,
)
from peelbook.importers.dates import financial_year_ends
from peelbook.importers.tolerances import TOLERANCES
from peelbook.tables.schemas import TABLES

CONTEXT_BLEMISHES = {
    "arrests missing for Lancashire 2017/18": (
        "Lancashire Constabulary supplied no arrests for 2017/18: the file prints NA in all its "
        "rows, and the year is left missing."
    ),
    "no score for the City of London": (
        "The Crime Severity Score is not given for the City of London: the file prints ':', and "
        "the score is left missing."
    ),
    "sources that are no address": (
        "Four judgments of Leicestershire Police name a file of the person who compiled them as "
        "their source; it is replaced by the report itself."
    ),
    "suffixes on year text": (
        "The year text of the Crime Severity Score file ends in '...4' and the like, left by the "
        "software that saved it; the column of period ends is used instead."
    ),
}
MISSING = "NA"
OVERALL = "overall"
REPORT = "HMIC, PEEL: Police effectiveness 2016, the report on the force"
NO_SCORE = ":"
ENGLAND_AND_WALES_CODE = "K04000001"
TOTAL_CRIME = "Total recorded crime"


def read_officers(path: Path) -> pd.DataFrame:
    """Read police officers (full-time equivalent) on 31 March by force.

    Returns
    -------
    DataFrame
        force, date, officers (full-time equivalent, two decimals).

    Raises
    ------
    ReleaseFormatError
        If a column, a force or a number is missing or wrong.
    """
    path = Path(path)
    raw = read_text_table(
        path, {"year": "year", "force_name": "published_name", "officers": "officers"}
    )
    year = whole_numbers(raw["year"], path)
    tidy = pd.DataFrame(
        {
            "force": force_slugs(raw["published_name"], path),
            "date": pd.to_datetime({"year": year, "month": 3, "day": 31}).astype("datetime64[ns]"),
            "officers": decimal_numbers(raw["officers"], path).round(2),
        }
    )
    _plausible_officers(tidy, path)
    periods_in_a_row(tidy, "date", DAYS_OF_A_YEAR, path)
    return tidy.pipe(has_every_force, ["date"], path).pipe(
        matches_schema, TABLES["officers"].schema, path
    )


def _plausible_officers(tidy: pd.DataFrame, path: Path) -> None:
    ordered = tidy.sort_values(["force", "date"], kind="stable")
    before = ordered.groupby("force")["officers"].shift(1)
    wrong = TOLERANCES["officers of two years"].exceeded(ordered["officers"], before)
    if wrong.any():
        row = wrong.index[wrong].min()
        raise ReleaseFormatError(
            path.name,
            None,
            row,
            f"{ordered['force'][row]}: {ordered['officers'][row]:,.2f} officers after "
            f"{before[row]:,.2f} the year before",
        )


def read_arrests(path: Path) -> pd.DataFrame:
    """Read arrests in the financial year by force, all offences together.

    Returns
    -------
    DataFrame
        force, period_end, arrests (missing where the force supplied none).

    Raises
    ------
    ReleaseFormatError
        If a column, a force or a number is missing or wrong, a row appears twice, or is a total.
    """
    path = Path(path)
    parts = ["offence_group", "ethnic_group", "age_group", "sex"]
    columns = {"financial_year": "year", "force_name": "published_name", "arrests": "arrests"}
    raw = read_text_table(path, columns | {part: part for part in parts})
    raw = no_totals(raw, parts, path)
    repeated = raw.duplicated(["year", "published_name", *parts])
    if repeated.any():
        raise ReleaseFormatError(path.name, None, raw.index[repeated][0], "the same row twice")
    absent = raw["arrests"].eq(MISSING)
    counts = whole_numbers(raw["arrests"].mask(absent, "0"), path)
    tidy = pd.DataFrame(
        {
            "force": force_slugs(raw["published_name"], path),
            "period_end": financial_year_ends(raw["year"], path),
            "arrests": counts.astype("float64").mask(absent),
        }
    )
    if (counts < 0).any():
        raise ReleaseFormatError(path.name, None, counts.index[counts < 0][0], "arrests below zero")
    told = tidy.assign(**{part: raw[part] for part in parts})
    has_rows_of_neighbours(told, ["period_end", parts[0]], parts[1:], path)
    _as_many_groups(told, parts[0], path)
    periods_in_a_row(tidy, "period_end", DAYS_OF_A_YEAR, path)
    return (
        tidy.pipe(has_every_force, ["period_end"], path)
        .groupby(["force", "period_end"], as_index=False)["arrests"]
        .agg(lambda values: values.sum(min_count=len(values)))
        .pipe(matches_schema, TABLES["arrests"].schema, path)
    )


def _as_many_groups(told: pd.DataFrame, group: str, path: Path) -> None:
    """Refuse a force with fewer offence groups than most: their names may differ in a year."""
    groups = told.groupby(["period_end", "force"])[group].nunique()
    fewer = groups < groups.groupby("period_end").transform("median")
    if fewer.any():
        day, force = fewer.index[fewer][0]
        raise ReleaseFormatError(
            path.name, None, None, f"{force} lacks an offence group in the year to {day:%d %B %Y}"
        )


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
        If a column, a force or a number is missing or wrong.
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
        If a column, a force or a number is missing or wrong.
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


def read_judgments(path: Path) -> pd.DataFrame:
    """Read the published judgments of PEEL effectiveness inspections.

    Returns
    -------
    DataFrame
        force, year (2018 is the inspection of 2018/19), question, grade, basis, confidence,
        judged_in (missing unless the grade is that of an earlier inspection), source_url, note.

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
    return raw.assign(
        source_url=raw["source_url"].where(address, REPORT),
        year=year,
        judged_in=judged_in.astype("float64").where(carried),
        note=raw["note"].mask(raw["note"].eq("")),
    ).pipe(matches_schema, TABLES["judgments"].schema, path)
