"""A question of which an inspection told nothing shows what the last one that did had found."""

import pytest

from peelbook.evidence import load_evidence
from peelbook.findings.register import load_findings
from peelbook.narrative import earlier
from peelbook.narrative.improvements import web_address
from peelbook.parameters import force_slugs

FEWEST = 3  # findings that a grade from summaries needs
QUESTIONS = ("q1", "q2", "q3", "q4", "q5")
ROUNDS = {"2017": ["2016"], "2018-19": ["2017", "2016"]}


def parts_told_before(registers, question, inspection) -> list[str]:
    """Return the graded sub-questions with no finding now, and two or more in an earlier register."""
    graded = {"q1": ["q1.2", "q1.3"], "q2": ["q2.1", "q2.2", "q2.3", "q2.4"], "q5": []} | {
        name: [f"{name}.{number}" for number in (1, 2, 3)] for name in ("q3", "q4")
    }
    earlier_ones = [rows for name, rows in registers.items() if name != inspection]
    return [
        part
        for part in graded[question]
        if not (registers[inspection]["sub_question"] == part).any()
        and any((rows["sub_question"] == part).sum() >= 2 for rows in earlier_ones)
    ]


@pytest.mark.parametrize("inspection", [pytest.param("2017", marks=pytest.mark.slow), "2018-19"])
def test_only_where_little_is_held_and_from_the_last_inspection_that_told(inspection):
    shown, beside_few = 0, 0
    for force in force_slugs():
        ev = load_evidence(force=force, period_end="2019-03-31", inspection=inspection)
        registers = {name: load_findings(force, name) for name in (inspection, *ROUNDS[inspection])}
        for question in QUESTIONS:
            text = earlier.found_before(ev, question)
            told = {
                name: rows[rows["question"] == question]
                for name, rows in registers.items()
                if (rows["question"] == question).any()
            }
            standing = ev.grade(question)["published_basis"] == "carried-over"
            held = len(told.get(inspection, ()))
            enough = FEWEST if held and not standing else 1
            before = [
                (name, rows)
                for name, rows in told.items()
                if name != inspection and len(rows) >= enough
            ]
            if not before or (held >= FEWEST and not standing):
                # of parts of a question of which this inspection told nothing and an earlier one did
                parts = parts_told_before(registers, question, inspection)
                titles = {part.id: part.title for part in ev.framework.sub_questions}
                assert [
                    f"{titles[part]}: this book holds no finding of" in text for part in parts
                ] == [True] * len(parts)
                assert text.count("told as it stood then") == len(parts), (force, question)
                continue
            name, rows = before[0]
            shown += 1
            few = bool(held) and not standing
            beside_few += few
            assert few == (
                f"this book holds {'one finding' if held == 1 else 'two findings'}" in text
            )
            assert f"What was found in {name} is told as it stood then" in text
            assert ("did not judge this question again" in text) == standing
            quoted = [line for line in text.splitlines() if line.startswith("> ")]
            # what was found then is set apart from what this book says
            assert quoted, (force, question)
            assert all(web_address(address) in text for address in rows["source_url"].dropna())
            assert "8_findings.html" not in text  # its findings are not on that page
    assert shown > 40
    assert beside_few >= 3


def test_findings_of_2016_are_told_as_they_stood_where_2018_did_not_judge_again():
    ev = load_evidence(force="cumbria", period_end="2019-03-31", inspection="2018-19")
    told = earlier.found_before(ev, "q4")
    assert "The constabulary now oversees its work against organised crime groups well." in told
    assert "> " in told
    assert "The inspection of 2018/19 did not judge this question again" in told
    assert "told as it stood then. It is not counted here" in told
    # one stray finding on a question not judged again does not silence what was found before
    south_wales = load_evidence(force="south-wales", period_end="2019-03-31", inspection="2018-19")
    assert (south_wales.findings["question"] == "q2").any()
    assert "left the grade of 2016 standing" in earlier.found_before(south_wales, "q2")
    assert earlier.where_found_before(ev) == (
        "What an earlier inspection found is told on the pages of questions 1 (2016), 2 (2017) and "
        "4 (2016)."
    )


def test_one_strength_does_not_stand_for_a_question_that_was_weak_before():
    ev = load_evidence(force="humberside", period_end="2017-06-30", inspection="2017")
    assert (ev.findings["question"] == "q3").sum() == 1
    told = earlier.found_before(ev, "q3")
    assert told.startswith(
        "Of the inspection of 2017 this book holds one finding on this question; of that of 2016 it "
        "holds more. What was found in 2016 is told as it stood then."
    )
    assert "3 (2016)" in earlier.where_found_before(ev)


def test_part_of_a_question_that_was_left_out_is_told_from_the_inspection_before():
    ev = load_evidence(force="essex", period_end="2019-03-31", inspection="2018-19")
    assert (ev.findings["question"] == "q2").sum() >= FEWEST
    assert not (ev.findings["sub_question"] == "q2.4").any()
    told = earlier.found_before(ev, "q2")
    assert told.startswith("Reducing re-offending: this book holds no finding of 2018/19 on it.")
    assert "no longer visits registered sex offenders at low risk" in told
    assert "2 (2017)" in earlier.where_found_before(ev)


def test_first_inspection_with_findings_and_a_register_of_ones_own_have_nothing_before(tmp_path):
    first = load_evidence(force="gwent", period_end="2016-06-30")
    assert [earlier.found_before(first, question) for question in QUESTIONS] == [""] * 5
    assert earlier.where_found_before(first) == ""
    own = tmp_path / "findings.csv"
    rows = load_findings("kent", "2017")
    rows[rows["question"] == "q3"].to_csv(own, index=False)
    supplied = load_evidence(
        force="kent", period_end="2018-03-31", inspection="2017", findings=str(own)
    )
    assert earlier.found_before(supplied, "q1") == ""


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://a.org/b-(12-apr).aspx", "https://a.org/b-%2812-apr%29.aspx"),
        ("https://a.org/b?c=1", "https://a.org/b?c=1"),
        ("javascript:alert(1)", ""),
        ("https://a.org/ [b](c)", ""),
        (float("nan"), ""),
    ],
)
def test_only_the_address_of_a_web_page_is_a_link(address, linked):
    assert web_address(address) == linked
