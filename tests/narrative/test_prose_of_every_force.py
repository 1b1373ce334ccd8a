"""The prose of all 43 forces in contrasting periods obeys the rules of a sentence."""

import re

import pytest
from chapter_calls import MODULES, calls_in_chapters, public_functions, say

from peelbook.narrative import about
from peelbook.narrative.citations import without_citations
from peelbook.parameters import force_slugs
from peelbook.tables import data_fingerprint
from peelbook.tables.forces import all_forces

PERIODS = ["2016-06-30", "2008-06-30", "2013-12-31", "2018-03-31", "2019-03-31"]
JUDGED_FOR_EVERY_FORCE = ["2016-06-30"]
"""Grading takes most of the time; in other periods the grades of three forces are enough."""
JUDGED_IN_ALL_PERIODS = ["leicestershire", "city-of-london", "gwent"]
CALLS = calls_in_chapters()
GRADES = ("judgments.", "panel.on_question")
WITHOUT_GRADES = [call for call in CALLS if not call[0].startswith(GRADES)]
PARTS_OF_OTHER_FUNCTIONS = {
    *(
        "names_of_similar",
        "far_from_all",
        "years_available",
        "this_book",
        "source",
        "source_link",
        "web_address",
        "choose",
        "questions_left_standing",
        "where_placing_decides",
        "cases_that_placing_decides",
        "composed",
        "summary_of",
        "last_findings",
        "tells_all",
        "is_remedy",
        "before",
        "demands",
        "later_findings",
        "later_held",
        "nothing_later",
        "asked_before",
        "figures_chosen",
        "definition",
        "that_count",
        "enough_told",
    ),
}
FACTS_OF_ONE_FORCE = (
    "Only the 2016 report on Leicestershire has been transcribed here",
    "(Kent, the pilot, in June 2016)",
)
"""What the books of all forces say of one."""
QUOTING = ("sections.", "summaries.", "earlier.", "improvements.", "since_last.", "panel.")
"""What quotes a register, which may name a neighbour."""
RULES = {
    "a missing value": r"\b(?:nan|NaN|None(?! of\b)|NaT|NAN)\b|<NA>",
    "a double space": r"(?<!\n)(?<!^)  +",
    "a space before a comma or a full stop": r" [,.;:](?!\d)",
    "two full stops": r"\.\.",
    "punctuation after punctuation": r",,|,\.|;\.|: *\.|\.,|;;",
    "a before a vowel": r"\ba (?:increase|incident|outcome|offence|area|arrest|8|11\b|18\b)",
    "an before a consonant": r"\ban (?:rise|fall|decrease|force|charge)",
    "a brace": r"[{}]",
    "empty parentheses": r"\(\s*\)",
    "a sentence in lower case": r"(?:\A|[.?!]\**\s+|\n\n)[*_]*[a-z]",
    "a dangling preposition": r"\b(?:of|than|the|from)\s*(?:[.,;]|\Z|\n)",
    "the same word twice": r"\b(the|of|in|to|a|is|was|and|by) \1\b",
    "a hyphen for a minus sign": r"(?<![\w`])-\d(?!\d{1,3}-\d\d)",
    "a dash for a number": r"–",
    "a fall by a negative number": r"\b(?:rose|fell) by \N{MINUS SIGN}",
    "an underscore from a name": r"\b[a-z]+_[a-z]+\b(?![^`]*`)",
    "a rank from the far end": r"one of the lowest figures: the \d+\w* highest",
    "a count called a rate": r"\b(?:more|fewer) incidents per 1,000",
    "a change that could be of a rate": r"[Rr]ecorded crime (?:(?:rose|fell) by|was unchanged)",
    "a place said twice": r"one of the (?:high|low)est figures: the (?:high|low)est\b",
    "a place before the highest": r"\b1st (?:high|low)est",
    "for in place of because": r", for (?:this|the|it) (?:book|force|has)\b",
    "a grade as a noun": r"\bthe (?:outstanding|good|requires improvement|inadequate) of\b",
    "a list with two meanings of and": (
        r"[a-z] and (?:criminal damage and arson|Avon and Somerset|Devon and Cornwall)"
    ),
    "the same reason twice": (
        r"(Few people live[^.]+|[^.\n]*(?:not published in bulk|no longer published)[^.]*)\.[\s\S]*\1"
    ),
    "nothing called a further share": r"\b[Aa] further 0\.0 percent",
    "a slug": r"(?<!comparator )\b(?:england-and-wales|not-available|not-ranked|no-change)\b",
}
MADE_UP = [
    ("a missing value", "It fell by nan percent."),
    ("a double space", "It fell  by 1 percent."),
    ("a space before a comma or a full stop", "It fell , by 1 percent."),
    ("two full stops", "It fell.."),
    ("punctuation after punctuation", "It fell,."),
    ("a before a vowel", "This is a increase."),
    ("a before a vowel", "This is a 8 percent rise."),
    ("an before a consonant", "This is an rise."),
    ("a brace", "It fell in {force}."),
    ("empty parentheses", "It fell ()."),
    ("a sentence in lower case", "It fell. it rose."),
    ("a sentence in lower case", "it rose."),
    ("a dangling preposition", "Below the 67.4 of ."),
    ("a dangling preposition", "Below the 67.4 of"),
    ("the same word twice", "In the the area."),
    ("a hyphen for a minus sign", "It changed by -3.1 percent."),
    ("a dash for a number", "It stood at –."),
    ("a fall by a negative number", "It fell by \N{MINUS SIGN}3 percent."),
    ("an underscore from a name", "The period_end is near."),
    ("a rank from the far end", "This is one of the lowest figures: the 41st highest of 42."),
    ("a count called a rate", "That is 8 percent more incidents per 1,000 population."),
    ("a change that could be of a rate", "Here recorded crime rose by 4.4 percent."),
    ("a place said twice", "This is one of the lowest figures: the lowest of 42 forces."),
    ("a place before the highest", "This is the 1st highest of 42 forces."),
    ("for in place of because", "No areas are listed, for this book has no register."),
    ("a grade as a noun", "It is better than the requires improvement of 2015."),
    (
        "a list with two meanings of and",
        "It was low for shoplifting and criminal damage and arson.",
    ),
    (
        "the same reason twice",
        "Few people live in the City and very many work in or visit it, so a rate says little.\n\n"
        "Few people live in the City and very many work in or visit it, so a rate says little.",
    ),
    ("nothing called a further share", "A further 0.0 percent had no outcome."),
    ("a slug", "Compared with england-and-wales."),
]


