"""The reference case: agreement with the published grades is reported, never required."""

import pytest

from peelbook.findings.register import load_findings
from peelbook.judgments.grades import judge


def test_leicestershire_has_a_computed_grade_for_every_part(framework, record_property):
    table = judge(load_findings("leicestershire"), None, framework).table
    assert table["id"].tolist() == [
        *(part.id for part in framework.sub_questions),
        *(question.id for question in framework.questions),
        "overall",
    ]
    assert set(table["grade"]) <= {*framework.ranks, framework.grading.ungraded}
    record_property("computed", table.set_index("id")["grade"].to_dict())


@pytest.mark.parametrize("force", ["made-up-force"])
def test_force_without_register_or_indicators_has_no_grade(framework, force):
    table = judge(load_findings(force), None, framework).table
    assert set(table["grade"]) == {"insufficient evidence", "ungraded"}
    assert set(table["basis"]) == {"insufficient"}
