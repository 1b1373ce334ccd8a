"""Whether a force's data are complete enough to be ranked, graded and counted.

A share of outcomes from a force that has not filled in its outcomes says nothing about how its
crimes ended. The thresholds stand in `frameworks/indicators.yml`.
"""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import Indicator, load_rules
from peelbook.indicators.counts import BTP
from peelbook.indicators.outcomes import assigned_share
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
