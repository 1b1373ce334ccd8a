"""The first use of a glossary term on a page leads to the glossary and has its meaning at hand."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path

from peelbook.tables.project import PROJECT

GLOSSARY = PROJECT / "methodology" / "glossary.md"
ADDRESS = "methodology/glossary.html"
"""Of the glossary, from the folder that holds the pages of a book or a site."""
ENTRY = re.compile(r"^(\S.*)\n  (\S.*)$", re.MULTILINE)
KEPT = re.compile(
    r"(<a [^>]*>.*?</a>|<[^>]+>|\[[^\]]*\]\([^)]*\)|`[^`]*`|\{\w+\}`[^`]*`|^#.*$)", re.M
)
"""What is no running text: links, tags, code, headings."""


@cache
def glossary(path: Path = GLOSSARY) -> dict[str, str]:
    """Return term -> meaning for what a reader may not know: acronyms and terms of several words."""
    entries = ENTRY.findall(path.read_text(encoding="utf-8").partition("{glossary}")[2])
    return {term: meaning for term, meaning in entries if _needs_explaining(term)}


def _needs_explaining(term: str) -> bool:
    return " " in term or sum(letter.isupper() or letter.isdigit() for letter in term) > 1


def with_terms(text: str, said: set[str], folders: int = 1) -> str:
    """Return Markdown in which the first use of each term is a link with the meaning as title.

    `said` holds the terms that the page has used; those found are added. `folders` says how many
    folders deep the page lies, for the links are relative to it.
    """
    parts = KEPT.split(text)
    for i in range(0, len(parts), 2):
        parts[i] = _marked(parts[i], said, "../" * folders + ADDRESS)
    return "".join(parts)


def _marked(text: str, said: set[str], address: str) -> str:
    places: list[tuple[int, int, str]] = []
    for term in glossary():
        found = None if term in said else _pattern(term).search(text)
        if found and not any(
            start < found.end() and found.start() < end for start, end, _ in places
        ):
            places.append((*found.span(), term))
            said.add(term)
    for start, end, term in sorted(places, reverse=True):
        anchor = re.sub(r"[^A-Za-z0-9]+", "-", term).strip("-")
        link = (
            f'<a class="peel-term" href="{address}#term-{anchor}" '
            f'title="{escape(glossary()[term])}">{text[start:end]}</a>'
        )
        text = text[:start] + link + text[end:]
    return text


@cache
def _pattern(term: str) -> re.Pattern[str]:
    """Match a term in singular and plural, with the hyphens that Markdown escapes."""
    words = [
        re.escape(word).replace(r"\-", r"\\?-") for word in re.sub(r" \(.*\)", "", term).split()
    ]
    several = len(words) > 1
    body = r"s?\s+".join(words)
    return re.compile(rf"(?<![\w-]){body}s?(?![\w-])", re.IGNORECASE if several else 0)
