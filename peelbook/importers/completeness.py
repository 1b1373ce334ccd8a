"""Nothing is missing that the rest of a file says must be there.

A file that was cut off, or lost a row, is found by what other forces and periods have.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import BRITISH_TRANSPORT_POLICE

DAYS_OF_A_QUARTER, DAYS_OF_A_YEAR = 92, 366


def has_rows_of_neighbours(
    frame: pd.DataFrame, period: list[str], of: list[str], file: Path, count: str = ""
) -> pd.DataFrame:
    """Return the frame if every force has, in each period, the rows that the others have.

    Parameters
    ----------
    frame
        one row for each force (column `force`), period and thing counted.
    period, of
        columns of the period and of what is counted.
    file
        the file, for its name.
    count
        column of counts as text or numbers: rows that only few forces have must hold nothing,
        or they are counted nowhere else, like a total.

    Raises
    ------
    ReleaseFormatError
        Naming the first force and row that is missing, or the row that only this force has.
    """
    cells = pd.DataFrame(
        {"period": _numbered(frame, period), "what": _numbered(frame, of), "force": frame["force"]}
    )
    once = cells.assign(force=pd.factorize(cells["force"])[0]).drop_duplicates()
    forces = once.drop_duplicates(["period", "force"]).groupby("period").size().rename("forces")
    held = once.groupby(["period", "what"]).size().rename("held").reset_index()
    held = held.merge(forces, left_on="period", right_index=True, validate="many_to_one")
    common = held["held"] * 2 > held["forces"]
    lacking = held[common & (held["held"] < held["forces"])]
    if len(lacking):
        gap = lacking.iloc[0]
        in_period = cells["period"].eq(gap["period"])
        has = in_period & cells["what"].eq(gap["what"])
        force = sorted(set(cells.loc[in_period, "force"]) - set(cells.loc[has, "force"]))[0]
        what = _readable(frame.loc[has.to_numpy(), [*period, *of]].iloc[0])
        raise ReleaseFormatError(file.name, None, None, f"no row for {force}: {what}")
    if count:
        few = cells[["period", "what"]].merge(held[~common], how="left")["held"].notna()
        _only_few_have_nothing(frame[few.to_numpy()], [*period, *of], count, file)
    return frame


def _numbered(frame: pd.DataFrame, columns: list[str]) -> np.ndarray:
    """Return a number for each combination of values: fast where there are many rows of text."""
    total = np.zeros(len(frame), dtype="int64")
    for column in columns:
        codes, values = pd.factorize(frame[column])
        total = total * (len(values) + 1) + codes
    return total


def _only_few_have_nothing(few: pd.DataFrame, key: list[str], count: str, file: Path) -> None:
    counted = few[pd.to_numeric(few[count], errors="coerce").fillna(0).ne(0)]
    if len(counted):
        first = counted.iloc[0]
        raise ReleaseFormatError(
            file.name,
            None,
            counted.index[0],
            f"only {first['force']} has a row for {_readable(first[key])}",
        )


def _readable(parts: pd.Series) -> str:
    return ", ".join(
        f"{part:%d %B %Y}" if isinstance(part, pd.Timestamp) else str(part) for part in parts
    )


def transport_police_throughout(frame: pd.DataFrame, period: str, file: Path) -> pd.DataFrame:
    """Return the frame if a force of any period, also British Transport Police, is in every one.

    British Transport Police may leave a release for good: where the last year has none of it, the
    periods after its last one are not looked at.

    Raises
    ------
    ReleaseFormatError
        Naming the first force that is missing from a period, and the period.
    """
    present = frame.groupby(period)["force"].agg(set)
    everyone = set().union(*present)
    last = max(
        (day for day in present.index if BRITISH_TRANSPORT_POLICE in present[day]), default=None
    )
    left = last is not None and (present.index.max() - last).days >= DAYS_OF_A_YEAR - 1
    for day, forces in present.items():
        gone = {BRITISH_TRANSPORT_POLICE} if left and day > last else set()
        if absent := sorted(everyone - forces - gone):
            raise ReleaseFormatError(
                file.name, None, None, f"no row for {absent[0]} ({_readable(pd.Series([day]))})"
            )
    return frame


def periods_in_a_row(frame: pd.DataFrame, column: str, days: int, file: Path) -> pd.DataFrame:
    """Return the frame if its periods follow each other without a gap of more than `days`.

    Once a file goes on by quarters it may not go back to years.

    Raises
    ------
    ReleaseFormatError
        Naming the two periods that do not follow each other.
    """
    allowed = max(days, DAYS_OF_A_QUARTER)
    for earlier, later in pairwise(sorted(frame[column].unique())):
        between = (later - earlier).days
        if between > allowed:
            raise ReleaseFormatError(
                file.name,
                None,
                None,
                f"nothing between {earlier:%d %B %Y} and {later:%d %B %Y}",
            )
        if between <= DAYS_OF_A_QUARTER:
            allowed = DAYS_OF_A_QUARTER
    return frame
