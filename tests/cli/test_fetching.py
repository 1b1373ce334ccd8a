"""`peelbook data fetch` as a user meets it, without a network."""

import pytest

from peelbook.importers import downloads
from peelbook.importers.downloads import Download


@pytest.fixture
def no_network(monkeypatch):
    rows = {
        name: Download(name, f"Tables {name}", f"{name}.ods", "https://example.org/page",
                       f"http://127.0.0.1:9/{name}.ods", "0" * 64, 1)
        for name in ("one", "two")
    }  # fmt: skip
    monkeypatch.setattr(downloads, "read_register", lambda: rows)
    monkeypatch.setattr(downloads, "RETRIES", 0)


def test_without_a_network_each_file_is_named_with_its_page(run, tmp_path, no_network):
    code, out, err = run("data", "fetch", "--to", "files")
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert len(lines) == 2
    for name, line in zip(("one", "two"), lines, strict=True):
        assert line.startswith(f"peelbook: {name}.ods: 127.0.0.1:9 cannot be reached.")
        assert f"'Tables {name}' by hand from https://example.org/page" in line
    assert list((tmp_path / "files").iterdir()) == []


def test_list_names_files_and_pages_and_fetches_nothing(run, tmp_path):
    code, out, _ = run("data", "fetch", "prc-pfa-mar2013-onwards", "--list")
    assert code == 0
    assert out.startswith("prc-pfa-mar2013-onwards: Police recorded crime open data tables")
    assert "https://www.gov.uk/government/statistics/police-recorded-crime-open-data-tables" in out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [((), "needs --to FOLDER"), (("prc-pfa-mar2013", "--to", "f"), "prc-pfa-mar2013-onwards")],
    ids=["no folder", "unknown name"],
)
def test_bad_input_is_one_line_and_exit_2(run, tmp_path, words, said):
    code, out, err = run("data", "fetch", *words)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert said in err
    assert list(tmp_path.iterdir()) == []
