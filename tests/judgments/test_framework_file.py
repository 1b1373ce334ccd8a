import copy
from dataclasses import FrozenInstanceError

import pytest
import yaml

from peelbook.errors import InvalidParameter, PeelbookError
from peelbook.indicators.catalogue import load_catalogue
from peelbook.judgments.framework import FRAMEWORKS, load_framework, with_parameters


@pytest.fixture(scope="module")
def content():
    return yaml.safe_load((FRAMEWORKS / "peel-2016.yml").read_text(encoding="utf-8"))


@pytest.fixture
def load_changed(content, tmp_path):
    def load(change):
        changed = copy.deepcopy(content)
        change(changed)
        (tmp_path / "changed.yml").write_text(yaml.safe_dump(changed), encoding="utf-8")
        return load_framework("changed", tmp_path)

    return load


def rule(content, rule_id):
    return next(entry for entry in content["rules"] if entry["id"] == rule_id)


def test_framework_has_the_five_core_questions_and_their_parts(framework):
    assert [q.id for q in framework.questions] == ["q1", "q2", "q3", "q4", "q5"]
    assert [len(q.sub_questions) for q in framework.questions] == [3, 4, 3, 3, 2]
    assert [q.id for q in framework.questions if not q.graded] == ["q5"]


def test_every_indicator_is_in_the_catalogue_under_the_same_sub_question(framework):
    catalogue = load_catalogue()
    assert {i: link.sub_question for i, link in framework.indicators.items()} == {
        i: catalogue[i].sub_question for i in framework.indicators
    }


def test_every_rule_states_its_thresholds_in_its_sentence(framework):
    for entry in framework.rules.values():
        for parameter in entry.parameters.values():
            assert f"{parameter.value:g}" in entry.sentence


def test_framework_cannot_be_changed(framework):
    with pytest.raises(FrozenInstanceError):
        framework.title = "another"
    with pytest.raises(TypeError):
        framework.rules["S1"] = None


def test_unknown_framework_names_the_one_there_is():
    with pytest.raises(PeelbookError, match="'peel-2061'.*peel-2016"):
        load_framework("peel-2061")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: rule(c, "S1").pop("reason"), "rule S1 has no reason"),
        (lambda c: rule(c, "S1").update(type="magic"), "rule S1: unknown type 'magic'"),
        (lambda c: rule(c, "S1").update(grade="superb"), "rule S1: grade: unknown 'superb'"),
        (lambda c: rule(c, "S1").update(level="overall"), "rule S1: type .* level 'overall'"),
        (lambda c: rule(c, "S4").update(count_of="regrets"), "count_of: unknown 'regrets'"),
        (lambda c: rule(c, "C9").update(by="C77"), "rule C9: by: unknown 'C77'"),
        (lambda c: rule(c, "S3")["parameters"].pop("weakness_weight"), "'weakness_weight'"),
        (lambda c: rule(c, "S1")["parameters"]["ratio"].update(value=30), "its own range"),
        (lambda c: rule(c, "S1").update(text="Good is good."), "does not say the value"),
        (lambda c: c["rules"].append(dict(rule(c, "S1"))), "'S1' is used twice"),
        (lambda c: c["rules"].remove(rule(c, "C9")), "'question' needs one rule"),
        (lambda c: rule(c, "S1").update(grade="outstanding"), "when a sub-question is good"),
        (lambda c: c["indicators"][0].update(sub_question="q9.1"), "sub-question 'q9.1'"),
        (lambda c: c["indicators"][0].update(direction="up"), "direction 'up'"),
        (lambda c: c["indicators"][7].update(weight=2), "weight must be above 0 and at most 1"),
        (lambda c: c["indicators"][2].update(weight=1), "context has no weight"),
        (lambda c: c["indicators"][7].update(unassigned="no-such"), "unknown indicator 'no-such'"),
        (lambda c: c["rules"].remove(rule(c, "M3")), "'summary-question' needs one rule"),
        (lambda c: c["questions"][0]["sub_questions"][0].pop("not_graded_because"), "q1.1"),
        (lambda c: c["grading"].update(start="poor"), "unknown grade 'poor'"),
        (lambda c: c.pop("questions"), "questions"),
        (lambda c: c["questions"][1]["sub_questions"][0].update(id="q1.1"), "used twice"),
    ],
)
def test_faulty_framework_file_is_refused_with_the_entry_named(load_changed, change, message):
    with pytest.raises(PeelbookError, match=f"changed.yml: .*{message}"):
        load_changed(change)


def test_threshold_can_be_replaced_without_touching_the_framework(framework):
    changed = with_parameters(framework, {"S1.ratio": 3})
    assert changed.rules["S1"]["ratio"] == 3
    assert framework.rules["S1"]["ratio"] == 2


@pytest.mark.parametrize("values", [{"S9.ratio": 1}, {"S1.odds": 1}, {"S1.ratio": 0}])
def test_impossible_threshold_is_refused(framework, values):
    with pytest.raises(InvalidParameter):
        with_parameters(framework, values)
