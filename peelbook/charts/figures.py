"""The figures by the names that the chapters call them by; ten have a number in the report."""

from peelbook.charts.by_force import among_forces
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
from peelbook.charts.over_time import over_time

__all__ = [
    "among_forces",
    "asb_change",
    "crime_rates",
    "crime_types_table",
    "domestic_abuse_arrests",
    "domestic_abuse_outcomes",
    "organised_crime_groups",
    "organised_crime_types",
    "outcomes_of_crime",
    "over_time",
    "recorded_crime_over_time",
    "victim_does_not_support",
    "vulnerable_victims",
]
