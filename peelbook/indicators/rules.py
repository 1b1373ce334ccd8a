"""Which forces an indicator leaves out, does not rank, or does not compare, and why.

Rows of the table of exclusions, the rule on areas with few residents, and the rule on completeness
together: whoever asks for the rules of an indicator gets all of them.
"""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import Indicator, load_rules
from peelbook.indicators.completeness import incomplete_forces
from peelbook.tables.exclusions import exclusions_for
from peelbook.tables.inputs import remembered

COLUMNS = ["force", "effect", "reason", "source"]


@remembered(maxsize=4096)
def rules_for(entry: Indicator, period_end: pd.Timestamp) -> pd.DataFrame:
    """Return the rules that apply to an indicator in the 12 months to `period_end`.

    Returns
    -------
    DataFrame with columns `force` (slug or ``all``), `effect` (as
    :func:`peelbook.tables.exclusions.exclusions_for`, and ``incomplete``: a value that is shown,
    but neither ranked, graded nor counted in England and Wales), `reason`, `source`.
    """
    rows = exclusions_for(entry.id, period_end)[COLUMNS]
    few_residents = [
        (rule["force"], "not-ranked", rule["reason"], rule["source"])
        for rule in load_rules()["few_residents"]
        if entry.per_resident and not _names(rows, rule["force"])
    ]
    parts = [
        rows,
        pd.DataFrame(few_residents, columns=COLUMNS),
        incomplete_forces(entry, period_end),
    ]
    return pd.concat([part for part in parts if len(part)] or [rows], ignore_index=True)


def _names(rows: pd.DataFrame, force: str) -> bool:
    """Say whether a row already takes the force out, so that it is not said twice."""
    return bool(((rows["force"] == force) & rows["effect"].isin(["excluded", "not-ranked"])).any())
