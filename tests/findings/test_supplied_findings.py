"""A supplied register in place of the one of the project."""

import pytest

from peelbook.errors import InvalidParameter, UnknownForce
from peelbook.evidence import checked_parameters, load_evidence
from peelbook.narrative import about, introduction, judgments
from peelbook.parameters import parse_parameters, shown_values
from peelbook.tables.supplied import SuppliedFileError


@pytest.mark.parametrize("period_end", ["2016-06-30", "2018-03-31"])
def test_supplied_register_takes_the_place_of_the_shipped_one_in_any_period(
    findings_file, period_end
):
    path = findings_file({}, {"id": "two", "finding": "Another.", "sub_question": "q1.3"})
    ev = load_evidence(force="leicestershire", period_end=period_end, findings=str(path))
    assert ev.findings["id"].tolist() == ["one", "two"]
    # q1.2 and q1.3 are good by rule S1, so q1.1 cannot make two of three fall below good
    assert ev.grade("q1.2")["grade"] == "good"
    assert ev.grade("q1")["grade"] == "good"
    assert ev.grade("overall")["grade"] == "insufficient evidence"


def test_book_says_that_its_findings_were_supplied(findings_file):
    ev = load_evidence(force="kent", findings=str(findings_file({})))
    assert "register of findings that was supplied for this book" in introduction.what_it_rests_on(
        ev
    )
    assert "no findings register" not in judgments.headline(ev)


def test_corrected_register_is_read_anew(findings_file):
    first = load_evidence(force="kent", findings=str(findings_file({})))
    assert first.findings["polarity"].tolist() == ["strength"]
    second = load_evidence(force="kent", findings=str(findings_file({"polarity": "weakness"})))
    assert second.findings["polarity"].tolist() == ["weakness"]


def test_file_is_named_from_the_working_directory(findings_file, monkeypatch):
    path = findings_file({})
    monkeypatch.chdir(path.parent)
    parameters = parse_parameters({"force": "kent", "findings": "findings.csv"})
    assert parameters.findings == str(path.resolve())
    assert shown_values(parameters)["findings"] == "findings.csv"


def test_faulty_file_is_refused_before_anything_is_computed(findings_file):
    with pytest.raises(SuppliedFileError, match=r"^findings.csv:2: weight '9'"):
        checked_parameters({"force": "kent", "findings": str(findings_file({"weight": "9"}))})


@pytest.mark.parametrize("name", ["none.csv", "a`b.csv", "a\nb.csv", "a\0b.csv"])
@pytest.mark.parametrize("parameter", ["findings", "returns"])
def test_file_that_is_not_there_is_refused_in_one_line(parameter, name):
    with pytest.raises(InvalidParameter) as caught:
        checked_parameters({"force": "kent", parameter: name})
    assert "\n" not in str(caught.value)


def test_practice_force_needs_a_file_and_has_no_region(findings_file):
    with pytest.raises(InvalidParameter, match="practice-force is invented"):
        parse_parameters({"force": "practice-force"})
    own = {"force": "practice-force", "findings": str(findings_file({}))}
    assert "does not exist" in about.this_book(load_evidence(**own))
    with pytest.raises(InvalidParameter, match="lies in no region"):
        parse_parameters(own | {"comparator": "region"})


def test_practice_force_is_not_one_of_the_43():
    with pytest.raises(UnknownForce) as caught:
        parse_parameters({"force": "practise"})
    assert "practice-force" not in str(caught.value)
