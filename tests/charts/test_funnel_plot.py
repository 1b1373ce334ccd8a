"""The funnel plot as a reader sees it."""

from __future__ import annotations

import json

from peelbook.charts.funnel import funnel_plot


def test_no_python_object_is_written_where_a_title_should_be(evidence_of):
    figure = funnel_plot(evidence_of("leicestershire"), "recorded-crime", "victim-based-crime")
    for chart in figure.charts.values():
        assert " object at 0x" not in json.dumps(chart.to_dict())


def shifts(chart) -> dict[str, set[float]]:
    """Return by how many points each name is moved from its point; the rim and the text alike."""
    spec = chart.to_dict()
    found: dict[str, set[float]] = {}
    for layer in spec["layer"]:
        if layer["mark"]["type"] == "text" and layer["encoding"]["text"]["field"] == "area":
            (row,) = spec["datasets"][layer["data"]["name"]]
            found.setdefault(row["area"], set()).add(layer["mark"]["dy"])
    return found


def test_name_of_the_force_keeps_clear_of_the_name_of_another(evidence_of):
    figure = funnel_plot(evidence_of("greater-manchester"), "recorded-crime", "victim-based-crime")
    for chart in figure.charts.values():
        (own,), (other,) = (shifts(chart)[name] for name in ("Greater Manchester", "Metropolitan"))
        assert own > 0 > other
    alone = funnel_plot(evidence_of("dorset"), "recorded-crime")
    (chart,) = alone.charts.values()
    assert shifts(chart)["Dorset"] == {-12}


def test_names_of_two_forces_side_by_side_are_on_either_side_of_their_points(evidence_of):
    figure = funnel_plot(evidence_of("dorset", "2018-03-31"), "victim-based-crime")
    (chart,) = figure.charts.values()
    (first,), (second,) = (shifts(chart)[n] for n in ("West Yorkshire", "Greater Manchester"))
    assert first < 0 < second


def _labels_of(figure, area):
    """Return the marks that write the name of an area, of every panel."""
    found = []
    for chart in figure.charts.values():
        spec = chart.to_dict()
        for layer in spec["layer"]:
            rows = spec["datasets"][layer["data"]["name"]]
            if layer["mark"]["type"] == "text" and [row.get("area") for row in rows] == [area]:
                found.append(layer["mark"])
    return found


def test_name_of_a_small_area_begins_at_its_point_and_does_not_cross_the_axis(evidence_of):
    figure = funnel_plot(evidence_of("dyfed-powys"), "recorded-crime", "victim-based-crime")
    marks = _labels_of(figure, "Dyfed-Powys")
    assert len(marks) == 4  # two panels, each with a rim and the text
    assert {mark["align"] for mark in marks} == {"left"}
    assert {mark["align"] for mark in _labels_of(figure, "Metropolitan")} == {"right"}


def test_title_says_so_where_the_other_usual_method_gives_another_answer(evidence_of):
    divided = funnel_plot(evidence_of("metropolitan"), "recorded-crime")
    assert divided.title.endswith("by the other usual method it would be within the limits")
    agreed = funnel_plot(evidence_of("leicestershire"), "recorded-crime")
    assert "other usual method" not in agreed.title
