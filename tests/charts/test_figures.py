"""Every figure that a chapter shows, for contrasting forces: charts, words, table and source."""

import json
import re

import pandas as pd
import pytest

from peelbook.charts import annex, cards, figures, grades
from peelbook.charts.by_force import among_forces
from peelbook.charts.figure import Figure
from peelbook.charts.ranked_marks import ranked_bars
from peelbook.charts.tables import text_table
from peelbook.indicators.catalogue import load_catalogue
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.prose import Prose
from peelbook.tables.forces import all_forces

FORCES = ["leicestershire", "metropolitan", "city-of-london"]
PERIODS = ["2016-06-30", "2018-03-31"]
WITHOUT_BULK_DATA = [
    "vulnerable_victims",
    "domestic_abuse_arrests",
    "domestic_abuse_outcomes",
    "organised_crime_groups",
    "organised_crime_types",
]
OF_ANY_INDICATOR = {
    "among_forces": ["recorded-crime", "officers", "arrests", "crime-severity-score"],
    "over_time": ["recorded-crime", "domestic-burglary", "asb-incidents", "arrests"],
}
SCRIPT = re.compile(r'<script type="application/json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module", params=FORCES)
def force(request):
    return request.param


@pytest.fixture(scope="module", params=PERIODS)
def ev(request, force, evidence_of):
    return evidence_of(force, request.param)


@pytest.fixture(scope="module")
def made(ev):
    """Return every figure of one book, name -> figure; what is told in a sentence is not one."""
    return {name: each for name, each in everything(ev).items() if isinstance(each, Figure)}


def everything(ev) -> dict:
    """Return figures and sentences of one book by name."""
    numbered = {n: getattr(figures, n)(ev) for n in figures.__all__ if n not in OF_ANY_INDICATOR}
    of_any = {
        f"{name} {each}": getattr(figures, name)(ev, each)
        for name, ids in OF_ANY_INDICATOR.items()
        for each in ids
    }
    return numbered | of_any


def datasets(chart) -> list[dict]:
    """Return the rows of a chart, which has to meet the schema of Vega-Lite: a book does not look."""
    return [row for rows in chart.to_dict(validate=True)["datasets"].values() for row in rows]


def test_every_figure_has_a_title_a_measure_and_a_source(made):
    for name, figure in made.items():
        assert not figure.title[0].islower(), name
        assert not re.search(r"\bnan\b|None|NaT|  ", figure.title + figure.subtitle), name
        assert re.search(r"12 months to|[Aa]s at", figure.subtitle), name
        assert len(figure.source) > 10, name


def test_figures_are_numbered_as_in_the_report(made, ev):
    numbers = {name: figure.number for name, figure in made.items() if figure.number}
    assert numbers["recorded_crime_over_time"] == "Figure 1"
    assert numbers["crime_rates"] == "Figure 2"
    assert numbers["asb_change"] == "Figure 3"
    assert numbers.get("outcomes_of_crime", "Figure 4") == "Figure 4"
    assert len(set(numbers.values())) == len(numbers)


def test_no_chart_has_a_single_bar(made):
    for name, figure in made.items():
        for chart in figure.charts.values():
            areas = {row["area"] for row in datasets(chart) if "area" in row}
            assert len(areas) > 1, name


def test_every_chart_has_a_description_with_numbers(made):
    for name, figure in made.items():
        for chart in figure.charts.values():
            described = chart.to_dict()["description"]
            assert re.search(r"\d", described), name
            assert not re.search(r"\bnan\b|None|NaT", described), name


def test_description_names_the_value_of_the_force_as_its_table_does(made, ev):
    figure = made["recorded_crime_over_time"]
    last = figure.table.iloc[-1]
    described = " ".join(chart.to_dict()["description"] for chart in figure.charts.values())
    for heading, value in last.drop("Period to").items():
        assert value in described, heading


def test_every_figure_has_its_data_as_a_table(made):
    for name, figure in made.items():
        assert len(figure.table) > 0, name
        html = figure.to_html()
        assert "<table>" in html, name
        for heading in figure.table.columns:
            assert 'scope="col"' in html, heading


def test_table_beside_a_chart_holds_every_bar(made):
    for name in ("asb_change", "among_forces recorded-crime", "among_forces officers"):
        figure = made[name]
        for chart in figure.charts.values():
            drawn = {
                row["area"].removesuffix(" •")
                for row in datasets(chart)
                if row.get("kind") in ("own", "similar", "other", "country")
            }
            assert drawn <= set(figure.table["Force"]), name


def bars_of(chart) -> list[dict]:
    """Return the rows of forces, in the order in which they are drawn."""
    return [row for row in datasets(chart) if row.get("kind") in ("own", "similar", "other")]


def test_bars_are_the_forces_with_a_value_and_no_other(made, ev):
    areas = ev.areas("asb-incidents").drop(ENGLAND_AND_WALES)
    expected = {all_forces()[slug].short_name for slug in areas.index[areas["change"].notna()]}
    (chart,) = made["asb_change"].charts.values()
    assert {row["area"].removesuffix(" •") for row in bars_of(chart)} == expected


def test_force_that_is_not_ranked_has_no_bar_in_a_figure_of_levels(evidence_of):
    made = among_forces(evidence_of("kent", "2018-03-31"), "recorded-crime")
    (chart,) = made.charts.values()
    drawn = {row["area"].removesuffix(" •") for row in bars_of(chart)}
    assert "Kent" in drawn
    assert "City of London" not in drawn


def test_force_that_is_excluded_has_no_bar_and_a_reason_in_the_table(evidence_of):
    made = among_forces(evidence_of("kent", "2018-03-31"), "arrests")
    (chart,) = made.charts.values()
    assert "Lancashire" not in {row["area"].removesuffix(" •") for row in bars_of(chart)}
    row = made.table.set_index("Force").loc["Lancashire"]
    assert row.iloc[0] == "–"
    assert "supplied no arrests" in row["Reason"]
    assert any("Lancashire" in note for note in made.notes)


def test_specification_closes_no_script_element_and_is_json(made):
    for name, figure in made.items():
        specifications = SCRIPT.findall(figure.to_html())
        assert len(specifications) == len(figure.charts), name
        for text in specifications:
            assert "<" not in text, name
            assert json.loads(text)["description"], name


def test_text_of_every_chart_is_large_enough_to_read(made):
    for name, figure in made.items():
        text = json.dumps(list(figure.specifications.values()))
        sizes = [float(size) for size in re.findall(r'"\w*[fF]ontSize": ([\d.]+)', text)]
        assert bool(sizes) == bool(figure.charts), name
        assert min(sizes, default=11) >= 11, name


def test_data_of_every_figure_name_their_indicators(made):
    catalogue = load_catalogue()
    for name, figure in made.items():
        known = set(figure.indicators) <= set(catalogue)
        assert known, name
        if figure.indicator:
            assert figure.indicator in figure.indicators, name
        if figure.indicators:
            assert f'data-indicators="{" ".join(figure.indicators)}"' in figure.to_html(), name


def test_hostile_name_in_the_data_cannot_close_the_script_element():
    hostile = "</script><img src=x onerror=alert(1)>"
    rows = {"area": [hostile, "Made-up"], "value": [2.0, 1.0], "shown": [hostile, "1.0"]}
    chart = ranked_bars(
        pd.DataFrame(rows | {"kind": ["own", "other"]}),
        unit=hostile,
        number_format=",.1f",
        usual=(1.0, 1.5),
        description=hostile,
    )
    made = Figure(
        number="",
        title=hostile,
        subtitle=hostile,
        source=hostile,
        table=pd.DataFrame({hostile: [hostile]}),
        charts={hostile: chart},
        notes=(hostile,),
    )
    html = made.to_html()
    assert "<img" not in html
    assert html.count("</script>") == 1
    (text,) = SCRIPT.findall(html)
    assert json.loads(text)["description"] == hostile


def test_cell_of_a_table_is_escaped_and_a_gap_is_a_dash():
    html = text_table(pd.DataFrame({"a": ["x", "y"], "b": ["<b>", "&"]}), "<caption>")
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
    assert "&lt;caption&gt;" in html


@pytest.mark.parametrize("name", WITHOUT_BULK_DATA)
def test_what_no_force_has_a_value_of_is_a_sentence_with_the_reason(name, evidence_of):
    said = getattr(figures, name)(evidence_of("kent", "2018-03-31"))
    assert isinstance(said, Prose)
    assert "Kent" in said
    assert "no figure" in said
    assert "no later one is held here" in said


def test_what_only_the_report_prints_is_a_sentence_that_says_so(evidence_of):
    said = figures.vulnerable_victims(evidence_of("leicestershire"))
    assert isinstance(said, Prose)
    assert "prints only the values of this force and of England and Wales" in said


def test_bars_include_zero_and_are_sorted(made):
    for name in ("asb_change", "among_forces recorded-crime", "among_forces arrests"):
        (chart,) = made[name].charts.values()
        spec = chart.to_dict()
        bars = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "bar")
        low, high = bars["encoding"]["x"]["scale"]["domain"]
        assert low <= 0 <= high, name
        rows = pd.DataFrame(datasets(chart)).dropna(subset=["kind"])
        assert rows["value"].is_monotonic_decreasing, name
        assert bars["encoding"]["y"]["sort"] == rows["area"].tolist(), name


