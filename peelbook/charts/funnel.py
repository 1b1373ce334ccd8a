"""Funnel plots: every force by size, with control limits about England and Wales."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from peelbook.charts.by_force import COUNTRY
from peelbook.charts.figure import Figure
from peelbook.charts.theme import FORCE, INK, LINE, OTHER
from peelbook.evidence import Evidence
from peelbook.indicators.catalogue import Indicator
from peelbook.indicators.funnel import (
    ABOVE_998,
    BELOW_998,
    LIMITS,
    WITHIN,
    Funnel,
    funnel_of,
    interval_of,
)
from peelbook.indicators.sources import source_of
from peelbook.narrative.notes import notes
from peelbook.narrative.words import counted, listing, number, sentence_case
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import in_words

SIZE = {"population": "Residents", "households": "Households", "offences": "Offences recorded"}
DASHES = {"95": [4, 3], "99.8": [1, 0]}
STEPS = 60
CROWDED = 0.08
"""Two points less than this share of a value apart have their names at nearly the same height."""


def funnel_plot(ev: Evidence, *indicator_ids: str) -> Figure | None:
    """Return funnel plots of indicators, one panel each; none where none can be computed."""
    found = {name: funnel_of(name, ev.parameters) for name in indicator_ids}
    known = {name: result for name, result in found.items() if result is not None}
    if not known:
        return None
    first = next(iter(known))
    several = len(known) > 1
    charts = {
        sentence_case(ev.entry(name).name) if several else "": _chart(ev, name, result)
        for name, result in known.items()
    }
    tables = [_table(ev, name, result, several=several) for name, result in known.items()]
    return Figure(
        number="",
        title=_title(ev, first, known[first]),
        subtitle=_subtitle(ev, first, known[first]),
        charts=charts,
        table=pd.concat(tables, ignore_index=True),
        source=source_of(ev.entry(first)),
        notes=(*_widening(ev, known), *notes(ev, *known)),
    )


def _title(ev: Evidence, name: str, found: Funnel) -> str:
    head = sentence_case(ev.entry(name).name)
    usual = "is usual between forces" if found.overdispersed else "chance explains"
    if ev.force.slug not in found.points.index:
        outside = found.points["verdict"] != WITHIN
        return f"{head}: {counted(int(outside.sum()), 'force')} outside the control limits"
    point = found.points.loc[ev.force.slug]
    amount = "no more than" if point["verdict"] == WITHIN else "more than"
    return (
        f"{head}: {ev.force.area_in_sentence} differed from England and Wales by {amount} {usual}"
        f"{_by_the_other_method(found, point)}"
    )


def _by_the_other_method(found: Funnel, point: pd.Series) -> str:
    within = point["additive_verdict"] == WITHIN
    if not found.overdispersed or within == (point["verdict"] == WITHIN):
        return ""
    return f"; by the other usual method it would be {'within' if within else 'outside'} the limits"


def _subtitle(ev: Evidence, name: str, found: Funnel) -> str:
    entry, row = ev.entry(name), ev.row(name)
    by = f"by number of {SIZE[entry.denominator].lower()}"
    return (
        f"Funnel plot: {entry.unit}, {by}, 12 months to {in_words(row['period_end'])}, "
        f"{counted(len(found.points), 'force')}"
    )


def _widening(ev: Evidence, known: dict[str, Funnel]) -> tuple[str, ...]:
    wide = [
        f"{number(found.factor, 0 if found.factor >= 10 else 1)} for {ev.entry(name).name}"
        for name, found in known.items()
        if found.overdispersed
    ]
    method = (
        "The limits would enclose 95 and 99.8 percent of forces if all had the value of England "
        "and Wales but for chance. Where forces vary more than chance allows, they are widened."
    )
    if not wide:
        return (method,)
    return (method, f"The variance allowed for is that of chance times {listing(wide)}.")


def _chart(ev: Evidence, name: str, found: Funnel) -> alt.LayerChart:
    points = _points(ev, found)
    sizes = points["denominator"]
    grid = np.geomspace(sizes.min() * 0.9, sizes.max() * 1.1, STEPS)
    entry = ev.entry(name)
    x = alt.X(field="denominator", type="quantitative", title=f"{SIZE[entry.denominator]}")
    x = x.scale(type="log", domain=[grid[0], grid[-1]], nice=False)
    x = x.axis(format="~s", grid=False, tickCount=5)
    y = alt.Y(field="value", type="quantitative", title=sentence_case(entry.unit))
    y = y.scale(zero=False)
    layers = [
        *_limit_lines(found, grid, x, y),
        *_target(found, grid, x, y),
        *_force_points(points, x, y, entry),
    ]
    return alt.layer(*layers).properties(
        width="container", height=300, description=_description(ev, name, found)
    )


def _points(ev: Evidence, found: Funnel) -> pd.DataFrame:
    names = {slug: force.short_name for slug, force in all_forces().items()}
    points = found.points.rename_axis("slug").reset_index()
    return points.assign(area=points["slug"].map(names), own=points["slug"].eq(ev.force.slug)).drop(
        columns=["slug", "additive_z", "additive_verdict"]
    )


def _limit_lines(found: Funnel, grid: np.ndarray, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    limits = found.limits(grid)
    layers = []
    for level in LIMITS:
        for side in ("lower", "upper"):
            line = limits[f"{side}_{level}"]
            data = pd.DataFrame({"denominator": grid, "value": line, "label": f"{level}%"})
            base = alt.Chart(data).encode(x=x, y=y)
            layers.append(base.mark_line(color=INK, strokeWidth=1, strokeDash=DASHES[level]))
            if line.iloc[1] > 0:  # a limit cut off at nothing has no place of its own
                shift = -7 if side == "upper" else 9
                layers += _labels(data.iloc[[1]], "label", x, y, align="left", dy=shift)
    return layers


def _target(found: Funnel, grid: np.ndarray, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    data = pd.DataFrame({"denominator": grid[[0, -1]], "value": found.target, "label": COUNTRY})
    line = alt.Chart(data).encode(x=x, y=y).mark_line(color=LINE, strokeWidth=2)
    bold = {"align": "right", "dy": -7, "fontWeight": "bold"}
    return [line, *_labels(data.iloc[[1]], "label", x, y, **bold)]


def _force_points(points: pd.DataFrame, x: alt.X, y: alt.Y, entry: Indicator) -> list[alt.Chart]:
    unit, size = sentence_case(entry.unit), SIZE[entry.denominator]
    form = f",.{entry.decimals}f"
    tooltip = [
        alt.Tooltip(field="area", type="nominal", title="Force"),
        alt.Tooltip(field="value", type="quantitative", title=unit, format=form),
        alt.Tooltip(field="denominator", type="quantitative", title=size, format=",.0f"),
        alt.Tooltip(field="verdict", type="nominal", title="Limits"),
    ]
    layers = []
    for own, colour, dot in ((False, OTHER, 45), (True, FORCE, 130)):
        dots = alt.Chart(points[points["own"] == own]).encode(x=x, y=y, tooltip=tooltip)
        layers.append(dots.mark_point(filled=True, color=colour, size=dot, opacity=1))
    named = points[points["own"] | points["verdict"].isin([ABOVE_998, BELOW_998])]
    below_point = _named_below(named, np.log(points["denominator"]))
    for point in named.itertuples():
        below = point.Index in below_point
        style = {
            "align": _alignment(point.denominator, points["denominator"]),
            "dy": (20 if point.own else 15) if below else -12,
            "fontWeight": "bold" if point.own else "normal",
            "color": FORCE if point.own else INK,
        }
        layers += _labels(named.loc[[point.Index]], "area", x, y, **style)
    return layers


def _named_below(named: pd.DataFrame, reach: pd.Series) -> set[int]:
    """Return the points with their names below them, where one above would run into another name.

    The force of the book comes last, so the name that gives way is its own, which is stronger.
    """
    below = set(named.index[named["verdict"] == BELOW_998])
    above: list[int] = []
    for place in named.sort_values(["own", "value"], ascending=[True, False]).index:
        if place in below:
            continue
        point, others = named.loc[place], named.loc[above]
        across = np.log(others["denominator"] / point["denominator"]).abs()
        wide = (reach.max() - reach.min()) / (2 if point["own"] else 4)
        near = (across < wide) & (
            (others["value"] - point["value"]).abs() < CROWDED * point["value"]
        )
        if near.any():
            below.add(place)
        else:
            above.append(place)
    return below


def _alignment(size: float, sizes: pd.Series) -> str:
    """Keep the names of the largest and the smallest areas from running over the edge."""
    reach = np.log(sizes)
    share = (np.log(size) - reach.min()) / (reach.max() - reach.min())
    return "right" if share > 0.75 else "left" if share < 0.25 else "center"


def _labels(data: pd.DataFrame, field: str, x: alt.X, y: alt.Y, **style: object) -> list[alt.Chart]:
    """Write text with a white rim, so that it can be read across lines and points."""
    if data.empty:
        return []
    text = alt.Chart(data).encode(x=x, y=y, text=alt.Text(field=field, type="nominal"))
    style = {"fontSize": 11, "color": INK} | style
    rim = style | {"color": "white", "stroke": "white", "strokeWidth": 3}
    return [text.mark_text(**rim), text.mark_text(**style)]


def _description(ev: Evidence, name: str, found: Funnel) -> str:
    entry, points = ev.entry(name), found.points
    short = {slug: force.short_name for slug, force in all_forces().items()}
    parts = [
        f"Funnel plot of {entry.name}, {entry.unit}, for {counted(len(points), 'force')} by "
        f"{SIZE[entry.denominator].lower()}.",
        f"England and Wales: {number(found.target, entry.decimals)}.",
    ]
    if ev.force.slug in points.index:
        own = points.loc[ev.force.slug]
        limits = found.limits([own["denominator"]]).iloc[0]
        parts.append(
            f"{ev.force.short_name}: {number(own['value'], entry.decimals)}, {own['verdict']}; the "
            f"95 percent limits for its size are {number(limits['lower_95'], entry.decimals)} and "
            f"{number(limits['upper_95'], entry.decimals)}."
        )
    for verdict, rows in points[points["verdict"] != WITHIN].groupby("verdict"):
        parts.append(f"{sentence_case(verdict)}: {listing(sorted(rows.index.map(short)))}.")
    return " ".join(parts)


def _table(ev: Evidence, name: str, found: Funnel, *, several: bool) -> pd.DataFrame:
    entry = ev.entry(name)
    points = _points(ev, found).sort_values("adjusted_z", ascending=False)
    limits = interval_of(found, points["numerator"], points["denominator"])
    shown = [
        f"{number(low, entry.decimals)} to {number(high, entry.decimals)}"
        for low, high in zip(limits["lower"], limits["upper"], strict=True)
    ]
    table = pd.DataFrame(
        {
            "Force": points["area"],
            sentence_case(entry.unit): [number(v, entry.decimals) for v in points["value"]],
            "95 percent interval, chance alone": shown,
            "Adjusted z-score": [number(z, 2) for z in points["adjusted_z"]],
            "Funnel plot": points["verdict"].map(sentence_case),
        }
    )
    if several:
        table.insert(1, "Indicator", sentence_case(entry.name))
    return table
