"""Which texts about figures stand in the section of which sub-question."""

from __future__ import annotations

from collections.abc import Callable

from peelbook.evidence import Evidence
from peelbook.narrative import crime, organised_crime, outcomes, vulnerability

FIGURES: dict[str, tuple[Callable[[Evidence], str], ...]] = {
    "q1.2": (crime.public_satisfaction,),
    "q1.3": (crime.anti_social_behaviour,),
    "q2.1": (outcomes.brought_to_justice,),
    "q2.2": (outcomes.telephone_resolution,),
    "q2.3": (outcomes.closed_without_victim, outcomes.victim_satisfaction),
    "q3.1": (vulnerability.vulnerable_victims,),
    "q3.2": (vulnerability.domestic_abuse,),
    "q3.3": (vulnerability.protective_powers, vulnerability.risk_conferences),
    "q4.1": (organised_crime.groups,),
    "q4.3": (organised_crime.orders,),
}


def figures_of(ev: Evidence, sub_question: str) -> str:
    """Return what the figures of a section say, as one text."""
    return "\n\n".join(text(ev) for text in FIGURES.get(sub_question, ()))
