"""Folders that the tests of `data/` need."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


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
