"""The kinds of chart that the book is drawn with. Data in, Altair out; nothing is computed here."""

from __future__ import annotations

import altair as alt
import pandas as pd

from peelbook.charts.theme import FORCE, LINE, OTHER

BAR_STEP = 15
LABEL_SHARE = 0.55
"""Share of the width, from the right, over which the label of a line may lie."""
ROOM_BELOW = 0.15
"""Share of the height that a label under a line needs above the axis."""

BY_PLACE = alt.EncodingSortField(field="place", op="min", order="ascending")
"""Sorts categories by a number that stands beside them; a list of names would become an expression."""


def as_category(text: str) -> str:
    """Return a text of a user's as a category of a chart.

    Vega looks categories up among the properties of an object, where it finds words such as
    constructor; none of them ends with a blank.
    """
    return f"{text} "


def lines_over_time(
    data: pd.DataFrame,
    *,
    force_label: str,
    other_label: str,
    unit: str,
    top: float,
    description: str,
) -> alt.LayerChart:
    """Draw two lines over time, the force strong and the area compared with dashed.

    Parameters
    ----------
    data
        columns `area` (one of the two labels), `period_end` (date), `value`.
    force_label, other_label
        names of the two lines, written at their ends.
    unit
        title of the vertical axis.
    top
        upper end of the vertical axis, so that panels share a scale; it begins at zero.
    description
        read by screen readers in place of the chart.
    """
    ends = _places_of_labels(data, top)
    names = [force_label, other_label]
    colour = alt.Color(field="area", type="nominal", legend=None)
    colour = colour.scale(domain=names, range=[FORCE, LINE])
    x = alt.X(field="period_end", type="temporal", title="12 months ending")
    x = x.axis(format="%Y", tickCount="year")
    y = alt.Y(field="value", type="quantitative", title=unit).scale(domain=[0, top])
    tooltip = [
        alt.Tooltip(field="area", type="nominal", title="Area"),
        alt.Tooltip(field="period_end", type="temporal", title="12 months to", format="%d %B %Y"),
        alt.Tooltip(field="value", type="quantitative", title=unit, format=",.1f"),
    ]
    base = alt.Chart(data).encode(x=x, y=y, color=colour)
    dash = alt.StrokeDash(field="area", type="nominal", legend=None)
    dash = dash.scale(domain=names, range=[[1, 0], [5, 3]])
    line = base.mark_line(strokeWidth=2.5).encode(strokeDash=dash)
    points = base.mark_point(filled=True, size=35, opacity=1).encode(tooltip=tooltip)
    labels = [
        alt.Chart(ends[ends["shift"] == shift])
        .mark_text(align="right", dy=-14 if shift == "up" else 15, fontWeight="bold")
        .encode(x=x, y=y, text=alt.Text(field="area", type="nominal"), color=colour)
        for shift in ("up", "down")
        if (ends["shift"] == shift).any()
    ]
    return alt.layer(line, points, *labels).properties(
        width="container", height=240, description=description
    )


def _places_of_labels(data: pd.DataFrame, top: float) -> pd.DataFrame:
    """Return the last point of each line, with `value` and `shift` where its label is clear.

    The label of the higher line lies above all that is drawn where it may lie, that of the lower
    line below; where there is no room above the axis it lies between the two lines.
    """
    ends = data.sort_values("period_end").groupby("area", as_index=False).tail(1)
    first, last = data["period_end"].min(), data["period_end"].max()
    near = data[data["period_end"] >= last - LABEL_SHARE * (last - first)].dropna()
    reach = near.groupby("area")["value"].agg(["min", "max"])
    higher = ends.loc[ends["value"].idxmax(), "area"]
    places = {area: (reach["min"].min(), "down") for area in ends["area"]}
    if reach["min"].min() < ROOM_BELOW * top:
        places = {area: (reach.loc[area, "max"], "up") for area in ends["area"]}
    places[higher] = (reach["max"].max(), "up")
    return ends.assign(
        value=[places[area][0] for area in ends["area"]],
        shift=[places[area][1] for area in ends["area"]],
    )


def bars_by_force(
    data: pd.DataFrame,
    *,
    force_label: str,
    unit: str,
    number_format: str,
    line: float | None,
    line_label: str,
    description: str,
) -> alt.LayerChart:
    """Draw one bar a force, sorted, the force strong and the rest grey, with a labelled line.

    Parameters
    ----------
    data
        columns `area` (names of forces), `value`; forces without a value are not in it.
    force_label
        the bar to bring out; it may be absent.
    unit
        title of the horizontal axis, which includes zero.
    number_format
        d3 format of values in tooltips and on the axis.
    line, line_label
        value of the area compared with and its label, none to draw no line.
    description
        read by screen readers in place of the chart.
    """
    rows = data.assign(force=data["area"].eq(force_label).map({True: "yes", False: "no"}))
    order = rows.sort_values(["value", "area"], ascending=[False, True])["area"].tolist()
    y = alt.Y(field="area", type="nominal", sort=order, title=None)
    y = y.axis(labelLimit=140, ticks=False, domain=False, labelFontSize=11)
    x = alt.X(field="value", type="quantitative", title=unit).axis(format=number_format)
    colour = alt.Color(field="force", type="nominal", legend=None)
    colour = colour.scale(domain=["yes", "no"], range=[FORCE, OTHER])
    tooltip = [
        alt.Tooltip(field="area", type="nominal", title="Force"),
        alt.Tooltip(field="value", type="quantitative", title=unit, format=number_format),
    ]
    bars = (
        alt.Chart(rows)
        .mark_bar(height=BAR_STEP - 4)
        .encode(x=x, y=y, color=colour, tooltip=tooltip)
    )
    layers = [bars, *_reference(line, line_label, unit, number_format)]
    return alt.layer(*layers).properties(
        width="container",
        height=max(BAR_STEP * len(rows), 40),
        description=description,
        padding={"top": 22, "left": 5, "right": 12, "bottom": 5},
    )


def _reference(line: float | None, label: str, unit: str, number_format: str) -> list[alt.Chart]:
    if line is None or pd.isna(line):
        return []
    data = pd.DataFrame({"area": [label], "value": [line]})
    x = alt.X(field="value", type="quantitative", title=unit)
    tooltip = [
        alt.Tooltip(field="area", type="nominal", title="Area"),
        alt.Tooltip(field="value", type="quantitative", title=unit, format=number_format),
    ]
    base = alt.Chart(data).encode(x=x)
    rule = base.mark_rule(color=LINE, strokeDash=[5, 3], strokeWidth=2).encode(tooltip=tooltip)
    text = base.mark_text(color=LINE, dy=-8, baseline="bottom", fontWeight="bold").encode(
        y=alt.value(0), text=alt.Text(field="area", type="nominal")
    )
    return [rule, text]
