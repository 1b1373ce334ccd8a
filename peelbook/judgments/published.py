"""Grades that the inspectorate published: how each is known, and which were left standing.

Where a question was not inspected again the inspectorate repeats the grade of an earlier inspection.
Such a grade is no judgment of the year under which it is published.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from peelbook.tables import load_table
from peelbook.tables.inputs import remembered

LEFT_STANDING = "carried-over"
"""Basis of a grade of an earlier inspection that was left standing."""


@remembered()
def published_judgments() -> pd.DataFrame:
    """Return the table of published grades, those left standing known by their basis."""
    return left_standing_known(load_table("judgments"))


def left_standing_known(published: pd.DataFrame) -> pd.DataFrame:
    """Give every grade that was judged in an earlier year the basis :data:`LEFT_STANDING`.

    `published` has `basis` (how the grade is known) and `judged_in` (year of the earlier inspection,
    missing where the grade is of its own year, or where the year is not known).
    """
    earlier = published["judged_in"].notna()
    return published.assign(basis=published["basis"].mask(earlier, LEFT_STANDING))


def with_published(
    table: pd.DataFrame, published: pd.DataFrame, force: str, years: Mapping[str, int | None]
) -> pd.DataFrame:
    """Put the inspectorate's grades beside the computed ones.

    `published` has the columns `force`, `year`, `question` (q1 to q4 or overall), `grade`, `basis`
    (``explicit``: the grade was stated; ``carried-over``: it was left standing; otherwise it was read
    from wording) and `judged_in`. `years` names a column for each year of grades that is wanted.
    Returns `table` with that column, `<column>_basis` and `<column>_judged_in` (year of the
    inspection whose grade was left standing), missing where not known. Raises pandas' MergeError if a
    grade is listed twice.
    """
    known = left_standing_known(published)
    for column, year in years.items():
        own = known[(known["force"] == force) & (known["year"] == year)]
        grades = own[["question", "grade", "basis", "judged_in"]].set_axis(
            ["id", column, f"{column}_basis", f"{column}_judged_in"], axis=1
        )
        table = table.merge(grades, on="id", how="left", validate="one_to_one")
    return table
