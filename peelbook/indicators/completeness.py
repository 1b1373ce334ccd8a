"""Whether a force's data are complete enough to be ranked, graded and counted.

A share of outcomes from a force that has not filled in its outcomes says nothing about how its
crimes ended. The thresholds stand in `frameworks/indicators.yml`.
"""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import Indicator, load_rules
from peelbook.indicators.comparators import ENGLAND_AND_WALES
from peelbook.indicators.counts import BTP
from peelbook.indicators.outcomes import assigned_share, recorded_in
from peelbook.tables.inputs import remembered

HAVE_AN_OUTCOME = "percent of the offences recorded have an outcome in the release"
COLUMNS = ["force", "effect", "reason", "source"]


@remembered(maxsize=4096)
def incomplete_forces(entry: Indicator, period_end: pd.Timestamp) -> pd.DataFrame:
    """Return the forces whose data for an indicator are incomplete in the 12 months to `period_end`.

    Returns
    -------
    DataFrame with columns `force`, `effect` (``incomplete``), `reason`, `source`; empty where the
    indicator has no rule of completeness.
    """
    if entry.kind != "outcomes":
        return pd.DataFrame(columns=COLUMNS)
    limit = load_rules()["completeness"]["assigned_percent"]
    shares = assigned_share(period_end).drop(BTP, errors="ignore")
    rows = [
        (
            force,
            "incomplete",
            f"Only {share:.1f} {HAVE_AN_OUTCOME}; "
            f"under {limit:g} percent, shares of outcomes do not compare with those of other forces.",
            "Home Office, crime outcomes open data",
        )
        for force, share in shares[shares < limit].items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


@remembered(maxsize=4096)
def areas_that_do_not_compare(entry: Indicator, period_end: pd.Timestamp) -> tuple[str, ...]:
    """Return the areas whose figure of a period says nothing beside that of another period.

    Forces whose data are incomplete; and England and Wales where the forces that are complete
    recorded too few of its offences to stand for it (`pooled_percent` of the catalogue).
    """
    left_out = incomplete_forces(entry, period_end)["force"].tolist()
    if not left_out:
        return ()
    recorded = recorded_in(period_end).drop(BTP, errors="ignore")
    supplied = assigned_share(period_end).dropna().index
    kept = 100 * recorded[recorded.index.isin(supplied)].drop(left_out).sum() / recorded.sum()
    whole = kept >= load_rules()["completeness"]["pooled_percent"]
    return (*left_out, *(() if whole else (ENGLAND_AND_WALES,)))
