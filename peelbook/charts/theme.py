"""One look for every chart, in light and in dark. Contrast ratios are against white."""

from __future__ import annotations

from typing import Any

import altair as alt

FORCE = "#12436d"  # 10.3:1, the one strong colour
OTHER = "#8a8a8a"  # 3.5:1
LINE = "#1f1f1f"  # 16.5:1, England and Wales, dashed
INK = "#2b2b2b"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

DARK = {
    "#ffffff": "#121212",  # the ground, and what is written on the strong colour
    FORCE: "#8fbdf0",  # 9.5:1 on the dark ground
    OTHER: "#8a8a8a",  # 5.4:1
    LINE: "#f2f2f2",
    INK: "#e6e6e6",
    "#e3e3e3": "#333333",
    "#767676": "#9a9a9a",
    "#a8460a": "#ff9d5c",  # 9.1:1
    "#8a3b00": "#ffb27a",
    "#454545": "#c8c8c8",
    "#6795c0": "#3d6a97",
    "#c9dcee": "#12263a",
    "#bdbdbd": "#5a5a5a",
}
"""What each colour of a chart becomes on a dark page; style sheets change it, not the chart."""

FORCED = {
    "#ffffff": "Canvas",
    FORCE: "LinkText",
    OTHER: "GrayText",
    "#6795c0": "GrayText",
    "#c9dcee": "Canvas",
    "#bdbdbd": "GrayText",
    "#e3e3e3": "GrayText",
}
"""What it becomes where a reader has chosen the colours; any other is that of text."""


def colour_sheet() -> str:
    """Return the style sheet that gives charts, which are drawn for a light page, other colours."""
    forced = {colour: FORCED.get(colour, "CanvasText") for colour in DARK}
    return "\n".join(
        [
            "/* Written by peelbook/charts/theme.py: the colours of charts on a dark page. */",
            _rules("@media screen", 'html[data-theme="dark"] ', DARK),
            _rules(
                "@media screen and (prefers-color-scheme: dark)", "html:not([data-theme]) ", DARK
            ),
            # as strong as the rules of a dark page, and after them
            _rules("@media screen and (forced-colors: active)", "html:root ", forced),
        ]
    )


def _rules(media: str, page: str, colours: dict[str, str]) -> str:
    rules = [
        f'  {page}.peel-canvas svg [{attribute}="{colour}"] {{ {attribute}: {other}; }}'
        for colour, other in colours.items()
        for attribute in ("fill", "stroke")
    ]
    # the ground is a style of the picture's own, which lies on that of the page
    ground = f"  {page}.peel-canvas svg {{ background: transparent !important; }}"
    return "\n".join([f"{media} {{", ground, *rules, "}", ""])


@alt.theme.register("peel", enable=True)
def peel_theme() -> alt.theme.ThemeConfig:
    """Return the Altair theme of the book."""
    text: dict[str, Any] = {"labelFont": FONT, "titleFont": FONT, "labelColor": INK}
    axis = text | {
        "titleColor": INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": "#e3e3e3",
        "domainColor": "#767676",
        "tickColor": "#767676",
    }
    return alt.theme.ThemeConfig(
        config={
            "background": "#ffffff",
            "font": FONT,
            "view": {"stroke": None},
            "axis": axis,
            "legend": text | {"titleColor": INK, "labelFontSize": 12, "titleFontSize": 12},
            "text": {"font": FONT, "fontSize": 12, "color": INK},
        }
    )
