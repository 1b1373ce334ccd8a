"""Crime outcomes: the open data file, the outcome types, and the figures transcribed by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import ENGLAND_AND_WALES, force_slugs, slug
from peelbook.importers.checks import (
    has_every_force,
    matches_schema,
    no_totals,
    read_text_table,
    whole_numbers,
)
from peelbook.importers.completeness import (
    DAYS_OF_A_QUARTER,
    has_rows_of_neighbours,
    periods_in_a_row,
    transport_police_throughout,
)
from peelbook.importers.dates import quarter_ends
from peelbook.tables.schemas import TABLES

OUTCOME_BLEMISHES = {
    "expired offence codes": (
        "Where an offence code has expired, the file prints 'N/A - offence code expired' for the "
        "offences recorded in the quarter; no such offence was recorded, so it counts as 0."
    ),
    "empty last row": (
        "The file for 2017/18 ends with a row in which every cell is NA; it is dropped."
    ),
    "two names of one column": (
        "The offences recorded in the quarter that were given an outcome are in a column called "
        "'offences' in the 2017/18 file and 'Force outcomes for offences recorded in quarter' "
        "in the 2018/19 file."
    ),
}
EXPIRED = "N/A - offence code expired"
NOT_AVAILABLE = "NA"
NOT_YET_ASSIGNED = 0
"""Offences without an outcome; later corrections can make them fewer than none."""
COUNT_COLUMNS = ("Force outcomes for offences recorded in quarter", "offences")
GROUP_IDS = {
    "Charged/Summonsed": "charged-summonsed",
    "Taken into consideration": "taken-into-consideration",
    "Out-of-court (formal)": "out-of-court-formal",
    "Out-of-court (informal)": "out-of-court-informal",
    "Prosecution prevented or not in the public interest": "prosecution-prevented",
    "Evidential difficulties (suspect identified; victim supports action)": (
        "evidential-victim-supports"
    ),
    "Evidential difficulties (victim does not support action)": (
        "evidential-victim-does-not-support"
    ),
    "Investigation complete – no suspect identified": "no-suspect-identified",
    "Responsibility for further investigation transferred to another body": "other-agency",
    "Further investigation to support formal action not in the public interest – police decision": (
        "not-in-public-interest"
    ),
    "Not yet assigned an outcome": "not-yet-assigned",
}
TRANSCRIBED_AREAS = {
    "Leicestershire": "leicestershire",
    "England and Wales incl BTP": ENGLAND_AND_WALES,
}
OUT_OF_COURT_TYPES = (2, 3, 6, 7, 8, 22)


def read_outcomes(path: Path) -> pd.DataFrame:
    """Read one year of the outcomes open data.

    The count is of offences recorded in the quarter that have been given the outcome since, so
    offences and outcomes are linked; outcome 0 is "not yet assigned".

    Returns
    -------
    DataFrame
        force, quarter_end, offence_group, outcome_type (0 to 21), offences (count).

    Raises
    ------
    ReleaseFormatError
        If a column is missing, a count is not a whole number, a force is unknown or missing in a
        quarter, a force's offence and outcome appear twice in a quarter or not at all where the
        others have them, or fewer than no offences were given an outcome.
    """
    path = Path(path)
    raw = no_totals(_outcome_rows(path), ["offence", "offence_group", "outcome"], path)
    repeated = raw.duplicated(["year", "quarter", "published_name", "code", "offence", "type"])
    if repeated.any():
        raise ReleaseFormatError(
            path.name, None, raw.index[repeated][0], "the same force, offence and outcome twice"
        )
    tidy = pd.DataFrame(
        {
            "force": force_slugs(raw["published_name"], path),
            "quarter_end": quarter_ends(raw["year"], raw["quarter"], path),
            "offence_group": slug(raw["offence_group"]),
            "outcome_type": whole_numbers(raw["type"], path),
            "offences": whole_numbers(raw["offences"].replace(EXPIRED, "0"), path),
        }
    )
    _complete(raw, tidy, path)
    tidy = tidy.loc[raw["offences"].ne(EXPIRED)]
    return (
        tidy.pipe(has_every_force, ["quarter_end"], path)
        .groupby(list(TABLES["outcomes"].key), as_index=False, sort=True)["offences"]
        .sum()
        .pipe(matches_schema, TABLES["outcomes"].schema, path)
    )


def _complete(raw: pd.DataFrame, tidy: pd.DataFrame, path: Path) -> None:
    told = tidy.assign(what=raw["offence"] + ", code " + raw["code"] + ", type " + raw["type"])
    has_rows_of_neighbours(told, ["quarter_end"], ["what"], path, "offences")
    transport_police_throughout(tidy, "quarter_end", path)
    periods_in_a_row(tidy, "quarter_end", DAYS_OF_A_QUARTER, path)
    below = tidy["offences"].lt(0) & tidy["outcome_type"].ne(NOT_YET_ASSIGNED)
    if below.any():
        row = below.index[below][0]
        raise ReleaseFormatError(
            path.name, None, row, f"{tidy['offences'][row]:,} offences were given an outcome"
        )


def read_outcome_types(path: Path) -> pd.DataFrame:
    """Read the names and groups of the outcome types from the outcomes open data.

    Returns
    -------
    DataFrame
        outcome_type, name, group (identifier), group_name.

    Raises
    ------
    ReleaseFormatError
        If a type has two names or an outcome group is not known.
    """
    path = Path(path)
    raw = _outcome_rows(path)[["type", "outcome", "outcome_group"]].drop_duplicates()
    unknown = raw.loc[~raw["outcome_group"].isin(GROUP_IDS)]
    if len(unknown):
        raise ReleaseFormatError(
            path.name,
            None,
            unknown.index[0],
            f"unknown outcome group '{unknown['outcome_group'].iloc[0]}'",
        )
    tidy = pd.DataFrame(
        {
            "outcome_type": whole_numbers(raw["type"], path),
            "name": raw["outcome"],
            "group": raw["outcome_group"].map(GROUP_IDS),
            "group_name": raw["outcome_group"],
        }
    )
    return tidy.pipe(matches_schema, TABLES["outcome_types"].schema, path).sort_values(
        "outcome_type", ignore_index=True
    )


def _outcome_rows(path: Path) -> pd.DataFrame:
    shared = {
        "Financial Year": "year",
        "Financial Quarter": "quarter",
        "Force Name": "published_name",
        "Offence Description": "offence",
        "Offence Group": "offence_group",
        "Offence Code": "code",
        "Outcome Description": "outcome",
        "Outcome Group": "outcome_group",
        "Outcome Type": "type",
    }
    newer, older = COUNT_COLUMNS
    try:
        raw = read_text_table(path, {**shared, newer: "offences"})
    except ReleaseFormatError as error:
        if newer not in error.reason:
            raise
        raw = read_text_table(path, {**shared, older: "offences"})
    return raw.loc[~raw.eq(NOT_AVAILABLE).all(axis="columns")]


def read_transcribed_outcomes(path: Path) -> pd.DataFrame:
    """Read the outcomes transcribed by hand for Leicestershire and for England and Wales.

    England and Wales includes British Transport Police here. The three printed totals of a
    quarter come as rows without an outcome type.

    Returns
    -------
    DataFrame
        area, quarter_end, measure (outcome-type, out-of-court, charged-or-out-of-court, assigned),
        outcome_type (missing for totals), offences (count).

    Raises
    ------
    ReleaseFormatError
        If an area is unknown, a count is not a whole number, or a printed total is not the sum.
    """
    path = Path(path)
    types = ("1", "2", "3", "6", "7", "8", "22")
    totals = {"oocd": "out-of-court", "positive": "charged-or-out-of-court", "assigned": "assigned"}
    names = {"area": "area", "fy": "year", "q": "quarter"} | {f"t{t}": t for t in types} | totals
    raw = read_text_table(path, names)
    measures = [*types, *totals.values()]
    counts = raw[measures].apply(whole_numbers, file=path)
    _check_transcribed_totals(counts, path)
    unknown = raw.loc[~raw["area"].isin(TRANSCRIBED_AREAS)]
    if len(unknown):
        raise ReleaseFormatError(path.name, None, unknown.index[0], "unknown area")
    return (
        counts.assign(
            area=raw["area"].map(TRANSCRIBED_AREAS),
            quarter_end=quarter_ends(raw["year"], raw["quarter"], path),
        )
        .melt(["area", "quarter_end"], var_name="column", value_name="offences", ignore_index=False)
        .assign(
            measure=lambda rows: rows["column"].where(~rows["column"].isin(types), "outcome-type"),
            outcome_type=lambda rows: pd.to_numeric(rows["column"], errors="coerce"),
        )[["area", "quarter_end", "measure", "outcome_type", "offences"]]
        .pipe(matches_schema, TABLES["outcomes_transcribed"].schema, path)
    )


def _check_transcribed_totals(counts: pd.DataFrame, path: Path) -> None:
    out_of_court = counts[[str(t) for t in OUT_OF_COURT_TYPES]].sum(axis="columns")
    wrong = (out_of_court != counts["out-of-court"]) | (
        counts["1"] + counts["out-of-court"] != counts["charged-or-out-of-court"]
    )
    problems = {
        "a count below zero": (counts < 0).any(axis="columns"),
        "a printed total is not the sum of its types": wrong,
        "fewer offences were assigned an outcome than charged or dealt with out of court": (
            counts["assigned"] < counts["charged-or-out-of-court"]
        ),
    }
    for reason, where in problems.items():
        if where.any():
            raise ReleaseFormatError(path.name, None, counts.index[where][0], reason)