ADDRESS = re.compile(r"\]\([^)]*\)|<[^>]*>")
"""What a reader does not see of a link."""


def faults(text: str) -> list[str]:
    """Return the rules that a text breaks, with the place."""
    text = ADDRESS.sub("", without_citations(text)).replace("\\-", "-")
    found = {name: re.search(rule, text) for name, rule in RULES.items()}
    return [
        f"{name}: ...{text[max(match.start() - 60, 0) : match.end() + 30]!r}"
        for name, match in found.items()
        if match
    ]


@pytest.mark.parametrize(("rule", "text"), MADE_UP)
def test_rule_finds_a_made_up_fault(rule, text):
    assert any(fault.startswith(rule) for fault in faults(text))


def test_every_rule_is_tried_on_a_made_up_fault():
    assert {rule for rule, _ in MADE_UP} == set(RULES)


def test_every_function_of_the_narrative_is_called_by_a_chapter():
    called = {name for name, _ in CALLS}
    public = {
        f"{module}.{name}"
        for module, loaded in MODULES.items()
        for name in public_functions(loaded)
        if name not in PARTS_OF_OTHER_FUNCTIONS
    }
    assert public <= called


@pytest.mark.parametrize(
    "period_end", [PERIODS[0], *(pytest.param(end, marks=pytest.mark.slow) for end in PERIODS[1:])]
)
def test_prose_of_all_43_forces_is_well_formed(period_end, evidence_of):
    found = []
    for force in force_slugs():
        ev = evidence_of(force, period_end)
        judged = period_end in JUDGED_FOR_EVERY_FORCE or force in JUDGED_IN_ALL_PERIODS
        for function, arguments in CALLS if judged else WITHOUT_GRADES:
            text = say(ev, function, arguments)
            found += [f"{force}, {function}{arguments}: {fault}" for fault in faults(text)]
    assert not found, f"{len(found)} faults, the first: {found[:5]}"


