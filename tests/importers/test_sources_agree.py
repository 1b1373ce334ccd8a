"""Two releases about one thing, and a rebuild from fewer files."""

import pandas as pd
import pytest

from peelbook.errors import DataIntegrityError, ReleaseFormatError
from peelbook.importers.agreement import check_populations
from peelbook.importers.areas import codes_agree
from peelbook.importers.losses import no_row_lost
from peelbook.importers.tolerances import TOLERANCES
from peelbook.tables.schemas import TABLES


def people(number):
    return pd.DataFrame({"force": ["upper-test"], "mid_year": [2015], "population": [number]})


def test_residents_of_two_tables_may_differ_by_rounding_only():
    check_populations(people(100_049), people(100_000))
    with pytest.raises(DataIntegrityError, match="upper-test, 2015: 100,000, but 101,000"):
        check_populations(people(101_000), people(100_000))


def test_code_of_another_force_is_refused(tmp_path):
    codes = pd.Series(["E23999002"], index=[7])
    with pytest.raises(ReleaseFormatError, match="row 7: E23999002 is not the area code of upper"):
        codes_agree(pd.Series(["upper-test"], index=[7]), codes, tmp_path / "made-up.csv")


def test_rebuild_that_loses_rows_is_refused():
    rows = pd.DataFrame({"force": ["upper-test"] * 2, "mid_year": [2015, 2016]})
    no_row_lost(TABLES["households"], rows, rows)
    with pytest.raises(DataIntegrityError, match="1 rows are gone, the first upper-test, 2016"):
        no_row_lost(TABLES["households"], rows, rows.iloc[:1])


def test_every_tolerance_has_a_reason():
    assert all(tolerance.reason.endswith(".") for tolerance in TOLERANCES.values())
