"""Evidence at a glance: what share of it, by weight, are strengths, with the share that is needed.

The scale runs from no strengths to strengths only, in every book, so that bars of two forces compare.
Where a whole report was coded there is a bar for each graded sub-question; where only summaries are
known, for each core question, for sub-questions have no grade then.
"""

from __future__ import annotations

from textwrap import wrap

import altair as alt
import pandas as pd

from peelbook.charts.figure import Figure
from peelbook.charts.theme import FORCE, INK
from peelbook.evidence import Evidence
from peelbook.judgments.balance import percent_of_strengths, share_needed
from peelbook.narrative.prose import Prose
from peelbook.narrative.published import described, known_without_findings
from peelbook.narrative.words import counted, listing
from peelbook.tables.periods import in_words

STRENGTH, WEAKNESS = FORCE, "#a8460a"  # 5.9:1 against white; blue and orange, safe to tell apart
LABEL_WIDTH = 26
LINE_BREAK = "|"
STEP = 40
SIDES = {"strength": "Strengths", "weakness": "Weaknesses"}


def evidence_by_sub_question(ev: Evidence) -> Figure | Prose:
    """Return the share of strengths in the evidence of every graded part, as bars.

    A sentence stands in its place where no evidence counts at all.
    """
    rows = _rows(ev)
    rows = rows.assign(percent=_strengths(ev, rows))
    some = rows[rows["strength_weight"] + rows["weakness_weight"] > 0]
    needed = share_needed(ev.framework, summary=_summary(ev))
    part = "core question" if _summary(ev) else "sub-question"
    if some.empty:
        return Prose(f"No evidence counts for or against any {part}.")
    return Figure(
        number="",
        title=_title(ev, rows, some, part),
        subtitle=f"Strengths and weaknesses as shares of the evidence by weight, by {part}, {_when(ev)}",
        source=f"{_counted(ev)} of this book, by the weights of the framework",
        table=_table(rows),
        charts={"": _chart(some, needed)},
        notes=_notes(ev, rows, some, needed),
    )


def _summary(ev: Evidence) -> bool:
    return ev.register_basis == "summary"


def _counted(ev: Evidence) -> str:
    """Name what was counted: indicators only where one was."""
    sources = set(ev.judgments.evidence["source"])
    named = {"finding": "the findings register", "indicator": "the indicators"}
    return " and ".join(text for source, text in named.items() if source in sources)


def _when(ev: Evidence) -> str:
    """Say of when the evidence is: summaries count no figure, so the book's period is not theirs."""
    if _summary(ev) and ev.inspection is not None:
        return f"inspection of {ev.inspection.name}"
    return f"12 months to {in_words(ev.period_end)}"


def _rows(ev: Evidence) -> pd.DataFrame:
    level = "question" if _summary(ev) else "sub-question"
    rows = ev.grades[ev.grades["level"] == level]
    return rows[rows["grade"] != ev.framework.grading.ungraded].assign(
        label=lambda f: f["id"].str.removeprefix("q") + " " + f["title"]
    )


def _strengths(ev: Evidence, rows: pd.DataFrame) -> list[int | None]:
    """Return the share of strengths of each part in percent, None where there is no evidence."""
    return [
        percent_of_strengths(
            row.strength_weight, row.weakness_weight, ev.framework, summary=_summary(ev)
        )
        if row.strength_weight + row.weakness_weight > 0
        else None
        for row in rows.itertuples()
    ]


def _title(ev: Evidence, rows: pd.DataFrame, some: pd.DataFrame, part: str) -> str:
    names = [grade.id for grade in ev.framework.grades]
    graded = rows[rows["grade"].isin(names)]
    if graded.empty:
        return f"There is evidence, but not enough for a grade of any {part}"
    enough = names[: names.index(ev.framework.grading.good_enough) + 1]
    # by the rules on summaries no grade is better than good
    called = enough[-1] if _summary(ev) else f"{enough[-1]} or better"
    good = int(graded["grade"].isin(enough).sum())
    if len(graded) == 1:
        verdict = called if good else f"below {enough[-1]}"
        return f"Computed as {verdict}: the one {part} with a grade"
    if good == len(graded):
        how_many = f"both of the {part}s" if good == 2 else f"all {counted(good, part)}"
    else:
        how_many = f"{good or 'none'} of the {counted(len(graded), part)}"
    return f"Computed as {called}: {how_many} with a grade"


def _description(some: pd.DataFrame, needed: float) -> str:
    told = [
        f"{row.label}: {row.percent:.0f} percent strengths "
        f"({counted(row.strengths, 'strength')}, "
        f"{counted(row.weaknesses, 'weakness', 'weaknesses')})"
        for row in some.itertuples()
    ]
    return (
        "Bars from no strengths on the left to strengths only on the right, with a line at the share "
        f"that good needs, {100 * needed:.0f} percent. " + "; ".join(told) + "."
    )


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Question": rows["label"],
            "Strengths": rows["strengths"].astype(str),
            "Weaknesses": rows["weaknesses"].astype(str),
            "Strengths by weight": ["–" if pd.isna(s) else f"{s:.0f}%" for s in rows["percent"]],
            "Areas for improvement": rows["areas_for_improvement"].astype(str),
            "Causes of concern": rows["causes_of_concern"].astype(str),
        }
    )