@pytest.mark.parametrize("comparator", ["region"])
@pytest.mark.parametrize("force", ["leicestershire", "dyfed-powys", "metropolitan", "durham"])
def test_prose_with_a_region_is_well_formed(force, comparator, evidence_of):
    ev = evidence_of(force, "2018-03-31", comparator=comparator)
    found = [fault for function, args in CALLS for fault in faults(say(ev, function, args))]
    assert not found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("leicestershire", "north-wales"),
        ("kent", "cumbria"),
        ("north-wales", "leicestershire"),
    ],
)
def test_second_force_leaves_no_trace_of_the_first(first, second, evidence_of):
    text = {}
    for force in (first, second):
        ev = evidence_of(force)
        text[force] = "\n\n".join(say(ev, function, args) for function, args in CALLS)
    said = text[second]
    for fact in FACTS_OF_ONE_FORCE:
        said = said.replace(fact, "")
    trace = all_forces()[first]
    for name in (trace.name, trace.short_name, trace.slug):
        assert name in text[first]
        assert name not in said


def test_prose_names_its_own_force_and_no_other(evidence_of):
    forces = all_forces()
    for force in force_slugs():
        ev = evidence_of(force, "2018-03-31")
        text = "\n".join(
            say(ev, name, args)
            for name, args in WITHOUT_GRADES
            if name != "about.rules" and not name.startswith(QUOTING)
        )
        assert forces[force].area_in_sentence in text
        others = [f.name for slug, f in forces.items() if slug != force and f.name in text]
        assert not others, force


def test_comparison_names_both_values(evidence_of):
    text = say(evidence_of("leicestershire"), "crime.levels", ())
    assert "58.0 crimes per 1,000 population" in text
    assert "below the 67." in text
    assert "England and Wales" in text


def test_change_over_five_years_is_said_for_the_force_and_for_england_and_wales(evidence_of):
    text = say(evidence_of("leicestershire"), "crime.trend", ())
    assert "Compared with the 12 months to 30 June 2011" in text
    assert "fell by 9.6 percent" in text
    assert "fell by 1.6 percent" in text


def test_city_of_london_is_said_not_to_be_ranked_with_the_reason(evidence_of):
    text = say(evidence_of("city-of-london"), "crime.levels", ())
    assert "It is not ranked. Few people live in the City" in text
    assert "highest of" not in text


@pytest.mark.parametrize("period_end", ["2016-06-30", "2018-03-31"])
@pytest.mark.parametrize("function", ["crime.levels", "crime.anti_social_behaviour"])
def test_rate_of_a_force_kept_out_of_the_ranks_is_not_said_to_be_above_or_below(
    function, period_end, evidence_of
):
    text = say(evidence_of("city-of-london", period_end), function, ())
    assert "beside" in text
    assert "in England and Wales" in text
    assert not re.search(r"\b(?:above|below)\b", text)


def test_share_of_a_force_kept_out_of_the_ranks_of_rates_is_compared(evidence_of):
    text = say(evidence_of("city-of-london", "2018-03-31"), "outcomes.brought_to_justice", ())
    assert "above the 9.9 percent of England and Wales" in text


def test_change_is_said_of_the_number_where_the_rate_moved_the_other_way(evidence_of):
    # 52.5 victim-based crimes per 1,000 population became 52.3, while their number rose
    text = say(evidence_of("west-mercia"), "crime.trend", ())
    assert "The number of victim-based crimes rose by 2.6 percent in West Mercia" in text


def test_place_is_counted_from_the_nearer_end(evidence_of):
    lowest = say(evidence_of("dyfed-powys"), "crime.levels", ())
    assert "This is the lowest figure of 42 forces." in lowest
    second = say(evidence_of("leicestershire"), "crime.anti_social_behaviour", ())
    assert "This is one of the lowest figures: the 2nd lowest of 42 forces." in second
    third = say(evidence_of("metropolitan"), "crime.levels", ())
    assert "This is one of the highest figures: the 3rd highest of 42 forces." in third


def test_crime_types_in_line_are_named_and_not_called_others(evidence_of):
    text = say(evidence_of("west-mercia"), "crime.crime_types", ())
    assert "the others" not in text
    for name in ("sexual offences", "violence with injury", "robbery", "domestic burglary"):
        assert name in text


def test_annex_names_the_fingerprint_of_the_data(evidence_of):
    said = about.parameter_set(evidence_of("kent"))
    assert f"`{data_fingerprint()}`" in said
    assert re.search(r"`[0-9a-f]{12}`", said)
    assert "peelbook render kent" in said
