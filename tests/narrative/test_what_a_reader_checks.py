"""What a careful reader would check: words against numbers, reasons beside dashes, nothing twice."""

import re

import pandas as pd
import pytest

from peelbook.charts import annex, cards, evidence_chart, figures, grades
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative import about, crime, grades_since, neighbours, outcomes
from peelbook.narrative.chance import change_against_chance
from peelbook.narrative.comparisons import place_in_ranking, position
from peelbook.narrative.firmness import how_firm
from peelbook.narrative.prose import Prose
from peelbook.narrative.words import moved, number
from peelbook.parameters import force_slugs
from peelbook.statistics.ranks import LOWEST

PERIODS = ["2016-06-30", "2008-09-30", "2010-06-30", "2018-03-31"]
REPORT_OF_2016 = "PEEL: Police effectiveness 2016"
ENDS = re.compile(r"(?:from ([\d,]+\.\d) to|stayed at) ([\d,]+\.\d)")


def ends_in(text: str) -> list[tuple[str, str]]:
    """Return each "from 70.0 to 62.2" of a text as a pair; "stayed at" as a pair of equals."""
    return [(first or last, last) for first, last in ENDS.findall(text)]


def ends_of_lines(ev) -> list[tuple[str, str]]:
    """Return the first and last value of recorded crime in the table behind figure 1."""
    table = figures.recorded_crime_over_time(ev).table
    areas = ev.force.name, "England and Wales"
    columns = [f"Recorded crime (excluding fraud), {area}" for area in areas]
    return [(table[column].iloc[0], table[column].iloc[-1]) for column in columns]


@pytest.mark.slow
@pytest.mark.parametrize("period_end", PERIODS)
def test_title_of_figure_1_says_what_its_lines_show(period_end, evidence_of):
    for force in force_slugs():
        ev = evidence_of(force, period_end)
        assert ends_in(figures.recorded_crime_over_time(ev).title) == ends_of_lines(ev), force


def test_release_of_outcomes_is_named_and_numbers_stand_beside_the_shares(evidence_of):
    """14,103 of 110,029 offences of 2016/17 by the release to March 2026, 17,284 of 2014/15."""
    text = outcomes.brought_to_justice(evidence_of("merseyside", "2017-03-31"))
    assert (
        "12.8 percent had led to a charge or summons by the release of outcomes up to March 2026"
        in text
    )
    assert (
        "Over the two years from the 12 months to 31 March 2015, the number of offences that led to a "
        "charge or summons fell by 18 percent, from 17,284 to 14,103; the number of offences recorded "
        "rose by 13 percent."
    ) in text
    # 110,029 less 109,179 with an outcome
    assert "A further 0.8 percent had no outcome by then" in text
    assert "what is left when the offences with an outcome are taken off" in text
    # the release of 2018/19 counts offences without an outcome, and holds no year two years before,
    # so the numbers are those of the later one: 11,166 of 2016/17, 8,673 of 2018/19
    text = outcomes.brought_to_justice(evidence_of("west-mercia", "2019-03-31"))
    assert "by the release of outcomes for that year" in text
    assert "what is left when" not in text
    assert text.endswith(
        "In the release of outcomes up to March 2026, over the two years from the 12 months to 31 "
        "March 2017, the number of offences that led to a charge or summons fell by 22 percent, from "
        "11,166 to 8,673; the number of offences recorded rose by 8 percent."
    )


def test_share_closed_without_the_victim_stands_beside_that_of_the_year_before(evidence_of):
    text = outcomes.closed_without_victim(evidence_of("west-mercia", "2019-03-31"))
    assert "34.1 percent were closed with evidential difficulties" in text
    # 5,233 and 19,379 of 84,350 offences; 1,012,025 of 4,779,440, a force with a gap left out
    assert "A year before it was 29.2 percent, and 21.2 percent in England and Wales." in text
    assert "A year before" not in outcomes.closed_without_victim(evidence_of("west-mercia"))


@pytest.mark.slow  # 43 forces
def test_change_of_a_number_stands_beside_what_became_of_the_rate(evidence_of):
    for force in force_slugs():
        ev = evidence_of(force)
        text = str(crime.trend(ev))
        assert "the number of recorded crimes" in text
        assert ends_in(text) == ends_of_lines(ev), force


