"""Whatever stands in a parameter file, it is read as it was meant or refused in one line."""

import time
import tracemalloc
from datetime import date

import pytest

from peelbook.errors import PeelbookError
from peelbook.parameters import parse_parameters
from peelbook.tables.parameter_files import read_parameter_file

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)
REFUSED = {
    "impossible day": ("period_end: 2016-06-31", "YYYY-MM-DD|day value"),
    "impossible month": ("period_end: 2016-13-01", "month value"),
    "no leap year": ("period_end: 2015-02-29", "day value"),
    "British date": ("period_end: 30/06/2016", "YYYY-MM-DD, for example 2016-06-30"),
    "slashes": ("period_end: 2016/06/30", "YYYY-MM-DD"),
    "no dashes": ("period_end: 20160630", "YYYY-MM-DD"),
    "year alone": ("period_end: 2016", "YYYY-MM-DD"),
    "one digit": ("period_end: 2016-6-30", "YYYY-MM-DD"),
    "seconds since 1970": ("period_end: 1467244800", "YYYY-MM-DD"),
    "seconds as text": ("period_end: '1467244800'", "YYYY-MM-DD"),
    "day and time": ("period_end: 2016-06-30T00:00:00", "YYYY-MM-DD"),
    "tag of an integer": ('households_mid_year: !!int ""', "line 1.*tags"),
    "tag of a float": ('force: !!float "x"', "tags"),
    "tag of a boolean": ('force: !!bool "x"', "tags"),
    "tag of a time": ("period_end: !!timestamp x", "tags"),
    "tag of bytes": ("force: !!binary a2VudA==", "tags"),
    "tag of an object": ("force: !!python/object/apply:os.system [id]", "line 1"),
    "tag on the whole": ("!!set {force: kent}", "tags"),
    "integer of 5,000 digits": (f"households_mid_year: {'9' * 5000}", "households_mid_year"),
    "2,000 brackets": ("force: " + "[" * 2000, "one value"),
    "1,500 braces": ("force: " + "{" * 1500, "one value"),
    "anchors that explode": (BOMB, "one value"),
    "anchor": ("force: &a kent", "anchors"),
    "reference": ("force: *a", "one value"),
    "reference to itself": ("force: &a [*a]", "one value"),
    "twice": ("force: kent\nforce: durham", "line 2.*'force' stands there twice"),
    "octal": ("households_mid_year: 03737", "2015"),
    "base 60": ("households_mid_year: 33:35", "2015"),
    "hexadecimal": ("households_mid_year: 0x7df", "2015"),
    "underscores": ("households_mid_year: 2_015", "2015"),
    "false for a year": ("households_mid_year: false", "2015"),
    "fraction": ("households_mid_year: 2015.5", "2015"),
    "no value": ("force:", "no value"),
    "null": ("force: ~", "no value"),
    "two documents": ("force: kent\n---\nforce: durham", "name: value"),
    "list": ("- force", "name: value"),
    "text": ("kent", "name: value"),
    "empty": ("", "name: value"),
    "merge": ("<<: {force: kent}", "one value"),
    "complex name": ("? [force]\n: kent", "one value"),
    "control character": ("force: ke\x07nt", "special characters"),
    "tab": ("force:\n\tkent", "line|token"),
    "100 KiB": ("# " + "x" * 100_000, "larger than 64 KiB"),
    "long name of a file": ("findings: " + "x" * 5000, "too long"),
    "long path of a file": ("returns: " + "x/" * 5000, "too long"),
    "long force": ("force: " + "x" * 5000, "Unknown force"),
    "long comparator": ("comparator: " + "x" * 5000, "comparator"),
    "long name": ("x" * 900 + ": kent", "Unknown parameter"),
    "NUL in a name of a file": ('findings: "a\\0b"', "cannot be shown"),
}


@pytest.fixture
def write(tmp_path):
    def write_text(text: str):
        file = tmp_path / "parameters.yml"
        file.write_text(text, encoding="utf-8")
        return file

    return write_text


@pytest.mark.parametrize("text", [text for text, _ in REFUSED.values()], ids=list(REFUSED))
def test_file_with_a_fault_is_refused_in_one_line_by_the_command(run, write, text):
    code, out, err = run("indicators", "-f", str(write(text)))
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert err.startswith("peelbook: ")
    assert len(err) < 600
    assert "Traceback" not in err


@pytest.mark.parametrize(("text", "said"), list(REFUSED.values()), ids=list(REFUSED))
def test_reason_says_what_is_wanted(write, text, said):
    file = write(text)
    with pytest.raises(PeelbookError, match=said):
        parse_parameters({"force": "kent"} | read_parameter_file(file))


def test_what_would_explode_takes_no_time_and_no_memory(write):
    file = write(BOMB)
    tracemalloc.start()
    begun = time.monotonic()
    with pytest.raises(PeelbookError):
        read_parameter_file(file)
    assert time.monotonic() - begun < 1
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_nested_value_given_by_a_library_is_cut_before_it_is_shown():
    value = ["x"]
    for _ in range(30):
        value = [value] * 9
    with pytest.raises(PeelbookError) as raised:
        parse_parameters({"force": value})
    assert len(str(raised.value)) < 400


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("force: kent", {"force": "kent"}),
        ("force: Devon & Cornwall", {"force": "devon-and-cornwall"}),
        ('force: "Devon & Cornwall"  # a comment', {"force": "devon-and-cornwall"}),
        ("{force: kent, period_end: 2018-03-31}", {"period_end": date(2018, 3, 31)}),
        ("period_end: '2018-03-31'", {"period_end": date(2018, 3, 31)}),
        ("british_transport_police: yes", {"british_transport_police": True}),
        ("british_transport_police: FALSE", {"british_transport_police": False}),
        ("households_mid_year: 2015", {"households_mid_year": 2015}),
        ("findings: ''", {"findings": ""}),
        ("\ufeffforce: kent\r\n", {"force": "kent"}),
    ],
)
def test_file_without_a_fault_is_read_as_it_was_meant(write, text, values):
    read = parse_parameters({"force": "kent"} | read_parameter_file(write(text)))
    assert {name: getattr(read, name) for name in values} == values


def test_parameter_files_of_the_project_are_all_read(project):
    files = sorted((project / "parameters").glob("*.yml"))
    assert files
    for file in files:
        parse_parameters(read_parameter_file(file))
