"""Composed summaries of three forces, as a person has read them.

The findings are copies of registers as they stood, so that a later edit of a register does not
change what is compared. A change of the composer that alters a text has to be read before its
golden file is.
"""

from pathlib import Path

import pandas as pd
import pytest

from peelbook.findings.register import COLUMN_TYPES
from peelbook.narrative.citations import without_citations
from peelbook.narrative.summaries import composed

GOLDEN = Path(__file__).parent / "golden"
BEFORE = {"cleveland": "2017", "hampshire": "2015", "gwent": "2016"}


@pytest.mark.parametrize("force", BEFORE)
def test_summary_reads_as_it_was_read(force):
    rows = pd.read_csv(GOLDEN / f"{force}.csv", dtype=COLUMN_TYPES)
    text = without_citations(composed(rows, BEFORE[force])).replace("\\", "")
    assert text + "\n" == (GOLDEN / f"{force}.txt").read_text(encoding="utf-8")