def test_force_is_the_one_strong_bar_and_seven_are_similar(made, ev):
    (chart,) = made["asb_change"].charts.values()
    kinds = pd.Series([row["kind"] for row in bars_of(chart)]).value_counts()
    assert [row["area"] for row in bars_of(chart) if row["kind"] == "own"] == [ev.force.short_name]
    assert kinds["similar"] == 7


def test_england_and_wales_line_is_labelled(made):
    (chart,) = made["asb_change"].charts.values()
    assert "England and Wales" in {row["area"] for row in datasets(chart)}


def test_lines_of_figure_1_start_at_zero_and_share_a_scale(made):
    figure = made["recorded_crime_over_time"]
    text = [json.dumps(chart.to_dict()) for chart in figure.charts.values()]
    domains = {re.search(r'"domain": (\[0, [\d.]+\])', spec)[1] for spec in text}
    assert len(text) == 2
    assert len(domains) == 1


def test_title_of_figure_1_says_what_its_lines_do(made, ev):
    figure = made["recorded_crime_over_time"]
    first, last = figure.table.iloc[0], figure.table.iloc[-1]
    area = "Recorded crime (excluding fraud), " + ev.force.name
    assert f"from {first[area]} to {last[area]} per 1,000 population over 5 years" in figure.title
    rose = float(last[area].replace(",", "")) > float(first[area].replace(",", ""))
    assert f"{'rose' if rose else 'fell'} from {first[area]}" in figure.title


