"""Tables and computed text of the page on how judgments are computed."""

from __future__ import annotations

import pandas as pd

from peelbook.charts.tables import Html, text_table
from peelbook.evidence import Evidence
from peelbook.judgments.framework import Framework, parameters_of
from peelbook.judgments.sensitivity import drawn_parameters
from peelbook.narrative.firmness import parameter_in_words
from peelbook.narrative.prose import Prose
from peelbook.narrative.words import number, sentence_case

TOP = 3


def ranges(framework: Framework) -> Html:
    """Return every threshold and weight with its value and range."""
    rows = [
        {
            "Threshold or weight": sentence_case(
                parameter_in_words(name, framework).removeprefix("the ")
            ),
            "Value": f"{parameter.value:g}",
            "From": f"{parameter.low:g}",
            "To": f"{parameter.high:g}",
        }
        for name, parameter in parameters_of(framework).items()
    ]
    return text_table(pd.DataFrame(rows), "Thresholds and weights, and the ranges drawn from")


def draws(ev: Evidence) -> Prose:
    """Say how many sets of thresholds and weights are drawn, and with which seed."""
    found = ev.sensitivity
    number_drawn = len(drawn_parameters(ev.framework, ev.register_basis))
    return Prose(
        f"All {number_drawn} thresholds and weights are drawn at once, "
        f"{found.draws:,} times, by a Latin hypercube with seed {found.seed}, "
        "evenly over the range of each; numbers of something are whole. The evidence stays as it "
        "is, and so does the quarter that decides whether an indicator stands out."
    )


def influence(ev: Evidence) -> Html:
    """Return the parameters that matter most for each grade, with the share each explains."""
    rows = ev.sensitivity.influence
    first = rows.groupby("id", sort=False).head(TOP)
    table = pd.DataFrame(
        {
            "Grade of": first["id"],
            "Threshold or weight": [
                sentence_case(parameter_in_words(name, ev.framework).removeprefix("the "))
                for name in first["parameter"]
            ],
            "Share of variation": [f"{number(100 * share, 0)}%" for share in first["influence"]],
        }
    )
    return text_table(table, "Thresholds and weights that matter most")


def left_out(ev: Evidence) -> Html:
    """Return the indicators that were not counted, and why."""
    rows = ev.judgments.left_out
    table = pd.DataFrame(
        {
            "Indicator": [sentence_case(ev.entry(name).name_in_a_list) for name in rows["id"]],
            "Sub-question": rows["sub_question"],
            "Why it was not counted": rows["reason"],
        }
    )
    return text_table(table, "Indicators that were not counted")
