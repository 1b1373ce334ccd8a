"""The data package: complete, valid, small, and the same on every run."""

import json

import frictionless
import pytest

from peelbook.importers.datapackage import LARGEST_TOTAL_BYTES, build, check, describe
from peelbook.tables import load_table


@pytest.fixture(autouse=True)
def made_up_country():
    """Leave the real forces in their place: these tests are about the project's own tables."""


def package(folder):
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def test_committed_tables_are_as_described(committed):
    assert check(committed) == []


def test_data_package_is_valid_frictionless(committed):
    report = frictionless.Package(committed / "datapackage.json").validate()
    assert report.valid, report.flatten(["path", "message"])


def test_every_column_has_a_description_a_type_and_counts_have_a_unit(committed):
    for resource in package(committed)["resources"]:
        for field in resource.get("schema", {"fields": []})["fields"]:
            place = (resource["name"], field["name"])
            assert field["description"].endswith("."), place
            assert field["type"] in {"string", "integer", "number", "date", "boolean"}, place
            assert field["type"] not in {"integer", "number"} or field["unit"], place


def test_every_table_has_a_title_a_source_a_licence_and_a_hash(committed):
    for resource in package(committed)["resources"]:
        assert resource["title"]
        assert resource["hash"].startswith("sha256:")
        of_papers = resource["name"] == "published_elsewhere"
        assert resource["licenses"][0]["name"] == ("facts-only" if of_papers else "OGL-UK-3.0")
        for source in resource["sources"]:
            assert all(source[part] for part in ("title", "publisher", "released"))


def test_data_package_holds_no_time_of_creation(committed):
    assert "created" not in (committed / "datapackage.json").read_text(encoding="utf-8")


def test_all_files_together_are_small(committed):
    total = sum(path.stat().st_size for path in committed.rglob("*") if path.is_file())
    assert total < LARGEST_TOTAL_BYTES


@pytest.mark.parametrize(
    "name",
    [
        "exclusions.csv",
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in ("outcomes.parquet", "boundaries.geojson")
        ),
    ],
)
def test_tampering_is_detected_and_named(copied, name):
    path = copied / name
    path.write_bytes(path.read_bytes() + b"\n")
    problems = check(copied)
    assert [problem.table for problem in problems] == [name.split(".")[0]]


def test_file_that_breaks_its_schema_is_a_problem_even_when_described(copied):
    path = copied / "exclusions.csv"
    path.write_text(path.read_text().replace("no-change", "hidden"), encoding="utf-8")
    describe(copied)
    problems = check(copied)
    assert [problem.table for problem in problems] == ["exclusions"]
    assert "hidden" in str(problems[0])


def test_folder_without_a_table_is_a_problem(copied):
    (copied / "forces.csv").unlink()
    assert "forces" in {problem.table for problem in check(copied)}


def test_describing_twice_changes_nothing(copied):
    before = (copied / "datapackage.json").read_bytes()
    describe(copied)
    assert (copied / "datapackage.json").read_bytes() == before


@pytest.mark.slow
def test_rebuilding_from_the_releases_gives_the_same_bytes(source, tmp_path, committed):
    build(source, tmp_path / "data")
    built = {path.name: path.read_bytes() for path in (tmp_path / "data").glob("*.*")}
    kept = {path.name: path.read_bytes() for path in committed.glob("*.*") if path.suffix != ".md"}
    assert sorted(built) == sorted(kept)
    assert [name for name in kept if built[name] != kept[name]] == []


def test_curated_rules_name_known_forces(committed):
    known = {*load_table("forces", committed)["force"], "all"}
    for name in ("exclusions", "caveats"):
        assert set(load_table(name, committed)["force"]) <= known


def test_caveats_are_single_sentences_of_our_own(committed):
    for text in load_table("caveats", committed)["caveat"]:
        assert text.endswith(".")
        assert ". " not in text
