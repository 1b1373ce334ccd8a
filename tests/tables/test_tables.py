"""Loading tables: checked, typed, shared."""

import subprocess
import sys

import pandas as pd
import pytest
import shapely

from peelbook.errors import DataIntegrityError
from peelbook.tables import (
    blemishes,
    data_directory,
    describe_table,
    load_boundaries,
    load_table,
    table_names,
)


def test_every_described_table_loads_with_its_columns(committed):
    for name in set(table_names(committed)) - {"boundaries"}:
        fields = describe_table(name, committed)["schema"]["fields"]
        frame = load_table(name, committed)
        assert list(frame.columns) == [field["name"] for field in fields]
        dates = [field["name"] for field in fields if field["type"] == "date"]
        assert all(frame[column].dtype.kind == "M" for column in dates), name


def test_blank_text_is_missing_and_missing_integers_are_floats(committed):
    assert load_table("judgments", committed)["note"].isna().any()
    assert load_table("arrests", committed)["arrests"].dtype == "float64"


def test_loaded_table_is_shared(committed):
    assert load_table("forces", committed) is load_table("forces", committed)


@pytest.mark.parametrize("name", ["population", "recorded_crime", "boundaries"])
def test_tampered_table_is_refused_and_named(copied, name):
    path = copied / describe_table(name, copied)["path"]
    path.write_bytes(path.read_bytes() + b" ")
    load = load_boundaries if name == "boundaries" else lambda folder: load_table(name, folder)
    with pytest.raises(DataIntegrityError, match=f"Table '{name}'.*sha256 differs"):
        load(copied)


def test_missing_file_is_named(copied):
    (copied / "officers.csv").unlink()
    with pytest.raises(DataIntegrityError, match="Table 'officers'.*officers.csv is missing"):
        load_table("officers", copied)


def test_unknown_table_names_the_known_ones(committed):
    with pytest.raises(DataIntegrityError, match="Table 'crimes'.*recorded_crime"):
        load_table("crimes", committed)


def test_folder_without_a_data_package_is_refused(tmp_path):
    with pytest.raises(DataIntegrityError, match="datapackage.json"):
        table_names(tmp_path)


def test_data_folder_can_be_set_by_the_environment(monkeypatch, tmp_path, committed):
    assert data_directory() == committed
    monkeypatch.setenv("PEELBOOK_DATA", str(tmp_path))
    assert data_directory() == tmp_path


def test_boundaries_have_the_43_forces(committed):
    features = load_boundaries(committed)["features"]
    forces = load_table("forces", committed)["force"]
    assert {feature["properties"]["force"] for feature in features} == set(forces)
    assert (committed / "boundaries.geojson").stat().st_size < 150_000


def test_boundaries_are_valid_and_neighbours_share_their_borders(committed):
    features = load_boundaries(committed)["features"]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


def test_blemishes_are_listed_for_the_data_dictionary(committed):
    titles = {blemish["title"] for blemish in blemishes(committed)}
    assert {"30 December 2017", "negative counts", "expired offence codes"} <= titles


def test_loading_a_table_needs_nothing_of_the_importers():
    unwanted = ["pandera", "frictionless", "openpyxl", "shapely"]
    script = f"import sys, peelbook.tables; print([m for m in {unwanted} if m in sys.modules])"
    shown = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "[]"


def test_dates_are_real_dates(committed):
    assert load_table("recorded_crime", committed)["period_end"].max() == pd.Timestamp("2019-03-31")
