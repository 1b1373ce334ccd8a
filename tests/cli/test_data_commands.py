"""`data survey` and `data add` as a user types them: one line where a file is wrong, exit code 2."""

import pytest


@pytest.mark.parametrize("command", ["survey", "add"])
def test_file_that_is_not_known_ends_in_one_line(run, tmp_path, command):
    (tmp_path / "odd.csv").write_text("area,value,unit\n1,2,3\n", encoding="utf-8")
    code, out, err = run("data", command, "odd.csv")
    assert (code, out) == (2, "")
    assert err.startswith("peelbook: odd.csv: not a release that is known. Known are: ")
    assert err.endswith("Looked at: headings area, value, unit.\n")
    assert err.count("\n") == 1


def test_survey_says_what_a_file_is(run, tmp_path):
    text = "year,force_name,officers\n2031,Kent,1\n2031,Nowhere,many\n2031,Essex,2\n"
    (tmp_path / "download").write_text(text, encoding="utf-8")
    code, out, _ = run("data", "survey", "download")
    assert code == 0
    assert "download: CSV" in out
    assert "force_name: 2 forces" in out
    assert "force_name: names not known: 'Nowhere' 1 times" in out
    assert "officers: no numbers: 'many' 1 times" in out


@pytest.mark.parametrize(
    ("month", "said"),
    [
        ("2023-13", "'2023-13' is no month: give year and month, such as 2023-06."),
        ("June 2023", "'June 2023' is no month: give year and month, such as 2023-06."),
        (
            "2018-11",
            "2018-11: the first release of recorded crime that is held runs to December 2018; "
            "give 2018-12 to 2026-03.",
        ),
        (
            "2026-04",
            "2026-04: the last release that is held runs to March 2026; give 2018-12 to 2026-03.",
        ),
    ],
)
def test_month_that_the_tables_never_stood_at_ends_in_one_line(run, tmp_path, month, said):
    assert run("data", "vintage", month, "then") == (2, "", f"peelbook: {said}\n")
    assert list(tmp_path.iterdir()) == []


def test_folder_in_the_way_of_older_tables_is_kept(run, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "a file").write_text("mine", encoding="utf-8")
    for name in ("mine", "a file"):
        code, out, err = run("data", "vintage", "2022-12", name)
        assert (code, out) == (2, "")
        assert err.endswith("is there and not empty; name a folder that is new or empty.\n")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a file", "mine"]


def test_older_tables_are_written_and_what_renders_with_them_is_said(run, tmp_path):
    (tmp_path / "empty").mkdir()
    code, out, _ = run("data", "vintage", "2022-12", "empty")
    assert code == 0
    assert (
        "crime_severity: 840 rows put back (Crime Severity Score to March 2022), 903 taken out\n"
        in out
    )
    assert "As they are, for their rows are of no vintage: " in out
    assert out.endswith("Render with: PEELBOOK_DATA=empty peelbook render kent\n")
    assert (tmp_path / "empty" / "datapackage.json").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]
