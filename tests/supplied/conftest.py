"""Files as a user might supply them; every finding and figure in them is made up."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from peelbook.findings import COLUMN_TYPES
from peelbook.returns_file import COLUMN_MEANINGS

FINDING = {
    "id": "one",
    "sub_question": "q1.2",
    "theme": "made up",
    "finding": "A made-up finding.",
    "polarity": "strength",
    "weight": "2",
    "evidence_kind": "fieldwork",
    "place": "nowhere",
}
FIGURE = {"period_start": "2015-07-01", "period_end": "2016-06-30"}


def write_csv(path: Path, columns: list[str], rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def findings_file(tmp_path) -> Callable[..., Path]:
    """Return a function that writes a register; each row needs only what differs from FINDING."""
    return lambda *rows: write_csv(
        tmp_path / "findings.csv", list(COLUMN_TYPES), [FINDING | row for row in rows]
    )


@pytest.fixture
def returns_file(tmp_path) -> Callable[..., Path]:
    """Return a function that writes a file of returns for the 12 months to 30 June 2016."""
    return lambda *rows: write_csv(
        tmp_path / "returns.csv", list(COLUMN_MEANINGS), [FIGURE | row for row in rows]
    )
