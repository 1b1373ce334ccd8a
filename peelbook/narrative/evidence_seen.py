"""What inspectors looked at, introduced with its size where a book first speaks of it."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence

KINDS = ("crime file review", "survey", "case sample")
LOOKED_AT = {
    "files": "Inspectors reviewed {size} case files.",
    "calls": "Inspectors looked at {size} calls.",
    "survey": "A survey asked {size} residents.",
    "case sample": "Inspectors looked at {size} cases.",
}


def introductions(ev: Evidence, sub_question: str) -> dict[str, str]:
    """Return finding id -> sentence for findings before which a body of evidence is introduced.

    It is introduced in the first sub-question of the book that rests on it; each of its findings
    there has the sentence, for the one that is told first needs it. A finding that gives the
    size itself needs none.
    """
    rows = ev.findings
    sized = rows[rows["sample_size"].notna() & rows["evidence_kind"].isin(KINDS)]
    if sized.empty:
        return {}
    said = sized.apply(_looked_at, axis=1)
    first = sized["sub_question"].groupby(said).transform("min")
    own = sized[(first == sized["sub_question"]) & (first == sub_question)]
    return {
        row.id: said[row.Index]
        for row in own.itertuples()
        if str(int(row.sample_size)) not in row.finding
    }


def _looked_at(row: pd.Series) -> str:
    kind = row["evidence_kind"]
    if kind == "crime file review":
        kind = "calls" if "call" in row["finding"].lower() else "files"
    return LOOKED_AT[kind].format(size=f"{int(row['sample_size']):,}")
