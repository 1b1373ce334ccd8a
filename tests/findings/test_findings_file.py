import pytest

from peelbook.errors import InvalidParameter
from peelbook.findings.register import COLUMN_TYPES
from peelbook.findings.supplied import check_findings, findings_template, read_findings
from peelbook.judgments.framework import load_framework
from peelbook.tables.supplied import SuppliedFileError

HEADER = ",".join(COLUMN_TYPES)


def problems_of(path):
    return [(problem.line, problem.reason) for problem in check_findings(path)[1]]


def test_template_explains_each_column_with_the_values_of_the_framework():
    text, framework = findings_template("Kent Police", 2016), load_framework()
    comments = [line for line in text.splitlines() if line.startswith("# ")]
    for column in COLUMN_TYPES:
        assert any(line.startswith(f"# {column}: ") for line in comments)
    for value in (*framework.evidence_kinds, *(part.id for part in framework.sub_questions)):
        assert value in text
    assert text.splitlines()[-1] == HEADER


def test_template_is_refused_until_it_holds_a_finding(tmp_path):
    path = tmp_path / "new.csv"
    path.write_text(findings_template("Kent Police", 2016), encoding="utf-8")
    assert problems_of(path) == [(1, "no finding; fill in a line below the column names")]


def test_examples_of_the_template_are_valid_once_uncommented(tmp_path):
    path = tmp_path / "new.csv"
    lines = findings_template("Kent Police", 2016).splitlines()
    examples = [line.removeprefix("# ") for line in lines if line.startswith(("# q1", "# q2"))]
    path.write_text("\n".join([HEADER, *examples]), encoding="utf-8")
    assert len(examples) == 2
    assert problems_of(path) == []


def test_register_is_read_in_the_types_of_the_project(findings_file):
    path = findings_file(
        {},
        {
            "id": "two",
            "sub_question": "q2.3",
            "finding": "Another.",
            "polarity": "weakness",
            "evidence_kind": "crime file review",
            "sample_size": "60",
            "area_for_improvement": "TRUE",
            "area_for_improvement_text": "Do it.",
        },
    )
    read = read_findings(path)
    assert read["question"].tolist() == ["q1", "q2"]
    assert read["area_for_improvement"].tolist() == [False, True]
    assert read["sample_size"].tolist()[1] == 60
    assert read["sample_size"].isna().tolist() == [True, False]
    assert read["weight"].tolist() == [2, 2]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (
            {"sub_question": "q1.22"},
            "unknown sub-question 'q1.22': did you mean q1.2 or",
        ),
        ({"sub_question": ""}, "sub_question is blank: there are 15 allowed values"),
        ({"question": "q3"}, "question 'q3' is not that of q1.2: did you mean q1?"),
        ({"evidence_kind": "surveys"}, "evidence_kind 'surveys': did you mean survey?"),
        ({"polarity": "weak"}, "polarity 'weak': did you mean weakness?"),
        ({"weight": "4"}, "weight '4': allowed: 1, 2, 3."),
        ({"weight": "1.5"}, "weight '1.5': allowed: 1, 2, 3."),
        ({"change_since_last": "better"}, "change_since_last 'better'"),
        ({"id": ""}, "id is blank"),
        ({"theme": ""}, "theme is blank"),
        ({"finding": " "}, "finding is blank"),
        ({"place": ""}, "place is blank"),
        ({"evidence_kind": "survey"}, "sample_size is blank, and a finding from a survey needs"),
        ({"evidence_kind": "case sample"}, "sample_size is blank"),
        ({"evidence_kind": "crime file review"}, "sample_size is blank"),
        ({"sample_size": "many"}, "sample_size 'many': wanted: a whole number above zero"),
        ({"sample_size": "0"}, "sample_size '0': wanted: a whole number above zero"),
        (
            {"area_for_improvement": "true", "area_for_improvement_text": "Do it."},
            "an area for improvement on a strength; did you mean weakness?",
        ),
        ({"cause_of_concern": "true"}, "a cause of concern on a strength"),
        (
            {"polarity": "weakness", "area_for_improvement": "yes"},
            "area_for_improvement_text is blank",
        ),
        (
            {"polarity": "weakness", "area_for_improvement_text": "Do it."},
            "area_for_improvement_text without an area for improvement",
        ),
        ({"cause_of_concern": "maybe"}, "cause_of_concern 'maybe': did you mean yes?"),
        ({"restates_indicator": "robery"}, "restates_indicator 'robery' is unknown"),
        (
            {"restates_indicator": "victim-satisfaction"},
            "restates_indicator 'victim-satisfaction' does not speak to q1.2; leave it blank",
        ),
    ],
)
def test_faulty_finding_is_named_with_its_line_reason_and_nearest_value(
    findings_file, fields, reason
):
    (problem,) = problems_of(findings_file({"id": "zero", "finding": "First."}, fields))
    assert problem[0] == 3
    assert problem[1].startswith(reason)


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ({"finding": "Another."}, "id 'one' is already that of line 2"),
        (
            {"id": "two", "polarity": "weakness"},
            "the same finding stands in line 2 with the other polarity",
        ),
        (
            {"id": "two", "finding": "a  made-up FINDING."},
            "the same finding stands in line 2 already",
        ),
    ],
)
def test_contradictory_findings_are_named(findings_file, second, reason):
    assert problems_of(findings_file({}, second)) == [(3, reason)]


