"""How far a later release moved the counts of an earlier one. Data in, Altair out."""

from __future__ import annotations

import altair as alt
import pandas as pd

from peelbook.charts.theme import FORCE, LINE, OTHER

EDGE = 10
"""Percent at which the axis ends; a dot beyond lies on its end, with its name and number."""
ROW = 24
"""Pixels from one offence group to the next."""


def revision_dots(data: pd.DataFrame, *, description: str) -> alt.LayerChart:
    """Draw one line of dots for each offence group, a dot a force, at the change of its count.

    Parameters
    ----------
    data
        columns `name` (of the force), `group` (in words), `change` (percent).
    description
        read by screen readers in place of the chart.
    """
    beyond = data["change"].abs() > EDGE
    drawn = data.assign(
        at=data["change"].clip(-EDGE, EDGE),
        kind=beyond.map({True: "beyond", False: "within"}),
        label=[
            _label(row) if far else "" for row, far in zip(data.itertuples(), beyond, strict=True)
        ],
    )
    x = alt.X(field="at", type="quantitative", title="Change from the earlier release, percent")
    x = x.scale(domain=[-EDGE, EDGE]).axis(tickCount=5)
    y = alt.Y(field="group", type="nominal", title=None, sort="ascending")
    y = y.axis(labelLimit=150, grid=True)
    tooltip = [
        alt.Tooltip(field="name", type="nominal", title="Force"),
        alt.Tooltip(field="group", type="nominal", title="Offences"),
        alt.Tooltip(field="change", type="quantitative", title="Change, percent", format="+.1f"),
    ]
    colour = alt.Color(field="kind", type="nominal", legend=None)
    colour = colour.scale(domain=["within", "beyond"], range=[OTHER, FORCE])
    dots = (
        alt.Chart(drawn)
        .mark_point(filled=True, size=40, opacity=0.75)
        .encode(x=x, y=y, color=colour, tooltip=tooltip)
    )
    zero = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color=LINE, strokeDash=[4, 3])
    layers = [zero.encode(x=x), dots]
    for side, align, shift in (("low", "left", 8), ("high", "right", -8)):
        chosen = drawn[beyond & ((drawn["change"] < 0) == (side == "low"))]
        # dots of one group beyond one end lie on one another, so their names share a line
        words = chosen.groupby("group", as_index=False).agg({"at": "first", "label": ", ".join})
        text = alt.Chart(words).mark_text(align=align, dx=shift, color=FORCE, fontSize=11)
        layers.append(text.encode(x=x, y=y, text=alt.Text(field="label", type="nominal")))
    return alt.layer(*layers).properties(
        width="container",
        height=ROW * data["group"].nunique(),
        description=description,
    )


def _label(row: tuple) -> str:
    shown = f"{row.change:+.0f}".replace("-", "\N{MINUS SIGN}")
    return f"{row.name} {shown}"
