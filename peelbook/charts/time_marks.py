"""Lines over time with the middle half of forces behind them. Data in, Altair out."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from peelbook.charts.theme import FORCE, INK, LINE

HEIGHT = 240
FAINT, EDGE = "#e3e3e3", "#767676"
LINES = ("force", "country")
LEAST_GAP = 15
"""Pixels between two numbers at the ends of lines, so that neither lies on the other."""
ROOM_ABOVE = 1.12
MANY_PERIODS = 8
"""With fewer periods than this each is a point; with more only the last of each line is."""


@dataclass(frozen=True)
class Marked:
    """A moment from which a caveat holds: its letter in the chart, and the date."""

    letter: str
    date: pd.Timestamp


def lines_and_band(
    data: pd.DataFrame,
    *,
    names: dict[str, str],
    top: float,
    decimals: int,
    unit: str,
    moments: list[Marked],
    gaps: list[tuple[pd.Timestamp, pd.Timestamp]],
    description: str,
) -> alt.LayerChart:
    """Draw two lines in one style, with the last number at their ends, and the band behind them.

    Parameters
    ----------
    data
        columns `period_end` (date), `force`, `country`, `low` and `high` (of the middle half of
        forces), any of them missing where nothing is known; `run`, which changes after a gap.
    names
        labels of ``force``, ``country`` and ``band``.
    top
        upper end of the vertical axis, which begins at zero; the same in all books.
    decimals, unit
        of the numbers, and the title of the vertical axis.
    moments
        from which caveats hold, each a rule with its letter.
    gaps
        spans without figures between two periods that have some, each shaded.
    description
        read by screen readers in place of the chart.
    """
    long = data.melt(["period_end", "run"], list(LINES), "line", "value").dropna(subset=["value"])
    long = long.assign(area=long["line"].map(names))
    first, last = data["period_end"].min(), data["period_end"].max()
    x = alt.X(field="period_end", type="temporal", title="12 months ending")
    x = x.scale(domain=[_day(first), _day(last)]).axis(**_years(first, last), grid=False)
    y = alt.Y(field="value", type="quantitative", title=unit)
    y = y.scale(domain=[0, top * ROOM_ABOVE], nice=False).axis(tickCount=5)
    layers = [
        *_gaps(gaps, x),
        *_band(data, x, unit),
        *_moments(moments, x),
        *_lines(long, x, y, names, unit, f",.{decimals}f"),
        *_numbers(long, x, y, top * ROOM_ABOVE, decimals),
    ]
    return alt.layer(*layers).properties(
        width="container",
        height=HEIGHT,
        description=description,
        padding={"top": 16, "left": 5, "right": 40, "bottom": 5},
    )


def _day(date: pd.Timestamp) -> dict[str, int]:
    return {"year": date.year, "month": date.month, "date": date.day}


def _years(first: pd.Timestamp, last: pd.Timestamp) -> dict[str, object]:
    """Return how the axis of time is divided: in years, every second or fifth where there are many."""
    span = last.year - first.year
    step = 1 if span <= 6 else 2 if span <= 12 else 5
    return {"format": "%Y", "tickCount": {"interval": "year", "step": step}}


def _gaps(gaps: list[tuple[pd.Timestamp, pd.Timestamp]], x: alt.X) -> list[alt.Chart]:
    if not gaps:
        return []
    spans = pd.DataFrame(gaps, columns=["period_end", "until"]).assign(label="no figures")
    base = alt.Chart(spans)
    shade = base.mark_rect(color=EDGE, opacity=0.12)
    text = base.mark_text(color=INK, fontSize=11, angle=270, align="left", dy=10, dx=4)
    return [
        shade.encode(x=x, x2=alt.X2(field="until")),
        text.encode(x=x, y=alt.value(HEIGHT), text=alt.Text(field="label", type="nominal")),
    ]


def _band(data: pd.DataFrame, x: alt.X, unit: str) -> list[alt.Chart]:
    known = data.dropna(subset=["low", "high"])
    if known.empty:
        return []
    low = alt.Y(field="low", type="quantitative", title=unit)
    return [
        alt.Chart(known)
        .mark_area(color=FAINT, opacity=0.9)
        .encode(
            x=x,
            y=low,
            y2=alt.Y2(field="high"),
            detail=alt.Detail(field="run", type="nominal"),
        )
    ]


def _moments(moments: list[Marked], x: alt.X) -> list[alt.Chart]:
    if not moments:
        return []
    data = pd.DataFrame(
        {"period_end": [m.date for m in moments], "letter": [m.letter for m in moments]}
    )
    base = alt.Chart(data).encode(x=x)
    letters = base.mark_text(color=INK, dy=-7, fontSize=11, fontWeight="bold")
    return [
        base.mark_rule(color=EDGE, strokeDash=[2, 2]),
        letters.encode(y=alt.value(0), text=alt.Text(field="letter", type="nominal")),
    ]


def _lines(
    long: pd.DataFrame, x: alt.X, y: alt.Y, names: dict[str, str], unit: str, form: str
) -> list[alt.Chart]:
    order = [names[line] for line in LINES if line in set(long["line"])]
    colours = [
        {"force": FORCE, "country": LINE}[line] for line in LINES if line in set(long["line"])
    ]
    key = alt.Color(field="area", type="nominal", title=None)
    key = key.scale(domain=order, range=colours).legend(
        orient="top", columns=2, labelLimit=200, labelFontSize=12, symbolType="stroke", offset=24
    )
    tooltip = [
        alt.Tooltip(field="area", type="nominal", title="Area"),
        alt.Tooltip(field="period_end", type="temporal", title="12 months to", format="%d %B %Y"),
        alt.Tooltip(field="value", type="quantitative", title=unit, format=form),
    ]
    base = alt.Chart(long).encode(x=x, y=y, color=key)
    run = alt.Detail(field="run", type="nominal")
    points = alt.Chart(_pointed(long)).encode(x=x, y=y, color=key, tooltip=tooltip)
    return [
        base.mark_line(strokeWidth=2.5).encode(detail=run, tooltip=tooltip),
        points.mark_point(filled=True, size=36, opacity=1),
    ]


def _pointed(long: pd.DataFrame) -> pd.DataFrame:
    """Return the points that are drawn: all of a short line or of a lonely period, else the last."""
    size = long.groupby(["line", "run"])["value"].transform("size")
    number = long.groupby("line")["value"].transform("size")
    newest = long.groupby("line")["period_end"].transform("max") == long["period_end"]
    return long[newest | (size == 1) | (number < MANY_PERIODS)]


def _numbers(
    long: pd.DataFrame, x: alt.X, y: alt.Y, height: float, decimals: int
) -> list[alt.Chart]:
    ends = long.sort_values("period_end").groupby("line").tail(1).sort_values("value")
    shown = [f"{value:,.{decimals}f}" for value in ends["value"]]
    data = ends.assign(shown=shown, value=spread_out(ends["value"].tolist(), height))
    colour = {"force": FORCE, "country": LINE}
    return [
        alt.Chart(data[data["line"] == line])
        .mark_text(align="left", dx=7, fontWeight="bold", color=colour[line])
        .encode(x=x, y=y, text=alt.Text(field="shown", type="nominal"))
        for line in data["line"]
    ]


def spread_out(values: list[float], height: float) -> list[float]:
    """Return the places of numbers, lowest first, moved apart where they would lie on one another.

    `height` is what the axis spans, in the unit of the values.
    """
    least = LEAST_GAP / HEIGHT * height
    if len(values) < 2 or values[1] - values[0] >= least:
        return values
    middle = max(sum(values) / 2, least / 2)
    return [middle - least / 2, middle + least / 2]
