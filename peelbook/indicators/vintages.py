"""One indicator in one period as two releases have it: values, ranks and bands, and what moved.

Denominators and rules are the same on both sides, so what differs is what a publisher revised.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from peelbook.indicators.catalogue import Indicator, load_catalogue
from peelbook.indicators.comparators import ENGLAND_AND_WALES
from peelbook.indicators.counts import numerators
from peelbook.indicators.outcomes import every_type
from peelbook.indicators.recorded_crime import FRAUD, quarterly_groups
from peelbook.indicators.rules import rules_for
from peelbook.indicators.values import values_at
from peelbook.parameters import Parameters
from peelbook.statistics.ranks import band_by_quarter, percent_change, rank_descending
from peelbook.tables import load_table
from peelbook.tables.inputs import remembered
from peelbook.tables.periods import REPORT_PERIOD_END

TABLE_OF = {"incidents": "asb_incidents", "knife": "knife_crime", "score": "crime_severity"}
"""Kinds of indicators whose earlier figures are kept in `earlier_vintages`, and their tables."""
KNIFE = "selected-serious-offences"
COLUMNS = [
    "indicator",
    "period_end",
    "earlier_release",
    "later_release",
    "force",
    "earlier",
    "later",
    "change",
    "rank_earlier",
    "rank_later",
    "of",
    "band_earlier",
    "band_later",
    "side_earlier",
    "side_later",
]


def later_releases_held() -> bool:
    """Say whether the tables hold the later releases that the first ones are set beside.

    Tables as they stood in an earlier month lack some of them.
    """
    earlier = {*TABLE_OF.values(), "population"}
    return bool(
        len(load_table("recorded_crime_quarterly"))
        and load_table("outcomes_by_year")["measure"].eq("assigned").any()
        and earlier <= set(load_table("earlier_vintages")["table"])
    )


@remembered(maxsize=1)
def revisions() -> pd.DataFrame:
    """Set two releases of one indicator and period side by side, wherever two are held.

    Each indicator is taken in the newest period that two releases hold, and in the newest such period
    up to that of the 2016 report; outcomes in each year that two releases hold.

    Returns
    -------
    DataFrame with the columns of :data:`COLUMNS`, one row an area (the 43 forces as far as they have
    a value, and ``england-and-wales``): `earlier` and `later` in the unit of the indicator; `change` in
    percent of the earlier value, for shares in percentage points; ranks (1 the highest) among `of`
    forces, bands and sides (above, below, the same as England and Wales) of ranked forces only. No
    row where the later releases are not held.
    """
    if not later_releases_held():
        return pd.DataFrame(columns=COLUMNS)
    parts = [*_recorded(), *_outcomes(), *_of_earlier_vintages()]
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def _recorded() -> Iterator[pd.DataFrame]:
    """Compare the rolling file, and the workbook after it, with the later quarterly open data."""
    table = load_table("recorded_crime")
    quarters = load_table("recorded_crime_quarterly")["quarter_end"].max()
    ends = dict.fromkeys([REPORT_PERIOD_END, table["period_end"].max()])
    vintages = table.groupby("period_end")["vintage"].first()
    for entry in load_catalogue().values():
        if entry.kind != "rolling":
            continue
        for end in ends:
            yield _compared(
                entry,
                end,
                (vintages[end], values_at(entry, end, Parameters())["value"]),
                (
                    open_data_to(quarters),
                    values_at(entry, end, Parameters(), release=quarters)["value"],
                ),
            )


def open_data_to(period_end: pd.Timestamp) -> str:
    """Return what a release of recorded crime by quarter is called."""
    return f"recorded crime open data to {period_end:%B %Y}"


def _outcomes() -> Iterator[pd.DataFrame]:
    """Compare the first releases of outcomes, which hold all types, with the one of years later."""
    some = load_table("outcomes_by_year")
    later = some["period_end"].max()
    vintage = some.loc[some["period_end"] == later, "vintage"].iloc[0]
    for entry in load_catalogue().values():
        if entry.kind != "outcomes" or not (entry.has_page and _in_both(entry, later)):
            continue
        for end in sorted(every_type()["period_end"].unique()):
            yield _compared(
                entry,
                end,
                ("first release of the year", values_at(entry, end, Parameters())["value"]),
                (vintage, values_at(entry, end, Parameters(), release=later)["value"]),
            )


def _in_both(entry: Indicator, later: pd.Timestamp) -> bool:
    return bool(numerators(entry, release=later)["numerator"].notna().any())


def _of_earlier_vintages() -> Iterator[pd.DataFrame]:
    earlier = load_table("earlier_vintages")
    earlier = earlier[earlier["item"].isin(["all", KNIFE])]
    for entry in load_catalogue().values():
        own = earlier[earlier["table"] == TABLE_OF.get(entry.kind)]
        if own.empty:
            continue
        ends = own["period_end"]
        for end in dict.fromkeys([ends[ends <= REPORT_PERIOD_END].max(), ends.max()]):
            of_period = own[own["period_end"] == end]
            vintage = min(of_period["vintage"].unique(), key=_runs_to)
            figures = of_period[of_period["vintage"] == vintage].set_index("force")["value"]
            yield _compared(
                entry, end, (vintage, _earlier_values(entry, end, figures)), _current(entry, end)
            )


def _runs_to(vintage: str) -> pd.Timestamp:
    """Return the month that the name of a vintage ends with, by which releases are in order."""
    return pd.Timestamp(" ".join(vintage.split()[-2:]))


def _earlier_values(entry: Indicator, end: pd.Timestamp, figures: pd.Series) -> pd.Series:
    """Return the values that earlier figures give, with the denominators of today."""
    now = values_at(entry, end, Parameters())
    if entry.kind == "score":
        return figures.reindex(now.index)
    value = figures.reindex(now.index) / now["denominator"] * entry.per
    rules = rules_for(entry, end)
    incomplete = rules.loc[rules["effect"] == "incomplete", "force"]
    forces = now.index.intersection(load_table("forces")["force"]).difference(incomplete)
    country = figures.reindex(forces).sum() / now.loc[ENGLAND_AND_WALES, "denominator"] * entry.per
    return value.where(value.index != ENGLAND_AND_WALES, country)


def _current(entry: Indicator, end: pd.Timestamp) -> tuple[str, pd.Series]:
    table = load_table(entry.table)
    rows = table[(table["period_end"] == end) & table["force"].isin(load_table("forces")["force"])]
    vintage = max(rows["vintage"].unique(), key=_runs_to)
    return vintage, values_at(entry, end, Parameters())["value"]


def _compared(
    entry: Indicator,
    end: pd.Timestamp,
    earlier: tuple[str, pd.Series],
    later: tuple[str, pd.Series],
) -> pd.DataFrame:
    (first, before), (second, after) = earlier, later
    index = [*sorted(load_table("forces")["force"]), ENGLAND_AND_WALES]
    both = pd.DataFrame({"earlier": before, "later": after}).reindex(index).dropna()
    difference = both["later"] - both["earlier"]
    rules = rules_for(entry, end)
    unranked = rules.loc[rules["effect"].isin(["not-ranked", "incomplete"]), "force"]
    ranked = both.drop([ENGLAND_AND_WALES, *unranked], errors="ignore")
    base = both["earlier"].where(both["earlier"] != 0)
    told = {"change": difference if entry.is_share else difference / base * 100}
    for side in ("earlier", "later"):
        told |= {
            f"rank_{side}": rank_descending(ranked[side]).reindex(both.index),
            f"band_{side}": band_by_quarter(ranked[side]).reindex(both.index),
            f"side_{side}": _sides(both[side]).reindex(ranked.index).reindex(both.index),
        }
    return (
        both.assign(**told, of=len(ranked))
        .rename_axis("force")
        .reset_index()
        .assign(indicator=entry.id, period_end=end, earlier_release=first, later_release=second)
    )


def _sides(values: pd.Series) -> pd.Series:
    """Say on which side of England and Wales each value lies; missing where that has none."""
    if ENGLAND_AND_WALES not in values:
        return pd.Series(None, index=values.index, dtype="object")
    country = values[ENGLAND_AND_WALES]
    side = pd.Series("the same as", index=values.index, dtype="object")
    return side.mask(values > country, "above").mask(values < country, "below")


def revised_counts() -> pd.DataFrame:
    """Return the offences of the 12 months of the 2016 report by force and group in two releases.

    Returns
    -------
    DataFrame with columns `force` (the 43), `offence` (group of the rolling file that both releases
    hold, fraud left out), `earlier`, `later`, `difference` (offences) and `change` (percent of the
    earlier count, missing where that is below 50).
    """
    tables = {"earlier": load_table("recorded_crime"), "later": quarterly_groups()}
    counts = {
        side: rows[rows["period_end"] == REPORT_PERIOD_END].set_index(["force", "offence"])[
            "offences"
        ]
        for side, rows in tables.items()
    }
    rows = pd.DataFrame(counts).dropna().rename_axis(["force", "offence"]).reset_index()
    rows = rows[rows["force"].isin(load_table("forces")["force"]) & rows["offence"].ne(FRAUD)]
    return rows.assign(
        difference=rows["later"] - rows["earlier"],
        change=percent_change(rows["later"], rows["earlier"]),
    ).reset_index(drop=True)
