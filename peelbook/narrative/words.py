"""Numbers, changes and comparisons in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from peelbook.statistics.rounding import rounded

DASH = "–"
_IN_BRACKETS = re.compile(r"\([^()]*\)")
WEIGHTS = {1: "minor", 2: "ordinary", 3: "major"}
"""Of findings, as a reader is told them."""
SMALL_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip


def number(value: float, decimals: int = 1) -> str:
    """Write a number with thousands separators and a true minus sign; a dash if missing."""
    if pd.isna(value):
        return DASH
    return f"{rounded(value, decimals):,.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def percent(value: float, decimals: int = 1) -> str:
    """Write a percentage in words: 58.0 percent."""
    return f"{number(value, decimals)} percent"


def signed(value: float, decimals: int = 1) -> str:
    """Write a change for a table: +3.7, a minus sign, or 0.0; a dash if missing."""
    if pd.isna(value):
        return DASH
    shown = rounded(value, decimals)
    return f"+{number(value, decimals)}" if shown > 0 else number(value, decimals)


def ordinal(value: int) -> str:
    """Write 1 as 1st, 12 as 12th, 31 as 31st."""
    if 10 <= value % 100 <= 20:
        return f"{value}th"
    return f"{value}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th') }"


def placed(place: int, end: str) -> str:
    """Write a place counted from `end`, highest or lowest: highest, 2nd highest, 3rd lowest."""
    return end if place == 1 else f"{ordinal(place)} {end}"


def changed(value: float, decimals: int = 1, unit: str = "percent") -> str:
    """Say what happened to a quantity: rose by 3.7 percent, fell by 2.0 percent, was unchanged."""
    shown = rounded(value, decimals)
    if shown == 0:
        return "was unchanged"
    return f"{'rose' if shown > 0 else 'fell'} by {number(abs(shown), decimals)} {unit}"


def moved(first: float, last: float, decimals: int = 1, base: str = "") -> str:
    """Say how a quantity got from one value to another: fell from 70.0 to 62.2, stayed at 62.2.

    `base` says of when the first one is, beginning with a space.
    """
    difference = rounded(last, decimals) - rounded(first, decimals)
    if difference == 0:
        since = f", at first{base}" if base else ""
        return f"stayed at {number(last, decimals)}{since}"
    verb = "rose" if difference > 0 else "fell"
    return f"{verb} from {number(first, decimals)}{base} to {number(last, decimals)}"


def more_or_fewer(value: float, decimals: int = 0) -> str:
    """Say how a count differs from an earlier one: 17 percent fewer, the same number of."""
    shown = rounded(value, decimals)
    if shown == 0:
        return "the same number of"
    return f"{percent(abs(shown), decimals)} {'more' if shown > 0 else 'fewer'}"


def above_or_below(value: float, other: float, decimals: int = 1) -> str:
    """Compare two values as they are printed: above, below, or the same as."""
    difference = rounded(value, decimals) - rounded(other, decimals)
    if difference == 0:
        return "the same as"
    return "above" if difference > 0 else "below"


def listing(words: Sequence[str], last: str = "and") -> str:
    """Join words as a sentence does: a, b and c; with a comma more where a word has an "and".

    Where a word holds a comma of its own, outside brackets, semicolons divide the words.
    """
    if len(words) < 2:
        return "".join(words)
    if any(", " in _IN_BRACKETS.sub("", word) for word in words):
        return f"{'; '.join(words[:-1])}; {last} {words[-1]}"
    comma = "," if any(f" {last} " in word for word in words) else ""
    return f"{', '.join(words[:-1])}{comma} {last} {words[-1]}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun: no forces, 1 force, 39 forces."""
    noun = one if count == 1 else (many or f"{one}s")
    return f"{'no' if count == 0 else f'{count:,}'} {noun}"


def in_words(count: int) -> str:
    """Write a small count as a word: no, one, ten, 11."""
    return SMALL_NUMBERS[count] if count < len(SMALL_NUMBERS) else f"{count:,}"


def sentence_case(text: str) -> str:
    """Begin a text with a capital letter and leave the rest."""
    return text[:1].upper() + text[1:]
