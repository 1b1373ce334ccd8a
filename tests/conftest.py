"""What several folders of tests share: the project's folder and evidence."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from peelbook.evidence import Evidence, load_evidence

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the folder of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def evidence_of() -> Callable[..., Evidence]:
    """Return a function from a force and a period (ISO text) to its evidence, kept once made."""

    @lru_cache
    def load(force: str, period_end: str = "2016-06-30", **others: object) -> Evidence:
        return load_evidence(force=force, period_end=period_end, **others)

    return load
