"""Recorded crime after the rolling file: totals by year, and headline offences of one year."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import (
    BRITISH_TRANSPORT_POLICE,
    force_of_identifiers,
    force_slugs,
    slug,
)
from peelbook.importers.checks import (
    has_every_force,
    is_one_of,
    matches_schema,
    read_text_table,
    whole_numbers,
)
from peelbook.importers.dates import financial_year_ends, year_ending
from peelbook.importers.offence_parts import PARTS, TOTAL
from peelbook.importers.spreadsheets import WORKBOOKS, as_text, form_of, sheets_of
from peelbook.tables.schemas import TABLES

LATER_CRIME_BLEMISHES = {
    "recorded crime of 2012/13": (
        "The totals by year still hold some fraud in 2012/13; that year is left out."
    ),
    "British Transport Police by year": (
        "The totals by year hold British Transport Police up to 2014/15 only; later ones come "
        "from the quarterly open data as far as these go."
    ),
    "no total for the City of London": (
        "The table for the year ending June 2025 has no row for the City of London as a force; "
        "its one community safety partnership is the whole area, and its row is taken."
    ),
    "blank row for Surrey": (
        "In the same table the offences of Surrey that belong to no partnership are blank, and "
        "the row bears the code of Kent; the other rows of Surrey add up to its total, so the "
        "blank row is left out. Names, not codes, tell the areas."
    ),
}
HEADLINE_TITLE = re.compile(r"table c2\b|headline offences by community safety", re.IGNORECASE)
"""What the title of the table says."""
WITH_FRAUD = pd.Timestamp("2013-03-31")
PART_OF = {part: whole for whole, parts in PARTS.items() for part in parts}
AREA_COLUMNS = ("code", "area", "partnership_code", "partnership", "authority_code", "authority")


def read_recorded_totals(path: Path) -> pd.DataFrame:
    """Read all recorded crime without fraud in each financial year, by force.

    Returns
    -------
    DataFrame
        force, period_end, offences (count), vintage.

    Raises
    ------
    ReleaseFormatError
        If a column, a force or a count is missing or wrong, or a force has a year twice.
    """
    path = Path(path)
    raw = read_text_table(
        path, {"slug": "published_name", "fy": "year", "recorded_crime": "offences"}
    )
    tidy = pd.DataFrame(
        {
            "force": force_of_identifiers(raw["published_name"], path),
            "period_end": financial_year_ends(raw["year"], path),
            "offences": whole_numbers(raw["offences"], path),
        }
    )
    return (
        tidy.pipe(has_every_force, ["period_end"], path)
        .loc[lambda rows: rows["period_end"].ne(WITH_FRAUD)]
        .assign(vintage=lambda rows: f"recorded crime totals to {rows['period_end'].max():%B %Y}")
        .pipe(matches_schema, TABLES["recorded_crime_by_year"].schema, path)
    )


def quarters_without_fraud(quarterly: pd.DataFrame) -> pd.DataFrame:
    """Return all recorded crime without fraud in each quarter and each 12 months of the quarters.

    `quarterly` is the table `recorded_crime_quarterly`.

    Returns
    -------
    DataFrame
        force, period_start, period_end, offences, vintage.
    """
    kept = quarterly[quarterly["offence_group"] != "fraud-offences"]
    wide = kept.pivot_table(index="quarter_end", columns="force", values="offences", aggfunc="sum")
    years = wide.rolling(4, min_periods=4).sum()
    vintage = f"quarterly open data to {wide.index.max():%B %Y}"
    told = [
        frame.rename_axis(index="period_end")
        .reset_index()
        .melt("period_end", var_name="force", value_name="offences")
        .dropna(subset="offences")
        .assign(
            period_start=lambda rows, months=months: (
                rows["period_end"] - pd.offsets.MonthEnd(months) + pd.Timedelta(days=1)
            )
        )
        for frame, months in ((wide, 3), (years, 12))
    ]
    return pd.concat(told, ignore_index=True).astype({"offences": "int64"}).assign(vintage=vintage)


def with_transport_police(totals: pd.DataFrame, quarterly: pd.DataFrame) -> pd.DataFrame:
    """Add financial years of British Transport Police that only the quarterly open data hold.

    `quarterly` is what :func:`quarters_without_fraud` returns.
    """
    btp = quarterly[quarterly["force"] == BRITISH_TRANSPORT_POLICE]
    a_year = btp["period_end"].dt.month.eq(3) & btp["period_start"].dt.month.eq(4)
    years = btp.loc[a_year & btp["period_end"].isin(totals["period_end"]), totals.columns]
    return pd.concat([totals, years]).drop_duplicates(["force", "period_end"], ignore_index=True)


def read_headline_crime(path: Path) -> pd.DataFrame:
    """Read headline offences by force area from the table by community safety partnership.

    Returns
    -------
    DataFrame
        force (43), period_end, offence, part_of (the offence that it is counted in, missing for
        all recorded crime), offences (count), vintage.

    Raises
    ------
    ReleaseFormatError
        If the title names no year, an offence or a force is missing or unknown, a count is not a
        whole number, or a total is not the sum of its parts or of its partnerships.
    """
    path = Path(path)
    lines = _lines(path)
    heading = lines.index[
        lines[0].str.replace(r"\s+", " ", regex=True).eq("Police Force Area code")
    ]
    if not len(heading):
        raise ReleaseFormatError(path.name, None, None, "no heading 'Police Force Area code'")
    period_end = year_ending(lines[0].iloc[0], path, "C2")
    areas = _areas_of(lines, heading[0], path)
    cells = areas.melt(
        ["force"], var_name="offence", value_name="offences", ignore_index=False
    ).assign(offences=lambda rows: whole_numbers(rows["offences"], path))
    _check_parts(cells, path)
    return (
        cells.pipe(has_every_force, [], path)
        .assign(
            period_end=period_end,
            part_of=cells["offence"].map(PART_OF),
            vintage=f"ONS PFA tables, year ending {period_end:%B %Y}",
        )[["force", "period_end", "offence", "part_of", "offences", "vintage"]]
        .pipe(matches_schema, TABLES["recorded_crime_headline"].schema, path)
    )


def _lines(path: Path) -> pd.DataFrame:
    """Return the lines of table C2 as text: a file of its own, or a sheet of the workbook."""
    if form_of(path) not in WORKBOOKS:
        return pd.read_csv(path, header=None, dtype="str", keep_default_na=False)
    for _, rows in sheets_of(path):
        cells = [[as_text(cell) for cell in row] for row in rows]
        filled = [row for row in cells if any(cell.strip() for cell in row)]
        if filled and HEADLINE_TITLE.search(filled[0][0]):
            width = max(len(row) for row in filled)
            return pd.DataFrame([row + [""] * (width - len(row)) for row in filled], dtype="str")
    raise ReleaseFormatError(path.name, None, None, "no sheet of table C2")


def title_of_headline_crime(path: Path) -> str:
    """Return the title on the first line of the table, without its notes."""
    first = _lines(path).iloc[0, 0]
    return re.sub(r"\s*\[note[^\]]*\]", "", first)


def _areas_of(lines: pd.DataFrame, heading: int, path: Path) -> pd.DataFrame:
    offences = slug(lines.loc[heading].iloc[len(AREA_COLUMNS) :])
    offences = offences.mask(offences.str.match("total-recorded-crime"), TOTAL)
    known = [TOTAL, *PART_OF]
    is_one_of(offences.set_axis([heading + 1] * len(offences)), known, "offence", path)
    absent = sorted(set(known) - set(offences))
    if absent:
        raise ReleaseFormatError(path.name, None, heading + 1, f"no offence '{absent[0]}'")
    rows = lines.loc[heading + 1 :].set_axis([*AREA_COLUMNS, *offences], axis="columns")
    rows = rows.set_axis(rows.index + 1).apply(lambda column: column.str.strip())
    # offences of no partnership: without any, the row may be blank
    is_rest = rows["partnership"].str.lower().str.startswith("unassigned")
    rows = rows[~(is_rest & rows[list(offences)].eq("").all(axis=1))]
    counts = rows[list(offences)].apply(lambda column: column.str.replace(",", ""))
    found = counts.assign(force=force_slugs(rows["area"], path))
    of_force = rows["partnership"].eq("")
    alone = found.groupby("force")["force"].transform("size").eq(1)
    _check_partnerships(found, of_force, path)
    return found[of_force | alone]


def _check_partnerships(found: pd.DataFrame, of_force: pd.Series, path: Path) -> None:
    total = whole_numbers(found[TOTAL], path)
    parts = total[~of_force].groupby(found["force"]).sum()
    printed = total[of_force].set_axis(found.loc[of_force, "force"])
    wrong = printed[printed != parts.reindex(printed.index)]
    if len(wrong):
        row = found.index[of_force & found["force"].eq(wrong.index[0])][0]
        raise ReleaseFormatError(path.name, None, row, "the total is not that of its partnerships")


def _check_parts(cells: pd.DataFrame, path: Path) -> None:
    wide = cells.pivot(columns="offence", values="offences")
    for whole, parts in PARTS.items():
        wrong = wide[whole] != wide[list(parts)].sum(axis=1)
        if wrong.any():
            raise ReleaseFormatError(
                path.name, None, wide.index[wrong][0], f"{whole} is not the sum of its parts"
            )
