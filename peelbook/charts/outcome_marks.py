"""Paired bars below their labels, groups above their parts. Data in, Altair out."""

from __future__ import annotations

import altair as alt
import pandas as pd

from peelbook.charts.theme import FORCE, INK, LINE, OTHER

STEP = 38
"""Height of a row in pixels: a line of text and two bars."""
LARGEST, SMALLEST = 11, 8
"""Font sizes of the names of outcomes, the longest of which fill the chart of a phone."""
LETTER = 0.5
"""Width of a letter as a share of the font size, in a wide font; a label that is longer is cut."""
INDENT = 14
LABEL, OWN, COUNTRY = 0.2, 0.5, 0.78
"""Places within a row, as shares of its height, of the label and of the two bars."""
THICK = 9
ROOM_FOR_NUMBERS = 1.14


def paired_bars(
    rows: pd.DataFrame,
    *,
    force_label: str,
    other_label: str,
    unit: str,
    decimals: int,
    top: float,
    description: str,
) -> alt.LayerChart:
    """Draw two bars a row, the force strong and the other area grey, with their numbers.

    The label of a row lies above its bars, over the whole width, so that long ones can be read on
    a narrow page; the label of a part is indented below that of its group, which is bold.

    Parameters
    ----------
    rows
        columns `label`, `force`, `other` (values, may be missing), `part` (of the group above) and
        `group` (bool), in the order from top to bottom.
    force_label, other_label
        names of the two areas.
    unit, decimals
        title of the axis, which begins at zero, and decimals of the numbers.
    top
        the highest value that a bar may have, the same in all books.
    description
        read by screen readers in place of the chart.
    """
    placed = rows.reset_index(drop=True)
    height = STEP * len(placed)
    x = alt.X(field="value", type="quantitative", title=unit)
    x = x.scale(domain=[0, top * ROOM_FOR_NUMBERS], nice=False).axis(tickCount=4, grid=False)
    long = _long(placed, force_label, other_label, decimals)
    y = alt.Y(field="place", type="quantitative", axis=None)
    y = y.scale(domain=[0, len(placed)], reverse=True, nice=False)
    key = alt.Color(field="area", type="nominal", title=None)
    key = key.scale(domain=[force_label, other_label], range=[FORCE, OTHER])
    key = key.legend(orient="top", columns=2, labelLimit=200, labelFontSize=12)
    tooltip = [
        alt.Tooltip(field="area", type="nominal", title="Area"),
        alt.Tooltip(field="label", type="nominal", title="Outcome"),
        alt.Tooltip(field="shown", type="nominal", title=unit),
    ]
    base = alt.Chart(long).encode(x=x, y=y)
    bars = base.mark_bar(height=THICK, orient="horizontal").encode(color=key, tooltip=tooltip)
    numbers = base.mark_text(align="left", dx=4, fontSize=11, color=INK)
    return alt.layer(
        bars.encode(x2=alt.datum(0)),
        numbers.encode(text=alt.Text(field="shown", type="nominal")),
        *_labels(placed, y),
    ).properties(width="container", height=height, description=description)


def _long(rows: pd.DataFrame, force: str, other: str, decimals: int) -> pd.DataFrame:
    columns = {"force": (force, OWN), "other": (other, COUNTRY)}
    parts = [
        pd.DataFrame(
            {
                "label": rows["label"],
                "area": area,
                "value": rows[column],
                "place": rows.index + within,
            }
        )
        for column, (area, within) in columns.items()
    ]
    long = pd.concat(parts, ignore_index=True).dropna(subset=["value"])
    return long.assign(shown=[f"{value:,.{decimals}f}" for value in long["value"]])


def _labels(rows: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    data = rows[["label", "part", "group"]].assign(place=rows.index + LABEL)
    # of rows put together from records, whose columns hold objects: ~ of an object is no "not"
    part, group = data["part"].astype(bool), data["group"].astype(bool)
    kinds = {
        ("normal", 0): ~part & ~group,
        ("bold", 0): ~part & group,
        ("normal", INDENT): part,
    }
    longest = int(data["label"].str.len().max())
    size = alt.ExprRef(f"clamp(width / {longest * LETTER:.1f}, {SMALLEST}, {LARGEST})")
    return [
        alt.Chart(data.loc[chosen, ["label", "place"]])
        .mark_text(
            align="left",
            dx=dx,
            fontSize=size,
            limit=alt.ExprRef(f"width - {dx}"),
            fontWeight=weight,
            color=LINE,
        )
        .encode(x=alt.value(0), y=y, text=alt.Text(field="label", type="nominal"))
        for (weight, dx), chosen in kinds.items()
        if chosen.any()
    ]
