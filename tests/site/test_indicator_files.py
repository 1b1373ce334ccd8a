"""Every indicator of a site as files: the values of the books, described, the same bytes each time."""

import json

import frictionless
import pandas as pd
import pyarrow.parquet as pq
import pytest

from peelbook.indicators.catalogue import load_catalogue
from peelbook.indicators.values import compute_indicator
from peelbook.parameters import parse_parameters
from peelbook.site.editions import Edition, Published
from peelbook.site.indicator_files import FIELDS, write_indicator_files

EDITIONS = ("one", "other")


@pytest.fixture(scope="module")
def published():
    # of the same values, for each takes seconds to compute
    parameters = parse_parameters({})
    return [Published(Edition(parameters, name, f"{name}/"), ["kent"]) for name in EDITIONS]


@pytest.fixture(scope="module")
def folder(published, tmp_path_factory):
    made = tmp_path_factory.mktemp("site")
    write_indicator_files(made, published)
    return made


@pytest.fixture(scope="module")
def table(folder):
    return pd.read_csv(folder / "indicators.csv")


def test_file_holds_each_indicator_of_each_area_once_in_each_edition(table):
    key = ["edition", "indicator", "area"]
    assert not table.duplicated(key).any()
    assert len(table) == len(EDITIONS) * len(load_catalogue()) * 44
    assert set(table["edition"]) == set(EDITIONS)
    assert table["area_name"].notna().all()


def test_value_is_that_of_the_book(table, published):
    for each in published:
        own = compute_indicator("recorded-crime", each.edition.parameters).set_index("area")
        rows = table[
            (table["edition"] == each.edition.name) & (table["indicator"] == "recorded-crime")
        ]
        rows = rows.set_index("area")
        assert rows.loc["kent", "value"] == pytest.approx(own.loc["kent", "value"], abs=1e-6)
        assert rows.loc["kent", "rank"] == own.loc["kent", "rank"]
        assert rows.loc["kent", "period_end"] == f"{own.loc['kent', 'period_end']:%Y-%m-%d}"


def test_file_is_what_its_schema_says(folder):
    said = json.loads((folder / "indicators.json").read_text("utf-8"))
    [described] = said["resources"]
    assert all(field["description"] for field in described["schema"]["fields"])
    report = frictionless.Package(str(folder / "indicators.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:5]
    assert {each["indicator"] for each in said["indicators"]} == set(load_catalogue())
    assert all(each["unit"] and each["source"] for each in said["indicators"])
    assert [each["edition"] for each in said["editions"]] == list(EDITIONS)


def test_both_files_hold_the_same_and_the_columns_are_described(folder, table):
    columns = pq.read_table(folder / "indicators.parquet")
    assert columns.column_names == [name for name, _, _ in FIELDS]
    assert all(field.metadata[b"description"] for field in columns.schema)
    other = columns.to_pandas(date_as_object=False)
    assert other["value"].tolist() == pytest.approx(table["value"].tolist(), nan_ok=True)
    assert other["period_end"].dt.strftime("%Y-%m-%d").tolist() == table["period_end"].tolist()
    assert other["rank"].fillna(0).tolist() == table["rank"].fillna(0).tolist()


def test_same_editions_give_the_same_bytes(folder, published, tmp_path):
    write_indicator_files(tmp_path, published)
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name
    assert len(list(tmp_path.iterdir())) == 3
