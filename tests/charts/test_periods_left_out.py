"""What is held and not used, or no longer held, is named with the reason, and truly."""

from __future__ import annotations

import pandas as pd
import pytest

from peelbook.charts import annex, cards, figures
from peelbook.charts.outcomes import PART
from peelbook.charts.over_time import over_time
from peelbook.evidence import load_evidence
from peelbook.indicators.catalogue import indicator, load_catalogue
from peelbook.indicators.counts import numerators
from peelbook.indicators.outcomes import some_types, unfinished_years
from peelbook.indicators.values import TOO_OLD, latest_period
from peelbook.narrative.about import this_book
from peelbook.narrative.notes import year_left_out
from peelbook.narrative.outcomes import brought_to_justice
from peelbook.parameters import force_slugs
from peelbook.tables import load_table
from peelbook.tables.periods import in_words, years_before

PERIODS = ["2016-06-30", "2018-03-31", "2019-03-31", "2024-03-31", "2026-03-31"]
NEWEST = {"period_end": "2026-03-31", "inspection": "2018-19"}
CHARGED = "outcome-charged-summonsed"


def test_year_that_forces_have_not_finished_is_held_and_not_used():
    table = load_table("outcomes_by_year")
    year = table[table["period_end"] == pd.Timestamp("2026-03-31")]
    counts = year.pivot_table(index="force", columns="measure", values="offences", aggfunc="sum")
    # of the 43 forces the 22nd: 92.8 percent of its offences have an outcome
    middle = (counts["assigned"] / counts["recorded"] * 100).dropna().sort_values().iloc[21]
    assert unfinished_years().to_dict() == {pd.Timestamp("2026-03-31"): pytest.approx(middle)}
    assert round(middle, 1) == 92.8
    assert pd.Timestamp("2026-03-31") not in some_types().index.get_level_values("period_end")


@pytest.mark.parametrize("period_end", PERIODS)
def test_year_left_out_is_told_of_every_force_in_the_newest_book_and_in_no_other(period_end):
    for force in force_slugs():
        said = year_left_out(load_evidence(force=force, period_end=period_end), CHARGED)
        assert bool(said) == (period_end == "2026-03-31"), force
        assert not said or "12 months to 31 March 2026 are held but left out" in said
        assert not said or "in the middle force 92.8 percent had one" in said


def test_year_left_out_stands_once_on_each_page_that_shows_outcomes():
    ev = load_evidence(force="dorset", **NEWEST)
    for page in (
        brought_to_justice(ev),
        annex.sources_table(ev),
        cards.force_in_numbers(ev)._repr_html_(),
    ):
        assert page.count("31 March 2026 are held but left out") == 1


@pytest.mark.parametrize("period_end", PERIODS)
def test_newest_period_ended_less_than_three_years_before_as_the_book_says(period_end):
    end = pd.Timestamp(period_end)
    said = str(this_book(load_evidence(period_end=period_end)))
    assert "if it ended less than three years before" in said
    for name, entry in load_catalogue().items():
        if entry.kind == "return":
            continue
        used, oldest = latest_period(entry, end), years_before(end, TOO_OLD)
        known = numerators(entry)["period_end"]
        assert used is None or oldest < used <= end, name
        assert used is not None or not known.between(oldest, end, inclusive="right").any(), name


def series_without_a_tile(page):
    """Return the catalogue entries of headline series that the page does not show; at least one."""
    shown = {tile.indicator for tile in page.tiles}
    names = [name for group in cards.GROUPS.values() for name in group if name not in shown]
    series = [indicator(name) for name in names if indicator(name).kind != "return"]
    assert series
    return series


@pytest.mark.parametrize("period_end", ["2016-06-30", "2026-03-31"])
def test_headline_series_without_a_tile_is_named_with_its_last_period(period_end):
    ev = load_evidence(force="kent", period_end=period_end)
    page = cards.force_in_numbers(ev)
    for entry in series_without_a_tile(page):
        name = entry.id
        known = numerators(entry).dropna(subset=["numerator"])["period_end"]
        ended = known.max() < ev.period_end
        label = entry.name.replace(": ", ", ").lower()
        [line] = [line for line in page.not_shown if label in line.lower()]
        assert in_words(known.max() if ended else known.min()) in line, name
    html = page._repr_html_()
    assert html.count(cards.NOT_SHOWN) == 1
    for line in page.not_shown:
        assert html.count(line.split(": ", 1)[1]) == 1, line


