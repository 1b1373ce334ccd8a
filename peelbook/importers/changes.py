"""What a new release would change in the tables, for a person to look at before it does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd

from peelbook.importers.areas import the_43_forces
from peelbook.importers.held import AREAS, PERIODS
from peelbook.tables import load_table
from peelbook.tables.schemas import TABLES, Table

MOST_SHOWN = 10
"""Revisions, forces and changes that are named in full; the rest are counted."""
GROUPS = ("offence_group", "offence", "measure", "power", "behaviour", "question")
BESIDE = ("vintage", "basis", "note", "decimals")
"""Columns that say where a value comes from, so that a change of them is no revision."""
IMPLAUSIBLE = """
from peelbook.indicators.plausible import (
    counted_series, implausible_changes, load_thresholds, unexplained
)
found = unexplained(implausible_changes(counted_series(), load_thresholds()))
print(found.to_json(orient="records", date_format="iso"))
"""


def changes(before: Path, after: Path) -> list[str]:
    """Return what differs between two folders of tables, a line each; none where nothing does.

    New periods and the forces that they lack, values revised (by force and offence group, the
    largest first), and rows that are no longer there.
    """
    lines: list[str] = []
    for table in TABLES.values():
        files = [folder / table.path for folder in (before, after)]
        if table.curated or table.name == "releases" or not files[1].exists():
            continue
        if not files[0].exists():
            lines.append(f"{table.name}: a new table, {len(load_table(table.name, after)):,} rows")
        elif files[0].read_bytes() != files[1].read_bytes():
            old, new = (load_table(table.name, folder) for folder in (before, after))
            lines += _of_table(table, old, new) or [f"{table.name}: other vintages or notes"]
    return [*lines, *_of_other_files(before, after), *_of_files(before, after)]


def _of_other_files(before: Path, after: Path) -> list[str]:
    names = {
        path.relative_to(folder).as_posix()
        for folder in (before, after)
        for pattern in ("findings/*.csv", "boundaries.geojson")
        for path in folder.glob(pattern)
    }
    return [
        f"{name}: {'changed' if (before / name).exists() else 'new'}"
        for name in sorted(names)
        if not (before / name).exists() or (before / name).read_bytes() != _bytes(after / name)
    ]


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _of_files(before: Path, after: Path) -> list[str]:
    """Name the files that the tables would be built from, and would no longer be."""
    read = [
        {(row.release, row.file, row.sha256) for row in load_table("releases", folder).itertuples()}
        if (folder / "releases.csv").exists()
        else set()
        for folder in (before, after)
    ]
    gained = [f"releases: + {file} ({release})" for release, file, _ in sorted(read[1] - read[0])]
    lost = [f"releases: - {file} ({release})" for release, file, _ in sorted(read[0] - read[1])]
    return gained + lost


def _of_table(table: Table, old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    period = next((name for name in PERIODS if name in table.key), None)
    area = next((name for name in AREAS if name in table.key), None)
    lines = []
    if period and area:
        lines += _new_periods(table.name, old, new, period, area)
    return lines + _revised(table, old, new, area, period) + _gone(table, old, new)


def _new_periods(
    name: str, old: pd.DataFrame, new: pd.DataFrame, period: str, area: str
) -> list[str]:
    lines = []
    added = sorted(set(new[period]) - set(old[period]))
    if added:
        told = [_word(one) for one in added]
        shown = told if len(told) <= MOST_SHOWN else [told[0], "...", told[-1]]
        lines.append(f"{name}: {len(told)} new periods: {', '.join(shown)}")
    for one in added:
        absent = sorted(set(the_43_forces()) - set(new.loc[new[period].eq(one), area]))
        if absent:
            lines.append(f"{name}: {_word(one)} lacks {_listed(absent)}")
    return lines


def _revised(
    table: Table, old: pd.DataFrame, new: pd.DataFrame, area: str | None, period: str | None
) -> list[str]:
    key = list(table.key)
    values = [
        name
        for name in table.columns
        if name not in (*key, *BESIDE) and pd.api.types.is_numeric_dtype(new[name])
    ]
    both = old[[*key, *values]].merge(new[[*key, *values]], on=key, suffixes=("_before", ""))
    group = [area] if area else []
    group += [next(name for name in GROUPS if name in key)] if set(GROUPS) & set(key) else []
    lines = []
    for value in values:
        differs = both[f"{value}_before"].ne(both[value])
        differs &= both[f"{value}_before"].notna() | both[value].notna()
        rows = both[differs]
        if rows.empty:
            continue
        of = f" in {_span(rows[period])}" if period else ""
        lines.append(f"{table.name}: {len(rows):,} values of {value} revised{of}")
        if group:
            lines += [f"  {line}" for line in _largest(rows, group, value)]
    return lines


def _largest(rows: pd.DataFrame, group: list[str], value: str) -> list[str]:
    summed = rows.groupby(group)[[f"{value}_before", value]].sum()
    moved = (summed[value] - summed[f"{value}_before"]).abs().sort_values(ascending=False)
    lines = []
    for place in moved.index[:MOST_SHOWN]:
        before, after = summed.loc[place, f"{value}_before"], summed.loc[place, value]
        percent = f" ({(after / before - 1) * 100:+.1f} percent)" if before > 0 else ""
        what = ", ".join(place if isinstance(place, tuple) else (place,))
        lines.append(f"{what}: {before:,.6g} to {after:,.6g}{percent}")
    rest = len(moved) - MOST_SHOWN
    return [*lines, f"and {rest} more"] if rest > 0 else lines


def _gone(table: Table, old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    key = list(table.key)
    were, are = (pd.MultiIndex.from_frame(rows[key].astype("object")) for rows in (old, new))
    gone = were[~were.isin(are)]
    if not len(gone):
        return []
    first = ", ".join(_word(part) for part in gone[0])
    return [f"{table.name}: {len(gone):,} rows are no longer there, the first {first}"]


def implausible(tables: Path) -> list[str]:
    """Return the changes of a series beyond any plausible year that no caveat explains.

    Computed in a process of its own, with the folder in the place of the project's tables.
    """
    run = subprocess.run(
        [sys.executable, "-c", IMPLAUSIBLE],
        env=os.environ | {"PEELBOOK_DATA": str(tables)},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        last = run.stderr.strip().splitlines()[-1] if run.stderr.strip() else "no reason given"
        return [f"the indicators cannot be computed from these tables: {last}"]
    return [
        f"{row['indicator']}, {row['force']}, 12 months to {pd.Timestamp(row['period_end']):%B %Y}: "
        f"{row['before']:,.0f} to {row['after']:,.0f} ({row['percent']:+.0f} percent)"
        for row in json.loads(run.stdout)
    ]


def _word(one: object) -> str:
    return f"{one:%B %Y}" if isinstance(one, pd.Timestamp) else str(one)


def _span(periods: pd.Series) -> str:
    first, last = _word(periods.min()), _word(periods.max())
    return first if first == last else f"{first} to {last}"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - MOST_SHOWN} more" if len(names) > MOST_SHOWN else ""
    return ", ".join(names[:MOST_SHOWN]) + more
