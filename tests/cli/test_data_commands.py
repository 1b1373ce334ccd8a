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
