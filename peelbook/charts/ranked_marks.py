"""Bars of all forces in order of their values, with their numbers. Data in, Altair out."""

from __future__ import annotations

import altair as alt
import pandas as pd

from peelbook.charts.theme import FORCE, INK, LINE, OTHER

STEP = 15
"""Height of a row in pixels."""
SIMILAR = "#6795c0"  # 3.2:1
GROUND = "#ffffff"
FAINT, EDGE = "#e3e3e3", "#767676"
ROOM_FOR_NUMBERS = 0.24
"""Share of the span of the axis beyond the longest bar, for the number at its end."""
ROOM_BESIDE_NAMES = 0.34
"""The same at the side of the names, from which the number keeps a distance."""
KINDS = {"own": FORCE, "similar": SIMILAR, "other": OTHER, "country": LINE, "middle": GROUND}
"""What a row is, and its colour; the bar of the middle force is an outline, for it is no area."""
OUTLINES = {kind: INK if kind == "middle" else "transparent" for kind in KINDS}


def ranked_bars(
    rows: pd.DataFrame,
    *,
    unit: str,
    number_format: str,
    usual: tuple[float, float] | None,
    description: str,
) -> alt.LayerChart:
    """Draw a bar a row in the order of the rows, each with its number at its end.

    England and Wales and the middle force are rows of their own among the forces, so that no label
    can lie on a mark.

    Parameters
    ----------
    rows
        columns `area` (label, each once), `value`, `shown` (the number at the end) and `kind` (one
        of :data:`KINDS`), in the order from top to bottom.
    unit
        title of the axis, which includes zero.
    number_format
        d3 format of the axis.
    usual
        the range in which forces usually lie, shaded behind the bars; None for none.
    description
        read by screen readers in place of the chart.
    """
    domain = _domain(rows["value"], usual)
    x = alt.X(field="value", type="quantitative", title=unit)
    x = x.scale(domain=domain, nice=False).axis(format=number_format, tickCount=4, grid=False)
    base = alt.Chart(rows).encode(x=x, y=_places(rows))
    colour = alt.Fill(field="kind", type="nominal", legend=None)
    colour = colour.scale(domain=list(KINDS), range=list(KINDS.values()))
    tooltip = [
        alt.Tooltip(field="area", type="nominal", title="Area"),
        alt.Tooltip(field="shown", type="nominal", title=unit),
    ]
    outline = alt.Stroke(field="kind", type="nominal", legend=None)
    outline = outline.scale(domain=list(OUTLINES), range=list(OUTLINES.values()))
    bars = base.mark_bar(height=STEP - 5, strokeWidth=1.5)
    bars = bars.encode(fill=colour, stroke=outline, tooltip=tooltip)
    layers = [*_usual(usual, x), bars, *_numbers(base)]
    return alt.layer(*layers).properties(
        width="container", height=STEP * len(rows), description=description
    )


def _domain(values: pd.Series, usual: tuple[float, float] | None) -> list[float]:
    low = min(float(values.min()), 0.0)
    high = max(float(values.max()), 0.0, *(usual or ()))
    span = high - low or 1.0
    return [
        low - span * ROOM_BESIDE_NAMES if low < 0 else 0.0,
        high + span * ROOM_FOR_NUMBERS if values.max() > 0 else 0.0,
    ]


def _places(rows: pd.DataFrame) -> alt.Y:
    strong = rows.loc[rows["kind"].isin(["own", "country", "middle"]), "area"].tolist()
    weight = {"condition": {"test": f"indexof({strong}, datum.value) >= 0", "value": "bold"}}
    axis = alt.Axis(
        labelLimit=150,
        ticks=False,
        domain=False,
        labelFontSize=11,
        labelFontWeight=weight | {"value": "normal"},
    )
    return alt.Y(field="area", type="nominal", sort=rows["area"].tolist(), title=None, axis=axis)


def _usual(usual: tuple[float, float] | None, x: alt.X) -> list[alt.Chart]:
    if usual is None:
        return []
    band = alt.Chart(pd.DataFrame({"value": [usual[0]], "end": [usual[1]]}))
    shade = band.mark_rect(color=FAINT, opacity=0.7).encode(x=x, x2=alt.X2(field="end"))
    edges = alt.Chart(pd.DataFrame({"value": list(usual)}))
    return [shade, edges.mark_rule(color=EDGE, strokeDash=[2, 2]).encode(x=x)]


def _numbers(base: alt.Chart) -> list[alt.Chart]:
    text = alt.Text(field="shown", type="nominal")
    # an edge of the usual range would run through a number: it ends around it
    halo = {"color": GROUND, "stroke": GROUND, "strokeWidth": 4, "strokeJoin": "round"}
    sides = {"left": "datum.value >= 0", "right": "datum.value < 0"}
    return [
        base.transform_filter(where)
        .mark_text(align=side, dx=4 if side == "left" else -4, fontSize=11, **kind)
        .encode(text=text)
        for side, where in sides.items()
        for kind in (halo, {"color": INK})
    ]