def test_number_can_rise_while_the_rate_falls_and_both_are_said(evidence_of):
    text = str(crime.trend(evidence_of("greater-manchester")))
    assert "the number of recorded crimes rose by 3.3 percent in Greater Manchester" in text
    assert "recorded crime fell from 81.9 to 81.8 in Greater Manchester" in text


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(70.04, 62.2, "fell from 70.0 to 62.2"), (62.21, 62.19, "stayed at 62.2")],
)
def test_movement_is_said_of_the_numbers_that_are_shown(first, last, said):
    assert moved(first, last) == said


def test_window_shorter_than_five_years_says_why(evidence_of):
    early, later = evidence_of("warwickshire", "2008-09-30"), evidence_of("kent", "2010-06-30")
    assert "those of 2007" in str(crime.trend(early))
    assert "the change is over 3 years and not over five" in str(crime.trend(later))
    notes = " ".join(figures.recorded_crime_over_time(early).notes)
    assert "No point stands between 31 March 2004 and 31 March 2005" in notes
    assert "not over five" not in str(crime.trend(evidence_of("kent")))


def test_change_in_anti_social_behaviour_is_one_of_incidents_not_of_a_rate(evidence_of, project):
    incidents = pd.read_csv(project / "data" / "asb_incidents.csv").set_index(
        ["force", "period_end"]
    )["incidents"]
    now, before = incidents["bedfordshire", "2016-03-31"], incidents["bedfordshire", "2015-03-31"]
    shown = number((now / before - 1) * 100, 1)
    ev = evidence_of("bedfordshire")
    assert f"{shown} percent more incidents than in the 12 months before" in str(
        crime.anti_social_behaviour(ev)
    )
    made = figures.asb_change(ev)
    assert "per 1,000" not in made.title + made.subtitle
    assert "England and Wales" in made.title


def test_unchanged_number_of_incidents_is_good_grammar(evidence_of):
    ev = evidence_of("surrey", "2011-03-31")
    title = figures.asb_change(ev).title
    assert title.startswith("The number of anti-social behaviour incidents in Surrey was unchanged")
    assert "the same number of incidents as in the 12 months before" in crime.anti_social_behaviour(
        ev
    )


@pytest.mark.parametrize("force", ["kent", "dorset", "devon-and-cornwall"])
def test_force_without_a_value_has_no_chart_of_another_force_alone(force, evidence_of):
    ev = evidence_of(force)
    for name in ("victim_does_not_support", "vulnerable_victims", "organised_crime_groups"):
        made = getattr(figures, name)(ev)
        assert isinstance(made, Prose), name
        said, reason = str(made).split("no figure. ")
        assert ev.force.short_name in said, name
        assert reason.endswith("."), name


def test_figure_without_a_year_before_gives_the_reason(evidence_of):
    ev = evidence_of("warwickshire", "2008-09-30")
    assert "Warwickshire" in str(figures.asb_change(ev))
    for text in (figures.asb_change(ev), crime.anti_social_behaviour(ev)):
        assert "no figure for the 12 months to 31 March 2007" in str(text)


def test_change_that_is_not_given_has_its_reason_in_the_text_and_in_the_figure(evidence_of):
    ev = evidence_of("kent", "2012-03-31")
    reason = "Incidents were collected in a different way"
    assert f"No change is given. {reason}" in str(crime.anti_social_behaviour(ev))
    assert reason in figures.asb_change(ev)


def test_each_dash_in_a_table_of_rates_has_its_reason(evidence_of):
    ev = evidence_of("warwickshire", "2008-09-30")
    dashes = ["Assault with injury", "Serious offences with a knife"]
    for made, many in ((figures.crime_rates(ev), 1), (figures.crime_types_table(ev), 2)):
        missing = made.table.loc[made.table["Warwickshire Police"] == "–", "Offences"]
        assert list(missing) == dashes[:many]
        for name in missing:
            assert any(note.startswith(f"{name}: ") for note in made.notes)


@pytest.mark.parametrize("period_end", ["2008-09-30", "2018-03-31"])
def test_report_of_2016_is_no_source_of_another_period(period_end, evidence_of):
    ev = evidence_of("dorset", period_end)
    for name in figures.__all__:
        if name in ("among_forces", "over_time"):
            continue
        made = getattr(figures, name)(ev)
        assert REPORT_OF_2016 not in getattr(made, "source", str(made)), name
    assert REPORT_OF_2016 not in cards.force_in_numbers(ev).sources
    assert REPORT_OF_2016 not in annex.sources_table(ev)


