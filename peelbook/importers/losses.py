"""A rebuild from fewer files stops: what the tables hold already has to be there again.

What `data/` was built from before is the list of what has to be there: the releases and periods in
its table `releases`, and the rows of its tables.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.errors import DataIntegrityError
from peelbook.tables import data_directory, load_table
from peelbook.tables.schemas import TABLES, Table

HOW_TO_LET_GO = "If it is meant to go, remove the file from data/ first."


def nothing_lost(tables: dict[str, pd.DataFrame]) -> None:
    """Check that new tables have every row that the committed ones of the same name have.

    `tables` is what is built, by name; a table that is not in `data/` yet is not compared.

    Raises
    ------
    DataIntegrityError
        Naming the table, how many rows are gone, and the first of them.
    """
    folder = data_directory()
    for name, frame in tables.items():
        table = TABLES[name]
        if name != "releases" and (folder / table.path).exists():
            no_row_lost(table, load_table(name, folder), frame)


def no_release_lost(notes: pd.DataFrame) -> None:
    """Check that every release and period of the committed table `releases` was read again.

    `notes` is the new table `releases`. Files may have other names.

    Raises
    ------
    DataIntegrityError
        Naming the release, its file and its periods.
    """
    path: Path = data_directory() / TABLES["releases"].path
    if not path.exists():
        return
    known = load_table("releases", data_directory())
    of_read = known[known["release"].isin(notes["release"])]
    for row in of_read.itertuples(index=False):
        if pd.isna(row.period_to):
            continue
        same = notes[notes["release"].eq(row.release)]
        if not (
            same["period_to"].ge(row.period_to) & same["period_from"].le(row.period_from)
        ).any():
            raise DataIntegrityError(
                row.release,
                f"no file covers {row.edition} (last time {row.file}). {HOW_TO_LET_GO}",
            )


def no_row_lost(table: Table, before: pd.DataFrame, now: pd.DataFrame) -> None:
    """Check that `now` has each key of `before`, both rows of a table.

    Raises
    ------
    DataIntegrityError
        Naming the table, how many rows are gone, and the first of them.
    """
    key = list(table.key)
    old = pd.MultiIndex.from_frame(before[key].astype("object"))
    new = pd.MultiIndex.from_frame(now[key].astype("object"))
    gone = old[~old.isin(new)]
    if len(gone):
        first = ", ".join(
            f"{part:%d %B %Y}" if isinstance(part, pd.Timestamp) else str(part) for part in gone[0]
        )
        raise DataIntegrityError(
            table.name, f"{len(gone):,} rows are gone, the first {first}. {HOW_TO_LET_GO}"
        )
