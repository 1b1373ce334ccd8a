"""Made-up evidence for the tests of judgments; no real force is meant."""

from __future__ import annotations

import pandas as pd

from peelbook.findings.register import COLUMN_TYPES
from peelbook.judgments.framework import Framework


def register(*rows: dict) -> pd.DataFrame:
    """Return a register; a row needs `sub_question` and `polarity`, the rest has defaults."""
    filled = [
        {
            "id": f"{row['sub_question']}-{i:03}",
            "question": row["sub_question"].split(".")[0],
            "theme": "made up",
            "finding": "A made-up finding.",
            "weight": 2,
            "evidence_kind": "fieldwork",
            "sample_size": pd.NA,
            "change_since_last": None,
            "area_for_improvement": False,
            "area_for_improvement_text": ("Improve." if row.get("area_for_improvement") else None),
            "cause_of_concern": False,
            "restates_indicator": None,
            "place": "nowhere",
        }
        | row
        for i, row in enumerate(rows)
    ]
    return pd.DataFrame(filled, columns=list(COLUMN_TYPES)).astype(COLUMN_TYPES)


def strengths(sub_question: str, count: int, weight: int = 2) -> list[dict]:
    return [{"sub_question": sub_question, "polarity": "strength", "weight": weight}] * count


def weaknesses(sub_question: str, count: int, weight: int = 2, **fields) -> list[dict]:
    row = {"sub_question": sub_question, "polarity": "weakness", "weight": weight}
    return [row | fields] * count


def indicator_table(bands: dict[str, str | None]) -> pd.DataFrame:
    """Return complete and unusual indicators; of offences, 1 percent have no outcome yet."""
    bands = {"outcome-not-yet-assigned": None} | bands
    return pd.DataFrame(
        {
            "indicator": pd.Series(list(bands), dtype="str"),
            "name": pd.Series([i.replace("-", " ") for i in bands], dtype="str"),
            "value": 1.0,
            "band": pd.Series(list(bands.values()), dtype="str"),
            "change": None,
            "unusual": pd.array([True] * len(bands), dtype="boolean"),
            "status": "computed",
        }
    )


def all_good(framework: Framework) -> list[dict]:
    """Return two strengths for every sub-question: each is good, none is outstanding."""
    return [row for part in framework.sub_questions for row in strengths(part.id, 2)]
