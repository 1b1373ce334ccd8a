"""Every figure that a chapter shows, for contrasting forces: charts, words, table and source."""

import json
import re

import pandas as pd
import pytest

from peelbook.charts import annex, cards, figures, grades
from peelbook.charts.by_force import share_by_force
from peelbook.charts.figure import Figure
from peelbook.charts.marks import bars_by_force
from peelbook.charts.tables import text_table
from peelbook.indicators.values import ENGLAND_AND_WALES
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
SCRIPT = re.compile(r'<script type="application/json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module", params=FORCES)
def force(request):
    return request.param


@pytest.fixture(scope="module", params=PERIODS)
def ev(request, force, evidence_of):
    return evidence_of(force, request.param)


@pytest.fixture(scope="module")
def made(ev):
    """Return every figure of one book: name -> figure."""
    return {name: getattr(figures, name)(ev) for name in figures.__all__}


def datasets(chart) -> list[dict]:
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def test_every_figure_has_a_title_a_measure_and_a_source(made):
    for name, figure in made.items():
        assert not figure.title[0].islower(), name
        assert not re.search(r"\bnan\b|None|NaT|  ", figure.title + figure.subtitle), name
        assert "12 months to" in figure.subtitle or "as at" in figure.subtitle, name
        assert len(figure.source) > 10, name


def test_figures_are_numbered_as_in_the_report(made):
    numbers = [figure.number for figure in made.values() if figure.number]
    assert sorted(numbers) == sorted(f"Figure {n}" for n in range(1, 11))


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
    for heading, value in last.drop("12 months to").items():
        assert value in described, heading


def test_every_figure_has_its_data_as_a_table(made):
    for name, figure in made.items():
        assert len(figure.table) > 0, name
        html = figure.to_html()
        assert "<table>" in html, name
        for heading in figure.table.columns:
            assert 'scope="col"' in html, heading


def test_table_beside_a_chart_holds_every_bar(made):
    for name in ("asb_change", "victim_does_not_support"):
        figure = made[name]
        for chart in figure.charts.values():
            drawn = {row["area"] for row in datasets(chart)}
            assert drawn <= set(figure.table["Force"]), name


def test_bars_are_the_forces_with_a_value_and_no_other(made, ev):
    areas = ev.areas("asb-incidents").drop(ENGLAND_AND_WALES)
    expected = {all_forces()[slug].short_name for slug in areas.index[areas["change"].notna()]}
    (chart,) = made["asb_change"].charts.values()
    drawn = {row["area"] for row in datasets(chart) if "force" in row}
    assert drawn == expected


def test_force_that_is_not_ranked_has_no_bar_in_a_figure_of_levels(evidence_of):
    made = share_by_force(
        evidence_of("kent", "2018-03-31"), "recorded-crime", "", per="per 1,000 population"
    )
    (chart,) = made.charts.values()
    drawn = {row["area"] for row in datasets(chart)}
    assert "Kent" in drawn
    assert "City of London" not in drawn


def test_force_that_is_excluded_has_no_bar_and_a_reason_in_the_table(evidence_of):
    made = share_by_force(
        evidence_of("kent", "2018-03-31"), "arrests", "", per="arrests per 1,000 population"
    )
    (chart,) = made.charts.values()
    assert "Lancashire" not in {row["area"] for row in datasets(chart)}
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


def test_hostile_name_in_the_data_cannot_close_the_script_element():
    hostile = "</script><img src=x onerror=alert(1)>"
    chart = bars_by_force(
        pd.DataFrame({"area": [hostile, "Made-up Police"], "value": [1.0, 2.0]}),
        force_label=hostile,
        unit=hostile,
        number_format=",.1f",
        line=1.5,
        line_label=hostile,
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
def test_figure_without_values_gives_a_dash_and_a_reason(name, evidence_of):
    figure = getattr(figures, name)(evidence_of("kent", "2018-03-31"))
    assert figure.charts == {}
    assert "–" in figure.table.astype(str).to_numpy()
    words = " ".join([*figure.table.astype(str).to_numpy().ravel(), *figure.notes])
    assert "not published in bulk" in words
    assert "Kent" in figure.title


def test_bars_include_zero_and_are_sorted(made):
    (chart,) = made["asb_change"].charts.values()
    spec = chart.to_dict()
    bars = spec["layer"][0]
    assert bars["encoding"]["x"].get("scale", {}).get("zero", True)
    values = pd.DataFrame([row for row in datasets(chart) if "force" in row])
    ordered = values.sort_values(["value", "area"], ascending=[False, True])["area"].tolist()
    assert bars["encoding"]["y"]["sort"] == ordered


def test_force_is_the_one_strong_bar(made, ev):
    (chart,) = made["asb_change"].charts.values()
    strong = [row["area"] for row in datasets(chart) if row.get("force") == "yes"]
    assert strong == [ev.force.short_name]


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
    area = "Recorded crime (excluding fraud), " + ev.force.short_name
    assert f"from {first[area]} to {last[area]} per 1,000 population over 5 years" in figure.title
    rose = float(last[area].replace(",", "")) > float(first[area].replace(",", ""))
    assert f"{'rose' if rose else 'fell'} from {first[area]}" in figure.title


def test_title_of_figure_1_names_the_span_of_its_lines(evidence_of):
    # the series begins with the year ending March 2003 and has financial years only to 2007
    figure = figures.recorded_crime_over_time(evidence_of("durham", "2008-06-30"))
    assert "over 4 years and 3 months" in figure.title
    assert "31 March 2004" in figure.subtitle


@pytest.mark.parametrize("force", ["city-of-london", "kent", "west-mercia", "cumbria"])
def test_labels_of_lines_are_clear_of_the_lines_and_of_the_axis(force, evidence_of):
    figure = figures.recorded_crime_over_time(evidence_of(force))
    for chart in figure.charts.values():
        spec = chart.to_dict()
        top = json.loads(re.search(r'"domain": (\[0, [\d.]+\])', json.dumps(spec))[1])[1]
        rows = datasets(chart)
        labels = [row for row in rows if "shift" in row]
        points = pd.DataFrame([row for row in rows if "shift" not in row])
        recent = points.sort_values("period_end").groupby("area").tail(9)
        assert len(labels) == 2
        for label in labels:
            own = recent.loc[recent["area"] == label["area"], "value"]
            if label["shift"] == "up":
                assert label["value"] >= own.max()
            else:
                assert label["value"] <= recent["value"].min()
                assert label["value"] > 0.1 * top


def test_title_that_compares_names_both_values(made, ev):
    for name in ("victim_does_not_support", "outcomes_of_crime", "asb_change"):
        title = made[name].title
        if "no value" in title or title.startswith("Outcomes of"):
            continue
        assert "England and Wales" in title, name
        assert len(re.findall(r"\d", title)) >= 2, name
    if ev.force.slug == "city-of-london":
        assert "do not compare" in made["crime_rates"].title
        assert not re.search("above|below", made["crime_rates"].title)
    else:
        country = made["crime_rates"].table.iloc[0]["England and Wales"]
        assert f"the {country} of England and Wales" in made["crime_rates"].title


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
    figure = figures.victim_does_not_support(evidence_of("kent"))
    assert figure.charts == {}
    own = figure.table.iloc[0]
    assert own["Area"] == "Kent Police"
    assert own.iloc[1] == "–"
    assert "no longer published" in own["Reason"]
    assert list(figure.table["Area"]) == ["Kent Police", "England and Wales"]


def test_figure_without_the_value_of_the_force_names_the_period_of_what_it_shows(evidence_of):
    # the report counts organised crime groups on one day, 1 July 2016
    ev = evidence_of("kent")
    figure = figures.organised_crime_groups(ev)
    assert "46" in set(figure.table.iloc[:, 1])
    assert figure.subtitle == "Groups per million population, as at 1 July 2016"
    (block,) = [b for b in cards.force_in_numbers(ev) if b.heading == "Organised crime groups"]
    assert block.lines[0].details[0] == "as at 1 July 2016"


def test_source_of_a_block_names_each_release_once(ev):
    for block in cards.force_in_numbers(ev):
        releases = re.split(r"; (?=Home Office|Office for|HMIC)", block.source)
        assert len(releases) == len(set(releases)), block.heading


def test_card_says_that_a_change_is_one_of_the_number(ev):
    blocks = {block.heading: block for block in cards.force_in_numbers(ev)}
    (officers,) = [line for line in blocks["Context"].lines if line.label.startswith("Police")]
    assert any(detail.startswith("number changed by") for detail in officers.details)
    labels = [line.label for line in blocks["Crime (excluding fraud)"].lines]
    assert "Change in the number of recorded crimes in 12 months, percent" in labels
    assert len(labels) == len(set(labels)) == 3


def test_reason_in_a_card_is_a_sentence_of_its_own(evidence_of):
    html = cards.force_in_numbers(evidence_of("city-of-london"))._repr_html_()
    assert "30 June 2016. Few people live in the City" in html
    assert not re.search(r"; [A-Z][a-z]+ people", html)


def test_reasons_name_the_indicators_that_counted(evidence_of):
    html = grades.reasons_table(evidence_of("metropolitan"), "q1.1")
    assert "Recorded crime (excluding fraud): one of the highest of all forces, a weakness." in html
    counted = re.search(r"and (\d+) weaknesses", html)[1]
    assert html.count(", a weakness.") == int(counted)


def test_indicators_with_a_comma_in_their_names_are_told_apart(evidence_of):
    html = annex.exclusions_table(evidence_of("kent"))
    assert "Charged or summonsed; caution, adults; caution, youths; community resolution" in html


def test_cards_show_a_dash_and_the_reason_where_there_is_no_figure(ev):
    for block in cards.force_in_numbers(ev):
        for line in block.lines:
            assert not re.search(r"\bnan\b|None|NaT", line.value + line.country)
            if line.value == "–":
                assert line.details, line.label


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
    for name in figures.__all__:
        getattr(figures, name)(evidence_of("leicestershire"))
        second = getattr(figures, name)(evidence_of("north-wales"))
        assert "Leicestershire" not in second.title + second.subtitle, name
        assert "Leicestershire" not in " ".join(second.table.columns), name
