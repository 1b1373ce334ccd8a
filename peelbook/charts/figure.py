"""A figure of the book: charts, what they say, where the data come from, and the data themselves.

A figure shows itself in a notebook as HTML. Each chart travels as a JSON specification that
`_static/figures.js` draws with the Vega bundle of the site, so that no page needs another host;
the same specification is offered to JupyterLab under its own media type.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any

import altair as alt
import pandas as pd

from peelbook.charts.tables import table_html
from peelbook.narrative.notes import REPRODUCTION

JUPYTER_MEDIA_TYPE = "application/vnd.vegalite.v5+json"


@dataclass(frozen=True)
class Figure:
    """What a reader sees under one figure number.

    Parameters
    ----------
    number
        as the report counts, ``Figure 3``; empty for a figure that it does not have.
    title
        the finding in words.
    subtitle
        measure, unit and period.
    charts
        panel heading (may be empty) -> Altair chart, each with a `description`.
    table
        the data, ready to read: text cells, column names as headings.
    source
        publisher and release.
    notes
        exclusions and caveats that apply, each a sentence.
    open_table
        show the table at once, for figures that are tables.
    indicator
        id of the one indicator shown, so that a site can link to its page; empty for several.
    indicators
        ids of all indicators that the data are of, for whoever takes the data away.
    """

    number: str
    title: str
    subtitle: str
    source: str
    table: pd.DataFrame
    charts: dict[str, alt.LayerChart | alt.Chart] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    open_table: bool = False
    indicator: str = ""
    indicators: tuple[str, ...] = ()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/html": self.to_html(), "text/plain": self.to_text()}
        if len(self.charts) == 1:
            bundle[JUPYTER_MEDIA_TYPE] = next(iter(self.specifications.values()))
        return bundle

    @cached_property
    def specifications(self) -> dict[str, dict[str, Any]]:
        """Panel heading -> Vega-Lite specification of its chart; written once, for it takes long.

        Whether it meets the schema of Vega-Lite is for the tests to see, not for each book.
        """
        return {heading: chart.to_dict(validate=False) for heading, chart in self.charts.items()}

    def to_text(self) -> str:
        """Return the figure as plain text: title, measure, source."""
        label = f"{self.number}. " if self.number else ""
        return f"{label}{self.title} ({self.subtitle}). Source: {self.source}"

    def to_html(self) -> str:
        """Return the figure as HTML: caption, charts, table, source and notes."""
        label = f'<span class="peel-number">{escape(self.number)}.</span> ' if self.number else ""
        parts = [
            f'<figure class="peel-figure"{self._anchor()}>',
            f'<figcaption><p class="peel-title">{label}{escape(self.title)}</p>',
            f'<p class="peel-subtitle">{escape(self.subtitle)}</p></figcaption>',
            self._charts_html(),
            self._table_html(),
            f'<p class="peel-source">Source: {escape(self.source)}</p>',
            self._notes_html(),
            "</figure>",
        ]
        return "\n".join(part for part in parts if part)

    def _anchor(self) -> str:
        anchor = f' id="{escape(self.number.lower().replace(" ", "-"))}"' if self.number else ""
        one = f' data-indicator="{escape(self.indicator)}"' if self.indicator else ""
        every = " ".join(self.indicators)
        return anchor + one + (f' data-indicators="{escape(every)}"' if every else "")

    def _charts_html(self) -> str:
        if not self.charts:
            return ""
        panels = "\n".join(_panel(heading, spec) for heading, spec in self.specifications.items())
        return f'<div class="peel-panels">\n{panels}\n</div>'

    def _table_html(self) -> str:
        # sentences are read from the left; columns of numbers stand to the right
        kind = "peel-table-text" if "Reason" in self.table.columns else ""
        table = table_html(self.table, caption=self.title, kind=kind)
        if self.open_table:
            return table
        return f"<details><summary>Data behind this figure</summary>\n{table}\n</details>"

    def _notes_html(self) -> str:
        if not self.notes:
            return ""
        page = f'<a href="../methodology/reproduction.html">{REPRODUCTION}</a>'
        shown = (escape(note).replace(REPRODUCTION, page) for note in self.notes)
        items = "".join(f"<li>{note}</li>" for note in shown)
        return f'<ul class="peel-notes">{items}</ul>'


def _panel(heading: str, spec: dict[str, Any]) -> str:
    title = f'<p class="peel-panel-title">{escape(heading)}</p>' if heading else ""
    # "<" is escaped so that no value can close the script element
    data = json.dumps(spec, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f'<div class="peel-panel">{title}<div class="peel-chart" role="img" '
        f'aria-label="{escape(spec["description"])}">'
        f'<script type="application/json">{data}</script></div></div>'
    )
