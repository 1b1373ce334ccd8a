"""Tables of similar forces: those of one force, and those of all."""

from __future__ import annotations

import numpy as np
import pandas as pd

from peelbook.charts.tables import Html, text_table
from peelbook.evidence import Evidence
from peelbook.indicators.similar_forces import (
    area_features,
    growth_years,
    households_year,
    population_year,
    similar_forces,
    unlike_others,
)
from peelbook.narrative.words import DASH, listing, number
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import denominator_mid_year

WHAT_DISTANCE_IS = (
    "A distance has no unit. It puts together how far two areas differ in the four things to its right, "
    "each measured against how much areas differ in it: the smaller, the more alike, and 0 would be "
    "no difference."
)


def similar_table(ev: Evidence) -> Html:
    """Return the force and its similar forces with what they were chosen by, nearest first."""
    mid_year = denominator_mid_year(ev.period_end)
    found = similar_forces(mid_year)
    own = found[found["force"] == ev.force.slug].set_index("neighbour")["distance"]
    if own.empty:  # the practice force has no area
        return Html("")
    features = area_features(mid_year).loc[[ev.force.slug, *own.index]]
    names = {slug: force.short_name for slug, force in all_forces().items()}
    homes = households_year(mid_year)
    of_homes = "" if homes == population_year(mid_year) else f", mid-{homes}"
    table = pd.DataFrame(
        {
            "Force": features.index.map(names),
            "Distance": [number(own.get(slug, float("nan")), 2) for slug in features.index],
            "Population": [number(value, 0) for value in np.exp(features["log_population"])],
            "Per square kilometre": [number(v, 0) for v in np.exp(features["log_density"])],
            f"Residents per household{of_homes}": [
                number(v, 2) for v in features["persons_per_household"]
            ],
            f"Growth, percent a year over {growth_years(mid_year)} years": [
                number(v, 2) for v in features["population_growth"]
            ],
        }
    )
    shown = text_table(table, f"Forces similar to {ev.force.full_name}, and what they share")
    return Html(f'{shown}<p class="peel-source">{WHAT_DISTANCE_IS}</p>')


def all_similar(mid_year: int) -> Html:
    """Return the similar forces of all 43, with their mean distance and a mark of the distant."""
    found = similar_forces(mid_year)
    names = {slug: force.short_name for slug, force in all_forces().items()}
    far = unlike_others(found)
    rows = [
        {
            "Force": names[slug],
            "Similar forces, the nearest first": listing([names[n] for n in group["neighbour"]]),
            "Mean distance": number(group["distance"].mean(), 2),
            "Far from all": "Yes" if slug in far else DASH,
        }
        for slug, group in found.groupby("force")
    ]
    return text_table(pd.DataFrame(rows), f"Similar forces by mid-{mid_year} estimates")
