"""Texts of a user as the categories of a chart: shown as they are, and never an expression."""

from __future__ import annotations

import altair as alt

BY_PLACE = alt.EncodingSortField(field="place", op="min", order="ascending")
"""Sorts categories by a number that stands beside them; a list of names would become an expression."""


def as_category(text: str) -> str:
    """Return a text of a user's as a category of a chart.

    Vega looks categories up among the properties of an object, where it finds words such as
    constructor; none of them ends with a blank.
    """
    return f"{text} "
