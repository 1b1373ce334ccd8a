"""The rows and columns of an ONS sheet: which area is in a row, what is printed in a column."""

from __future__ import annotations

import re
from itertools import pairwise

import pandas as pd
from openpyxl.utils import get_column_letter

from peelbook.importers.areas import (
    AREA_CODE,
    ENGLAND_AND_WALES,
    FOOTNOTES,
    NATIONAL_FRAUD_BODIES,
    clean_name,
    codes_agree,
    curated_table,
    force_slugs,
)
from peelbook.importers.ons_sheets import Sheet, is_number

EXCLUDING_BTP = "england-and-wales-excluding-btp"
CODE_OF_COUNTRY = {
    ENGLAND_AND_WALES: "K04000001",
    "nation:England": "E92000001",
    "nation:Wales": "W92000004",
}
NATIONS = {"england": "nation:England", "wales": "nation:Wales"}
OTHER_REGIONS = {"east of england": "East", "eastern": "East"}
LONDON_TOGETHER = "city of london / metropolitan police"
TRANSPORT_POLICE = r"btp|british transport police"
CODES = r"area codes?|codes?|ons codes?"
UNITS = re.compile(
    r"numbers?( of offences)?|percentages?( change)?|%( change)?"
    r"|rates?( per 1,000( population| households?)?)?"
)


def area_rows(sheet: Sheet) -> pd.DataFrame:
    """Return the rows that hold an area.

    Returns
    -------
    DataFrame
        Indexed by row: area (force identifier, `england-and-wales`,
        `england-and-wales-excluding-btp`, `nation:...`, `region:...` or `other:...`).

    Raises
    ------
    ReleaseFormatError
        If no area is found, or a name between the first and the last area is not known.
    """
    texts = sheet.texts()
    column = _name_column(sheet, texts)
    has_numbers = sheet.values.map(is_number).any(axis="columns")
    filled = texts.drop(columns=column).ne("").sum(axis="columns") > 1
    starts = texts.index[clean_name(texts[column]).str.startswith("england and wales") & filled]
    if not len(starts) or not has_numbers.loc[starts[0] :].any():
        raise sheet.error(None, "no row 'England and Wales' with figures")
    first, last = starts[0], has_numbers.index[has_numbers][-1]
    sources = texts.loc[first:].apply(lambda cells: cells.str.startswith("Source")).any(axis=1)
    if sources.any():
        last = sources.index[sources][0] - 1
    names = texts.loc[first:last, column]
    names = names[names.ne("") & ~clean_name(names).isin(NATIONAL_FRAUD_BODIES)]
    codes = _codes(texts, names.index)
    areas = _areas(sheet, names, codes)
    is_force = ~areas.str.contains(":") & ~areas.isin([ENGLAND_AND_WALES, EXCLUDING_BTP])
    codes_agree(areas[is_force], codes[is_force], sheet.file, sheet.name)
    wrong = codes.ne("") & codes.ne(areas.map(CODE_OF_COUNTRY).fillna(codes))
    # a row of two forces together, and the second of the country, bear a code that stands already
    once = ~areas.str.startswith("other:") & ~areas.isin([ENGLAND_AND_WALES, EXCLUDING_BTP])
    wrong |= codes.ne("") & codes.where(once).duplicated() & once
    if wrong.any():
        row = codes.index[wrong][0]
        raise sheet.error(
            row, f"{codes[row]} is not the area code of {names[row]}, or stands twice"
        )
    return pd.DataFrame({"area": areas})


def _name_column(sheet: Sheet, texts: pd.DataFrame) -> int:
    counts = texts.apply(lambda cells: clean_name(cells).isin(_known_names()).sum())
    if counts.empty or counts.max() < 2:
        raise sheet.error(None, "no column of police force areas")
    return int(counts.idxmax())


def _known_names() -> set[str]:
    return set(clean_name(curated_table("force_names")["published_name"])) | set(NATIONS)


def _codes(texts: pd.DataFrame, rows: pd.Index) -> pd.Series:
    """Return the area code of each row, '' where there is none."""
    codes = texts.loc[rows].map(lambda cell: cell if re.fullmatch(AREA_CODE, cell) else "")
    return codes.max(axis="columns")


def _areas(sheet: Sheet, names: pd.Series, codes: pd.Series) -> pd.Series:
    clean = clean_name(names)
    regions = {name.lower(): name for name in curated_table("forces")["region"]} | OTHER_REGIONS
    plain = clean.str.removesuffix(" region")
    seen_later = plain.duplicated(keep="first")
    is_region = clean.isin(regions) & ~clean.isin(NATIONS)
    is_region &= codes.str.startswith("E12") | (codes.eq("") & ~seen_later)
    is_region |= plain.ne(clean) & plain.isin(regions)
    fixed = names.map(_country_or_nation)
    forces = names[~is_region & fixed.isna()]
    areas = fixed.mask(is_region, "region:" + plain.map(regions).astype("str"))
    areas = areas.astype("object")
    areas.loc[forces.index] = force_slugs(forces, sheet.file, sheet.name)
    repeated = areas.duplicated()
    if repeated.any():
        raise sheet.error(areas.index[repeated][0], f"{areas[repeated].iloc[0]} appears twice")
    return areas.astype("str")


