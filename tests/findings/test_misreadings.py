"""What was once read wrongly without a word: refused with a reason, by the commands."""

from __future__ import annotations

import time

import pytest
from running_commands import run

from peelbook.charts.categories import as_category
from peelbook.findings.register import COLUMN_TYPES
from peelbook.returns.supplied import COLUMN_MEANINGS, read_returns

__all__ = ["run"]
RETURNS = ",".join(COLUMN_MEANINGS)
KENT = "victim-satisfaction,kent,2015-07-01,2016-06-30,"


def returned(tmp_path, text: str):
    file = tmp_path / "returns.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{RETURNS}\n{KENT},,,81,5,\n", "10 cells for 9 columns"),
        (f"{RETURNS}\n{KENT},,,1,234.50,\n", "10 cells for 9 columns"),
        (f"{RETURNS}\n{KENT},,,81,note,more\n", "10 cells for 9 columns"),
        (f"{RETURNS}\n{KENT},,,81,,\n", "10 cells for 9 columns"),
        (
            f"{RETURNS.replace(',', ';')}\n"
            "victim-satisfaction;kent;2015-07-01;2016-06-30;;1,234;2,000;;\n",
            "did you mean 1.234 or 1234?",
        ),
        (f"{RETURNS}\n{KENT},,,0.815,\n", "did you mean 81.5?"),
        (f"{RETURNS}\n#{KENT},,,81,\n{KENT},,,82,\n", "begins with #"),
        (f'{RETURNS}\n"#1",kent,2015-07-01,2016-06-30,,,,81,x\n{KENT},,,82,\n', "begins with #"),
        (f"{RETURNS}\n{KENT},,,81,a\u2028b\n", "U+2028"),
        (f"{RETURNS}\n{KENT},,,81,a\u2029b\n", "U+2029"),
    ],
)
def test_figure_that_may_be_misread_is_refused(run, tmp_path, text, said):
    code, out, err = run("returns", "check", returned(tmp_path, text))
    assert (code, out) == (2, "")
    assert said in err


def test_a_tail_that_the_header_has_too_and_blank_template_lines_are_no_fault(run, tmp_path):
    text = f"{RETURNS},,\n{KENT},,,81,a note,,\n# calls-for-assistance,kent,,,,,,,,,\n"
    code, out, err = run("returns", "check", returned(tmp_path, text))
    assert code == 0, err
    assert read_returns(tmp_path / "returns.csv")["value"].tolist() == [81.0]
    assert "1 figure" in out


def test_finding_called_number_one_is_not_dropped(run, tmp_path):
    file = tmp_path / "findings.csv"
    cells = {"sub_question": "q1.2", "theme": "x", "finding": "Made up.", "polarity": "strength"}
    cells |= {"weight": "2.0", "evidence_kind": "crime file review", "sample_size": "60.0"}
    cells |= {"place": "nowhere"}
    rows = [cells | {"id": "#1"}, cells | {"id": "2", "finding": "Another."}]
    lines = [",".join(row.get(name, "") for name in COLUMN_TYPES) for row in rows]
    file.write_text("\n".join([",".join(COLUMN_TYPES), *lines]), encoding="utf-8")
    code, _, err = run("findings", "check", str(file))
    assert code == 2
    assert err.strip().endswith("take the # off, or the line out")
    file.write_text("\n".join([",".join(COLUMN_TYPES), lines[1]]), encoding="utf-8")
    assert run("findings", "check", str(file))[0] == 0, "60.0 and 2.0 are whole numbers"


def test_200_000_faulty_lines_give_a_hundred_messages_and_a_count(run, tmp_path):
    faulty = "calls,ket,2015-07-01,2016-06-31,,,x,,\n" * 20_000
    begun = time.process_time()
    code, _, err = run("returns", "check", returned(tmp_path, f"{RETURNS}\n{faulty}"))
    assert code == 2
    assert len(err.splitlines()) == 101
    assert err.splitlines()[-1].startswith("and ")
    assert err.splitlines()[-1].endswith(" more")
    assert time.process_time() - begun < 30


def test_long_cell_of_a_header_is_cut(run, tmp_path):
    code, _, err = run("returns", "check", returned(tmp_path, "x" * 50_000 + ",y\n"))
    assert code == 2
    assert all(len(line) <= 500 for line in err.splitlines())


@pytest.mark.parametrize("name", ["constructor", "toString", "__proto__", "hasOwnProperty"])
def test_no_category_is_the_name_of_a_property_of_every_object(name):
    assert as_category(name) not in {name}
    assert as_category(name).strip() == name
