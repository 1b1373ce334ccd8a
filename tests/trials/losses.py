"""Whether a table that differs from the one meant is one that a rebuild refuses, as rows are gone."""

from __future__ import annotations

import pandas as pd
import pytest

from peelbook.errors import DataIntegrityError
from peelbook.importers.losses import no_row_lost
from peelbook.tables.schemas import TABLES


def rows_are_gone(meant, table, name):
    """Say whether rows are missing and all else is the same, so that a rebuild refuses it.

    What is said of the basis may then differ, too.
    """
    meant, table = (frame.drop(columns="basis", errors="ignore") for frame in (meant, table))
    key = [column for column in TABLES[name].key if column in table]
    held = meant.merge(table[key].drop_duplicates(), on=key, how="inner")
    if not in_order(held).equals(in_order(table)):
        return False
    lost = pd.MultiIndex.from_frame(meant[key]).difference(pd.MultiIndex.from_frame(table[key]))
    # the table of what the workbooks print has a column that is added later in its key
    if len(lost) and name != "ons_printed":
        with pytest.raises(DataIntegrityError, match="rows are gone"):
            no_row_lost(TABLES[name], meant, table)
    return bool(len(lost))


def in_order(table):
    return table.sort_values(list(table.columns), ignore_index=True)
