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
from peelbook.forces import all_forces
from peelbook.indicators import ENGLAND_AND_WALES

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
