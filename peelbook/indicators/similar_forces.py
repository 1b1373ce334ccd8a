"""Forces whose areas resemble each other, by nearest neighbours on public data about the areas.

The features describe an area and its people, never its crime or its police: a group chosen by
what is to be compared would agree by construction. These are not the official most similar
groups, which rest on data that this project does not hold.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from peelbook.tables import load_boundaries, load_table
from peelbook.tables.inputs import remembered

NEIGHBOURS = 7
GROWTH_YEARS = 10
NO_NEIGHBOUR = "city-of-london"
"""So few residents that its features would stretch every scale; it is nobody's neighbour."""
EARTH_RADIUS_KM = 6371.0072
"""Radius of the sphere with the surface of the Earth (authalic)."""
FEATURES = {
    "log_population": (
        "Residents, logarithm",
        "The size of what is policed; in logarithms, because half and twice are equally far.",
    ),
    "log_density": (
        "Residents per square kilometre, logarithm",
        "Cities, suburbs and countryside are policed differently.",
    ),
    "persons_per_household": (
        "Residents per household",
        "Stands for the make-up of the population: families and students, or people living alone.",
    ),
    "population_growth": (
        "Growth of the number of residents over ten years, percent a year",
        "Tells areas to which people move from those that they leave.",
    ),
}
"""Column -> what it is, and why it is one of the features."""


def area_on_sphere(geometry: dict) -> float:
    """Return the area of a GeoJSON polygon or multipolygon in square kilometres.

    Longitude, and the sine of latitude, are coordinates of an equal-area projection (Lambert's
    cylindrical one), in which the area of a polygon is that of its outline less its holes.
    Source: Snyder (1987), Map projections: a working manual, page 76.
    """
    whole = geometry["type"] == "Polygon"
    polygons = [geometry["coordinates"]] if whole else geometry["coordinates"]
    return sum(
        (1 if place == 0 else -1) * _ring_area(ring)
        for polygon in polygons
        for place, ring in enumerate(polygon)
    )


def _ring_area(ring: list[list[float]]) -> float:
    longitude, latitude = np.radians(np.asarray(ring, dtype=float)).T
    x, y = longitude, np.sin(latitude)
    return abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2 * EARTH_RADIUS_KM**2


@remembered(maxsize=1)
def areas_in_km2() -> pd.Series:
    """Return the area of each police force area, from the simplified boundaries, by force."""
    return pd.Series(
        {
            feature["properties"]["force"]: area_on_sphere(feature["geometry"])
            for feature in load_boundaries()["features"]
        }
    ).sort_index()


def population_year(mid_year: int) -> int:
    """Return the mid-year whose residents stand for a mid-year: estimates are not held for each."""
    years = load_table("population")["mid_year"]
    return int(years[years <= mid_year].max())


def households_year(mid_year: int) -> int:
    """Return the mid-year whose households, and residents to each, stand for a mid-year."""
    years = _homes().columns
    return int(years[years <= mid_year].max())


def _homes() -> pd.DataFrame:
    """Return the households of the one basis that is used, a row a force, a column a mid-year."""
    table = load_table("households")
    one_basis = table[table["basis"] == table.sort_values("mid_year")["basis"].iloc[0]]
    return one_basis.pivot(index="force", columns="mid_year", values="households")


@remembered(maxsize=32)
def growth_years(mid_year: int) -> int:
    """Return over how many years the growth in :func:`area_features` of a year is measured."""
    years = load_table("population")["mid_year"]
    year = population_year(mid_year)
    return int(year - years[years <= max(year - GROWTH_YEARS, years.min())].max())


