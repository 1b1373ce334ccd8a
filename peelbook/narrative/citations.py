"""Links from a sentence to the findings that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from peelbook.narrative.prose import plain

PAGE = "8_findings.html"
"""The page of a book that lists its findings; all pages of a book lie in one folder."""
ANCHOR = "finding-"
CITED = re.compile(r"\s*\[(q\d\.\d-\w+(?:[ ,;]+q\d\.\d-\w+)*)\]")


def anchor_of(finding_id: str) -> str:
    """Return the anchor of a finding on the page of findings."""
    return ANCHOR + re.sub(r"[^A-Za-z0-9._-]+", "-", finding_id)


def link_to(finding_id: str) -> str:
    """Return a small link to one finding on the page of findings."""
    shown = plain(finding_id.removeprefix("q")).replace("\\-", "-")
    return f'<a href="{PAGE}#{anchor_of(finding_id)}">{shown}</a>'


def cite(finding_ids: Iterable[str]) -> str:
    """Return small links to findings, set behind a sentence; nothing for no finding."""
    links = ", ".join(link_to(name) for name in finding_ids)
    return f'<span class="peel-cite">[{links}]</span>' if links else ""


def with_links(summary: str, known: pd.Series) -> str:
    """Return an analyst's text as Markdown with its citations as links.

    Citations are written `[q1.2-04 q1.3-06]`; one of a finding that is not `known` is left out.
    """
    told, parts, at = set(known), [], 0
    for match in CITED.finditer(summary):
        parts.append(plain(summary[at : match.start()]))
        named = [name for name in re.split(r"[ ,;]+", match[1]) if name in told]
        parts.append(f" {cite(named)}" if named else "")
        at = match.end()
    text = "".join([*parts, plain_end(summary[at:])])
    return re.sub(r"</span>(?=\w|\()", "</span> ", text)


def plain_end(text: str) -> str:
    """Make the rest of a text harmless in Markdown; it may begin with a blank that matters."""
    blank = " " if text[:1].isspace() else ""
    return f"{blank}{plain(text)}"


def cited_in(summary: str) -> list[str]:
    """Return the ids of the findings that an analyst's text cites, in its order."""
    return [name for match in CITED.finditer(summary) for name in re.split(r"[ ,;]+", match[1])]


def without_citations(text: str) -> str:
    """Return a text of a page as it is read aloud: without links to findings."""
    return re.sub(r'\s*<span class="peel-cite">.*?</span>', "", text)
