"""The command line as a user meets it: one helpful line for wrong words, tables as documented."""

import csv
import io
import json

import pytest

from peelbook import cli
from peelbook.cli.options import collect_parameters
from peelbook.parameters import parse_parameters

INDICATORS = (
    "indicator,area,period_start,period_end,value,unit,numerator,denominator,"
    "comparator_value,comparator_area,rank,of,band,unusual,change,change_unit,status,note"
)
JUDGMENTS = "area,inspection,level,id,grade,basis,published_grade,published_basis"
REPRODUCE = "ref,indicator,area,period,published,computed,decimals,variant,verdict,reason"


WRONG = [
    (["render", "kent", "-p", "period_ned", "2017-03-31"], "period_end"),
    (["render", "kent", "-p", "period_end", "2017-03-30"], "2017-03-31"),
    (["render", "kent", "-p", "period_end", "2031-03-31"], "2026-03-31"),
    (["render", "kent", "-p", "comparator", "narnia"], "england-and-wales, region"),
    (["render", "kent", "-p", "households_mid_year", "1066"], "households_mid_year"),
    (["render", "kent", "-p", "british_transport_police", "perhaps"], "british_transport_police"),
    (["render", "narnia"], "narnia"),
    (["render", "leicestershir"], "leicestershire"),
    (["render", "kent", "narnia"], "narnia"),
    (["render", "-p", "force", "../../etc"], "../../etc"),
    (["render", "../../etc"], "../../etc"),
    (["render"], "render kent"),
    (["render", "kent", "-p", "force", "durham"], "once"),
    (["render", "kent", "-p", "period_end"], "-p force kent"),
    (["render", "kent", "-p"], "-p force kent"),
    (["indicators", "narnia"], "narnia"),
    (["indicators"], "--all"),
    (["judgments", "durhm"], "durham"),
    (["judgments", "kent", "-p", "period_ned", "2017-03-31"], "period_end"),
]


@pytest.mark.parametrize(("words", "wanted"), WRONG, ids=lambda value: str(value)[:60])
def test_wrong_words_end_with_one_helpful_line_and_code_2(run, tmp_path, words, wanted):
    code, out, err = run(*words)
    assert code == 2
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert err.startswith("peelbook: ")
    assert wanted in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == [], "nothing is written"


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("force: [kent", "parameters.yml"),
        ("- kent\n- durham\n", "name: value"),
        ("just words", "name: value"),
        ("", "name: value"),
        ("force: kent\nperiod_ned: 2017-03-31\n", "period_end"),
        ("force: narnia\n", "narnia"),
        ("force: 12\n", "12"),
        ("force: kent\nperiod_end: [1, 2]\n", "period_end"),
    ],
)
def test_bad_parameter_file_ends_with_one_line_and_code_2(run, tmp_path, content, wanted):
    file = tmp_path / "parameters.yml"
    file.write_text(content, encoding="utf-8")
    code, _, err = run("render", "-f", str(file))
    assert code == 2
    assert len(err.strip().splitlines()) == 1
    assert wanted in err
    assert list(tmp_path.iterdir()) == [file]


def test_parameter_file_that_is_not_there_ends_with_one_line_and_code_2(run, tmp_path):
    code, _, err = run("render", "kent", "-f", "absent.yml")
    assert code == 2
    assert len(err.strip().splitlines()) == 1
    assert "absent.yml" in err
    assert list(tmp_path.iterdir()) == []


def test_parameter_file_that_is_not_text_ends_with_one_line_and_code_2(run, tmp_path):
    (tmp_path / "binary.yml").write_bytes(b"\xff\xfe\x00\x80")
    code, _, err = run("indicators", "kent", "-f", "binary.yml")
    assert code == 2
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("True", True), ("false", False), ("False", False)],
)
def test_true_and_false_are_booleans(text, value):
    pairs = cli.join_pairs(["-p", "british_transport_police", text])
    chosen = parse_parameters(collect_parameters(None, [pairs[1]]))
    assert chosen.british_transport_police is value


def test_value_may_hold_an_equals_sign():
    assert cli.join_pairs(["-p", "force", "a=b"]) == ["-p", "force=a=b"]
    assert collect_parameters(None, ["force=a=b"]) == {"force": "a=b"}


def test_parameter_on_the_command_line_wins_over_the_file(tmp_path):
    file = tmp_path / "set.yml"
    file.write_text("period_end: 2018-03-31\ncomparator: region\n", encoding="utf-8")
    values = collect_parameters(file, ["comparator=england-and-wales"])
    assert values["comparator"] == "england-and-wales"
    assert str(values["period_end"]) == "2018-03-31"


def test_indicators_as_csv_have_the_documented_columns_in_order(run):
    code, out, _ = run("indicators", "leicestershire", "--format", "csv")
    assert code == 0
    assert out.splitlines()[0] == INDICATORS
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["area"] for row in rows} == {"leicestershire", "england-and-wales"}
    crime = next(
        r for r in rows if (r["indicator"], r["area"]) == ("recorded-crime", rows[0]["area"])
    )
    assert (crime["period_start"], crime["period_end"]) == ("2015-07-01", "2016-06-30")
    assert round(float(crime["value"]), 1) == 58.0
    assert crime["rank"].isdigit()
    assert all(row["note"] for row in rows if not row["value"])


def test_indicators_of_all_forces_as_json(run):
    code, out, _ = run("indicators", "--all", "-p", "period_end", "2018-12-31", "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert len({row["area"] for row in rows}) == 44
    assert ",".join(rows[0]) == INDICATORS
    assert "NaN" not in out


def test_british_transport_police_true_is_counted_in(run):
    def country(*words: str) -> float:
        _, out, _ = run("indicators", "kent", "--format", "csv", *words)
        rows = csv.DictReader(io.StringIO(out))
        return next(
            float(row["value"])
            for row in rows
            if (row["indicator"], row["area"]) == ("recorded-crime", "england-and-wales")
        )

    assert country("-p", "british_transport_police", "true") > country()


def test_judgments_as_csv_have_the_documented_columns_in_order(run):
    code, out, _ = run("judgments", "leicestershire", "--format", "csv")
    assert code == 0
    assert out.splitlines()[0] == JUDGMENTS
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["level"] for row in rows} >= {"overall", "question"}
    overall = next(row for row in rows if row["level"] == "overall")
    assert overall["area"] == "leicestershire"
    assert overall["published_grade"] == "requires improvement"


def test_reproduce_as_csv_has_the_documented_columns_in_order(run):
    code, out, _ = run("reproduce", "--format", "csv")
    assert code == 0
    assert out.splitlines()[0] == REPRODUCE
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) > 100
    assert all(row["verdict"] and row["reason"] for row in rows)


def test_forces_lists_the_43(run):
    code, out, _ = run("forces", "--format", "csv")
    assert code == 0
    assert len(out.splitlines()) == 44


@pytest.mark.parametrize("command", [[], ["render"], ["indicators"], ["judgments"], ["reproduce"]])
def test_every_command_has_help(run, command):
    code, out, _ = run(*command, "--help")
    assert code == 0
    assert "Usage" in out
