"""What a force was asked, quoted in a question: the points themselves, for a theme tells nothing."""

from __future__ import annotations

from collections.abc import Iterable

from peelbook.narrative.clauses import with_stop
from peelbook.narrative.improvements import Demand, Request
from peelbook.narrative.prose import plain, sentences
from peelbook.narrative.words import in_words

MOST_QUOTED = 3
"""Of what was asked, in one question of the panel; of more, how many there are is said."""


def what_is_wrong(demand: Demand) -> str:
    """Say what a cause of concern is about: what is wrong, or what to do where only that is held."""
    wrong = (*demand.texts, *demand.beside["finding"])
    return sentences(*(wrong or demand.recommendation["finding"])[:MOST_QUOTED])


def asked_for(areas: list[Demand]) -> str:
    """Go on to tell areas for improvement in the words held, those of the heaviest findings first."""
    ordered = sorted(areas, key=lambda demand: -demand.rows["weight"].max())
    return points([quoted(demand.texts) for demand in ordered])


def points(texts: list[str]) -> str:
    """Go on from "asked to do better" with the points themselves, or the first of many."""
    texts = list(dict.fromkeys(texts))
    many = "" if len(texts) == 1 else f" on {in_words(len(texts))} points"
    among = ", among them" if len(texts) > MOST_QUOTED else ""
    return f"{many}{among}: {' '.join(texts[:MOST_QUOTED])}"


def quoted(texts: Iterable[str]) -> str:
    """Put each text between marks of quotation, with a stop where it has none: a user's may."""
    return " ".join(f"“{plain(with_stop(text))}”" for text in texts)


def before_again(request: Request) -> str:
    """Quote what an earlier inspection asked, with when it did."""
    how = "a cause of concern" if request.concern else "asked"
    return f"“{plain(request.text).removesuffix('.')}” ({how} in {request.inspection.name})."
