"""Every number that the 2016 report printed, beside the one that the open data give.

A printed number is *reproduced* when the computed value, rounded to the decimals of the report,
equals it. Where the rules of the report do not give it, the declared variants are tried in their
order; the first that gives it is named. A match under a variant shows that the number is
consistent with it, not that the report was made that way.
"""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import Indicator, load_catalogue
from peelbook.indicators.counts import mid_year_of, numerators
from peelbook.indicators.values import ENGLAND_AND_WALES, compute_indicator, values_at
from peelbook.indicators.variants import (
    BY_THE_RULES,
    OF_THE_TRANSCRIBED_RELEASE,
    VARIANTS,
    Variant,
)
from peelbook.parameters import Parameters
from peelbook.statistics.ranks import percent_change
from peelbook.statistics.rounding import rounded
from peelbook.tables import load_table
from peelbook.tables.inputs import remembered
from peelbook.tables.periods import REPORT_PERIOD_END, years_before
from peelbook.tables.published import printed_figures

COLUMNS = [
    "ref",
    "indicator",
    "area",
    "period",
    "published",
    "computed",
    "decimals",
    "variant",
    "verdict",
    "reason",
]
FORCES_WITH_INCREASE = "forces-with-increase"
REVISED = (
    "Recorded crime has been revised since October 2016; neither the rules nor a declared variant "
    "gives the printed number."
)
BY_FINANCIAL_YEAR = "Quoted: incidents are published by financial year, not to June."
NOT_IN_BULK = "Quoted: the source is a data return or survey, which is not held here."
BY_INSPECTORS = "Quoted: found by the inspectors in the force; nothing of it was published as data."
FIELDWORK = "inspection fieldwork"
OUTCOMES_GONE = "Quoted: the October 2016 release of outcomes is no longer published."
OUTCOMES_MATURED = (
    "Outcomes mature: the later release assigns outcomes to offences that had none in October 2016."
)
TRANSCRIBED = "Outcomes of a later release, offences recorded from the rolling-year table"