def _country_or_nation(name: str) -> str | None:
    """Return the identifier of a total of forces, None for a region or a force.

    What is left out of 'England and Wales' in brackets matters: British Transport Police, or
    some other force, in which case it is a total of its own.
    """
    clean = clean_name(pd.Series([name])).iloc[0]
    is_part = re.search(r"\(exc", clean) and not re.search(TRANSPORT_POLICE, clean)
    if clean == LONDON_TOGETHER or is_part:
        return f"other:{clean}"
    if not clean.startswith("england and wales"):
        return NATIONS.get(clean)
    rest = clean.removeprefix("england and wales").strip(" ()")
    if not rest:
        return ENGLAND_AND_WALES
    if re.search(TRANSPORT_POLICE, rest) and re.match("inc|exc", rest):
        return ENGLAND_AND_WALES if rest.startswith("inc") else EXCLUDING_BTP
    return f"other:{clean}"


def require_the_43(sheet: Sheet, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the areas if all 43 forces are among them.

    Raises
    ------
    ReleaseFormatError
        Naming the first force that is missing.
    """
    absent = sorted(set(curated_table("forces")["force"]) - set(areas["area"]))
    if absent:
        raise sheet.error(None, f"no row for {absent[0]}")
    return areas


def headings_above(sheet: Sheet, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the header rows over the figures, without those of names and codes.

    Returns
    -------
    DataFrame
        Text, indexed by row, one column for each column of the sheet right of the names.

    Raises
    ------
    ReleaseFormatError
        If a column holds figures and no heading.
    """
    texts = sheet.texts()
    above = texts.loc[: areas.index[0] - 1, _name_column(sheet, texts) + 1 :]
    is_code = above.apply(lambda cells: cells.str.fullmatch(CODES, case=False)).any()
    above = above.loc[:, ~is_code]
    _no_figures_without_heading(sheet, areas, above)
    return above


def in_order(sheet: Sheet, areas: pd.DataFrame, years: list[int]) -> None:
    """Check that the years over the columns follow each other, each once, either way round.

    Raises
    ------
    ReleaseFormatError
        Naming the first year that is out of order.
    """
    steps = {later - earlier for earlier, later in pairwise(years)}
    if len(set(years)) < len(years):
        raise sheet.error(areas.index[0] - 1, "two columns are headed with the same year")
    if steps - {1} and steps - {-1}:
        wrong = next(b for a, b in pairwise(years) if b - a not in (1, -1) or len(steps) > 1)
        raise sheet.error(areas.index[0] - 1, f"the year {wrong} is out of order")


def lowest_headings(sheet: Sheet, areas: pd.DataFrame) -> pd.DataFrame:
    """Return for each column its lowest heading that is not a unit, without footnotes.

    A heading that spans several columns stands over those of its own columns, so that the lowest
    one says what a column holds. Columns without a heading or without a figure (of notes) are
    left out.

    Returns
    -------
    DataFrame
        Indexed by column: heading, of_households (whether the unit says so), row.

    Raises
    ------
    ReleaseFormatError
        If a column holds figures and no heading but a unit.
    """
    above = headings_above(sheet, areas).map(lambda cell: re.sub(FOOTNOTES, "", cell).strip())
    unit = above.map(lambda cell: bool(UNITS.fullmatch(cell.lower())))
    named = above.where(~unit, "")
    _no_figures_without_heading(sheet, areas, named)
    named = named.loc[:, _with_figures(sheet, areas, named)]
    found = named.melt(var_name="column", value_name="heading", ignore_index=False)
    found = found[found["heading"].ne("")].rename_axis("row").reset_index()
    households = (above.map(lambda cell: "household" in cell.lower()) & unit).any()
    lowest = found.drop_duplicates("column", keep="last").set_index("column")
    return lowest.assign(of_households=households.reindex(lowest.index))


def _no_figures_without_heading(sheet: Sheet, areas: pd.DataFrame, above: pd.DataFrame) -> None:
    bare = above.columns[_with_figures(sheet, areas, above) & above.eq("").all()]
    if len(bare):
        raise sheet.error(
            areas.index[0], f"figures in column {get_column_letter(bare[0] + 1)} have no heading"
        )


def _with_figures(sheet: Sheet, areas: pd.DataFrame, above: pd.DataFrame) -> pd.Series:
    return sheet.values.loc[areas.index, above.columns].map(is_number).any()
