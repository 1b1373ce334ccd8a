"""Small charts inside a line of a page, as SVG that needs no script: a strip of dots, and a line.

They take their colours from the style sheet (classes `peel-dot`, `peel-own`, …), so that they follow
the page into the dark and onto paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd

WIDTH = 240
STRIP_HEIGHT, LINE_HEIGHT = 26, 40
EDGE = 6
"""Room at either side, half the largest dot."""


def strip(
    values: Sequence[float], own: float | None, country: float | None, description: str
) -> str:
    """Return dots of all forces along a line, the force's own large, England and Wales a tick.

    Nothing is drawn to a zero: the strip runs from the lowest to the highest force. A missing `own` or
    `country` is not drawn; `description` is read in place of the picture.
    """
    known = [float(value) for value in values if pd.notna(value)]
    marks = [value for value in (own, country) if value is not None and pd.notna(value)]
    low, high = min(known + marks), max(known + marks)
    middle = STRIP_HEIGHT / 2
    parts = [
        f'<line class="peel-axis" x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{middle:g}" y2="{middle:g}"/>'
    ]
    parts += [
        f'<circle class="peel-dot" cx="{_at(value, low, high)}" cy="{middle:g}" r="3.5"/>'
        for value in sorted(known)
    ]
    if country is not None and pd.notna(country):
        x = _at(country, low, high)
        parts.append(
            f'<line class="peel-country" x1="{x}" x2="{x}" y1="2" y2="{STRIP_HEIGHT - 2}"/>'
        )
    if own is not None and pd.notna(own):
        parts.append(
            f'<circle class="peel-own" cx="{_at(own, low, high)}" cy="{middle:g}" r="{EDGE}"/>'
        )
    return _svg("peel-strip", STRIP_HEIGHT, parts, description)


def sparkline(values: Sequence[float], top: float, description: str) -> str:
    """Return a line over time from zero to `top`, broken where a value is missing, its end a dot."""
    known = [place for place, value in enumerate(values) if pd.notna(value)]
    if len(known) < 2:
        return ""
    last = len(values) - 1
    points = {
        place: f"{EDGE + place / last * (WIDTH - 2 * EDGE):.1f},{_up(values[place], top)}"
        for place in known
    }
    parts = [
        f'<polyline class="peel-line" points="{" ".join(points[place] for place in run)}"/>'
        for run in _runs(known)
        if len(run) > 1
    ]
    x, y = points[known[-1]].split(",")
    parts.append(f'<circle class="peel-own" cx="{x}" cy="{y}" r="3.5"/>')
    ground = LINE_HEIGHT - EDGE
    parts.insert(
        0, f'<line class="peel-axis" x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{ground}" y2="{ground}"/>'
    )
    return _svg("peel-sparkline", LINE_HEIGHT, parts, description)


def _runs(places: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _at(value: float, low: float, high: float) -> str:
    share = (value - low) / (high - low) if high > low else 0.5
    return f"{EDGE + share * (WIDTH - 2 * EDGE):.1f}"


def _up(value: float, top: float) -> str:
    span = LINE_HEIGHT - 2 * EDGE
    return f"{LINE_HEIGHT - EDGE - value / (top or 1.0) * span:.1f}"


def _svg(kind: str, height: int, parts: list[str], description: str) -> str:
    said = escape(description)
    return (
        f'<svg class="{kind}" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{said}">'
        f"<title>{said}</title>{''.join(parts)}</svg>"
    )
