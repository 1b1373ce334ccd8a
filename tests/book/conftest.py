"""The rendered books, and their pages as parsed HTML."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from rendered_book import books

__all__ = ["books"]


@pytest.fixture(scope="session")
def parsed() -> Callable[[Path], BeautifulSoup]:
    """Return a function that parses a page once; callers do not change what it returns."""

    @cache
    def parse(page: Path) -> BeautifulSoup:
        return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")

    return parse