def _notes(ev: Evidence, rows: pd.DataFrame, some: pd.DataFrame, needed: float) -> tuple[str, ...]:
    part = "core question" if _summary(ev) else "sub-question"
    line = (
        f"The line stands at {100 * needed:.0f} percent strengths, from which a {part} can be good; "
        "a cause of concern holds it below good all the same."
    )
    why: dict[str, list[str]] = {}
    for name in rows.loc[~rows["id"].isin(some["id"]), "id"]:
        why.setdefault(_why_no_bar(ev, name), []).append(name.removeprefix("q"))
    counts = (
        "The length of a bar is the weight of the evidence; the number in it says how many strengths "
        "or weaknesses there are. A heavy one counts for more, so the two need not agree."
    )
    return (
        counts,
        line,
        *(
            f"No bar for {part}{'s' if len(names) > 1 else ''} {listing(names)}: {reason}."
            for reason, names in why.items()
        ),
    )


def _why_no_bar(ev: Evidence, name: str) -> str:
    if not _summary(ev):
        return "no evidence is known"
    if number := len(described(ev, name)):
        return f"{counted(number, 'finding')}, described and not graded"
    known = known_without_findings(ev, name)
    return f"no finding is held ({known})" if known else "no finding is held"


def _data(some: pd.DataFrame) -> pd.DataFrame:
    whole = some["strength_weight"] + some["weakness_weight"]
    share = some["strength_weight"] / whole
    ends = {"strength": (0 * share, share), "weakness": (share, 0 * share + 1)}
    percent = {"strength": some["percent"], "weakness": 100 - some["percent"]}
    counts = {"strength": some["strengths"], "weakness": some["weaknesses"]}
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "label": [LINE_BREAK.join(wrap(text, LABEL_WIDTH)) for text in some["label"]],
                    "side": name,
                    "start": ends[kind][0],
                    "end": ends[kind][1],
                    "share": percent[kind] / 100,
                    "count": counts[kind],
                }
            )
            for kind, name in SIDES.items()
        ]
    )


def _axis_y(order: list[str]) -> alt.Y:
    y = alt.Y(field="label", type="nominal", sort=order, title=None)
    # the first of several lines stands level with the bar unless all are moved up a little
    lines = f"split(datum.label, '{LINE_BREAK}')"
    return y.axis(
        labelExpr=lines,
        labelLimit=0,
        labelOffset=-6,
        labelLineHeight=12,
        labelFontSize=11,
        ticks=False,
    )


def _chart(some: pd.DataFrame, needed: float) -> alt.LayerChart:
    data = _data(some)
    order = data["label"].drop_duplicates().tolist()
    y = _axis_y(order)
    x = alt.X(field="start", type="quantitative", title="Share of evidence by weight")
    # on a phone the title is wider than the plot: it ends where that does
    x = x.axis(format="%", tickCount=5, titleAnchor="end").scale(domain=[0, 1], nice=False)
    colour = alt.Color(field="side", type="nominal", title=None)
    colour = colour.scale(domain=list(SIDES.values()), range=[STRENGTH, WEAKNESS])
    colour = colour.legend(orient="top", symbolType="square")
    tooltip = [
        alt.Tooltip(field="label", type="nominal", title="Question"),
        alt.Tooltip(field="side", type="nominal", title="Evidence"),
        alt.Tooltip(field="count", type="quantitative", title="Number"),
        alt.Tooltip(field="share", type="quantitative", title="Share by weight", format=".0%"),
    ]
    shown = data[data["count"] > 0]
    bars = (
        alt.Chart(shown)
        .mark_bar(height=18)
        .encode(x=x, x2=alt.X2(field="end"), y=y, color=colour, tooltip=tooltip)
    )
    layers: list[alt.Chart] = [bars]
    for name, field, dx in (("Strengths", "start", 4), ("Weaknesses", "end", -4)):
        own = shown[shown["side"] == name]
        text = alt.Chart(own).mark_text(
            align="left" if dx > 0 else "right", dx=dx, color="#ffffff", fontSize=11
        )
        layers.append(
            text.encode(
                x=alt.X(field=field, type="quantitative"),
                y=y,
                text=alt.Text(field="count", type="quantitative"),
            )
        )
    line = alt.Chart(pd.DataFrame({"needed": [needed]})).mark_rule(
        color=INK, strokeDash=[4, 3], strokeWidth=2
    )
    layers.append(line.encode(x=alt.X(field="needed", type="quantitative")))
    return alt.layer(*layers).properties(
        width="container", height=STEP * len(order), description=_description(some, needed)
    )
