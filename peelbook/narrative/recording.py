"""How completely a force records the crimes reported to it, where the inspectorate has looked."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.narrative.prose import Prose, sentences
from peelbook.narrative.words import number, percent
from peelbook.tables import load_table
from peelbook.tables.periods import in_words, years_before

YEARS_BEFORE, MONTHS_AFTER = 2, 18
"""How far from the end of a book's period a report may lie and still speak of its figures."""


def how_well_recorded(ev: Evidence) -> Prose:
    """Say what share of the crimes reported to the force it was found to record, and the grade.

    By the inspections of crime recording, of which reports on 14 forces are held (August 2016 to
    September 2017). Empty for the other forces and for books of years far from the report.
    """
    reports = load_table("crime_data_integrity")
    own = reports[reports["force"] == ev.force.slug].sort_values("report_date")
    end = pd.Timestamp(ev.period_end)
    last = end + pd.DateOffset(months=MONTHS_AFTER)
    own = own[own["report_date"].between(years_before(end, YEARS_BEFORE), last)]
    if own.empty:
        return Prose("")
    report = own.iloc[-1]
    return Prose(
        sentences(
            f"A separate inspection asked how much of the crime reported to {ev.force.full_name} is "
            f"recorded. Its report of {in_words(report['report_date'])} estimates "
            f"{percent(report['share_recorded'])}: about {number(report['crimes_unrecorded'], 0)} "
            "reported crimes a year went unrecorded.",
            f"The inspectorate graded the recording of reported crime **{report['grade']}**.",
            "Where a force comes to record more of what is reported, its recorded crime rises though "
            "crime does not. Source: inspections of crime recording, in the "
            "[data dictionary](../methodology/data_dictionary.html).",
        )
    )
