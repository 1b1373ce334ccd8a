import pytest
from made_up import register, strengths, weaknesses

from peelbook.errors import DataIntegrityError
from peelbook.findings.register import COLUMN_TYPES, load_findings, validate_findings


@pytest.fixture(scope="module")
def leicestershire():
    return load_findings("leicestershire")


def test_leicestershire_register_holds_the_areas_for_improvement_of_the_report(leicestershire):
    areas = leicestershire[leicestershire["area_for_improvement"]]
    assert areas.groupby("question").size().to_dict() == {"q1": 1, "q2": 4, "q3": 4, "q4": 1}
    assert not leicestershire["cause_of_concern"].any()


def test_leicestershire_register_covers_every_sub_question(leicestershire, framework):
    assert set(leicestershire["sub_question"]) == {part.id for part in framework.sub_questions}
    assert leicestershire["finding"].is_unique


def test_force_without_a_register_has_an_empty_one(tmp_path):
    findings = load_findings("made-up-force", data_dir=tmp_path)
    assert findings.empty
    assert list(findings.columns) == list(COLUMN_TYPES)


def test_register_reads_back_as_it_was_written(tmp_path, framework):
    written = register(*strengths("q1.2", 2), *weaknesses("q2.1", 1, area_for_improvement=True))
    (tmp_path / "findings").mkdir()
    written.to_csv(tmp_path / "findings" / "made-up-force-2016.csv", index=False)
    read = load_findings("made-up-force", data_dir=tmp_path)
    assert read["area_for_improvement"].tolist() == [False, False, True]
    assert read["weight"].tolist() == [2, 2, 2]


def test_cell_of_the_wrong_kind_is_refused(tmp_path):
    (tmp_path / "findings").mkdir()
    text = register(*strengths("q1.2", 1)).astype(object).assign(weight="heavy")
    text.to_csv(tmp_path / "findings" / "made-up-force-2016.csv", index=False)
    with pytest.raises(DataIntegrityError, match="made-up-force-2016"):
        load_findings("made-up-force", data_dir=tmp_path)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"sub_question": "q7.1"}, "unknown sub-question"),
        ({"question": "q2"}, "its question is not"),
        ({"polarity": "neutral"}, "polarity must be"),
        ({"weight": 7}, "weight must be one of: 1, 2, 3"),
        ({"evidence_kind": "rumour"}, "evidence kind must be one of: fieldwork"),
        ({"change_since_last": "better"}, "change since last must be one of: .*blank"),
        ({"cause_of_concern": True}, "must be a weakness"),
        ({"area_for_improvement_text": "Do better."}, "only an area for improvement"),
        ({"restates_indicator": "victim-satisfaction"}, "restates an indicator"),
        ({"finding": None}, "blank"),
        ({"id": None}, "id is missing"),
    ],
)
def test_faulty_finding_is_refused_with_its_reason(framework, fields, message):
    findings = register(*strengths("q1.1", 1)).assign(**fields)
    with pytest.raises(DataIntegrityError, match=message):
        validate_findings(findings, framework, "findings/made-up-force-2016")


def test_missing_column_is_named(framework):
    findings = register(*strengths("q1.1", 1)).drop(columns="place")
    with pytest.raises(DataIntegrityError, match="no column 'place'"):
        validate_findings(findings, framework, "findings/made-up-force-2016")
