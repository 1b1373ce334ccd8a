"""What several folders of tests share: folders, evidence, and files as a user might supply them."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from peelbook.evidence import Evidence, load_evidence
from peelbook.findings.register import COLUMN_TYPES
from peelbook.judgments.framework import Framework, load_framework
from peelbook.returns.supplied import COLUMN_MEANINGS

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the folder of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def framework() -> Framework:
    """Return the framework that ships with the project."""
    return load_framework()


@pytest.fixture(scope="session")
def evidence_of() -> Callable[..., Evidence]:
    """Return a function from a force and a period (ISO text) to its evidence, kept once made."""

    @lru_cache
    def load(force: str, period_end: str = "2016-06-30", **others: object) -> Evidence:
        return load_evidence(force=force, period_end=period_end, **others)

    return load


@pytest.fixture
def committed() -> Path:
    """Return the committed tables."""
    return PROJECT / "data"


@pytest.fixture
def copied(tmp_path, committed) -> Path:
    """Return a copy of the committed tables that a test may spoil."""
    return Path(shutil.copytree(committed, tmp_path / "data"))


@pytest.fixture(scope="session")
def source() -> Path:
    """Return the folder of releases (PEELBOOK_SOURCE, or opendata/ beside the project)."""
    default = PROJECT.parent / "shared" / "opendata"
    folder = Path(os.environ.get("PEELBOOK_SOURCE", default))
    if not folder.exists():
        pytest.skip("the publishers' releases are not here: set PEELBOOK_SOURCE to their folder")
    return folder


# Every finding and figure of these files is made up.
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
