"""The registers of the project: each keeps the rules and can be read by a stranger."""

import re

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


NO_ENGLISH = re.compile(r"\b(foreign to|(is|are) not sure to)\b|\bin some(?= ?[\[.,;])")
"""What is foreign to somebody, not sure to be, or so in some of what is not named."""


def test_no_finding_and_no_summary_has_turns_that_are_no_english():
    for row in load_table("registers").itertuples():
        register = load_findings(row.force, row.inspection)
        columns = register[["finding", "area_for_improvement_text", "question_summary"]]
        for text in columns.stack().dropna():
            assert not NO_ENGLISH.search(text), (row.force, row.inspection, text)


NOT_SINCE = re.compile(r"\b(has|have) not \w+ since\b")
"""Up to when, a reader cannot tell whose book is of a later time than what it quotes."""
BECAUSE_IT = re.compile(r"\bbecause it was \w+ \w+ which\b")
SO_THAT = re.compile(r", so that [^.;]* (is|are) being\b")
"""What is being done about something is no aim of it, and not yet a result."""


def test_summaries_date_what_did_not_change_and_join_clauses_as_english_does():
    for row in load_table("register_summaries").itertuples():
        for turn in (NOT_SINCE, BECAUSE_IT, SO_THAT):
            assert not turn.search(row.summary), (row.force, row.inspection, row.question)


def test_summary_of_northumbria_in_2016_says_what_was_managed_poorly():
    told = load_findings("northumbria", "2016")["question_summary"].dropna()
    assert (
        told.str.contains(
            "cause of concern: the force managed poorly which devices it seized and which came first "
        ).sum()
        == 1
    )


def test_every_force_has_a_register_of_2018_19_and_of_2016():
    told = load_table("registers").groupby("inspection")["force"].nunique()
    assert told["2016"] == told["2018-19"] == 43
    assert told["2017"] == 42


def test_every_added_finding_stands_in_its_register_under_its_own_source():
    added = load_table("register_additions")
    assert len(added) > 0
    for (force, inspection), rows in added.groupby(["force", "inspection"]):
        register = load_findings(force, inspection).set_index("id").loc[rows["id"]]
        same = ["sub_question", "finding", "polarity", "weight", "place", "source_url"]
        assert register[same].to_numpy().tolist() == rows[same].to_numpy().tolist()


WHO_SAYS_IT = re.compile(r"the (finding|causes?|source) says? it: \w")
SAID = re.compile(
    r"\b(because|since|so (that|as)|help(s|ed)?|gives?|leaves|limits|benefit|brought|puts?|for"
    r"|acting on|find out why|look into|to (close|prevent|relieve|show|develop|give|investigate))\b",
    re.IGNORECASE,
)


def test_every_link_from_cause_to_effect_rests_on_what_a_finding_or_its_source_says():
    changes = load_table("register_changes")
    links = changes[changes["column"].isin(["because_of", "leads_to"])]
    for link in links.itertuples():
        says = WHO_SAYS_IT.match(link.reason)
        assert says, (link.force, link.inspection, link.id, link.reason)
        texts = load_findings(link.force, link.inspection).set_index("id")["finding"]
        told = {"finding": [link.id], "source": []}.get(says[1], link.becomes.split())
        assert all(SAID.search(texts[one]) for one in told), (link.force, link.inspection, link.id)
    held = {(row.force, row.inspection, row.id) for row in links.itertuples()}
    registers = load_table("registers")
    for register in registers[registers["basis"] == "summary"].itertuples():
        rows = load_findings(register.force, register.inspection)
        linked = rows.loc[rows["because_of"].notna() | rows["leads_to"].notna(), "id"]
        assert {(register.force, register.inspection, one) for one in linked} <= held


def test_two_facts_that_a_source_sets_side_by_side_are_not_told_as_cause_and_effect():
    rows = load_findings("south-wales", "2018-19")
    assert rows["because_of"].isna().all()
    assert not rows["question_summary"].str.contains("Because").any()


def test_every_answer_goes_from_what_was_asked_to_a_finding_of_a_later_inspection():
    asked_in = list(load_inspections())
    for link in load_table("register_answers").itertuples():
        asked = load_findings(link.force, link.inspection).set_index("id").loc[link.id]
        assert asked["area_for_improvement"] or asked["cause_of_concern"], link
        assert asked_in.index(link.inspection) < asked_in.index(link.later_inspection), link
        assert link.later_id in set(load_findings(link.force, link.later_inspection)["id"]), link


# "still at large" says where a suspect is, not how long the matter has gone on
LOOKS_BACK = re.compile(r"\b(?:still(?! at large)|no longer|since 201\d)\b", re.IGNORECASE)
NO_CHANGE_TOLD = {
    ("bedfordshire", "2018-19", "q1.2-06"): "still more means even more",
    ("dyfed-powys", "2018-19", "q1.2-01"): "still means not finished yet",
    ("gloucestershire", "2017", "q2.1-01"): "since 2015 is the time that the figures cover",
    ("norfolk", "2018-19", "q1.2-03"): "still means not trained yet",
    ("suffolk", "2018-19", "q2.3-05"): "still means not far on yet",
}
"""Finding of a summary whose words look back without a change -> what they mean."""


def test_every_finding_that_looks_back_says_what_has_become_of_the_matter():
    registers = load_table("registers")
    silent = set()
    for register in registers[registers["basis"] == "summary"].itertuples():
        rows = load_findings(register.force, register.inspection)
        rows = rows[rows["finding"].str.contains(LOOKS_BACK) & rows["change_since_last"].isna()]
        silent |= {(register.force, register.inspection, one) for one in rows["id"]}
    assert silent == set(NO_CHANGE_TOLD)


def test_fault_that_an_inspection_still_found_stands_as_at_the_one_before():
    humberside = load_findings("humberside", "2017").set_index("id")["change_since_last"]
    assert humberside["q2.3-02"] == "unchanged"  # the same faults as q2.3-02 and q2.3-03 of 2016
    essex = load_findings("essex", "2017").set_index("id")["change_since_last"]
    assert essex["q2.4-02"] == "deteriorated"  # visits that are no longer made
    hertfordshire = load_findings("hertfordshire", "2017").set_index("id")["change_since_last"]
    assert hertfordshire["q2.3-03"] == "improved"  # in 2016 supervisors reviewed irregularly
