"""Figures 1 to 10 by the names that the chapters call them by."""

from peelbook.charts.crime import (
    asb_change,
    crime_rates,
    crime_types_table,
    recorded_crime_over_time,
)
from peelbook.charts.organised_crime import organised_crime_types
from peelbook.charts.outcomes import (
    domestic_abuse_arrests,
    domestic_abuse_outcomes,
    organised_crime_groups,
    outcomes_of_crime,
    victim_does_not_support,
    vulnerable_victims,
)

__all__ = [
    "asb_change",
    "crime_rates",
    "crime_types_table",
    "domestic_abuse_arrests",
    "domestic_abuse_outcomes",
    "organised_crime_groups",
    "organised_crime_types",
    "outcomes_of_crime",
    "recorded_crime_over_time",
    "victim_does_not_support",
    "vulnerable_victims",
]
