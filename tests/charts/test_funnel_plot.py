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
