"""One look for every chart. Contrast ratios are against white."""

from __future__ import annotations

from typing import Any

import altair as alt

FORCE = "#12436d"  # 10.3:1, the one strong colour
OTHER = "#8a8a8a"  # 3.5:1
LINE = "#1f1f1f"  # 16.5:1, England and Wales, dashed
INK = "#2b2b2b"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


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
            "text": {"font": FONT, "fontSize": 12, "color": INK},
        }
    )