def test_title_of_figure_1_names_the_span_of_its_lines(evidence_of):
    # the series begins with the year ending March 2003 and has financial years only to 2007
    figure = figures.recorded_crime_over_time(evidence_of("durham", "2008-06-30"))
    assert "over 4 years and 3 months" in figure.title
    assert "31 March 2004" in figure.subtitle


def test_title_that_compares_names_both_values(made, ev):
    for name in ("outcomes_of_crime", "asb_change", "among_forces officers"):
        if name not in made:  # told in a sentence
            continue
        title = made[name].title
        assert "England and Wales" in title, name
        assert len(re.findall(r"\d", title)) >= 2, name
    if ev.force.slug == "city-of-london":
        assert "do not compare" in made["crime_rates"].title
        assert not re.search("above|below", made["crime_rates"].title)
    else:
        assert not re.search(r"\d", made["crime_rates"].title)  # it is about places, told below


def test_title_of_figure_2_names_the_types_that_its_table_puts_at_either_end(made, ev):
    if ev.force.slug == "city-of-london":
        return  # not ranked
    figure = made["crime_rates"]
    types = figure.table.iloc[2:]  # all crime and victim-based crime have figures of their own
    for place in ("one of the highest", "one of the lowest"):
        at_this_end = types[types["Among the forces"].str.lower() == place]["Offences"]
        for name in at_this_end:
            assert name.lower().partition(" (")[0] in figure.title
        assert (place in figure.title) == bool(len(at_this_end))


def test_table_of_crime_names_every_source_and_why_a_change_is_missing(made):
    for name in ("crime_rates", "crime_types_table"):
        # assault with injury is counted from another release than the rest
        assert "released October 2023" in made[name].source
        assert "Change in number in 12 months" in made[name].table.columns
        assert any("fewer than 50 offences" in note for note in made[name].notes)


def test_force_without_a_rank_has_its_reason_under_the_full_table_of_crime(evidence_of):
    notes = figures.crime_types_table(evidence_of("city-of-london")).notes
    assert any(note.startswith("City of London (not ranked): Few people live") for note in notes)