@remembered()
def reproduction_table() -> pd.DataFrame:
    """Set each published number beside the computed one, with a verdict and a reason.

    Returns
    -------
    DataFrame with the columns of :data:`COLUMNS`; `computed` is not rounded; `verdict` is one of
    ``reproduced``, ``reproduced-under-variant``, ``not-reproduced`` and ``quoted``.
    """
    figures = printed_figures()
    rows = [_reproduce(figure) for figure in figures.itertuples(index=False)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _reproduce(figure: tuple) -> dict[str, object]:
    row = {
        "ref": figure.ref,
        "indicator": figure.indicator,
        "area": figure.area,
        "period": _period(figure),
        "published": figure.value,
        "decimals": figure.decimals,
        "computed": float("nan"),
        "variant": "",
    }
    entry = load_catalogue().get(figure.indicator)
    if figure.indicator == FORCES_WITH_INCREASE:
        return row | _judged(figure, _forces_with_increase(), "", "Counts of the 43 forces.")
    if entry is None or entry.kind == "return":
        reason = BY_INSPECTORS if figure.source == FIELDWORK else NOT_IN_BULK
        return row | {"verdict": "quoted", "reason": reason}
    if entry.kind == "outcomes":
        return row | _outcome(figure, entry)
    if not _source_has(figure, entry):
        return row | {"verdict": "quoted", "reason": BY_FINANCIAL_YEAR}
    return row | _recorded(figure, entry)


def _period(figure: tuple) -> str:
    end = "" if pd.isna(figure.period_end) else f"{figure.period_end:%Y-%m-%d}"
    base = figure.base_period_end
    return end if pd.isna(base) else f"{base:%Y-%m-%d} to {end}"


def _judged(figure: tuple, computed: float, variant: str, reason: str) -> dict[str, object]:
    same = rounded(computed, int(figure.decimals)) == figure.value
    reproduced = "reproduced-under-variant" if variant else "reproduced"
    return {
        "computed": computed,
        "variant": variant if same else "",
        "verdict": reproduced if same else "not-reproduced",
        "reason": reason,
    }


def _source_has(figure: tuple, entry: Indicator) -> bool:
    known = set(numerators(entry)["period_end"])
    needed = {figure.period_end} | (
        set() if pd.isna(figure.base_period_end) else {figure.base_period_end}
    )
    return needed <= known


def _recorded(figure: tuple, entry: Indicator) -> dict[str, object]:
    by_the_rules = _judged(figure, _compute(figure, entry, BY_THE_RULES), "", _basis(figure, entry))
    if by_the_rules["verdict"] == "reproduced":
        return by_the_rules
    for variant in VARIANTS:
        tried = _judged(figure, _compute(figure, entry, variant), variant.id, variant.because)
        if tried["verdict"] == "reproduced-under-variant":
            return tried
    return by_the_rules | {"reason": REVISED}


def _compute(figure: tuple, entry: Indicator, variant: Variant) -> float:
    parameters = Parameters(**variant.changes)
    counted = variant.entry(entry)
    now = values_at(counted, figure.period_end, parameters, without=variant.without)
    if figure.measure == "value":
        return float(now.loc[figure.area, "value"])
    if not (numerators(counted)["period_end"] == figure.base_period_end).any():
        return float("nan")
    base = values_at(
        counted, figure.base_period_end, parameters, base=True, without=variant.without
    )
    return float(percent_change(now["numerator"], base["numerator"]).loc[figure.area])


def _basis(figure: tuple, entry: Indicator) -> str:
    if figure.measure == "change":
        return f"Change in the counts of table {entry.table}."
    mid_year = mid_year_of(entry, figure.period_end)
    return f"Counts of table {entry.table}, {entry.denominator} of mid-{mid_year}."


def _forces_with_increase() -> float:
    areas = compute_indicator("recorded-crime", Parameters()).set_index("area")
    return float((areas["change"].drop(ENGLAND_AND_WALES) > 0).sum())


def _outcome(figure: tuple, entry: Indicator) -> dict[str, object]:
    computed = transcribed_share(figure.area, entry)
    if computed is None:
        return {"verdict": "quoted", "reason": OUTCOMES_GONE}
    variant = OF_THE_TRANSCRIBED_RELEASE.id if figure.area == ENGLAND_AND_WALES else ""
    judged = _judged(figure, computed, variant, f"{TRANSCRIBED}.")
    if judged["verdict"] == "not-reproduced":
        judged["reason"] = OUTCOMES_MATURED
    return judged


def transcribed_share(area: str, entry: Indicator) -> float | None:
    """Return the share of an outcome in the 12 months of the report, of the transcribed release.

    `area` is a force's slug or ``england-and-wales``; percent of offences recorded, None where the
    release is not held for the area or not for all types of the outcome.
    """
    table = load_table("outcomes_transcribed")
    year = (table["quarter_end"] > years_before(REPORT_PERIOD_END, 1)) & (
        table["quarter_end"] <= REPORT_PERIOD_END
    )
    own = table[year & (table["area"] == area)]
    if entry.id == "outcome-total-assigned":
        chosen = own[own["measure"] == "assigned"]
    else:
        chosen = own[(own["measure"] == "outcome-type") & own["outcome_type"].isin(entry.types)]
        if set(chosen["outcome_type"]) != set(entry.types):
            return None
    parameters = Parameters(british_transport_police=True)
    recorded = values_at(load_catalogue()["recorded-crime"], REPORT_PERIOD_END, parameters)
    return float(chosen["offences"].sum() / recorded.loc[area, "numerator"] * 100)


def agreement(table: pd.DataFrame) -> pd.Series:
    """Count the rows of each verdict, in the order of the verdicts."""
    order = ["reproduced", "reproduced-under-variant", "not-reproduced", "quoted"]
    return table["verdict"].value_counts().reindex(order, fill_value=0)
