"""Every finding of a book in one table, each row with an anchor that the text leads to."""

from __future__ import annotations

from html import escape

import pandas as pd

from peelbook.charts.tables import Html
from peelbook.evidence import Evidence
from peelbook.narrative.citations import anchor_of
from peelbook.narrative.improvements import web_address
from peelbook.narrative.words import DASH, WEIGHTS, sentence_case

HEADS = ("Finding", "What was found", "Kind", "Weight", "Evidence", "Change", "Source")
FILTERED = ("Kind", "Weight", "Change")
"""Columns that `_static/findings_filter.js` offers to choose by, beside words and the question."""
POLARITY = {"strength": "Strength", "weakness": "Weakness"}


def findings_table(ev: Evidence) -> Html:
    """Return the findings of the register as a table that can be sorted and filtered.

    Columns: the number (with an anchor, and the sub-question where it is another), the sentence,
    strength or weakness, weight in words, kind of evidence with its size, change since the
    inspection before, source with its address.
    """
    rows = ev.findings
    if rows.empty:
        return Html("<p>No findings of an inspection are known to this book.</p>")
    caption = f"Findings about {ev.force.full_name}"
    heads = "".join(f'<th scope="col"><span class="peel-head">{name}</span></th>' for name in HEADS)
    body = "\n".join(_row(row) for row in rows.itertuples())
    return Html(
        f'<div class="peel-table peel-wide peel-findings" tabindex="0" role="region" '
        f'aria-label="{escape(caption)}"><table data-sortable="" '
        f'data-filter="{",".join(FILTERED)}">'
        f'<caption class="peel-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def _row(row: tuple) -> str:
    name, part = row.id.removeprefix("q"), row.sub_question.removeprefix("q")
    # a number stays when a finding is read again and put where it speaks to
    moved = "" if name.startswith(f"{part}-") else f" <small>under {escape(part)}</small>"
    cells = "".join(
        f'<td class="text" data-sort="{escape(str(key))}">{html}</td>'
        for key, html in (
            (row.finding, escape(row.finding) + _demand(row)),
            (row.polarity, POLARITY[row.polarity]),
            (row.weight, WEIGHTS[int(row.weight)]),
            (row.evidence_kind, escape(_evidence(row))),
            _known(row.change_since_last),
            _source(row),
        )
    )
    return (
        f'<tr id="{anchor_of(row.id)}"><th scope="row" data-sort="{escape(row.id)}" '
        f'data-part="{escape(part)}">{escape(name)}{moved}</th>{cells}</tr>'
    )


def _demand(row: tuple) -> str:
    marks = ["cause of concern"] if row.cause_of_concern else []
    marks += ["area for improvement"] if row.area_for_improvement else []
    return f" <em>({escape(' and '.join(marks))})</em>" if marks else ""


def _evidence(row: tuple) -> str:
    kind = sentence_case(row.evidence_kind)
    return kind if pd.isna(row.sample_size) else f"{kind} ({int(row.sample_size):,})"


def _known(value: object) -> tuple[str, str]:
    return ("", DASH) if pd.isna(value) else (str(value), escape(sentence_case(str(value))))


def _source(row: tuple) -> tuple[str, str]:
    if pd.isna(row.source_title):
        return _known(row.place)
    title, address = escape(row.source_title), web_address(row.source_url)
    linked = f'<a href="{escape(address)}">{title}</a>' if address else title
    return row.source_title, f"{linked}, {escape(row.place)}"
