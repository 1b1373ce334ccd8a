"""The list of published findings, and what an editor makes of it; all rows here are made up."""

import pandas as pd
import pytest

from peelbook.errors import ReleaseFormatError
from peelbook.findings.register import COLUMN_TYPES
from peelbook.importers.findings import (
    COLUMNS,
    edited,
    read_findings_list,
    registers,
    with_additions,
)

ROW = dict.fromkeys(COLUMNS, "") | {
    "force": "upper-test",
    "year": "2018",
    "id": "q3.3-01",
    "question": "q3",
    "sub_question": "q3.3",
    "theme": "made up",
    "finding": "Made up.",
    "polarity": "weakness",
    "weight": "2",
    "evidence_kind": "fieldwork",
    "area_for_improvement": "false",
    "cause_of_concern": "false",
    "place": "nowhere",
}
CHANGE = {"force": "upper-test", "inspection": "2018-19", "id": "q3.3-01", "reason": "because"}


@pytest.fixture
def listed(tmp_path):
    def write(*rows: dict[str, str]) -> pd.DataFrame:
        path = tmp_path / "findings.csv"
        pd.DataFrame([ROW | row for row in rows]).to_csv(path, index=False)
        return read_findings_list(path)

    return write


def changes(*rows: dict[str, str | None]) -> pd.DataFrame:
    names = ["force", "inspection", "id", "column", "becomes", "reason"]
    return pd.DataFrame([CHANGE | row for row in rows], columns=names)


def test_change_sets_a_cell_and_the_question_follows_its_sub_question(listed):
    rows = listed({}, {"id": "q3.3-02"})
    made = edited(
        rows,
        changes(
            {"column": "sub_question", "becomes": "q2.4"},
            {"column": "weight", "becomes": "3"},
            {"id": "q3.3-02", "column": "drop", "becomes": None},
        ),
    )
    assert made[["id", "question", "sub_question", "weight"]].to_numpy().tolist() == [
        ["q3.3-01", "q2", "q2.4", 3]
    ]


def test_register_is_named_after_force_and_inspection_and_holds_its_summary_once(listed):
    rows = edited(listed({}, {"id": "q3.3-02"}, {"id": "q1.2-01", "year": "2016"}), changes())
    told = pd.DataFrame(
        [("upper-test", "2018-19", "q3", "Told [q3.3-01].")],
        columns=["force", "inspection", "question", "summary"],
    )
    made = registers(rows, told)
    assert list(made) == ["upper-test-2016", "upper-test-2018-19"]
    register = made["upper-test-2018-19"]
    assert list(register.columns) == list(COLUMN_TYPES)
    assert register["question_summary"].tolist()[0] == "Told [q3.3-01]."
    assert register["question_summary"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"weight": "4"}, "row 2: weight '4'; wanted: 1 or 2 or 3"),
        ({"year": "2015"}, "row 2: year '2015'"),
        ({"cause_of_concern": "perhaps"}, "row 2: cause_of_concern 'perhaps'"),
    ],
)
def test_cell_that_is_not_what_its_column_holds_is_named(listed, wrong, said):
    with pytest.raises(ReleaseFormatError, match=said):
        listed(wrong)


def test_id_used_twice_is_named(listed):
    with pytest.raises(ReleaseFormatError, match=r"row 3: id q3\.3-01 twice"):
        listed({}, {})


@pytest.mark.parametrize("change", [{"id": "q9.9-99", "column": "weight"}, {"column": "colour"}])
def test_change_to_what_is_not_there_is_refused(listed, change):
    with pytest.raises(ReleaseFormatError, match="no such finding or column"):
        edited(listed({}), changes({"becomes": "2"} | change))


ADDED = ROW | {"inspection": "2018-19", "id": "q3.1-01", "sub_question": "q3.1", "heading": "calls"}


def additions(row: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame([ADDED | row]).replace("", None)


def test_added_finding_is_edited_and_told_with_those_of_the_list(listed):
    told = with_additions(listed({}), additions({"area_for_improvement": "true"}))
    made = edited(told, changes({"id": "q3.1-01", "column": "weight", "becomes": "3"}))
    columns = ["force", "inspection", "summary", "question"]
    register = registers(made, pd.DataFrame(columns=columns, dtype="str"))["upper-test-2018-19"]
    told_of = register[["id", "question", "weight", "area_for_improvement", "heading"]]
    assert told_of.iloc[0].tolist() == ["q3.1-01", "q3", 3, True, "calls"]
    assert register["id"].tolist() == ["q3.1-01", "q3.3-01"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"id": "q3.3-01"}, "upper-test 2018-19 q3.3-01: id used twice"),
        ({"weight": "heavy"}, "row 2: weight 'heavy'; wanted: 1 or 2 or 3"),
        ({"cause_of_concern": "so"}, "row 2: cause_of_concern 'so'; wanted: true or false"),
    ],
)
def test_added_finding_that_breaks_a_rule_is_named_with_its_file(listed, wrong, said):
    with pytest.raises(ReleaseFormatError, match=rf"register_additions\.csv.*{said}"):
        with_additions(listed({}), additions(wrong))
