"""The funnel plot as a reader sees it."""

from __future__ import annotations

import json

from peelbook.charts.funnel import funnel_plot


def test_no_python_object_is_written_where_a_title_should_be(evidence_of):
    figure = funnel_plot(evidence_of("leicestershire"), "recorded-crime", "victim-based-crime")
    for chart in figure.charts.values():
        assert " object at 0x" not in json.dumps(chart.to_dict())
