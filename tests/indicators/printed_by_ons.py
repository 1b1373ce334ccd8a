"""What ONS printed in its police force area tables, beside the value computed from our tables."""

from __future__ import annotations

import pandas as pd

from peelbook.catalogue import Indicator, load_catalogue
from peelbook.counts import BTP, numerators
from peelbook.indicators import ENGLAND_AND_WALES, values_at
from peelbook.numbers import rounded
from peelbook.parameters import Parameters
from peelbook.periods import years_before
from peelbook.tables import load_table

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


def compared(printed: pd.DataFrame) -> pd.DataFrame:
    """Set printed cells beside computed ones.

    Takes rows of the table `ons_printed`; adds `computed`, and `agrees`: the two are equal when
    both are rounded to the decimals that ONS prints. England and Wales holds British Transport
    Police where ONS counts it in.
    """
    groups = [
        _computed(cells, *key)
        for key, cells in printed.groupby(["offence", "measure", "period_end"])
    ]
    cells = pd.concat(groups, ignore_index=True)
    same = [
        rounded(ours, int(decimals)) == rounded(theirs, int(decimals))
        for ours, theirs, decimals in zip(
            cells["computed"], cells["value"], cells["decimals"], strict=True
        )
    ]
    return cells.assign(agrees=same)


def _computed(cells: pd.DataFrame, offence: str, measure: str, end: pd.Timestamp) -> pd.DataFrame:
    denominator = "households" if measure.endswith("households") else "population"
    entry = indicator_for(offence, denominator)
    now = _areas(entry, end)
    values = {
        "offences": now["numerator"],
        "incidents": now["numerator"],
        "percent-change": None,
    }.get(measure, now["value"])
    if measure == "percent-change":
        base = _areas(entry, years_before(end, 1))["numerator"]
        values = (now["numerator"] / base.reindex(now.index) - 1) * 100
    return cells.assign(computed=cells["force"].map(values))


def _areas(entry: Indicator, end: pd.Timestamp) -> pd.DataFrame:
    """Compute an indicator by the names that ONS gives to areas."""
    without = values_at(entry, end, Parameters())
    with_btp = values_at(entry, end, Parameters(british_transport_police=True))
    counted = numerators(entry)
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
