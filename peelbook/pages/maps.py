"""The maps of all forces: police force areas, and equal tiles for those too small to click on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from peelbook.charts.figure import Figure
from peelbook.indicators.sources import table_sources
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.prose import Prose
from peelbook.narrative.words import listing, sentence_case
from peelbook.pages.headlines import (
    MEASURES,
    Measure,
    has_values,
    measure_values,
    period_of,
    place_in_words,
    sources_of_measure,
)
from peelbook.pages.links import BookLinks
from peelbook.pages.marks import (
    HIGHEST,
    LOWEST,
    UNRANKED,
    area_map,
    plain_area_map,
    tile_map,
)
from peelbook.pages.tile_layout import load_tiles
from peelbook.parameters import Parameters
from peelbook.tables import load_boundaries
from peelbook.tables.forces import all_forces


@dataclass(frozen=True)
class ForceMaps:
    """Both maps with a choice of the measure that they show; shows itself as HTML."""

    figure: Figure
    choices: tuple[dict[str, Any], ...]

    def _repr_html_(self) -> str:
        if len(self.choices) == 1:
            return self.figure.to_html()
        choices = escape(json.dumps(self.choices, ensure_ascii=False))
        return (
            f'<div class="peel-map-choice" data-choices="{choices}"></div>\n{self.figure.to_html()}'
        )

    def __repr__(self) -> str:
        return self.figure.to_text()


def force_maps(
    parameters: Parameters,
    links: BookLinks | None = None,
    measures: Sequence[Measure] = MEASURES,
) -> ForceMaps | Prose:
    """Return the map of police force areas and the tile map, shaded by quarter band.

    An area opens the force's book where `links` knows one. Measures on which no force
    is ranked in the period are not offered; a sentence stands where that leaves none.
    """
    links = links or BookLinks()
    measures = [measure for measure in measures if has_values(measure, parameters)]
    if not measures:
        return Prose("Forces cannot be compared in this period, so there is no map.")
    said = pd.DataFrame({measure.id: _in_words(measure, parameters) for measure in measures})
    first = measures[0].id
    choices = tuple(_choice(measure, said[measure.id], parameters) for measure in measures)
    areas, tiles = choices[0]["descriptions"]
    ranges = {measure.id: band_ranges(measure, parameters) for measure in measures}
    sources = [name for measure in measures for name in sources_of_measure(measure, parameters)]
    figure = Figure(
        number="",
        title="Police forces in the highest and the lowest quarter",
        subtitle="Quarter of the ranked forces; an area or a tile opens the force's book",
        charts={
            "Police force areas": area_map(
                _features(said, links), first=first, ranges=ranges, description=areas
            ),
            "One tile for each force": tile_map(
                _tiles(said, links), first=first, ranges=ranges, description=tiles
            ),
        },
        table=_table(said, measures),
        source="; ".join(dict.fromkeys([*sources, *table_sources("boundaries")])),
        notes=(
            "A high rate is not always bad, and a low one not always good.",
            "Tiles are of one size and lie only roughly where the force does.",
        ),
        indicators=tuple(dict.fromkeys(measure.indicator_id for measure in measures)),
    )
    return ForceMaps(figure, choices)


def navigation_map(links: BookLinks | None = None) -> str:
    """Return the Vega-Lite specification (JSON) of a map whose areas open the forces' books."""
    chart = plain_area_map(
        _features(pd.DataFrame(index=list(all_forces())), links or BookLinks(root=".")),
        description="Map of the 43 police force areas of England and Wales. "
        "The list of forces has the same links.",
        height=440,
    )
    return json.dumps(chart.to_dict(), sort_keys=True, separators=(",", ":"))


def _in_words(measure: Measure, parameters: Parameters) -> pd.Series:
    """Band, value and rank of every force, in words."""
    rows = measure_values(measure, parameters).drop(ENGLAND_AND_WALES)
    return pd.Series(
        {
            area: [
                _band(row["band"]),
                measure.in_words(row["value"]),
                place_in_words(row),
            ]
            for area, row in rows.iterrows()
        }
    )


def band_ranges(measure: Measure, parameters: Parameters) -> dict[str, str]:
    """Return the lowest and the highest value of each band, as they follow its name in a key."""
    rows = measure_values(measure, parameters).drop(ENGLAND_AND_WALES)
    ranked = rows[rows["rank"].notna()]
    values = ranked.groupby(ranked["band"].map(_band))["value"]
    return {
        band: f": {measure.shown(own.min())} to {measure.shown(own.max())}" for band, own in values
    }


def _band(band: object) -> str:
    return sentence_case(band.removesuffix(" with")) if isinstance(band, str) else UNRANKED


def _choice(measure: Measure, said: pd.Series, parameters: Parameters) -> dict[str, Any]:
    names = {slug: force.short_name for slug, force in all_forces().items()}
    bands = said.str[0]
    groups = [
        f"{band}: {listing([names[slug] for slug in bands.index[bands == band]])}."
        for band in (HIGHEST, LOWEST, UNRANKED)
        if (bands == band).any()
    ]
    about = ", ".join(
        part for part in (measure.heading, measure.unit, period_of(measure, parameters)) if part
    )
    kinds = ("Map of police force areas", "Map of one tile for each police force")
    return {
        "id": measure.id,
        "label": about,
        "descriptions": [
            f"{kind}, shaded by quarter: {about}. {' '.join(groups)}" for kind in kinds
        ],
    }


def _features(said: pd.DataFrame, links: BookLinks) -> list[dict[str, Any]]:
    return [
        {
            "type": "Feature",
            "geometry": feature["geometry"],
            **_about(feature["properties"]["force"], said, links),
        }
        for feature in load_boundaries()["features"]
    ]


def _tiles(said: pd.DataFrame, links: BookLinks) -> list[dict[str, Any]]:
    return [
        {"column": tile.column, "row": tile.row, "label": tile.label}
        | _about(tile.force, said, links)
        for tile in load_tiles().itertuples()
    ]


def _about(slug: str, said: pd.DataFrame, links: BookLinks) -> dict[str, Any]:
    force = all_forces()[slug]
    known = {"name": force.short_name, "region": force.region} | said.loc[slug].to_dict()
    href = links.href(slug)
    return known | {"href": href} if href else known


def _table(said: pd.DataFrame, measures: list[Measure]) -> pd.DataFrame:
    names = {slug: force.short_name for slug, force in all_forces().items()}
    bands = pd.DataFrame({measure.heading: said[measure.id].str[0] for measure in measures})
    bands.insert(0, "Force", bands.index.map(names))
    return bands.sort_values("Force").reset_index(drop=True)
