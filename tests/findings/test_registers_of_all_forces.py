"""The registers of the project: each keeps the rules and can be read by a stranger."""

import pytest

from peelbook.findings.register import load_findings
from peelbook.tables import load_table
from peelbook.tables.inspections import load_inspections


@pytest.mark.parametrize(
    ("force", "inspection"), load_table("registers")[["force", "inspection"]].to_numpy().tolist()
)
def test_every_register_keeps_the_rules_and_names_its_sources(force, inspection):
    register = load_findings(force, inspection)
    assert len(register) >= 1
    assert register["source_url"].str.startswith("http").all()
    assert register["heading"].notna().all()
    assert not register["finding"].duplicated().any()
    assert register["finding"].str.fullmatch(r"(?s)[A-Z0-9'‘“].*[.?]").all()
    assert not register["finding"].str.contains("outstanding|inadequate|requires improvement").any()


def test_every_force_has_a_register_of_2018_19_and_of_2016():
    told = load_table("registers").groupby("inspection")["force"].nunique()
    assert told["2016"] == told["2018-19"] == 43
    assert told["2017"] == 42


def test_every_answer_goes_from_what_was_asked_to_a_finding_of_a_later_inspection():
    asked_in = list(load_inspections())
    for link in load_table("register_answers").itertuples():
        asked = load_findings(link.force, link.inspection).set_index("id").loc[link.id]
        assert asked["area_for_improvement"] or asked["cause_of_concern"], link
        assert asked_in.index(link.inspection) < asked_in.index(link.later_inspection), link
        assert link.later_id in set(load_findings(link.force, link.later_inspection)["id"]), link
