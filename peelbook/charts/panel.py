"""What the summary for a police and crime panel shows beside its text: figures, and what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import accumulate

import pandas as pd

from peelbook.charts.cards import tile_html, tile_of
from peelbook.charts.tables import Html, note_list, text_table
from peelbook.evidence import Evidence
from peelbook.narrative import panel
from peelbook.narrative.improvements import (
    Demand,
    Request,
    asked_before,
    demands,
    later_findings,
    nothing_later,
)
from peelbook.narrative.prose import Prose, sentences
from peelbook.narrative.published import questions_left_standing
from peelbook.narrative.trends import notes_of_trends
from peelbook.narrative.words import in_words, listing

MOST_WORDS = 600
"""Of the table of what was asked; the rest is on the page of next steps."""
ASKED, BECAME = "What was asked, in this book's words", "What later inspections found"
NOTHING = "No finding matched."
NOT_SETTLED = "That a finding is on the same matter need not mean that the matter is settled."
ASKED_EARLIER = "What was asked before, in this book's words"


def figures_that_matter(ev: Evidence) -> Html | Prose:
    """Return the figures chosen for a panel, each among all forces and over time."""
    names = panel.figures_chosen(ev)
    if not names:
        return Prose("")
    tiles = "".join(tile_html(tile_of(ev, name), "h3") for name in names)
    source = escape(ev.source(*names))
    told = note_list("", notes_of_trends(ev, *names))
    return Html(
        f'<div class="peel-cards">{tiles}</div>\n{told}<p class="peel-source">Source: {source}</p>'
    )


def asked_and_became(ev: Evidence) -> Html | Prose:
    """Return the table of what the force was asked, and what later inspections found on it.

    Without a column for what they found where none is held that says anything.
    """
    rows = [_row(ev, demand) for demand in demands(ev.findings)]
    if not rows:
        return Prose("")
    kept = [row for row, words in zip(rows, _words_up_to(rows), strict=True) if words <= MOST_WORDS]
    table = pd.DataFrame(kept or rows[:1])
    said = []
    if (table[BECAME] == NOTHING).all():
        table = table.drop(columns=BECAME)
        said.append(nothing_later(ev, len(rows)))
    if left := len(rows) - len(table):
        said.append(f"{left} more are on the page of next steps.")
    more = f"<p>{' '.join(said)}</p>" if said else ""
    return Html(text_table(table, "What the force was asked to improve") + more)


def asked_earlier(ev: Evidence) -> Html | Prose:
    """Return the table of what earlier inspections asked, and what this one found on the matter.

    Of what was asked in the inspection directly before and nothing is matched to, the number.
    """
    requests = asked_before(ev)
    rows = [_row_of_request(ev, request) for request in requests if len(request.found)]
    left = _not_matched(ev, [one for one in requests if one.found.empty], more=bool(rows))
    if not rows:
        return Prose(left)
    table = text_table(pd.DataFrame(rows), "What earlier inspections asked")
    return Html(f"{table}<p>{sentences(NOT_SETTLED, left)}</p>")


def _not_matched(ev: Evidence, left: list[Request], *, more: bool) -> str:
    """Say how many points nothing is matched to, and which questions were not judged again."""
    if not left:
        return ""
    many = len(left)
    points = f"{in_words(many)} {'more ' if more else ''}{'point' if many == 1 else 'points'}"
    now = ev.inspection.name
    told = (
        f"No finding of {now} held here is matched to {points} asked in "
        f"{ev.inspection_before.name}: see the overview."
    )
    return sentences(told, _not_judged_again(ev, left))


def _not_judged_again(ev: Evidence, left: list[Request]) -> str:
    """Say which questions of points asked before the inspection of the book passed over."""
    standing = questions_left_standing(ev)
    of = [str(one.row["question"]) for one in left if one.row["question"] in standing]
    if not of:
        return ""
    names = sorted({name.removeprefix("q") for name in of})
    question, verb = ("Question", "was") if len(names) == 1 else ("Questions", "were")
    if len(of) < len(left):
        about = f"which {in_words(len(of))} of them {'is' if len(of) == 1 else 'are'} about"
    else:
        about = f"which {'it is' if len(left) == 1 else 'they are'} about"
    return f"{question} {listing(names)}, {about}, {verb} not judged again in {ev.inspection.name}."


def _row_of_request(ev: Evidence, request: Request) -> dict[str, str]:
    return {
        ASKED_EARLIER: request.told,
        f"What {ev.inspection.name} found on the same matter": sentences(
            *request.found["finding"], request.asked_again
        ),
    }


def _words_up_to(rows: list[dict[str, str]]) -> Iterator[int]:
    return accumulate(len(" ".join(row.values()).split()) for row in rows)


def _row(ev: Evidence, demand: Demand) -> dict[str, str]:
    later = [
        f"{inspection.name}: {' '.join(found['finding'])}"
        for inspection, found in later_findings(ev, demand)
    ]
    return {
        ASKED: f"Cause of concern: {demand.told}" if demand.concern else demand.told,
        BECAME: " ".join(later) or NOTHING,
    }
