"""Two forces side by side, chosen by the reader: a table that a small script fills from the page.

All numbers travel with the page, so that nothing is fetched; without the script the table shows the
first two forces.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape

import pandas as pd

from peelbook.charts.by_force import COUNTRY, FEWEST_FORCES
from peelbook.charts.small import strip
from peelbook.indicators.catalogue import indicator
from peelbook.indicators.values import ENGLAND_AND_WALES, compute_indicator
from peelbook.narrative.standing import standing
from peelbook.narrative.words import DASH, number, signed
from peelbook.pages.headlines import period_of
from peelbook.pages.indicator import measure_of
from peelbook.pages.indicator_list import title_of, with_a_page
from peelbook.pages.links import BookLinks
from peelbook.parameters import Parameters
from peelbook.tables.forces import all_forces


@dataclass(frozen=True)
class SideBySide:
    """The page's table and what its script needs; shows itself as HTML."""

    forces: list[dict[str, str]]
    rows: list[dict[str, object]]

    def _repr_html_(self) -> str:
        first, second = (force["force"] for force in self.forces[:2])
        data = json.dumps({"forces": self.forces, "rows": self.rows}, ensure_ascii=False)
        data = data.replace("<", "\\u003c")
        names = [force["name"] for force in self.forces[:2]]
        body = "\n".join(_row_html(row, first, second) for row in self.rows)
        heads = "".join(f'<th scope="col" class="text">{escape(name)}</th>' for name in names)
        caption = "Figures of two forces beside those of England and Wales"
        return (
            '<div class="peel-side-by-side"><p class="peel-choice"></p>'
            f'<div class="peel-table" tabindex="0" role="region" aria-label="{caption}"><table>'
            f'<caption class="peel-hidden">{caption}</caption>'
            f'<thead><tr><th scope="col">Figure</th>{heads}<th scope="col" class="text">{COUNTRY}</th>'
            f"</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
            f'<script type="application/json">{data}</script></div>'
        )

    def __repr__(self) -> str:
        return f"Two of {len(self.forces)} forces side by side, {len(self.rows)} figures"


def side_by_side(parameters: Parameters, links: BookLinks | None = None) -> SideBySide:
    """Return all figures on which forces can be compared, of every force."""
    known = sorted(all_forces().values(), key=lambda force: force.short_name)
    forces = [
        {"force": f.slug, "name": f.short_name, "href": (links or BookLinks()).href(f.slug) or ""}
        for f in known
    ]
    rows = [_row(name, parameters) for name in with_a_page()]
    return SideBySide(forces, [row for row in rows if row is not None])


def _row(name: str, parameters: Parameters) -> dict[str, object] | None:
    areas, entry = compute_indicator(name, parameters).set_index("area"), indicator(name)
    ranked = areas[areas["rank"].notna()]
    if len(ranked) < FEWEST_FORCES:
        return None
    forces = {
        slug: {
            "value": None if pd.isna(areas.loc[slug, "rank"]) else float(areas.loc[slug, "value"]),
            "shown": number(areas.loc[slug, "value"], entry.decimals),
            "place": _place(areas, slug),
        }
        for slug in all_forces()
    }
    country = areas.loc[ENGLAND_AND_WALES, "value"]
    measure = measure_of(name)
    return {
        "indicator": name,
        "title": title_of(name),
        "unit": ", ".join(part for part in (measure.unit, period_of(measure, parameters)) if part),
        "forces": forces,
        "country": None if pd.isna(country) else float(country),
        "country_shown": number(country, entry.decimals),
    }


def _place(areas: pd.DataFrame, slug: str) -> str:
    """Write the place of a force and its change in a year, or why it has neither."""
    row = areas.loc[slug]
    place = standing(areas, slug)
    if not place:
        return "not ranked" if pd.notna(row["value"]) else "no figure"
    if pd.isna(row["change"]):
        return place
    unit = " points" if row["change_unit"] == "percentage points" else " percent"
    return f"{place}; {signed(row['change'])}{unit} in a year"


def _row_html(row: dict[str, object], first: str, second: str) -> str:
    cells = "".join(_cell(row["forces"][slug]) for slug in (first, second))
    values = [force["value"] for force in row["forces"].values()]
    picture = strip(values, None, row["country"], f"{row['title']}: all forces")
    return (
        f'<tr><th scope="row"><a href="indicator/{row["indicator"]}.html">{escape(row["title"])}</a>'
        f'<span class="peel-small">{escape(row["unit"])}</span>{picture}</th>{cells}'
        f'<td class="text">{escape(row["country_shown"] or DASH)}</td></tr>'
    )


def _cell(force: dict[str, object]) -> str:
    return (
        f'<td class="text"><span class="peel-value">{escape(force["shown"])}</span>'
        f'<span class="peel-beside">{escape(force["place"])}</span></td>'
    )
