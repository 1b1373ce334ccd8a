"""The grades that the inspectorate published for a force, round by round, as steps over time."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from peelbook.charts.figure import Figure
from peelbook.charts.theme import FORCE
from peelbook.evidence import Evidence
from peelbook.judgments.published import LEFT_STANDING, published_judgments
from peelbook.narrative.prose import Prose
from peelbook.narrative.words import DASH, listing, sentence_case
from peelbook.tables.inspections import load_inspections

MARKS = {
    "narrative": ("w", "read from the wording"),
    "elimination": ("e", "inferred from the grades of other forces"),
    LEFT_STANDING: ("c", "left standing from an earlier inspection"),
}
"""How a published grade is known where no source spells it out: mark and meaning."""
FIRST_ROUND = "The inspection of 2014 had other questions; only that on investigation is shown."
UNKNOWN = "No mark: not asked in that round, or not known to this book."
EDGE = "#767676"
HEIGHT = 120
ROUND_IN_LINES = "split(replace(datum.value, '/', '/|'), '|')"
"""A round over two years on two lines, for on a phone it would touch the one beside it."""
TWO_LINES = "datum.value == 'Requires improvement' ? ['Requires', 'improvement'] : datum.value"


def grades_over_rounds(ev: Evidence) -> Figure | Prose:
    """Return the published grades of every round since 2014 as steps, a panel a question.

    The round of the book is marked; an open circle and a letter in the table say where a grade is
    not spelt out. The 2014 inspection asked other questions, of which only the second is one of
    these. A sentence stands in place of the figure where no grade is known.
    """
    rows = _rows(ev)
    if rows.empty:
        return Prose(f"No published grade of {ev.force.full_name} is known to this book.")
    named = {one.graded_year: one.name for one in load_inspections().values()}
    grades = [sentence_case(grade.id) for grade in ev.framework.grades]
    current = ev.inspection.name if ev.inspection else ""
    titles = _titles(ev)
    return Figure(
        number="",
        title=_title(ev, rows),
        subtitle=f"Grades published by the inspectorate, {min(named)} to {named[max(named)]}",
        source=f"HMIC and HMICFRS, PEEL inspections of {min(named)} to {named[max(named)]}",
        table=_table(rows, titles, list(named.values())),
        charts={
            titles[level]: _steps(own, titles[level], list(named.values()), grades, current)
            for level in titles
            if len(own := rows[rows["question"] == level])
        },
        notes=_notes(rows, current),
    )


def _titles(ev: Evidence) -> dict[str, str]:
    graded = [question for question in ev.framework.questions if question.graded]
    return {"overall": "Overall"} | {
        each.id: f"{each.id.removeprefix('q')}. {each.title}" for each in graded
    }


def _rows(ev: Evidence) -> pd.DataFrame:
    """Return `question`, `round`, `place` (of the round), `grade`, `basis` and `run` of the force.

    `run` changes where a round has no grade, so that no line is drawn across what is not known.
    """
    named = {one.graded_year: one.name for one in load_inspections().values()}
    own = published_judgments()
    own = own[(own["force"] == ev.force.slug) & own["question"].isin(list(_titles(ev)))]
    own = own[
        own["year"].isin(list(named)) & ((own["year"] > min(named)) | (own["question"] == "q2"))
    ]
    places = {year: place for place, year in enumerate(named)}
    rows = own.assign(
        round=own["year"].map(named),
        place=own["year"].map(places),
        grade=own["grade"].map(sentence_case),
    ).sort_values(["question", "place"])
    steps = rows.groupby("question")["place"].diff()
    return rows.assign(run=(steps != 1).cumsum())[
        ["question", "round", "place", "grade", "basis", "run"]
    ].reset_index(drop=True)


def _title(ev: Evidence, rows: pd.DataFrame) -> str:
    overall = rows[rows["question"] == "overall"]
    if overall.empty:
        return (
            f"No overall grade of {ev.force.full_name} is known; those of its questions are shown"
        )
    told: list[tuple[str, list[str]]] = []
    for row in overall.itertuples():
        if told and told[-1][0] == row.grade:
            told[-1][1].append(row.round)
        else:
            told.append((row.grade, [row.round]))
    parts = [f"{grade.lower()} in {listing(rounds)}" for grade, rounds in told]
    return f"{ev.force.full_name} was graded overall {', '.join(parts)}"


def _table(rows: pd.DataFrame, titles: dict[str, str], rounds: Sequence[str]) -> pd.DataFrame:
    marks = rows["basis"].map(lambda basis: MARKS[basis][0] if basis in MARKS else "")
    shown = rows["grade"] + marks.map(lambda mark: f" ({mark})" if mark else "")
    wide = rows.assign(shown=shown).pivot(index="question", columns="round", values="shown")
    wide = wide.reindex(index=list(titles), columns=list(rounds)).fillna(DASH)
    return (
        wide.rename_axis(columns=None).set_axis(list(titles.values())).reset_index(names="Question")
    )


def _notes(rows: pd.DataFrame, current: str) -> tuple[str, ...]:
    used = [MARKS[basis] for basis in MARKS if (rows["basis"] == basis).any()]
    known = f"Open circles: {'; '.join(f'{meaning} ({mark})' for mark, meaning in used)}."
    here = f"The upright line marks {current}, the round of this book."
    return (
        *([known] if used else []),
        *([here] if current else []),
        UNKNOWN,
        FIRST_ROUND,
    )


def _steps(
    rows: pd.DataFrame, title: str, rounds: list[str], grades: list[str], current: str
) -> alt.LayerChart:
    """Draw the grades of one question as steps from round to round, the best grade on top."""
    x = alt.X(field="round", type="ordinal", title=None, sort=rounds)
    x = x.scale(domain=rounds).axis(
        labelAngle=0, grid=False, labelOverlap=False, labelExpr=ROUND_IN_LINES
    )
    y = alt.Y(field="grade", type="ordinal", title=None, sort=grades)
    y = y.scale(domain=grades).axis(labelExpr=TWO_LINES, labelLimit=0, grid=True, ticks=False)
    tooltip = [
        alt.Tooltip(field="round", type="nominal", title="Inspection"),
        alt.Tooltip(field="grade", type="nominal", title="Grade"),
    ]
    stated = ~rows["basis"].isin(list(MARKS))
    line = alt.Chart(rows).mark_line(interpolate="step-after", strokeWidth=2.5, color=FORCE)
    layers = [line.encode(x=x, y=y, detail=alt.Detail(field="run", type="nominal"))]
    for chosen, fill in ((stated, FORCE), (~stated, "#ffffff")):
        point = alt.Chart(rows[chosen]).mark_point(
            size=70, opacity=1, filled=True, fill=fill, stroke=FORCE, strokeWidth=2
        )
        layers.append(point.encode(x=x, y=y, tooltip=tooltip))
    if current in rounds:
        here = alt.Chart(pd.DataFrame({"round": [current]}))
        layers.insert(0, here.mark_rule(color=EDGE, strokeDash=[3, 3]).encode(x=x))
    told = "; ".join(f"{row.round} {row.grade.lower()}" for row in rows.itertuples())
    return alt.layer(*layers).properties(
        width="container", height=HEIGHT, description=f"Grades of {title}, step by step: {told}."
    )
