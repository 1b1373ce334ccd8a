"""Evidence by sub-question at a glance: strengths to the right, weaknesses to the left."""

from __future__ import annotations

from textwrap import wrap

import altair as alt
import pandas as pd

from peelbook.charts.figure import Figure
from peelbook.charts.theme import FORCE, INK
from peelbook.evidence import Evidence
from peelbook.narrative.words import counted, listing
from peelbook.tables.periods import in_words

STRENGTH, WEAKNESS = FORCE, "#a8460a"  # 5.9:1 against white; blue and orange, safe to tell apart
LABEL_WIDTH = 26
LINE_BREAK = "|"
STEP = 40
SIDES = {"strength": ("Strengths", 1), "weakness": ("Weaknesses", -1)}


def evidence_by_sub_question(ev: Evidence) -> Figure:
    """Return the weight of strengths and weaknesses of every graded sub-question, as bars."""
    rows = _rows(ev)
    some = rows[rows["strength_weight"] + rows["weakness_weight"] > 0]
    chart = {"": _chart(some, _description(some))} if len(some) else {}
    return Figure(
        number="",
        title=_title(rows, some),
        subtitle=f"Weight of evidence by sub-question, 12 months to {in_words(ev.period_end)}",
        source="the findings register and the indicators of this book, by the weights of the framework",
        table=_table(rows),
        charts=chart,
        notes=_notes(rows, some),
    )


def _rows(ev: Evidence) -> pd.DataFrame:
    rows = ev.grades[ev.grades["level"] == "sub-question"]
    return rows[rows["grade"] != ev.framework.grading.ungraded].assign(
        label=lambda f: f["id"].str.removeprefix("q") + " " + f["title"]
    )


def _title(rows: pd.DataFrame, some: pd.DataFrame) -> str:
    if some.empty:
        return "No evidence counts for or against any sub-question"
    more = int((some["strength_weight"] > some["weakness_weight"]).sum())
    if len(some) == 1:
        less = int((some["strength_weight"] < some["weakness_weight"]).sum())
        first, second = ("Weaknesses", "strengths") if less else ("Strengths", "weaknesses")
        weight = f"more than {second}" if more or less else f"as much as {second}"
        return f"{first} weigh {weight} in the one sub-question with evidence"
    with_evidence = "" if len(some) == len(rows) else " for which evidence is known"
    of = counted(len(some), "sub-question")
    return f"Strengths weigh more than weaknesses in {more or 'none'} of {of}{with_evidence}"


def _description(some: pd.DataFrame) -> str:
    told = [
        f"{row.label}: strengths {row.strength_weight:g}, weaknesses {row.weakness_weight:g}"
        for row in some.itertuples()
    ]
    return (
        "Bar chart, strengths to the right and weaknesses to the left of zero. "
        + "; ".join(told)
        + "."
    )


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Sub-question": rows["label"],
            "Strengths": rows["strengths"].astype(str),
            "Their weight": [f"{weight:g}" for weight in rows["strength_weight"]],
            "Weaknesses": rows["weaknesses"].astype(str),
            "Weight of these": [f"{weight:g}" for weight in rows["weakness_weight"]],
            "Areas for improvement": rows["areas_for_improvement"].astype(str),
            "Causes of concern": rows["causes_of_concern"].astype(str),
        }
    )


def _notes(rows: pd.DataFrame, some: pd.DataFrame) -> tuple[str, ...]:
    empty = rows.loc[~rows["id"].isin(some["id"]), "id"].str.removeprefix("q")
    return (
        (
            f"No evidence is known for {counted(len(empty), 'sub-question')}: {listing(list(empty))}.",
        )
        if len(empty)
        else ()
    )


def _chart(some: pd.DataFrame, description: str) -> alt.LayerChart:
    data = pd.concat(
        [
            pd.DataFrame(
                {
                    "label": [LINE_BREAK.join(wrap(text, LABEL_WIDTH)) for text in some["label"]],
                    "side": name,
                    "weight": some[f"{kind}_weight"],
                    "end": sign * some[f"{kind}_weight"],
                }
            )
            for kind, (name, sign) in SIDES.items()
        ]
    )
    order = data["label"].drop_duplicates().tolist()
    y = alt.Y(field="label", type="nominal", sort=order, title=None)
    # the first of several lines stands level with the bar unless all are moved up a little
    lines = f"split(datum.label, '{LINE_BREAK}')"
    y = y.axis(
        labelExpr=lines,
        labelLimit=0,
        labelOffset=-6,
        labelLineHeight=12,
        labelFontSize=11,
        ticks=False,
    )
    x = alt.X(field="end", type="quantitative", title="Weight of evidence")
    x = x.axis(labelExpr="format(abs(datum.value), ',')", tickCount=5).scale(nice=True, padding=24)
    colour = alt.Color(field="side", type="nominal", title=None)
    colour = colour.scale(domain=[name for name, _ in SIDES.values()], range=[STRENGTH, WEAKNESS])
    colour = colour.legend(orient="top", symbolType="square")
    tooltip = [
        alt.Tooltip(field="label", type="nominal", title="Sub-question"),
        alt.Tooltip(field="side", type="nominal", title="Evidence"),
        alt.Tooltip(field="weight", type="quantitative", title="Weight", format=",.1f"),
    ]
    bars = alt.Chart(data).mark_bar(height=18).encode(x=x, y=y, color=colour, tooltip=tooltip)
    layers = [bars]
    for name, sign in SIDES.values():
        ends = data[(data["side"] == name) & (data["weight"] > 0)]
        if len(ends):
            text = alt.Chart(ends).mark_text(
                align="left" if sign > 0 else "right", dx=4 * sign, color=INK, fontSize=11
            )
            layers.append(
                text.encode(
                    x=x, y=y, text=alt.Text(field="weight", type="quantitative", format="~g")
                )
            )
    return alt.layer(*layers).properties(
        width="container", height=STEP * len(order), description=description
    )
