"""Recorded crime: the rolling 12-month file and the quarterly open data tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import (
    BRITISH_TRANSPORT_POLICE,
    curated_table,
    force_slugs,
    slug,
    without_fraud_bodies,
)
from peelbook.importers.checks import (
    MOST_DIGITS,
    has_every_force,
    is_one_of,
    matches_schema,
    no_totals,
    pick_columns,
    read_text_table,
    whole_numbers,
)
from peelbook.importers.completeness import (
    DAYS_OF_A_QUARTER,
    DAYS_OF_A_YEAR,
    has_rows_of_neighbours,
    periods_in_a_row,
    transport_police_throughout,
)
from peelbook.importers.dates import quarter_ends
from peelbook.importers.offence_parts import (
    BURGLARY,
    BURGLARY_BEFORE_2017,
    CRIME_GROUPS,
    FRAUD,
    OTHER_THEFT,
    PARTS,
    VIOLENCE,
)
from peelbook.importers.spreadsheets import PARQUET, form_of, parquet_frame
from peelbook.importers.tolerances import TOLERANCES
from peelbook.tables.schemas import TABLES

RECORDED_CRIME_BLEMISHES = {
    "30 December 2017": (
        "The rolling 12-month file dates the year ending December 2017 as 30-12-2017; it is read "
        "as 31 December 2017."
    ),
    "negative counts": (
        "Offences that are reclassified or cancelled later are taken off in the period in which "
        "that happens, so that a count can be below zero; it is kept as published."
    ),
}
MISPRINTED_DATES = {"30-12-2017": "31-12-2017"}
OFFENCES_BY_CODE = {"8N": "assault-with-injury"}
OTHER_OFFENCES = "other"
OFFENCE_CODE = r"\d[\d./]*[A-Z]?"
OFFENCE_GROUPS = (*CRIME_GROUPS, FRAUD)
"""What the quarterly file divides crime into."""
ROLLING_OFFENCES = (
    *VIOLENCE,
    *BURGLARY_BEFORE_2017,
    *BURGLARY,
    *OTHER_THEFT,
    *(group for group in OFFENCE_GROUPS if group not in PARTS),
)
"""What the rolling file divides crime into: none is part of another, so that they add up."""
ROLLING_COLUMNS = {
    "12 months ending": "period_end",
    "PFA": "published_name",
    "Offence": "offence",
    "Rolling year total number of offences": "offences",
}
QUARTERLY_COLUMNS = {
    "Financial Year": "year",
    "Financial Quarter": "quarter",
    "Force Name": "published_name",
    "Offence Group": "offence_group",
    "Offence Subgroup": "offence_subgroup",
    "Offence Description": "description",
    "Offence Code": "code",
    "Number of Offences": "offences",
}
DATE_FORMATS = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d")


def read_rolling_crime(path: Path) -> pd.DataFrame:
    """Read `rec-crime-pfa`: offences in 12 months by force and offence group.

    Returns
    -------
    DataFrame
        force, period_end, offence (offence group in kebab case), offences (count), vintage.

    Raises
    ------
    ReleaseFormatError
        If a column is missing, a date is not the end of a quarter, a count is not a whole number,
        a force, an offence group or a period is unknown or missing, a force's offence group
        appears twice for one period, a region is not that of the force, or a count is far from
        those of the quarters before and after it.

    Notes
    -----
    Blemishes handled: `RECORDED_CRIME_BLEMISHES`. National fraud bodies are left out.
    """
    path = Path(path)
    raw = read_text_table(path, ROLLING_COLUMNS, {"Region": "region"})
    raw = raw.pipe(without_fraud_bodies, "published_name")
    tidy = pd.DataFrame(
        {
            "force": force_slugs(raw["published_name"], path),
            "period_end": _rolling_period_ends(raw["period_end"], path),
            "offence": slug(raw["offence"]).pipe(
                is_one_of, ROLLING_OFFENCES, "offence group", path
            ),
            "offences": whole_numbers(raw["offences"], path),
        }
    )
    _regions_agree(tidy["force"], raw["region"], path)
    has_rows_of_neighbours(tidy, ["period_end"], ["offence"], path)
    transport_police_throughout(tidy, "period_end", path)
    periods_in_a_row(tidy, "period_end", DAYS_OF_A_YEAR, path)
    _near_neighbours(tidy, path)
    return (
        tidy.pipe(has_every_force, ["period_end"], path)
        .assign(vintage=lambda rows: f"rolling 12 months to {rows['period_end'].max():%B %Y}")
        .pipe(matches_schema, TABLES["recorded_crime"].schema, path)
    )


def _regions_agree(forces: pd.Series, regions: pd.Series, path: Path) -> None:
    table = curated_table("forces")
    known = dict(zip(table["force"], table["region"], strict=True))
    known[BRITISH_TRANSPORT_POLICE] = "British Transport Police"
    wrong = regions.ne("") & regions.str.lower().ne(forces.map(known).str.lower())
    if wrong.any():
        row = forces.index[wrong][0]
        raise ReleaseFormatError(
            path.name, None, row, f"{forces[row]} is not in the region '{regions[row]}'"
        )


def _near_neighbours(tidy: pd.DataFrame, path: Path) -> None:
    """Refuse a count far from those of the 12 months that end a quarter before and after."""
    kept = tidy[~tidy["offence"].isin([*BURGLARY_BEFORE_2017, *BURGLARY, FRAUD])]
    key = ["force", "offence", "period_end"]
    ordered = kept.drop_duplicates(key).sort_values(key, kind="stable")
    groups = ordered.groupby(["force", "offence"])
    middle = (groups["offences"].shift(1) + groups["offences"].shift(-1)) / 2
    apart = groups["period_end"].shift(-1) - groups["period_end"].shift(1)
    tolerance = TOLERANCES["neighbouring periods"]
    wrong = tolerance.exceeded(ordered["offences"], middle) & (apart.dt.days < DAYS_OF_A_YEAR)
    if wrong.any():
        row = wrong.index[wrong].min()
        raise ReleaseFormatError(
            path.name,
            None,
            row,
            f"{ordered['offences'][row]:,} offences, but about {middle[row]:,.0f} in the quarters "
            "before and after",
        )


def _rolling_period_ends(texts: pd.Series, path: Path) -> pd.Series:
    given = texts.replace(MISPRINTED_DATES)
    days = pd.to_datetime(given, format=DATE_FORMATS[0], errors="coerce")
    for form in DATE_FORMATS[1:]:
        days = days.fillna(pd.to_datetime(given, format=form, errors="coerce"))
    good = days.dt.is_quarter_end
    if not good.all():
        row = texts.index[~good][0]
        raise ReleaseFormatError(
            path.name, None, row, f"'{texts[~good].iloc[0]}' is not the end of a quarter"
        )
    return days.astype("datetime64[ns]")


def read_quarterly_crime(path: Path) -> pd.DataFrame:
    """Read the quarterly open data tables: offences by force, offence subgroup and quarter.

    Offence codes are summed within their subgroup, except those in `OFFENCES_BY_CODE` (assault
    with injury, code 8N), which keep a row of their own.

    Returns
    -------
    DataFrame
        force, quarter_end, offence_group, offence_subgroup, offence, offences (count).

    Raises
    ------
    ReleaseFormatError
        As for :func:`read_rolling_crime`.
    """
    path = Path(path)
    raw = _quarterly_columns(path)
    _known_codes(raw, path)
    tidy = pd.DataFrame(
        {
            "force": force_slugs(raw["published_name"], path),
            "quarter_end": quarter_ends(raw["year"], raw["quarter"], path),
            "offence_group": slug(raw["offence_group"]).pipe(
                is_one_of, OFFENCE_GROUPS, "offence group", path
            ),
            "offence_subgroup": slug(raw["offence_subgroup"]),
            "offence": raw["code"].map(OFFENCES_BY_CODE).fillna(OTHER_OFFENCES),
            "offences": raw["offences"].astype("int64"),
        }
    )
    told = tidy.assign(description=raw["description"], code=raw["code"])
    has_rows_of_neighbours(told, ["quarter_end"], ["description", "code"], path, "offences")
    transport_police_throughout(tidy, "quarter_end", path)
    periods_in_a_row(tidy, "quarter_end", DAYS_OF_A_QUARTER, path)
    key = list(TABLES["recorded_crime_quarterly"].key)
    return (
        tidy.pipe(has_every_force, ["quarter_end"], path)
        .groupby(key, as_index=False, sort=True)["offences"]
        .sum()
        .pipe(matches_schema, TABLES["recorded_crime_quarterly"].schema, path)
    )


def _known_codes(raw: pd.DataFrame, path: Path) -> None:
    """Refuse totals, what is no offence code, and a file without a code that is kept apart."""
    no_totals(raw, ["description", "offence_subgroup"], path)
    wrong = ~raw["code"].str.fullmatch(OFFENCE_CODE)
    if wrong.any():
        row = raw.index[wrong][0]
        raise ReleaseFormatError(path.name, None, row, f"'{raw['code'][row]}' is no offence code")
    for code, offence in OFFENCES_BY_CODE.items():
        without = set(raw["year"]) - set(raw.loc[raw["code"].eq(code), "year"])
        if without:
            raise ReleaseFormatError(
                path.name, None, None, f"no code {code} ({offence}) in {sorted(without)[0]}"
            )


def _quarterly_table(path: Path) -> pd.DataFrame:
    if form_of(path) == PARQUET:
        return pick_columns(parquet_frame(path), QUARTERLY_COLUMNS, path)
    return read_text_table(path, QUARTERLY_COLUMNS)


def _quarterly_columns(path: Path) -> pd.DataFrame:
    raw = _quarterly_table(path).pipe(without_fraud_bodies, "published_name")
    counts = pd.to_numeric(raw["offences"], errors="coerce")
    broken = counts.isna() | (counts % 1 != 0) | (counts.abs() >= 10**MOST_DIGITS)
    if broken.any():
        raise ReleaseFormatError(
            path.name,
            None,
            raw.index[broken][0],
            f"'{raw['offences'][broken].iloc[0]}' is not a whole number of offences",
        )
    repeated = raw.duplicated(["year", "quarter", "published_name", "description", "code"])
    if repeated.any():
        raise ReleaseFormatError(
            path.name, None, raw.index[repeated][0], "the same force, quarter and offence twice"
        )
    return raw.assign(offences=counts)