def test_every_problem_of_a_file_is_named_in_the_order_of_lines(findings_file):
    path = findings_file({"weight": "9"}, {"id": "two", "finding": "B.", "polarity": "x"})
    assert [line for line, _ in problems_of(path)] == [2, 3]
    with pytest.raises(SuppliedFileError, match=r"^findings.csv:2: weight '9'.*\(1 more: run peel"):
        read_findings(path)


def test_missing_file_is_refused_in_one_line_without_its_folder(tmp_path):
    with pytest.raises(InvalidParameter, match=r"^File none.csv: there is no such file.$"):
        read_findings(tmp_path / "none.csv")


def as_spreadsheet(delimiter: str, end: str) -> str:
    row = ["one", "", "q1.2", "made up", '"A finding, made up."', "strength", "2", "fieldwork"]
    cells = [*row, *[""] * 6, "nowhere", "", ""]
    lines = ["# a comment", HEADER.replace(",", delimiter), "", delimiter.join(cells)]
    return end.join(lines) + end


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_file_as_a_spreadsheet_saves_it_is_read(tmp_path, delimiter, end):
    path = tmp_path / "sheet.csv"
    path.write_bytes(b"\xef\xbb\xbf" + as_spreadsheet(delimiter, end).encode())
    assert problems_of(path) == []
    assert read_findings(path)["finding"].tolist() == ["A finding, made up."]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, "no line that names the columns"),
        (b"# only a comment\n", 1, "no line that names the columns"),
        (b"id,colour\n", 1, "unknown column 'colour'"),
        (HEADER.replace(",place", "").encode(), 1, "no column 'place'"),
        (f"{HEADER}\n{',' * 23}x\n".encode(), 2, "24 cells for 23 columns"),
        (f'{HEADER}\na,"open\n'.encode(), 2, "not readable as CSV"),
        (f"{HEADER}\n\x00\n".encode(), 2, "control character U+0000"),
        (f"{HEADER}\n\n\u202eabc\n".encode(), 3, "character that turns reading direction U+202E"),
        (f"{HEADER}\ncaf\xe9".encode("latin-1"), 2, "not in UTF-8"),
    ],
)
def test_file_that_is_not_as_agreed_is_refused_with_its_line(tmp_path, content, line, reason):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    found = problems_of(path)
    assert found[0][0] == line
    assert found[0][1].startswith(reason)


def test_check_finds_what_a_render_would_refuse(tmp_path):
    path = tmp_path / "findings.csv"
    row = "a,,q1.2,theme,A finding.,strength,1,fieldwork,,,,,,,notes,no such heading,,,,,,,"
    path.write_text(f"{HEADER}\n{row}\n")
    assert problems_of(path) == [(2, "its heading is not one of its sub-question")]