@pytest.mark.parametrize("period_end", ["2016-06-30", "2026-03-31"])
def test_lead_of_series_without_a_tile_holds_for_each_of_them(period_end):
    ev = load_evidence(force="northumbria", period_end=period_end)
    page = cards.force_in_numbers(ev)
    series = series_without_a_tile(page)
    for entry in series:
        ends = numerators(entry).dropna(subset=["numerator"])["period_end"]
        used = (ends <= ev.period_end) & (ends > ev.period_end - pd.DateOffset(years=3))
        assert not used.any(), entry.id
    # names that hold commas do not run into one another
    for line in page.not_shown:
        named = line.split(": The figures")[0]
        within = [entry.name.replace(": ", ", ") for entry in series]
        held = [name for name in within if name.lower() in named.lower()]
        if len(held) > 1 and any(", " in name for name in held):
            assert named.count("; ") == len(held) - 1


def test_severity_score_that_ended_three_years_before_to_the_day_is_named():
    said = cards.force_in_numbers(load_evidence(force="dorset", **NEWEST)).not_shown
    assert "Crime Severity Score: The figures held here end with those to 31 March 2023." in [
        line.replace("crime", "Crime", 1) for line in said
    ]


@pytest.mark.parametrize("period_end", ["2016-06-30", "2026-03-31"])
def test_annex_gives_each_reason_for_no_figure_once(period_end):
    for force in ("dorset", "leicestershire"):
        ev = load_evidence(force=force, period_end=period_end)
        page = str(annex.sources_table(ev))
        reasons = {
            ev.row(name)["note"]
            for name in load_catalogue()
            if ev.row(name)["status"] == "not-available"
        }
        assert "" not in reasons
        assert "No figure</td>" not in page
        for reason in reasons:
            assert page.count(f": {reason}</li>") == 1, (force, reason)


def test_figure_1_names_the_residents_that_divide_it_and_why_a_year_is_missing():
    said = figures.recorded_crime_over_time(load_evidence(force="dorset", **NEWEST)).notes
    assert (
        "No point stands for the 12 months to 31 March 2024: the counts are held, but no estimate "
        "of residents within a year of mid-2022."
    ) in said
    assert any(
        "mid-2020 for the 12 months to 31 March 2023; and of mid-2024 for the 12 months to "
        "31 March 2025." in note
        for note in said
    )
    crimes = numerators(indicator("recorded-crime"))
    held = crimes[(crimes["force"] == "dorset") & (crimes["period_end"] == "2024-03-31")]
    assert held["numerator"].tolist() == [51860]


def test_figure_1_of_the_report_divides_each_period_by_the_year_due():
    said = figures.recorded_crime_over_time(load_evidence(force="dorset")).notes
    assert (
        "Each period is divided by the residents of its own time, by the rule in annex A." in said
    )
    assert not any("No point" in note for note in said)


def test_year_of_which_a_force_alone_has_nothing_is_named():
    said = over_time(load_evidence(force="cumbria", period_end="2018-03-31"), CHARGED).notes
    assert (
        "Cumbria has no point for the 12 months to 31 March 2015: none of its figures of then is held."
    ) in said


@pytest.mark.parametrize("force", ["south-wales", "dorset", "humberside"])
def test_outcome_22_has_a_row_of_its_own_once_it_counts_for_every_force(force):
    figure = figures.outcomes_of_crime(load_evidence(force=force, **NEWEST))
    rows = figure.table.set_index("Outcome")
    own = rows.loc["Diversion, education or other intervention"]
    assert own["Type"] == "22"
    if force == "south-wales":  # 944 of 110,099 offences
        assert own.iloc[1] == "0.9"
    # groups and what stands alone are the whole, to within their rounding
    whole = rows[~rows.index.str.startswith(PART) & (rows.index != "Offences assigned an outcome")]
    assert whole.iloc[:, 1].astype(float).sum() == pytest.approx(100, abs=0.3)
    [rest] = [note for note in figure.notes if note.startswith("The last bar")]
    assert "22" not in rest
    assert (
        sum("counts among the outcomes of every force since" in each for each in figure.notes) == 1
    )


@pytest.mark.parametrize("period_end", ["2016-06-30", "2017-06-30", "2019-03-31", "2021-03-31"])
def test_outcome_22_has_no_row_before_it_counts_for_every_force(period_end):
    ev = load_evidence(force="kent", period_end=period_end)
    table = figures.outcomes_of_crime(ev).table
    assert "22" not in table["Type"].tolist()
    assert ("Another outcome" in table["Outcome"].tolist()) == (period_end < "2018")
    assert "forces were free to use it or not" in ev.row("outcome-diversion")["note"]