def test_annex_names_the_source_of_the_value_that_a_figure_shows(evidence_of):
    assert "October 2016 release, as printed" in annex.sources_table(evidence_of("dorset"))


@pytest.mark.parametrize("period_end", ["2008-09-30", "2018-03-31"])
def test_annex_lists_no_exclusion_or_caveat_of_an_indicator_without_any_value(
    period_end, evidence_of
):
    ev = evidence_of("warwickshire", period_end)
    for table in (annex.exclusions_table(ev), annex.caveats_table(ev)):
        assert "rganised crime groups" not in table


def test_names_with_commas_are_told_apart_in_the_annex(evidence_of):
    assert "; caution, youths; and 15 more" in annex.caveats_table(evidence_of("kent"))


def test_sources_of_the_force_in_numbers_are_named_once(evidence_of):
    sources = cards.force_in_numbers(evidence_of("kent")).sources.split("; ")
    assert len(sources) == len(set(sources))


def test_reason_of_the_force_itself_is_said_once_below_a_figure(evidence_of):
    ev = evidence_of("dorset")
    for name in ("outcomes_of_crime", "domestic_abuse_outcomes"):
        made = getattr(figures, name)(ev)
        said = " ".join(getattr(made, "notes", [str(made)]))
        assert said.count("Problems with a new records system") == 1, name


def test_reason_for_missing_outcomes_is_told_once_where_the_figure_would_stand(evidence_of):
    ev = evidence_of("dorset")
    assert "Problems with a new records system" in str(figures.outcomes_of_crime(ev))
    assert not outcomes.brought_to_justice(ev)
    assert not outcomes.closed_without_victim(ev)


@pytest.mark.parametrize("comparator", ["england-and-wales", "region", "similar-forces"])
def test_title_that_compares_gives_both_values(comparator, evidence_of):
    ev = evidence_of("dorset", "2018-03-31", comparator=comparator)
    row = ev.row("outcome-evidential-victim-does-not-support")
    title = figures.victim_does_not_support(ev).title
    assert f"{number(row['value'])} percent" in title
    assert title.endswith(f"; {ev.comparator_name} {number(row['comparator_value'])}")
    charged = ev.row("outcome-charged-summonsed")
    assert (
        f"the {number(charged['comparator_value'])} percent" in figures.outcomes_of_crime(ev).title
    )


def test_place_in_the_bottom_quarter_is_counted_from_below(evidence_of):
    ev = evidence_of("devon-and-cornwall")
    assert place_in_ranking(ev, "recorded-crime") == "2nd lowest"
    assert "the 2nd lowest of 42 forces" in position(ev, "recorded-crime")
    assert place_in_ranking(evidence_of("kent"), "recorded-crime").endswith("highest")


def test_place_from_below_agrees_with_the_values(evidence_of):
    for force in force_slugs():
        ev = evidence_of(force)
        areas = ev.areas("victim-based-crime").drop(ENGLAND_AND_WALES)
        ranked = areas[areas["rank"].notna()]
        if force in ranked.index and ranked.loc[force, "band"] == LOWEST:
            below = int((ranked["value"] < ranked.loc[force, "value"]).sum())
            said = place_in_ranking(ev, "victim-based-crime")
            assert said == "lowest" if below == 0 else said.startswith(str(below + 1)), force


def test_all_crime_types_looked_at_are_named(evidence_of):
    for force in ("dorset", "greater-manchester", "cumbria"):
        text = str(crime.crime_types(evidence_of(force)))
        for name in ("sexual offences", "robbery", "vehicle offences", "shoplifting"):
            assert name in text or "On each of" in text, force


def test_grades_of_the_draws_are_joined_as_a_sentence_does(evidence_of):
    text = str(how_firm(evidence_of("kent")))
    assert "The grade of question 1, good, came out in every draw. The grade of question 3" in text
    for force in ("kent", "bedfordshire", "dorset"):
        assert "100 percent" not in str(how_firm(evidence_of(force)))


@pytest.mark.parametrize("force", ["bedfordshire", "dorset", "greater-manchester", "cumbria"])
def test_every_graded_question_is_compared_with_last_year_or_said_not_to_be(force, evidence_of):
    ev = evidence_of(force)
    text = str(grades_since.change_since_last_year(ev)).lower()
    for question in ev.framework.questions:
        assert text.count(question.title.lower()) == int(question.graded), question.title


