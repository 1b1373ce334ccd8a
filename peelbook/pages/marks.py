"""How maps and dots of all forces are drawn. Data in, Altair out; nothing is computed here."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import pandas as pd

from peelbook.charts.theme import FORCE, INK, LINE
from peelbook.pages.link_marks import ROLE, href, names

HIGHEST, IN_LINE, LOWEST = "One of the highest", "Broadly in line", "One of the lowest"
UNRANKED = "Not ranked"
BAND_COLOURS = {HIGHEST: FORCE, IN_LINE: "#6795c0", LOWEST: "#c9dcee", UNRANKED: "#bdbdbd"}
"""One hue from dark to light, told apart by lightness alone; every area has a dark outline."""

Ranges = dict[str, dict[str, str]]
"""Measure id -> band -> the values in it, as they follow the name of the band."""

OUTLINE = "#454545"  # 6.8:1 on the lightest band
ON_A_BAND = LINE  # 5.2:1 on the middle band, where INK has 4.47:1
SHOWN = "shown"
"""The signal that says which measure a map shows; `_static/map_choice.js` sets it."""


def area_map(
    features: list[dict[str, Any]],
    *,
    first: str,
    ranges: Ranges,
    description: str,
    height: int = 460,
) -> alt.Chart:
    """Draw police force areas, shaded by the band of one measure; a click opens a force's book.

    Parameters
    ----------
    features
        GeoJSON features with `name`, `region`, `href` (None for no link), and for each measure
        id a list of band, value and rank in words.
    first
        id of the measure that is shown at first.
    ranges
        measure id -> band -> the values in it, in words, for the key of the map.
    description
        read by screen readers in place of the chart.
    height
        in pixels; the map fits into it and into the width of its place.
    """
    return _shaded(
        alt.Chart(alt.InlineData(values=features)).mark_geoshape(
            stroke=OUTLINE, strokeWidth=0.6, ariaRole=ROLE
        ),
        first,
        ranges,
    ).properties(width="container", height=height, description=description, projection=BRITAIN)


def plain_area_map(
    features: list[dict[str, Any]], *, description: str, height: int = 460
) -> alt.Chart:
    """Draw police force areas that open books, grey without one; arguments as `area_map`."""
    hovered = _hovered()
    return (
        alt.Chart(alt.InlineData(values=features))
        .mark_geoshape(stroke="#ffffff", strokeWidth=1, ariaRole=ROLE)
        .transform_calculate(said="datum.name + ', ' + datum.region")
        .encode(
            color=alt.when("!isValid(datum.href)")
            .then(alt.value(BAND_COLOURS[UNRANKED]))
            .when(hovered)
            .then(alt.value("#8a3b00"))
            .otherwise(alt.value(FORCE)),
            tooltip=[
                alt.Tooltip(field="name", type="nominal", title="Force"),
                alt.Tooltip(field="region", type="nominal", title="Region"),
            ],
            href=href(),
            description=names(),
        )
        .add_params(hovered)
        .properties(width="container", height=height, description=description, projection=BRITAIN)
    )


BRITAIN = alt.Projection(type="transverseMercator", rotate=[2, 0, 0])
"""The projection of the National Grid, which is true to shape along 2 degrees west."""


def tile_map(
    tiles: list[dict[str, Any]],
    *,
    first: str,
    ranges: Ranges,
    description: str,
    height: int = 460,
) -> alt.LayerChart:
    """Draw one tile of equal size for each force, shaded and linked as in :func:`area_map`.

    `tiles` have `column`, `row` and `label` (a list of one to three lines) besides.
    """
    x = alt.X(field="column", type="ordinal", axis=None)
    y = alt.Y(field="row", type="ordinal", axis=None)
    base = alt.Chart(alt.InlineData(values=tiles)).encode(x=x, y=y)
    squares = _shaded(base.mark_rect(stroke=OUTLINE, strokeWidth=0.6, ariaRole=ROLE), first, ranges)
    dark = f"datum[{SHOWN}][0] == '{HIGHEST}'"
    words = [
        base.transform_filter(f"datum.label.length == {lines}")
        .mark_text(fontSize=11, lineHeight=12, dy=shift, baseline="middle", aria=False)
        .encode(
            text=alt.Text(field="label", type="nominal"),
            color=alt.condition(dark, alt.value("#ffffff"), alt.value(ON_A_BAND)),
            href=href(),
        )
        for lines, shift in ((1, 0), (2, -6), (3, -12))
    ]
    return alt.layer(squares, *words).properties(
        width="container", height=height, description=description, padding=1
    )


def dots(
    data: pd.DataFrame,
    *,
    unit: str,
    number_format: str,
    line: float | None,
    line_label: str,
    description: str,
) -> alt.LayerChart:
    """Draw a dot for each force along an axis, stacked where they meet, and a labelled line.

    Parameters
    ----------
    data
        columns `name`, `region`, `value`, `level` (0 for the lowest dot of a stack), `band`, `shown` (the
        value in words), `place` (the rank in words), `href`, `label` (the name where it is to be
        written, otherwise empty).
    unit
        title of the axis, which need not begin at zero: dots have a place, not a length.
    number_format
        d3 format of the tooltip of the line; with a plus sign the axis has signs too.
    line, line_label
        value of England and Wales and its label; None to draw no line.
    description
        read by screen readers in place of the chart.
    """
    top = max(int(data["level"].max()) + 1, 4)
    axis_format = "+~r" if number_format.startswith("+") else "~r"
    x = alt.X(field="value", type="quantitative", title=unit).scale(zero=False, nice=True)
    x = x.axis(format=axis_format, grid=False, tickCount=6, labelOverlap=True)
    y = alt.Y(field="level", type="quantitative", axis=None).scale(domain=[-0.6, top + 0.6])
    base = alt.Chart(data).encode(x=x, y=y)
    points = base.transform_calculate(said=_SAID).mark_circle(
        size=95, opacity=1, stroke=OUTLINE, strokeWidth=0.8, ariaRole=ROLE
    )
    points = points.encode(
        color=_band_colour(HIGHEST, IN_LINE, LOWEST),
        tooltip=_tooltips(),
        href=href(),
        description=names(),
    )
    ends = base.transform_filter("datum.label").mark_text(
        dy=-13, fontSize=11, color=INK, aria=False
    )
    ends = ends.encode(text=alt.Text(field="label", type="nominal"))
    layers = [*_line(line, line_label, number_format, unit), points, ends]
    return alt.layer(*layers).properties(
        width="container",
        height=26 * (top + 1),
        description=description,
        padding={"top": 22, "left": 8, "right": 12, "bottom": 5},
    )


def _line(value: float | None, label: str, number_format: str, unit: str) -> list[alt.Chart]:
    if value is None or pd.isna(value):
        return []
    base = alt.Chart(pd.DataFrame({"area": [label], "value": [value]})).encode(
        x=alt.X(field="value", type="quantitative"),
        tooltip=[
            alt.Tooltip(field="area", type="nominal", title="Area"),
            alt.Tooltip(field="value", type="quantitative", title=unit, format=number_format),
        ],
    )
    rule = base.mark_rule(color=LINE, strokeDash=[5, 3], strokeWidth=2)
    text = base.mark_text(color=LINE, dy=-8, baseline="bottom", fontWeight="bold").encode(
        y=alt.value(0), text=alt.Text(field="area", type="nominal")
    )
    return [rule, text]


_SAID = (
    "datum.name + ': ' + datum.shown + ', ' + datum.place"
    f" + (datum.band == '{UNRANKED}' ? '' : ', ' + lower(datum.band))"
)
"""What is read aloud for a force: name, value, rank and quarter."""


def _shaded(chart: alt.Chart, first: str, ranges: Ranges) -> alt.Chart:
    hovered = _hovered()
    return (
        chart.transform_calculate(
            band=f"datum[{SHOWN}][0]", shown=f"datum[{SHOWN}][1]", place=f"datum[{SHOWN}][2]"
        )
        .transform_calculate(said=_SAID)
        .encode(
            color=_band_colour(ranges=ranges),
            strokeWidth=alt.condition(hovered, alt.value(2.5), alt.value(0.6)),
            tooltip=_tooltips(),
            href=href(),
            description=names(),
        )
        .add_params(alt.param(name=SHOWN, value=first), hovered)
    )


def _hovered() -> alt.Parameter:
    return alt.selection_point(name="hovered", on="pointerover", clear="pointerout", empty=False)


def _band_colour(*bands: str, ranges: Ranges | None = None) -> alt.Color:
    shown = bands or tuple(BAND_COLOURS)
    scale = alt.Scale(domain=list(shown), range=[BAND_COLOURS[band] for band in shown])
    legend = alt.Legend(
        orient="bottom",
        title=None,
        columns=1 if ranges else 2,
        symbolStrokeColor=OUTLINE,
        labelFontSize=11,
        labelLimit=300,
    )
    if ranges:
        # the numbers are those of the measure that the reader has chosen
        known = json.dumps(ranges, ensure_ascii=False, sort_keys=True)
        legend.labelExpr = f"datum.label + ({known}[{SHOWN}][datum.label] || '')"
    return alt.Color(field="band", type="nominal", scale=scale, legend=legend)


def _tooltips() -> list[alt.Tooltip]:
    return [
        alt.Tooltip(field="name", type="nominal", title="Force"),
        alt.Tooltip(field="region", type="nominal", title="Region"),
        alt.Tooltip(field="shown", type="nominal", title="Value"),
        alt.Tooltip(field="place", type="nominal", title="Rank"),
        alt.Tooltip(field="band", type="nominal", title="Quarter"),
    ]
