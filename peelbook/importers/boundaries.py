"""Police force area boundaries, simplified so that neighbours keep a shared border."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import codes_agree, curated_table, force_slugs
from peelbook.importers.checks import has_every_force

TOLERANCE_DEGREES = 0.006
COORDINATE_DECIMALS = 3
WEST, SOUTH, EAST, NORTH = -7.0, 49.0, 2.5, 56.5
"""Around England and Wales, in degrees."""
POLYGONS = (3, 6)
"""Numbers that shapely gives to polygons and collections of polygons."""
SMALLEST_ISLAND = 4 * TOLERANCE_DEGREES**2
"""Square degrees; about one square kilometre."""
LARGEST_WATER = 0.005
"""Square degrees, about 40 square kilometres: a larger gap between areas is no lake or harbour."""


def read_boundaries(path: Path) -> pd.DataFrame:
    """Read the boundaries of the 43 police force areas.

    Returns
    -------
    DataFrame
        force, name (area name), geometry (shapely polygons in WGS84, as published).

    Raises
    ------
    ReleaseFormatError
        If the file is not GeoJSON, an area is unknown, missing or there twice, its code is that of
        another, or a shape is not valid, no area, outside England and Wales, overlaps another, or
        leaves a gap to its neighbours.
    """
    path = Path(path)
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        columns = {
            "published_name": [_property(feature["properties"], "NM") for feature in features],
            "code": [_property(feature["properties"], "CD") for feature in features],
            "geometry": [shapely.geometry.shape(feature["geometry"]) for feature in features],
        }
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        raise ReleaseFormatError(path.name, None, None, "not a GeoJSON collection") from error
    raw = pd.DataFrame(columns, index=range(1, len(features) + 1))
    force = force_slugs(raw["published_name"], path)
    codes_agree(force, raw["code"], path)
    _refuse_shapes(raw.assign(force=force), path)
    _shared_borders(raw["geometry"], path)
    forces = curated_table("forces")[["force", "area_name"]].rename(columns={"area_name": "name"})
    return (
        raw.assign(force=force)
        .pipe(has_every_force, [], path)
        .merge(forces, on="force", validate="one_to_one")
        .sort_values("force", ignore_index=True)[["force", "name", "geometry"]]
    )


def _property(properties: dict[str, object], ending: str) -> str:
    """Return a property such as PFA22NM or PFA22CD, whatever the year; '' if there is none."""
    found = next((text for key, text in properties.items() if key.endswith(ending)), "")
    return "" if found is None else str(found)


def _refuse_shapes(raw: pd.DataFrame, path: Path) -> None:
    """Refuse shapes that are no areas of England and Wales, or an area twice."""
    shapes = raw["geometry"].to_numpy()
    west, south, east, north = shapely.bounds(shapes).T
    outside = (west < WEST) | (south < SOUTH) | (east > EAST) | (north > NORTH)
    problems = {
        "not an area but a point or line": ~np.isin(shapely.get_type_id(shapes), POLYGONS),
        "a shape is not valid": ~shapely.is_valid(shapes) | shapely.is_empty(shapes),
        "a shape outside England and Wales, in degrees of longitude and latitude": outside,
        "an area twice": raw["force"].duplicated().to_numpy(),
    }
    for reason, wrong in problems.items():
        if wrong.any():
            raise ReleaseFormatError(path.name, None, raw.index[wrong][0], reason)


def _shared_borders(geometry: pd.Series, path: Path) -> None:
    """Refuse areas that overlap, or whose borders do not meet corner by corner: one was moved."""
    apart = shapely.coverage_invalid_edges(geometry.to_numpy())
    wrong = ~shapely.is_empty(apart)
    if wrong.any():
        row = geometry.index[wrong][0]
        raise ReleaseFormatError(path.name, None, row, "a border that is not that of its neighbour")
    together = shapely.get_parts(shapely.coverage_union_all(geometry.to_numpy()))
    gaps = [shapely.Polygon(ring).area for part in together for ring in part.interiors]
    if max(gaps, default=0) > LARGEST_WATER:
        reason = "a gap between areas, whose borders have to meet"
        raise ReleaseFormatError(path.name, None, None, reason)


def simplified_geojson(boundaries: pd.DataFrame) -> dict[str, Any]:
    """Return boundaries as a small GeoJSON collection with the properties force and name.

    Islets below `SMALLEST_ISLAND` are left out. Shared borders stay shared, because all areas are
    simplified as one coverage (Visvalingam-Whyatt, :func:`shapely.coverage_simplify`) and then
    put on one grid. Outlines run clockwise, which is what the map projections of Vega expect.
    """
    whole = np.array([_without_islets(shape) for shape in boundaries["geometry"]])
    simple = shapely.coverage_simplify(whole, TOLERANCE_DEGREES)
    on_grid = shapely.set_precision(simple, 10.0**-COORDINATE_DECIMALS)
    shapes = shapely.orient_polygons(on_grid, exterior_cw=True)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"force": force, "name": name},
                "geometry": _rounded(shapely.geometry.mapping(shape)),
            }
            for force, name, shape in zip(
                boundaries["force"], boundaries["name"], shapes, strict=True
            )
        ],
    }


def _without_islets(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    areas = shapely.area(parts)
    kept = parts[(areas >= SMALLEST_ISLAND) | (areas == areas.max())]
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(list(kept))


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    coordinates = _rounded_coordinates(geometry["coordinates"])
    return {"type": geometry["type"], "coordinates": coordinates}


def _rounded_coordinates(part: tuple | float) -> list | float:
    if isinstance(part, float):
        return round(part, COORDINATE_DECIMALS)
    return [_rounded_coordinates(inner) for inner in part]