def test_note_on_a_rise_from_new_offences_is_confined_to_the_periods_it_touches(evidence_of):
    def said(period_end):
        notes = figures.crime_types_table(evidence_of("durham", period_end)).notes
        return any("added in April 2015" in note for note in notes)

    assert said("2016-06-30")
    assert not said("2015-03-31")
    assert not said("2017-03-31")


def test_force_without_a_value_is_not_shown_the_bar_of_one_other_force(evidence_of):
    said = figures.victim_does_not_support(evidence_of("kent"))
    assert isinstance(said, Prose)
    assert "no figure" in said


def test_reasons_of_recorded_crime_say_that_it_is_described(evidence_of):
    html = grades.reasons_table(evidence_of("metropolitan"), "q1.1")
    assert "it is described and not graded" in html
    assert "a weakness." not in html


def test_indicators_with_a_comma_in_their_names_are_told_apart(evidence_of):
    html = annex.exclusions_table(evidence_of("kent"))
    assert "Charged or summonsed; caution, adults; caution, youths; community resolution" in html


def test_tables_of_the_annex_and_of_grades_hold_no_missing_value(ev):
    shown = [
        annex.parameter_table(ev),
        annex.sources_table(ev),
        annex.exclusions_table(ev),
        annex.caveats_table(ev),
        grades.grade_table(ev),
        grades.reasons_table(ev, "overall"),
        grades.question_judgment(ev, "q1"),
    ]
    for html in shown:
        text = re.sub(r"<[^>]+>", " ", html)
        assert not re.search(r"\bnan\b|\bNone\b|NaT|<NA>", text)


def test_second_force_leaves_no_trace_of_the_first_in_titles_and_descriptions(evidence_of):
    everything(evidence_of("leicestershire"))
    for name, second in everything(evidence_of("north-wales")).items():
        if isinstance(second, Prose):
            # the reason names the one report that has been transcribed
            assert "in Leicestershire" not in second, name
            continue
        assert "Leicestershire" not in second.title + second.subtitle, name
        assert "Leicestershire" not in " ".join(second.table.columns), name


def test_outcomes_that_no_figure_can_show_are_named_with_the_crimes_that_they_are_of(evidence_of):
    said = str(figures.domestic_abuse_outcomes(evidence_of("city-of-london"))).replace("\\", "")
    assert said.startswith("Outcomes of domestic abuse crimes in the City of London: no figure. ")
    assert "is not held" in said


def test_each_outcome_is_named_once_in_its_figure(evidence_of):
    for chart in figures.outcomes_of_crime(evidence_of("leicestershire")).charts.values():
        drawn = chart.to_dict()
        named = [
            row["label"]
            for layer in drawn["layer"]
            if layer["encoding"].get("text", {}).get("field") == "label"
            for row in drawn["datasets"][layer["data"]["name"]]
        ]
        assert len(named) > 10
        assert len(named) == len(set(named))


def test_number_that_an_edge_of_the_usual_range_meets_has_a_ground_of_its_own(evidence_of):
    (chart,) = among_forces(evidence_of("leicestershire"), "recorded-crime").charts.values()
    kinds = [layer["mark"] for layer in chart.to_dict(validate=True)["layer"]]
    edges = max(place for place, mark in enumerate(kinds) if mark["type"] == "rule")
    texts = [(place, mark) for place, mark in enumerate(kinds) if mark["type"] == "text"]
    for side in ("left", "right"):
        halo, number = [(place, mark) for place, mark in texts if mark["align"] == side]
        assert edges < halo[0] < number[0]
        assert halo[1]["stroke"] == "#ffffff"
        assert halo[1]["dx"] == number[1]["dx"]


def test_names_of_outcomes_are_as_large_as_the_width_allows(evidence_of):
    for chart in figures.outcomes_of_crime(evidence_of("leicestershire")).charts.values():
        labels = [
            layer["mark"]
            for layer in chart.to_dict()["layer"]
            if layer["encoding"].get("text", {}).get("field") == "label"
        ]
        assert len({mark["fontSize"]["expr"] for mark in labels}) == 1
        for mark in labels:
            assert mark["fontSize"]["expr"].startswith("clamp(width / ")
            assert mark["limit"]["expr"] == f"width - {mark['dx']}"


def test_dash_is_explained_where_a_card_has_one_and_only_there(evidence_of):
    for force in ("leicestershire", "city-of-london"):
        page = cards.force_in_numbers(evidence_of(force))
        missing = any(tile.reason for tile in page.tiles)
        assert (cards.DASHES in page._repr_html_()) == missing, force
