"""A data package that is broken, empty or changed: one line that names it, from every command."""

from __future__ import annotations

import shutil

import pytest

from peelbook.tables import data_directory, data_fingerprint
from peelbook.tables.loading import definitions_directory


def package(text: str):
    def change(data) -> None:
        (data / "datapackage.json").write_text(text, encoding="utf-8")

    return change


def folder_for_a_table(data) -> None:
    (data / "officers.csv").unlink()
    (data / "officers.csv").mkdir()


def folder_for_the_package(data) -> None:
    (data / "datapackage.json").unlink()
    (data / "datapackage.json").mkdir()


def no_package(data) -> None:
    (data / "datapackage.json").unlink()


def line_ends_of_windows(data) -> None:
    for file in data.glob("*.csv"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


CHANGES = {
    "broken": (package('{"resources": ['), "datapackage.json"),
    "empty file": (package(""), "datapackage.json"),
    "empty object": (package("{}"), "datapackage.json"),
    "a list": (package("[]"), "datapackage.json"),
    "no resources": (package('{"resources": [], "blemishes": []}'), "datapackage.json"),
    "resources without names": (package('{"resources": [{}], "blemishes": []}'), "datapackage"),
    "nested": (package("[" * 100_000), "datapackage.json"),
    "gone": (no_package, "datapackage.json"),
    "a folder": (folder_for_the_package, "datapackage.json"),
    "table a folder": (folder_for_a_table, "officers"),
    "line ends": (line_ends_of_windows, "core.autocrlf=false"),
}


@pytest.mark.parametrize("words", [["render", "kent", "-o", "books"], ["data", "check"]], ids=str)
@pytest.mark.parametrize(("change", "said"), list(CHANGES.values()), ids=list(CHANGES))
def test_broken_data_are_named_in_one_line(run, tmp_path, monkeypatch, words, change, said):
    data = tmp_path / "data"
    shutil.copytree(data_directory(), data)
    change(data)
    monkeypatch.setenv("PEELBOOK_DATA", str(data))
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err or words[0] == "data"
    assert "Traceback" not in err
    assert all(line.startswith("peelbook: ") for line in err.strip().splitlines())
    assert len(err.strip().splitlines()) == 1 or words[0] == "data"
    assert "Parameter force" not in err


def test_fingerprint_changes_with_a_definition_that_decides_grades(monkeypatch, tmp_path):
    before = data_fingerprint()
    copy = tmp_path / "frameworks"
    shutil.copytree(definitions_directory(), copy)
    monkeypatch.setattr("peelbook.tables.loading.definitions_directory", lambda: copy)
    assert data_fingerprint() == before
    file = copy / "peel-2016.yml"
    file.write_text(file.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert data_fingerprint() != before


def test_what_is_hashed_is_kept_from_conversion_by_git(project):
    rules = (project / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert {"data/** -text", "frameworks/** -text"} <= set(rules)
