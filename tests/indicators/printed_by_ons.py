"""What ONS printed in its police force area tables, beside the value computed from our tables."""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import Indicator, load_catalogue
from peelbook.indicators.counts import BTP, is_restated, numerators
from peelbook.indicators.values import ENGLAND_AND_WALES, values_at
from peelbook.parameters import Parameters
from peelbook.statistics.rounding import rounded
from peelbook.tables import load_table
from peelbook.tables.periods import years_before

MARCH_2018, DECEMBER_2018, MARCH_2019 = (
    f"year ending {month}" for month in ("March 2018", "December 2018", "March 2019")
)
IN_CATALOGUE = {
    "possession-of-weapons-offences": "possession-of-weapons",
    "residential-burglary": "domestic-burglary",
}
"""ONS's name of an offence -> our indicator, where they differ."""
NON_DOMESTIC = ("non-domestic-burglary", "non-residential-burglary")
BURGLARY = ("domestic-burglary", "residential-burglary", *NON_DOMESTIC)
SUBTOTALS = {
    "burglary": BURGLARY,
    "non-residential-burglary": NON_DOMESTIC,
    "theft-offences": (
        *BURGLARY,
        "all-other-theft-offences",
        "bicycle-theft",
        "shoplifting",
        "theft-from-the-person",
        "vehicle-offences",
    ),
    "violence-against-the-person": (
        "homicide",
        "death-or-serious-injury-caused-by-illegal-driving",
        "violence-with-injury",
        "violence-without-injury",
        "stalking-and-harassment",
    ),
}
EXCLUDING_BTP = "england-and-wales-excluding-btp"


def indicator_for(offence: str, denominator: str) -> Indicator:
    """Return our indicator for an offence that ONS prints, made on the spot if we have none."""
    if offence == "anti-social-behaviour":
        return load_catalogue()["asb-incidents"]
    own = load_catalogue().get(IN_CATALOGUE.get(offence, offence))
    if own is not None and own.denominator == denominator:
        return own
    offences = SUBTOTALS.get(offence, (offence,))
    if offence == "residential-burglary":
        offences = ("domestic-burglary", "residential-burglary")
    return Indicator(
        id="printed",
        name=offence,
        kind="rolling",
        denominator=denominator,
        unit=f"per 1,000 {denominator}",
        sub_question="q1.1",
        offences=offences,
    )


def compared(printed: pd.DataFrame, *, restated: bool = True) -> pd.DataFrame:
    """Set printed cells beside computed ones.

    Takes rows of the table `ons_printed`; adds `count` and `count_before` (of the year and the
    year before), `denominator`, `computed`, and `agrees`: the two are equal when both are rounded
    to the decimals that ONS prints. England and Wales holds British Transport Police where ONS
    counts it in. A change starts from the year before as the book takes it, or with
    `restated=False` as the rolling 12-month file of April 2019 gives it.
    """
    groups = [
        _computed(cells, *key, restated)
        for key, cells in printed.groupby(["offence", "measure", "period_end"])
    ]
    cells = pd.concat(groups, ignore_index=True)
    return cells.assign(agrees=as_displayed(cells, "computed") == as_displayed(cells, "value"))


def as_displayed(cells: pd.DataFrame, column: str) -> pd.Series:
    """Return a column as text, rounded to the decimals that ONS prints."""
    texts = [
        f"{rounded(value, int(decimals)) + 0.0:.{int(decimals)}f}"
        for value, decimals in zip(cells[column], cells["decimals"], strict=True)
    ]
    return pd.Series(texts, index=cells.index)


def _computed(
    cells: pd.DataFrame, offence: str, measure: str, end: pd.Timestamp, restated: bool
) -> pd.DataFrame:
    denominator = "households" if measure.endswith("households") else "population"
    entry = indicator_for(offence, denominator)
    now = _areas(entry, end)
    before = pd.Series(dtype=float)
    values = now["numerator"] if measure in ("offences", "incidents") else now["value"]
    if measure == "percent-change":
        before = _areas(entry, years_before(end, 1), base=restated)["numerator"]
        values = (now["numerator"] / before.reindex(now.index) - 1) * 100
    return cells.assign(
        computed=cells["force"].map(values),
        count=cells["force"].map(now["numerator"]),
        count_before=cells["force"].map(before),
        denominator=cells["force"].map(now["denominator"]),
    )


def _areas(entry: Indicator, end: pd.Timestamp, *, base: bool = False) -> pd.DataFrame:
    """Compute an indicator by the names that ONS gives to areas."""
    without = values_at(entry, end, Parameters(), base=base)
    with_btp = values_at(entry, end, Parameters(british_transport_police=True), base=base)
    restated = base and entry.kind == "rolling" and is_restated(end)
    counted = numerators(entry, restated=restated, release=end)
    police = counted[(counted["force"] == BTP) & (counted["period_end"] == end)]
    return pd.concat(
        [
            without.drop(ENGLAND_AND_WALES),
            with_btp.loc[[ENGLAND_AND_WALES]],
            without.loc[[ENGLAND_AND_WALES]].rename({ENGLAND_AND_WALES: EXCLUDING_BTP}),
            police.set_index("force")[["numerator"]],
        ]
    )


def printed(workbook: str, *tables: str) -> pd.DataFrame:
    """Return the printed cells of some tables of a workbook."""
    cells = load_table("ons_printed")
    return cells[(cells["workbook"] == workbook) & cells["table"].isin(tables)]


def differing(cells: pd.DataFrame, *names: str) -> set[tuple]:
    """Return the names of the cells that do not agree, for comparison with a literal list."""
    return set(cells.loc[~cells["agrees"], list(names)].itertuples(index=False, name=None))


def explained(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells that do not agree, as displayed, with the reason that the counts give.

    The reason rests on what the workbook itself prints: the count of its year (Table P1), and
    that count over one plus the change (Table P2), which is the count of the year before that ONS
    compared with. Where neither differs from ours, and the denominator cannot explain a rate
    either, there is no reason.
    """
    wrong = cells[~cells["agrees"]].merge(
        _printed_counts(cells["workbook"].iloc[0]), on=["force", "offence"], how="left"
    )
    return pd.DataFrame(
        {
            "workbook": wrong["workbook"].str.removeprefix("year ending "),
            "table": wrong["table"],
            "force": wrong["force"],
            "offence": wrong["offence"].where(
                ~wrong["measure"].str.endswith("households"), wrong["offence"] + ", households"
            ),
            "printed": as_displayed(wrong, "value"),
            "computed": as_displayed(wrong, "computed"),
            "reason": [_reason(row) for row in wrong.itertuples()],
        }
    ).sort_values(["table", "force", "offence"], ignore_index=True)


def _printed_counts(workbook: str) -> pd.DataFrame:
    key = ["force", "offence"]
    counts = printed(workbook, "P1").set_index(key)["value"].rename("printed_count")
    changes = printed(workbook, "P2").set_index(key)["value"]
    before = (counts / (1 + changes / 100)).round().rename("printed_before")
    return pd.concat([counts, before], axis="columns").reset_index()


def _reason(row: tuple) -> str:
    year = row.count != row.printed_count
    before = row.table == "P2" and row.count_before != row.printed_before
    if row.table == "P3" and not year:
        margin = 50 / (row.denominator - 50)  # printed and held to the nearest hundred
        in_hundreds = abs(row.value / row.computed - 1) <= margin
        return "denominator in hundreds" if in_hundreds else ""
    revised = [name for name, is_so in (("year", year), ("year before", before)) if is_so]
    return f"{' and '.join(revised)} revised" if revised else ""
