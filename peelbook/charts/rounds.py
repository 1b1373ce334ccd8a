"""The grades that the inspectorate published for a force, round by round."""

from __future__ import annotations

from html import escape

import pandas as pd

from peelbook.charts.grades import badge
from peelbook.charts.tables import Html
from peelbook.evidence import Evidence
from peelbook.narrative.words import DASH
from peelbook.tables import load_table
from peelbook.tables.inspections import load_inspections

MARKS = {
    "narrative": ("w", "read from the wording"),
    "elimination": ("w", "read from the wording"),
    "carried-over": ("c", "carried over from an earlier inspection"),
}
"""How a published grade is known where no source spells it out: mark and meaning."""


def grades_by_round(ev: Evidence) -> Html:
    """Return the published grades of every round since 2014, one row a question.

    The round of the book is named as such; a mark says where a grade is not spelt out. The 2014
    inspection asked other questions, of which only the second is one of these.
    """
    grades = load_table("judgments")
    own = grades[grades["force"] == ev.force.slug].set_index(["question", "year"])
    rounds = list(load_inspections().values())
    levels = {"overall": "Overall"} | {
        q.id: f"{q.id.removeprefix('q')}. {q.title}" for q in ev.framework.questions if q.graded
    }
    heads = "".join(
        f'<th scope="col">{escape(one.name)}{" (this book)" if one == ev.inspection else ""}</th>'
        for one in rounds
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(title)}</th>'
        + "".join(f"<td>{_cell(own, level, one.graded_year)}</td>" for one in rounds)
        + "</tr>"
        for level, title in levels.items()
    )
    caption = f"Published grades of {ev.force.full_name}, round by round"
    return Html(
        f'<div class="peel-table peel-table-text" tabindex="0" role="region" '
        f'aria-label="{escape(caption)}"><table>'
        f'<caption class="peel-hidden">{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">Question</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{_marks_explained()}"
    )


def _cell(own: pd.DataFrame, level: str, year: int) -> str:
    if (level, year) not in own.index or (year == 2014 and level != "q2"):
        return DASH
    row = own.loc[(level, year)]
    mark, meaning = MARKS.get(row["basis"], ("", ""))
    said = f'<span class="peel-hidden"> ({escape(meaning)})</span>' if mark else ""
    shown = f'<sup class="peel-mark" aria-hidden="true">{mark}</sup>' if mark else ""
    return f'<span class="peel-nowrap">{badge(row["grade"])}{shown}</span>{said}'


def _marks_explained() -> str:
    marks = "; ".join(f"{mark}: {meaning}" for mark, meaning in dict.fromkeys(MARKS.values()))
    return (
        f'<p class="peel-source">{escape(marks)}. A dash: not asked in that round, or not known to '
        "this book. The inspection of 2014 had other questions; only that on investigation is "
        "shown.</p>"
    )
