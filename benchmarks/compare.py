"""Refuses to compare the speed of two ways that do not give the same book."""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup

INJECTED = "injected-parameters"
TO_TAKE_AWAY = "peel-cite"
_UP = re.compile(r"(?:\.\./)+(?=methodology/)")


def require_same_book(naive: Path, ours: Path) -> int:
    """Hold the article of every chapter of two books against each other; return how many.

    What does not count is the cell of injected parameters, which the naive way shows, and what a book
    of a site leaves to the site: how far up its methodology is, and files of all forces to take away.

    Raises
    ------
    ValueError
        naming the first chapter that is missing or differs.
    """
    chapters = sorted(path.name for path in (naive / "chapters").glob("*.html"))
    others = sorted(path.name for path in (ours / "chapters").glob("*.html"))
    if not chapters or chapters != others:
        raise ValueError(f"{naive} has chapters {chapters}, {ours} has {others}")
    for name in chapters:
        if article(naive / "chapters" / name) != article(ours / "chapters" / name):
            raise ValueError(f"{name} of {naive.name} differs between the two ways")
    return len(chapters)


def article(page: Path) -> str:
    """Return the article of a page as it is written: text, tables, and the data of charts."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find("article")
    for part in soup.select(f'[class*="tag_{INJECTED}"], .{TO_TAKE_AWAY}'):
        part.decompose()
    text = _UP.sub("", str(soup))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
