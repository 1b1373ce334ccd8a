"""Outcomes of all forces by the offences of a year or quarter, transcribed from the open data."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import force_of_identifiers
from peelbook.importers.checks import has_every_force, read_text_table, whole_numbers
from peelbook.importers.dates import financial_year_ends, quarter_ends

LATER_OUTCOME_BLEMISHES = {
    "outcomes that were not supplied": (
        "The later outcomes print 0 for every type where a force supplied none for a whole year "
        "(Leicestershire, Cumbria and British Transport Police for 2014/15). Not supplied is not "
        "zero: such a year has no outcomes in the tables, only the offences recorded."
    ),
}
TYPES = (1, 2, 3, 6, 7, 8, 22)
CHARGED = 1
TYPE_COLUMNS = {f"t{number}": str(number) for number in TYPES}
POSITIVE, ASSIGNED, RECORDED = "charged-or-out-of-court", "assigned", "recorded"
OUTCOME_TYPE = "outcome-type"
QUARTERS_OF_A_YEAR = 4
KEY = ["force", "period_start", "period_end", "measure", "outcome_type"]


def read_outcomes_of_years(path: Path) -> pd.DataFrame:
    """Read outcomes of the offences recorded in each financial year, by force.

    Returns
    -------
    DataFrame
        force, period_start, period_end, measure (outcome-type, charged-or-out-of-court,
        assigned), outcome_type (missing for the two totals), offences (count), vintage.

    Raises
    ------
    ReleaseFormatError
        If a column, a force or a count is missing or wrong, a force has a year twice, or a row
        fails its checksum: outcomes of the types held are the printed total, and no more than all
        those assigned.
    """
    path = Path(path)
    columns = {"slug": "published_name", "fy": "year"} | TYPE_COLUMNS
    raw = read_text_table(path, columns | {"positive": POSITIVE, "assigned": ASSIGNED})
    counts = _checked_counts(raw, path)
    ends = financial_year_ends(raw["year"], path)
    return _tidy(raw, counts, ends - pd.offsets.MonthEnd(12) + pd.Timedelta(days=1), ends, path)


def read_outcomes_of_quarters(path: Path) -> pd.DataFrame:
    """Read outcomes of the offences recorded in each quarter, by force.

    Returns and raises as :func:`read_outcomes_of_years`; the printed total of out-of-court
    outcomes is checked, too.
    """
    path = Path(path)
    columns = {"slug": "published_name", "fy": "year", "quarter": "quarter"} | TYPE_COLUMNS
    totals = {"oocd": "out-of-court", "positive": POSITIVE, "assigned": ASSIGNED}
    raw = read_text_table(path, columns | totals)
    counts = _checked_counts(raw, path)
    out_of_court = counts[[str(number) for number in TYPES if number != CHARGED]].sum(axis=1)
    _refuse(out_of_court != counts["out-of-court"], "out of court is not the sum of types", path)
    ends = quarter_ends(raw["year"], raw["quarter"], path)
    starts = ends - pd.offsets.QuarterBegin(startingMonth=1)
    return _tidy(raw, counts.drop(columns="out-of-court"), starts, ends, path)


def _checked_counts(raw: pd.DataFrame, path: Path) -> pd.DataFrame:
    names = [column for column in raw if column not in ("published_name", "year", "quarter")]
    counts = raw[names].apply(whole_numbers, file=path)
    _refuse((counts < 0).any(axis=1), "a count below zero", path)
    held = counts[[str(number) for number in TYPES]].sum(axis=1)
    _refuse(held != counts[POSITIVE], "positive is not the sum of types", path)
    _refuse(counts[ASSIGNED] < held, "assigned is less than the sum of its parts", path)
    return counts


def _refuse(wrong: pd.Series, reason: str, path: Path) -> None:
    if wrong.any():
        raise ReleaseFormatError(path.name, None, wrong.index[wrong][0], reason)


def _tidy(
    raw: pd.DataFrame, counts: pd.DataFrame, starts: pd.Series, ends: pd.Series, path: Path
) -> pd.DataFrame:
    force = force_of_identifiers(raw["published_name"], path)
    wide = counts.assign(force=force, period_start=starts, period_end=ends)
    keys = ["force", "period_start", "period_end"]
    _refuse(wide.duplicated(keys), "the same force and period twice", path)
    has_every_force(wide, ["period_end"], path)
    first, last = starts.min(), ends.max()
    long = wide.loc[counts[ASSIGNED] > 0].melt(keys, var_name="column", value_name="offences")
    is_type = ~long["column"].isin([POSITIVE, ASSIGNED])
    return long.assign(
        measure=long["column"].mask(is_type, OUTCOME_TYPE),
        outcome_type=pd.to_numeric(long["column"].where(is_type)).astype("float64"),
        vintage=f"outcomes open data for {first:%B %Y} to {last:%B %Y}, transcribed",
    )[[*KEY, "offences", "vintage"]]


def with_years_of_quarters(years: pd.DataFrame, quarters: pd.DataFrame) -> pd.DataFrame:
    """Add to the financial years the other 12 months that four quarters in a row make up.

    Parameters
    ----------
    years, quarters
        as the two readers return them, with the offences recorded. Those of a year may be of a
        later release than those of its quarters, and count.

    Raises
    ------
    ReleaseFormatError
        If four quarters are not the year that is in both.
    """
    summed = _years_of_quarters(quarters)
    both = years.merge(summed, on=KEY, suffixes=("", "_of_quarters"))
    both = both[both["measure"] != RECORDED]
    differs = both["offences"] != both["offences_of_quarters"]
    if differs.any():
        case = both.loc[differs].iloc[0]
        raise ReleaseFormatError(
            "outcomes by quarter",
            None,
            None,
            f"{case['force']}, year to {case['period_end']:%B %Y}: four quarters make "
            f"{case['offences_of_quarters']:,}, not {case['offences']:,} ({case['measure']})",
        )
    return pd.concat([years, summed]).drop_duplicates(KEY, ignore_index=True)


def _years_of_quarters(quarters: pd.DataFrame) -> pd.DataFrame:
    ends = sorted(quarters["period_end"].unique())
    found = []
    for last in ends:
        start = last - pd.offsets.MonthEnd(12) + pd.Timedelta(days=1)
        inside = quarters[quarters["period_end"].le(last) & quarters["period_start"].ge(start)]
        supplied = inside.groupby(["force", "measure"])["period_end"].transform("nunique")
        complete = supplied == QUARTERS_OF_A_YEAR
        found.append(inside[complete].assign(period_start=start, period_end=last))
    kept = pd.concat(found, ignore_index=True).sort_values("period_end", kind="stable")
    return kept.groupby(KEY, as_index=False, dropna=False).agg(
        offences=("offences", "sum"), vintage=("vintage", "first")
    )


def with_recorded(outcomes: pd.DataFrame, recorded: pd.DataFrame) -> pd.DataFrame:
    """Add the offences recorded in each period of the outcomes, where they are known.

    Parameters
    ----------
    outcomes
        as the readers return them.
    recorded
        force, period_start, period_end, offences, vintage; the first row of a period counts.
    """
    periods = outcomes[["period_start", "period_end"]].drop_duplicates()
    rows = recorded.drop_duplicates(["force", "period_start", "period_end"]).merge(periods)
    rows = rows[rows["force"].isin(outcomes["force"])]
    added = rows.assign(measure=RECORDED, outcome_type=float("nan"))
    return pd.concat([outcomes, added[outcomes.columns]], ignore_index=True)