def test_dash_among_published_grades_is_explained(evidence_of):
    assert "A dash: " in grades.grade_table(evidence_of("bedfordshire"))
    assert "A dash: " not in grades.grade_table(evidence_of("bedfordshire"), "q1")
    # and why a question has no grade here, which the word alone does not say: one word for one cause
    merseyside = grades.grade_table(evidence_of("merseyside", "2017-06-30", inspection="2017"))
    assert "Not graded here" not in merseyside
    assert re.search("Insufficient evidence: [^<]*question 4, since no finding on ", merseyside)
    assert (
        "Insufficient evidence: overall, since too few core questions have a grade." in merseyside
    )
    assert "simple guess" not in merseyside
    assert "No finding held" in merseyside
    assert "Not graded here: " not in grades.grade_table(evidence_of("leicestershire"))


@pytest.mark.parametrize(
    ("force", "title"),
    [
        ("bedfordshire", "Computed as good: none of the 2 core questions with a grade"),
        ("kent", "Computed as good: both of the core questions with a grade"),
        ("leicestershire", "Computed as good or better: 6 of the 12 sub-questions with a grade"),
    ],
)
def test_title_of_the_evidence_follows_from_the_grades(force, title, evidence_of):
    assert evidence_chart.evidence_by_sub_question(evidence_of(force)).title == title


def test_book_says_what_is_compared_with_what(evidence_of):
    ev = evidence_of("dorset", "2018-03-31", comparator="similar-forces")
    assert "and changes over time, are compared with a group of similar forces" in about.this_book(
        ev
    )
    assert "not the official most similar groups" in neighbours.similar_group(ev)
    assert "Its figures are compared with England and Wales." in about.this_book(
        evidence_of("dorset")
    )


def test_correction_of_bedfordshires_incidents_is_noted_in_the_year_it_falls_in(evidence_of):
    ev = evidence_of("bedfordshire")
    assert any("counted twice" in note for note in figures.asb_change(ev).notes)
    other = figures.asb_change(evidence_of("bedfordshire", "2018-03-31"))
    assert not any("counted twice" in note for note in other.notes)


NEWEST = "2026-03-31"


def test_every_force_has_a_trend_in_the_newest_period_though_victims_are_known_for_fewer_years(
    evidence_of,
):
    for force in force_slugs():
        text = str(crime.trend(evidence_of(force, NEWEST)))
        assert "nan" not in text, force
        assert "the number of recorded crimes" in text or not text, force
    text = str(crime.trend(evidence_of("kent", NEWEST)))
    assert "12 months to 31 March 2021" in text
    assert "victim-based" not in text


def test_reason_for_no_rank_is_given_once_for_shares_of_the_same_offences(evidence_of):
    text = str(outcomes.brought_to_justice(evidence_of("humberside", NEWEST)))
    assert text.count("have an outcome in the release") == 1
    assert "It is not ranked." in text


def test_limit_that_would_print_as_zero_is_told_to_two_decimals(evidence_of):
    text = str(change_against_chance(evidence_of("humberside", NEWEST), "recorded-crime"))
    assert "from −1.85 to −0.05, is more than chance explains" in text


@pytest.mark.parametrize(
    ("period_end", "residents"), [("2016-06-30", 2015), (NEWEST, 2024), ("2023-03-31", 2020)]
)
def test_annex_names_the_mid_year_that_rates_were_divided_by(period_end, residents, evidence_of):
    table = annex.sources_table(evidence_of("kent", period_end))
    assert f"population, mid-{residents}" in str(getattr(table, "data", table))


def test_missing_outcomes_of_domestic_abuse_go_by_their_own_name(evidence_of):
    text = str(figures.domestic_abuse_outcomes(evidence_of("kent")))
    assert "Outcomes of domestic abuse crimes in Kent" in text
    assert "harged or summonsed" not in text


def test_annex_of_the_newest_book_names_only_what_it_shows(evidence_of):
    newest, report = evidence_of("kent", NEWEST), evidence_of("kent")
    assert "HMIC data return" not in annex.sources_table(newest)
    assert "HMIC data return" in annex.sources_table(report)
    for said in ("organised crime groups", "Victim satisfaction", "domestic abuse"):
        assert said not in str(about.rules(newest))
        assert said in str(about.rules(report))
