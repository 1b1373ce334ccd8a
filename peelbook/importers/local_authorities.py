"""Residents and households of local authorities, summed to police force areas.

An authority belongs to one force area; the lookups of the Office for National Statistics say to
which. A lookup by community safety partnership names an authority in two partnerships twice.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import curated_table
from peelbook.importers.checks import has_every_force, read_text_table, whole_numbers
from peelbook.importers.spreadsheets import first_rows

AUTHORITY_BLEMISHES = {
    "authorities in two partnerships": (
        "The lookup of 2024 has a row for each community safety partnership, so that 7 "
        "authorities are named more than once; each counts once."
    ),
    "populations by authority are not rounded": (
        "Residents by local authority are printed to the person, those of the force area tables "
        "rounded to 100; the sums are within 150 people of each other in every force area."
    ),
    "estimates before and after a census": (
        "Estimates for mid-2012 to mid-2020 here were made before the Census of 2021 and those "
        "for mid-2024 after it, so the two do not make one series."
    ),
}
LOOKUP_YEAR = re.compile(r"pfa(\d\d)")
LOOKUP_COLUMNS = (("lad{}cd", "pfa{}cd"), ("ltla{}_code", "pfa{}_code"))
HOUSEHOLDS_WHOLE = r"\.0$"


def read_lookup(path: Path) -> pd.Series:
    """Return the force of each local authority, by the authority's code.

    Raises
    ------
    ReleaseFormatError
        If there are no columns of codes, a force area is unknown, a force has no authority, or an
        authority lies in two force areas.
    """
    path = Path(path)
    header = ",".join(next(iter(first_rows(path)))[1][0])
    found = LOOKUP_YEAR.search(header.lower())
    year = found.group(1) if found else ""
    forms = [[form.format(year) for form in pair] for pair in LOOKUP_COLUMNS]
    pair = next((pair for pair in forms if all(name in header for name in pair)), forms[0])
    raw = read_text_table(path, dict(zip(pair, ("authority", "area"), strict=True)))
    raw = raw.apply(lambda column: column.str.strip()).drop_duplicates()
    twice = raw["authority"].duplicated()
    if twice.any():
        row = raw.index[twice][0]
        raise ReleaseFormatError(
            path.name, None, row, f"{raw['authority'][row]} is in two force areas"
        )
    forces = curated_table("forces").set_index("pfa_code")["force"]
    unknown = ~raw["area"].isin(forces.index)
    if unknown.any():
        row = raw.index[unknown][0]
        raise ReleaseFormatError(path.name, None, row, f"unknown force area '{raw['area'][row]}'")
    lookup = raw.assign(force=raw["area"].map(forces)).pipe(has_every_force, [], path)
    return lookup.set_index("authority")["force"]


def year_of_lookup(path: Path) -> int | None:
    """Return the year of the areas of a lookup, from its headings; None if they say none."""
    found = LOOKUP_YEAR.search(",".join(next(iter(first_rows(path)))[1][0]).lower())
    return 2000 + int(found.group(1)) if found else None


def read_population_of_authorities(path: Path, lookup: Path) -> pd.DataFrame:
    """Read a series of mid-year estimates by local authority and sum it to force areas.

    Returns
    -------
    DataFrame
        force (43), mid_year, population (people), vintage.

    Raises
    ------
    ReleaseFormatError
        If a column or a number is missing or wrong, an authority has a year twice or is not in
        the lookup, or one of the lookup has no number in a year.
    """
    path = Path(path)
    raw = read_text_table(path, {"code": "authority", "year": "mid_year", "population": "count"})
    years = whole_numbers(raw["mid_year"], path)
    summed = _of_forces(raw.assign(mid_year=years), lookup, path, "population")
    first, last = years.min(), years.max()
    return summed.assign(vintage=f"ONS estimates by local authority, mid-{first} to mid-{last}")


def read_population_of_one_year(path: Path, lookup: Path) -> pd.DataFrame:
    """Read the mid-year estimates of one year by area and sum the authorities to force areas.

    The year is in the name of the file only (`mye24...`). Areas of other kinds (countries,
    regions, counties) are left out; the authorities have to add up to England and Wales.

    Returns
    -------
    DataFrame
        force (43), mid_year, population (people), vintage.

    Raises
    ------
    ReleaseFormatError
        As for :func:`read_population_of_authorities`, or if the sum is not the printed total.
    """
    path = Path(path)
    year = _year_in_name(path, r"mye(\d\d)")
    raw = read_text_table(path, {"Code": "authority", "All ages": "count"})
    raw = raw.assign(authority=raw["authority"].str.strip(), mid_year=year)
    forces = read_lookup(lookup)
    summed = _of_forces(raw[raw["authority"].isin(forces.index)], lookup, path, "population")
    whole = raw.loc[raw["authority"].eq("K04000001"), "count"]
    if len(whole) and whole_numbers(whole, path).iloc[0] != summed["population"].sum():
        raise ReleaseFormatError(
            path.name, None, whole.index[0], "authorities do not add up to England and Wales"
        )
    return summed.assign(vintage=f"ONS estimates by local authority, mid-{year}")


def read_census_households(path: Path, lookup: Path) -> pd.DataFrame:
    """Read households of a census by local authority and sum them to force areas.

    The year is in the name of the file only (`...census2021...`).

    Returns
    -------
    DataFrame
        force (43), mid_year (year of the census), households, basis, vintage.

    Raises
    ------
    ReleaseFormatError
        As for :func:`read_population_of_authorities`.
    """
    path = Path(path)
    year = _year_in_name(path, r"census20(\d\d)")
    raw = read_text_table(path, {f"ltla{year % 100}_code": "authority", "households": "count"})
    raw = raw.assign(
        mid_year=year, count=raw["count"].str.replace(HOUSEHOLDS_WHOLE, "", regex=True)
    )
    summed = _of_forces(raw, lookup, path, "households")
    return summed.assign(basis=f"Census {year}", vintage=f"ONS Census {year} by local authority")


def _year_in_name(path: Path, pattern: str) -> int:
    found = re.search(pattern, path.name)
    if not found:
        raise ReleaseFormatError(path.name, None, None, "no year in the name of the file")
    return 2000 + int(found.group(1))


def _of_forces(raw: pd.DataFrame, lookup: Path, path: Path, what: str) -> pd.DataFrame:
    """Sum `count` by the force of `authority` and `mid_year`; nothing may be missing or twice."""
    forces = read_lookup(lookup)
    raw = raw.assign(
        authority=raw["authority"].str.strip(), count=whole_numbers(raw["count"], path)
    )
    unknown = ~raw["authority"].isin(forces.index)
    if unknown.any():
        row = raw.index[unknown][0]
        raise ReleaseFormatError(
            path.name, None, row, f"{raw['authority'][row]} is not in {Path(lookup).name}"
        )
    twice = raw.duplicated(["authority", "mid_year"])
    if twice.any():
        row = raw.index[twice][0]
        raise ReleaseFormatError(path.name, None, row, f"{raw['authority'][row]} twice in a year")
    wide = raw.pivot(index="authority", columns="mid_year", values="count").reindex(forces.index)
    if wide.isna().any(axis=None):
        code = wide.index[wide.isna().any(axis=1)][0]
        raise ReleaseFormatError(path.name, None, None, f"no number for {code} in some year")
    summed = raw.assign(force=raw["authority"].map(forces)).groupby(["force", "mid_year"])["count"]
    return summed.sum().rename(what).reset_index()
