"""Builds the site of real books that tests/site and tests/browser look at, once a test session."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from peelbook.site.build import build_site
from peelbook.site.editions import editions_named

FORCES = ["derbyshire", "kent"]  # nothing was coded about Derbyshire in 2017
EDITIONS = ("peel-2016", "peel-2017")


@cache
def render_site(output: Path) -> Path:
    """Build the site of two forces in two editions and return its folder."""
    built = build_site(editions_named(EDITIONS), output, forces=FORCES)
    assert (built.books, built.failed) == (4, ())
    return built.index.parent


@pytest.fixture(scope="session")
def real_site(tmp_path_factory) -> Path:
    """Return the folder of the site; both folders of tests share it, and so do workers of pytest.

    A second worker waits for the first, as any second run does, and finds the site unchanged.
    """
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    return render_site(shared / "editions" / "site")
