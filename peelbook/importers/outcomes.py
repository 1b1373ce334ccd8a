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
from peelbook.importers.spreadsheets import plain
from peelbook.tables.schemas import TABLES

OUTCOME_BLEMISHES = {
    "expired offence codes": (
        "Where an offence code has expired, the file prints 'N/A - offence code expired' for the "
        "offences recorded in the quarter; no such offence was recorded, so it counts as 0."
    ),
    "empty last row": (
        "The file for 2017/18 ends with a row in which every cell is NA; it is dropped."
    ),
    "several names of one column": (
        "The offences recorded in the quarter that were given an outcome are in a column called "
        "'offences' in the 2017/18 file, 'Force outcomes for offences recorded in quarter' in the "
        "2018/19 file and 'Outcomes for offences that were recorded in the quarter' in later "
        "ones. The column of investigations closed in the quarter counts other offences and is "
        "not read."
    ),
    "outcomes not provided": (
        "Where a force did not supply its outcomes, later files print 'N/A - data not provided'. "
        "That is not zero: a financial year of which a force lacks any is left out for it."
    ),
}
EXPIRED = "n/a - offence code expired"
NOT_APPLICABLE = ("na", "n/a")
NOT_PROVIDED = "n/a - data not provided"
FLAGGED = ("x", "yes", "true")
"""How a row says that its offence code has expired."""
NOT_AVAILABLE = "NA"
NOT_YET_ASSIGNED = 0
"""Offences without an outcome; later corrections can make them fewer than none."""
ALTERNATE = r"\d+\s*[a-zA-Z]"
COUNT_COLUMNS = (
    "Outcomes for offences that were recorded in the quarter",
    "Number of outcomes for offences that were recorded in the quarter",
    "Force outcomes for offences recorded in quarter",
    "offences",
)
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
    "Diversionary, educational or intervention activity": "diversionary-activity",
    "Investigation complete – no suspect identified": "no-suspect-identified",
    "Responsibility for further investigation transferred to another body": "other-agency",
    "Further investigation to support formal action not in the public interest – police decision": (
        "not-in-public-interest"
    ),
    "Not yet assigned an outcome": "not-yet-assigned",
}
DIVERSIONARY = "Diversionary, educational or intervention activity"
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
    _no_alternates(raw, path)
    repeated = raw.duplicated(["year", "quarter", "published_name", "code", "offence", "type"])
    if repeated.any():
        raise ReleaseFormatError(
            path.name, None, raw.index[repeated][0], "the same force, offence and outcome twice"
        )
    expired, not_provided = _without_count(raw)
    tidy = pd.DataFrame(
        {
            "force": force_slugs(raw["published_name"], path),
            "quarter_end": quarter_ends(raw["year"], raw["quarter"], path),
            "offence_group": slug(raw["offence_group"]),
            "outcome_type": whole_numbers(raw["type"], path),
            "offences": whole_numbers(raw["offences"].mask(expired | not_provided, "0"), path),
        }
    )
    _complete(raw, tidy, path)
    has_every_force(tidy, ["quarter_end"], path)
    years = [tidy["force"], raw["year"]]
    incomplete = not_provided.groupby(years).transform("any")
    key = list(TABLES["outcomes"].key)
    summed = (
        tidy.loc[~expired & ~incomplete].groupby(key, as_index=False, sort=True)["offences"].sum()
    )
    return _none_below_zero(summed, path).pipe(matches_schema, TABLES["outcomes"].schema, path)


def _no_alternates(raw: pd.DataFrame, path: Path) -> None:
    """Refuse types 1a, 2a and 3a, which say which of types 1 to 3 were for another offence."""
    alternate = raw["type"].str.fullmatch(ALTERNATE)
    if alternate.any():
        row = raw.index[alternate][0]
        raise ReleaseFormatError(
            path.name,
            None,
            row,
            f"outcome type {raw['type'][row]} is counted in another one already: this is the file "
            "of outcomes for alternate offences, which the book does not use",
        )


def _without_count(raw: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Say which rows have no count as their offence code has expired, and as none was provided."""
    marks = raw["offences"].str.strip().str.lower()
    flagged = raw["flag"].str.strip().str.lower().isin(FLAGGED)
    expired = marks.eq(EXPIRED) | (marks.isin(NOT_APPLICABLE) & flagged)
    return expired, marks.eq(NOT_PROVIDED)


def _complete(raw: pd.DataFrame, tidy: pd.DataFrame, path: Path) -> None:
    told = tidy.assign(what=_what(raw))
    has_rows_of_neighbours(told, ["quarter_end"], ["what"], path, "offences")
    transport_police_throughout(tidy, "quarter_end", path)
    periods_in_a_row(tidy, "quarter_end", DAYS_OF_A_QUARTER, path)


def _what(raw: pd.DataFrame) -> pd.Categorical:
    """Name what each row counts; each name is made once, for a year has a million rows."""
    parts = raw[["offence", "code", "type"]]
    each = parts.drop_duplicates()
    names, texts = pd.factorize(
        each["offence"] + ", code " + each["code"] + ", type " + each["type"]
    )
    places = parts.groupby(list(parts.columns), sort=False).ngroup()
    return pd.Categorical.from_codes(names[places], texts)


def _none_below_zero(summed: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Return the sums if none but those not yet given an outcome is below zero.

    An offence that was cancelled later is taken off in its row, but not off more than there are.
    """
    below = summed["offences"].lt(0) & summed["outcome_type"].ne(NOT_YET_ASSIGNED)
    if below.any():
        first = summed[below].iloc[0]
        raise ReleaseFormatError(
            path.name,
            None,
            None,
            f"{first['force']}, quarter to {first['quarter_end']:%B %Y}, {first['offence_group']}: "
            f"{first['offences']:,} offences were given outcome {first['outcome_type']}",
        )
    return summed


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
    known = {plain(name): identifier for name, identifier in GROUP_IDS.items()}
    # the group of diversionary activity is named by a whole sentence
    groups = raw["outcome_group"].str.extract(f"^({DIVERSIONARY})", expand=False)
    groups = groups.fillna(raw["outcome_group"]).map(plain).map(known)
    unknown = raw.loc[groups.isna()]
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
            "group": groups.astype("str"),
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
    counts = {name: f"count {place}" for place, name in enumerate(COUNT_COLUMNS)}
    raw = read_text_table(path, shared, {"Offence code expired": "flag"} | counts)
    held = [name for name, here in counts.items() if raw[here].ne("").any()]
    if len(held) != 1:
        what = (
            f"two columns of counts, '{held[0]}' and '{held[1]}'"
            if held
            else (f"no column '{COUNT_COLUMNS[0]}'")
        )
        raise ReleaseFormatError(path.name, None, None, what)
    raw = raw.assign(offences=raw[counts[held[0]]]).drop(columns=list(counts.values()))
    empty = raw.drop(columns="flag").eq(NOT_AVAILABLE).all(axis="columns")
    return raw.loc[~empty]


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
