"""Tables fit a window of 80 characters with no word cut, and more can be had."""

import pytest

from peelbook.cli.options import PARAMETERS
from peelbook.parameters import Parameters


@pytest.fixture(autouse=True)
def _window_of_80(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize(
    "words",
    [
        ["indicators", "kent"],
        ["indicators", "--all"],
        ["judgments", "leicestershire"],
    ],
)
def test_table_fits_80_characters_and_cuts_no_word(run, words):
    code, out, _ = run(*words)
    assert code == 0
    assert all(len(line) <= 80 for line in out.splitlines())
    assert "…" not in out
    first = "recorded-crime" if words[0] == "indicators" else "requires improvement"
    assert first in out


def test_wide_and_columns_print_more(run):
    _, few, _ = run("indicators", "kent")
    assert "numerator" not in few
    _, out, _ = run("indicators", "kent", "--columns", "indicator,numerator", "--format", "csv")
    assert out.splitlines()[0] == "indicator,numerator"
    code, _, err = run("indicators", "kent", "--columns", "indicator,nonsense")
    assert code == 2
    assert "'nonsense'" in err
    assert len(err.strip().splitlines()) == 1


def test_wide_prints_all_columns(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    _, out, _ = run("indicators", "kent", "--wide")
    assert "numerator" in out
    assert "period_start" in out


def test_help_of_p_names_every_parameter(run, monkeypatch):
    assert tuple(Parameters.model_fields) == PARAMETERS
    monkeypatch.setenv("COLUMNS", "300")
    _, out, _ = run("render", "--help")
    assert all(name in out for name in PARAMETERS)


@pytest.mark.parametrize("name", ["Devon & Cornwall", "GMP", "London, City of", "E23000032"])
def test_force_may_be_named_as_people_name_it(run, name):
    code, out, _ = run("indicators", name, "--columns", "area", "--format", "csv")
    assert code == 0
    assert len(set(out.splitlines())) == 3
