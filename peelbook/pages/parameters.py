"""Table of the parameters, from the parameter model."""

from __future__ import annotations

import pandas as pd

from peelbook.charts.tables import Html, text_table
from peelbook.narrative.words import sentence_case
from peelbook.parameters import Parameters, notebook_values


def parameters() -> Html:
    """Return every parameter with its default and meaning."""
    defaults = notebook_values(Parameters())
    rows = [
        {
            "Parameter": name,
            "Default": str(defaults[name]).lower()
            if isinstance(defaults[name], bool)
            else str(defaults[name]),
            "Meaning": sentence_case(field.description or ""),
        }
        for name, field in Parameters.model_fields.items()
    ]
    return text_table(pd.DataFrame(rows), "Parameters")