def area_features(mid_year: int) -> pd.DataFrame:
    """Return what each police force area is like in the middle of a year.

    Parameters
    ----------
    mid_year
        calendar year; one after the last in the tables gives the last.

    Returns
    -------
    DataFrame indexed by force, sorted, with the columns of :data:`FEATURES`. Growth is over ten
    years, or since the first estimate. Households count on one basis only, so theirs may be of
    an earlier year, divided into the population of that year.
    """
    people = load_table("population").pivot(index="force", columns="mid_year", values="population")
    homes = _homes()
    year = population_year(mid_year)
    first = year - growth_years(mid_year)
    of_homes = households_year(mid_year)
    return pd.DataFrame(
        {
            "log_population": np.log(people[year]),
            "log_density": np.log(people[year] / areas_in_km2()),
            "persons_per_household": people[of_homes] / homes[of_homes],
            "population_growth": ((people[year] / people[first]) ** (1 / (year - first)) - 1) * 100,
        }
    ).sort_index()


def nearest(features: pd.DataFrame, count: int = NEIGHBOURS) -> pd.DataFrame:
    """Return the nearest neighbours of every area by Euclidean distance on standardised features.

    Each feature is given mean 0 and standard deviation 1 over all areas but NO_NEIGHBOUR, which
    can have neighbours and be none. Of two at the same distance, the first in the index is nearer.

    Parameters
    ----------
    features
        one row an area, one column a feature, nothing missing.
    count
        neighbours of each area.

    Returns
    -------
    DataFrame with columns `force`, `neighbour`, `place` (1 is the nearest), `distance`
    (standard deviations), sorted by force and place.
    """
    # here, for these take seconds to import and most books do without them
    from sklearn.neighbors import NearestNeighbors
    from sklearn.preprocessing import StandardScaler

    candidates = features.drop(NO_NEIGHBOUR, errors="ignore")
    scaler = StandardScaler().fit(candidates)
    # a tree, for the brute search runs threads, which hang in a forked process (see render.pool)
    every = len(candidates)
    model = NearestNeighbors(n_neighbors=every, algorithm="kd_tree", metric="euclidean")
    model.fit(scaler.transform(candidates))
    distances, places = model.kneighbors(scaler.transform(features))
    found = pd.DataFrame(
        {
            "force": np.repeat(features.index.to_numpy(), every),
            "neighbour": candidates.index.to_numpy()[places].ravel(),
            "distance": distances.ravel(),
            "at": places.ravel(),
        }
    )
    others = found[found["force"] != found["neighbour"]].sort_values(["force", "distance", "at"])
    place = others.groupby("force").cumcount() + 1
    return (
        others.assign(place=place)
        .query("place <= @count")[["force", "neighbour", "place", "distance"]]
        .reset_index(drop=True)
    )


@remembered(maxsize=32)
def similar_forces(mid_year: int) -> pd.DataFrame:
    """Return the similar forces of all 43 (columns of :func:`nearest`) in the middle of a year."""
    return nearest(area_features(mid_year))


def unlike_others(found: pd.DataFrame) -> list[str]:
    """Return the areas that are far from even their nearest neighbours.

    Far is a mean distance above the upper quartile by more than one and a half times the
    interquartile range (Tukey's fence). `found` has the columns of :func:`nearest`.
    """
    mean = found.groupby("force")["distance"].mean()
    low, high = mean.quantile(0.25), mean.quantile(0.75)
    return sorted(mean.index[mean > high + 1.5 * (high - low)])


def pooled_over_similar(areas: pd.DataFrame, mid_year: int, per: float) -> pd.Series:
    """Return, for each force, the value of its similar forces taken together.

    Parameters
    ----------
    areas
        columns `numerator`, `denominator` by force (of `values_at`); a force that is absent or
        without a numerator takes no part.
    mid_year
        of the features.
    per
        the multiple of the denominator that the value is given for.

    Returns
    -------
    Series by force: the sum of numerators over the sum of denominators, times `per`; missing
    where no neighbour has both.
    """
    known = areas[["numerator", "denominator"]].astype(float).dropna()
    group = similar_forces(mid_year).merge(
        known, left_on="neighbour", right_index=True, validate="many_to_one"
    )
    sums = group.groupby("force")[["numerator", "denominator"]].sum()
    return sums["numerator"] / sums["denominator"] * per
