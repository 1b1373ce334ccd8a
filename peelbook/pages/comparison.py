"""Tables of the page on comparison methods."""

from __future__ import annotations

import pandas as pd

from peelbook.charts.similar import all_similar
from peelbook.charts.tables import Html, text_table
from peelbook.indicators.catalogue import indicator
from peelbook.indicators.similar_forces import FEATURES, similar_forces, unlike_others
from peelbook.indicators.usual import beyond_chance, usual_range_of
from peelbook.indicators.values import ENGLAND_AND_WALES, compute_indicator
from peelbook.narrative.prose import Prose
from peelbook.narrative.words import listing, number, sentence_case
from peelbook.parameters import Parameters
from peelbook.statistics.ranks import HIGHEST, LOWEST, band_by_quarter
from peelbook.statistics.usual_range import UsualRange
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import denominator_mid_year


def bands(counts: tuple[int, ...] = (43, 42, 40, 38)) -> Html:
    """Return how many forces fall into each band, for several numbers of ranked forces."""
    rows = []
    for count in counts:
        found = band_by_quarter(pd.Series(range(count), dtype=float)).value_counts()
        rows.append(
            {
                "Ranked forces": count,
                "One of the highest": found[HIGHEST],
                "Broadly in line": count - found[HIGHEST] - found[LOWEST],
                "One of the lowest": found[LOWEST],
            }
        )
    return text_table(pd.DataFrame(rows), "Forces in each band when no two values are equal")


def usual_ranges() -> Html:
    """Return in what range forces usually lie, for several indicators in the default period."""
    parameters = Parameters()
    names = ["recorded-crime", "victim-based-crime", "sexual-offences", "robbery"]
    names += ["asb-incidents", "officers", "arrests", "outcome-charged-summonsed"]
    known = {name: usual_range_of(name, parameters) for name in names}
    rows = [_usual_row(name, found) for name, found in known.items() if found is not None]
    return text_table(pd.DataFrame(rows), "The range in which forces usually lie")


def _usual_row(name: str, found: UsualRange) -> dict[str, object]:
    entry = indicator(name)
    rows = compute_indicator(name, Parameters()).set_index("area")
    country = float(rows.loc[ENGLAND_AND_WALES, "value"])
    chance = [beyond_chance(name, force, country, Parameters()) for force in found.points.index]
    return {
        "Indicator": sentence_case(entry.name),
        "Forces": len(found.points),
        "England and Wales": number(country, entry.decimals),
        "Centre of the forces": number(found.centre, entry.decimals),
        "Usual range, from": number(found.lower, entry.decimals),
        "Usual range, to": number(found.upper, entry.decimals),
        "Further from England and Wales than chance explains": sum(map(bool, chance)),
        "Unusual": int(found.points["unusual"].sum()),
    }


def features() -> Html:
    """Return what similar forces are chosen by."""
    rows = [{"Feature": meaning, "Why": because} for meaning, because in FEATURES.values()]
    return text_table(pd.DataFrame(rows), "Features by which similar forces are chosen")


def similar() -> Html:
    """Return the similar forces of all 43 in the default period."""
    return all_similar(denominator_mid_year(Parameters().period_end))


def distant() -> Prose:
    """Name the forces that resemble no other, in the default period."""
    mid_year = denominator_mid_year(Parameters().period_end)
    found = similar_forces(mid_year)
    names = [all_forces()[slug].area_in_sentence for slug in unlike_others(found)]
    nearest_of = found[found["place"] == 1].set_index("force")["distance"]
    london = number(nearest_of["metropolitan"]), number(nearest_of["city-of-london"])
    return Prose(
        f"By mid-{mid_year} estimates the areas far from all others are {listing(names)}. The "
        "nearest neighbour of the Metropolitan Police area is "
        f"{london[0]} standard deviations away, that of the City of London {london[1]}; half of "
        f"the forces have one within {number(nearest_of.median())}. Both have a group only so "
        "that the book can be rendered, and a comparison with it says little."
    )
