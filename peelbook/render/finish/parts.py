"""Finds the figures, tables and blocks of a page, and gives each a name that does not change.

A name is made of what a figure measures, not of what it found, so that it is the same for every
force and after every change of the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from bs4 import BeautifulSoup, Tag

FIGURE, TABLE, CARDS = "figure", "table", "cards"
_START = re.compile(
    r'<figure class="peel-figure"|<div class="peel-table[" ]|<div class="peel-numbers"'
    r'|<table class="table">'
)
_ENDS = {"figure": "figure", "div": "div", "table": "table"}
_TAG = re.compile(r"<(/?)(figure|div|table)\b")
_WORD = re.compile(r"[a-z0-9]+")
_MOST_WORDS = 8


@dataclass(frozen=True)
class Part:
    """A figure, table or block of figures: where it stands in the page, what it is, what is in it."""

    start: int
    end: int
    kind: str
    html: str
    soup: Tag

    @property
    def title(self) -> str:
        """Return its title or caption in words."""
        return self._text(".peel-title") or self._text("caption") or _heading_of(self.kind)

    @property
    def subtitle(self) -> str:
        """Return measure, unit and period; empty where that is not said."""
        return self._text(".peel-subtitle")

    def _text(self, selector: str) -> str:
        found = self.soup.select_one(selector)
        return " ".join(found.get_text().split()) if found else ""


def _heading_of(kind: str) -> str:
    return "Force in numbers" if kind == CARDS else "Table"


def parts_of(page: str) -> list[Part]:
    """Return the figures, tables and blocks of a page in their order; none lies in another."""
    return list(_find(page))


def _find(page: str) -> Iterator[Part]:
    place = 0
    while match := _START.search(page, place):
        start, end = match.start(), _end_of(page, match.start())
        html = page[start:end]
        kind = {"<figure": FIGURE, "<table ": TABLE}.get(html[:7]) or (
            CARDS if "peel-numbers" in match[0] else TABLE
        )
        yield Part(start, end, kind, html, BeautifulSoup(html, "html.parser"))
        place = end


def _end_of(page: str, start: int) -> int:
    """Return where the element that begins at `start` ends."""
    name = _TAG.match(page, start)[2]
    depth = 0
    for tag in re.finditer(rf"<(/?){name}\b[^>]*>", page[start:]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return start + tag.end()
    raise ValueError(f"an element {name} has no end")


def names_of(parts: list[Part], leave_out: str = "") -> list[str]:
    """Return a name for each part, which is its id and that of its files.

    `leave_out` is the name of the force, which is in some captions; a name is for all forces.
    """
    names: list[str] = []
    for part in parts:
        given = part.soup.find().get("id") if part.kind == FIGURE else None
        name = given or f"{part.kind}-{_slug(_measure(part, leave_out))}"
        names.append(_free(name, names))
    return names


def _measure(part: Part, leave_out: str) -> str:
    """Return what a part is about: a title up to its colon, or what it measures."""
    title = part.title.replace(leave_out, " ") if leave_out else part.title
    if part.kind != FIGURE:
        return title
    before, colon, _ = title.partition(":")
    # where the name of the force stands before the colon, it says nothing of what is measured
    return before if colon and before.strip() else re.split(r", |[;(]", part.subtitle or title)[0]


def _slug(text: str) -> str:
    return "-".join(_WORD.findall(unescape(text).lower().replace(",", ""))[:_MOST_WORDS])


def _free(name: str, taken: list[str]) -> str:
    if name not in taken:
        return name
    return next(f"{name}-{n}" for n in range(2, len(taken) + 3) if f"{name}-{n}" not in taken)
