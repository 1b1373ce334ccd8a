"""Findings as clauses: how a sentence begins after another one, and the numbers that it tells.

A finding is a sentence of its own. Put after "but" or "as a result" it begins with a small letter,
unless its first word is a name; after a sentence with the same subject, with a pronoun.
"""

from __future__ import annotations

import re

from peelbook.tables.forces import all_forces

JOINTS = frozenset((
    "although", "as", "because", "but", "despite", "even", "however", "since", "so", "still",
    "though", "while", "yet",
))  # fmt: skip
"""A sentence that begins with one of these has a joint of its own."""
ARTICLES = frozenset((
    "a", "all", "an", "at", "each", "every", "in", "most", "no", "on", "one", "some", "the",
    "these", "this", "those",
))  # fmt: skip
PLURAL_SUBJECTS = ("Staff", "Officers", "Supervisors", "Investigators", "Neighbourhood teams")
NO_VERBS = frozenset((
    "across", "and", "as", "at", "by", "for", "from", "in", "near", "of", "on", "or", "outside",
    "that", "throughout", "to", "under", "who", "whose", "with", "within",
))  # fmt: skip
NAMES = frozenset((
    "Londoners", "Operation", "Christmas", "Easter", "Brexit", "English", "Welsh", "Polish",
))  # fmt: skip
DATE = re.compile(r"\b12 months\b|\b(?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:19|20)\d\d(?:/\d\d)?\b")
CONDITION = re.compile(r"(?:If|Should|Unless|Until|When|Where)\b")
REASON = re.compile(r"\bbecause\b|\bdue to\b|, (?:as|since)\b|\bresult(?:s|ed)? (?:from|of)\b")
DEMAND = re.compile(r"\b(?:needs? to|should|must)\b")
REPORTED = re.compile(
    r"\b(?:data|evidence|figures?|files?|cases|review) (?:show|suggest|point)"
    r"|^[A-Z][\w' ]* (?:described|said|reported|told|explained|accept(?:s|ed)?) "
    r"|\bOnly \w+ other forces\b"
)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def begins_small(text: str) -> str:
    """Return a sentence as it goes on after a joint: its first letter small, unless it is a name."""
    first, _, rest = text.partition(" ")
    return text if _is_name(first, rest) else text[:1].lower() + text[1:]


def _is_name(first: str, rest: str) -> bool:
    word = re.sub(r"\W.*", "", first)
    if word.lower() in ARTICLES or not word:
        return False
    has_capitals = any(letter.isupper() or letter.isdigit() for letter in word[1:])
    # "Operation Encompass", "Crown Prosecution Service": a name of several words
    of_several = rest[:1].isupper() and "-" not in first and not first.endswith(",")
    return has_capitals or of_several or word in NAMES or word in _names_of_places()


def _names_of_places() -> frozenset[str]:
    places = {word for force in all_forces().values() for word in force.short_name.split()}
    return frozenset(places | {"England", "Wales", "Britain"}) - {"and", "of"}


def has_own_joint(text: str) -> bool:
    """Say whether a sentence already begins with a joint (because, despite, since, ...)."""
    return text.split()[0].rstrip(",").lower() in JOINTS


def follows(text: str) -> bool:
    """Say whether a sentence can tell an effect, so that "as a result" may stand before it.

    Not one with a joint, a reason or a contrast of its own, a condition, a demand, or one that
    says what somebody reported or what evidence shows.
    """
    other = CONDITION.match(text) or REASON.search(text) or DEMAND.search(text)
    return not (other or REPORTED.search(text) or has_own_joint(text) or contrasts_within(text))


def contrasts_within(text: str) -> bool:
    """Say whether a sentence holds a contrast of its own, so that "but" before it would be a second."""
    return bool(re.search(r"\b(?:but|although|despite|though)\b", text))


def leans_on_another(text: str) -> bool:
    """Say whether a sentence is understood only after the one before it: this work, elsewhere."""
    return bool(re.match(r"(?:This|These|Such|Elsewhere|It|They|Both)\b", text)) or bool(
        re.search(
            r"\b(?:these risks|that level of|that temporary|[Tt]he unit's|[Tt]he profiles?)\b", text
        )
    )


def trailing_clause(text: str) -> str:
    """Return what follows the last comma of a sentence, three words or more without a number."""
    clause = without_stop(text).rpartition(", ")[2]
    whole = clause == without_stop(text)
    return "" if whole or len(clause.split()) < 3 or re.search(r"\d", clause) else clause


def subject(text: str) -> str:
    """Return the simple subject of a sentence where a pronoun can stand for it, else nothing."""
    for name in ("The force", "The constabulary", *PLURAL_SUBJECTS):
        found = re.match(rf"{name} ([a-z]+) ", text)
        if found and found[1] not in NO_VERBS and not _describes(found[1], name):
            return name
    return ""


def _describes(word: str, name: str) -> bool:
    """Say whether the word after a subject in the plural only describes it: staff trained in ..."""
    return name in PLURAL_SUBJECTS and word.endswith(("ed", "ing", "met", "own"))


def with_pronoun(text: str) -> str:
    """Return a sentence with "It" or "They" for its simple subject."""
    name = subject(text)
    if not name:
        return text
    pronoun = "They" if name in PLURAL_SUBJECTS else "It"
    return f"{pronoun}{text[len(name) :]}"


def with_stop(text: str) -> str:
    """Return a text that ends as a sentence does, with a full stop where it has no mark of its own."""
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}."


def without_stop(text: str) -> str:
    """Return a sentence without its full stop."""
    return text.strip().removesuffix(".")


def statistics_in(text: str) -> frozenset[str]:
    """Return the numbers that a text tells, without dates and without counts below ten.

    Decimals count however small: 1.8 referrals is a statistic, 3 teams are not.
    """
    found = {match.rstrip(",") for match in NUMBER.findall(DATE.sub(" ", text))}
    return frozenset(one for one in found if "." in one or float(one.replace(",", "")) >= 10) - {
        "100",
        "1,000",
        "10,000",
        "24",
    }


def words_of(text: str) -> frozenset[str]:
    """Return the longer words of a sentence, in small letters."""
    return frozenset(re.findall(r"[a-z]{4,}", text.lower()))
