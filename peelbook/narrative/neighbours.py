"""Which forces resemble the force of a book, in words."""

from __future__ import annotations

from peelbook.evidence import Evidence
from peelbook.indicators.similar_forces import (
    NEIGHBOURS,
    households_year,
    population_year,
    similar_forces,
    unlike_others,
)
from peelbook.narrative.prose import Prose, paragraphs
from peelbook.narrative.words import listing, number
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import denominator_mid_year

NOT_OFFICIAL = (
    "They are not the official most similar groups, which rest on data that this project does "
    "not hold."
)


def similar_group(ev: Evidence) -> Prose:
    """Name the similar forces, say what they are not, and whether the book compares with them."""
    names = names_of_similar(ev)
    if not names:
        return Prose(f"Nothing is known of {ev.force.area_in_sentence} that others could resemble.")
    mid_year = denominator_mid_year(ev.period_end)
    used = ev.parameters.comparator == "similar-forces"
    return paragraphs(
        f"The {NEIGHBOURS} areas that most resemble {ev.force.area_in_sentence} in size of "
        "population, density, residents per household and growth of population, as far as "
        f"{_estimates(mid_year)} tell, are {listing(names)}. {NOT_OFFICIAL}",
        "Rates and shares of this book are compared with this group taken together."
        if used
        else f"This book compares with {ev.comparator_name}; with the parameter `comparator` set "
        "to `similar-forces`, it would compare with this group.",
        far_from_all(ev),
    )


def _estimates(mid_year: int) -> str:
    """Say of when the residents are, and the households where theirs is another year."""
    people, homes = population_year(mid_year), households_year(mid_year)
    of_homes = "" if homes == people else f" (for residents per household, of mid-{homes})"
    return f"estimates of mid-{people}{of_homes}"


def names_of_similar(ev: Evidence) -> list[str]:
    """Return the areas of the similar forces, the nearest first, as written in a sentence."""
    found = similar_forces(denominator_mid_year(ev.period_end))
    own = found[found["force"] == ev.force.slug]
    return [all_forces()[slug].area_in_sentence for slug in own["neighbour"]]


def far_from_all(ev: Evidence) -> str:
    """Warn where a force is far from even its nearest neighbours; otherwise empty."""
    mid_year = denominator_mid_year(ev.period_end)
    found = similar_forces(mid_year)
    if ev.force.slug not in unlike_others(found):
        return ""
    mean = found.groupby("force")["distance"].mean()
    area = ev.force.area_in_sentence
    return (
        f"No area is much like {area}: its mean distance from these {NEIGHBOURS} is "
        f"{number(mean[ev.force.slug])}, where half of the forces have one of at most "
        f"{number(mean.median())}. A comparison with them says little."
    )
