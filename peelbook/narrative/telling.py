"""Findings as connected paragraphs: which comes after which, and how they are joined.

Causes stand before their effects ("as a result"), what belongs to one theme stands together, and
where praise turns to criticism a "but" says so. Nothing is said twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from peelbook.findings.register import linked
from peelbook.narrative.citations import cite
from peelbook.narrative.clauses import (
    begins_small,
    contrasts_within,
    follows,
    has_own_joint,
    statistics_in,
    subject,
    trailing_clause,
    with_pronoun,
    without_stop,
    words_of,
)
from peelbook.narrative.prose import plain, sentences

CONTRASTS = ("But", "However,", "Yet")
RESULTS = ("As a result,", "So")
COUNTED = ("case sample", "crime file review", "data return", "published statistics", "survey")
"""Evidence that shows how things are and not why: no finding from it follows "as a result"."""
FEWEST_WORDS = 4
"""Longer words that a finding must have before it can repeat another by its words alone."""
SHORT = 10
"""Words; two findings no longer than this go into one sentence."""
OF_CONCERN = "The inspectorate called this a cause of concern."
OF_CONCERN_TOGETHER = "The inspectorate called these together a cause of concern."


@dataclass(frozen=True)
class Told:
    """One finding as it will be told. `causes` are ids of findings that stand before it.

    `counted` says that it rests on a count, `sample` how many were looked at.
    """

    id: str
    text: str
    weak: bool
    weight: int
    theme: str
    causes: frozenset[str]
    concern: str
    counted: bool = False
    sample: str = ""

    @property
    def group(self) -> str:
        """What it is told together with: its cause of concern, or else its theme."""
        return self.concern or self.theme


def told(rows: pd.DataFrame) -> list[Told]:
    """Return the findings of a register frame, in its order, with the links from either side.

    Of findings that say nearly the same, or tell the same statistics, the heavier one is kept.
    """
    leads = {(target, row.id) for row in rows.itertuples() for target in linked(row.leads_to)}
    found = [
        Told(
            id=row.id,
            text=row.finding,
            weak=row.polarity == "weakness",
            weight=int(row.weight),
            theme=row.theme,
            causes=frozenset(
                {*linked(row.because_of), *(c for target, c in leads if target == row.id)}
            ),
            concern=_concern(row),
            counted=row.evidence_kind in COUNTED,
            sample="" if pd.isna(row.sample_size) else str(int(row.sample_size)),
        )
        for row in rows.itertuples()
    ]
    return without_repeats(found)


def _concern(row: tuple) -> str:
    if not row.cause_of_concern:
        return ""
    return row.concern if pd.notna(row.concern) else row.id


def without_repeats(findings: Sequence[Told]) -> list[Told]:
    """Leave out a finding that says again what a heavier or an earlier one says."""
    kept: list[Told] = []
    for one in sorted(findings, key=lambda f: -f.weight):
        if not any(repeats(one, other) for other in kept):
            kept.append(one)
    ids = {one.id for one in kept}
    return [one for one in findings if one.id in ids]


def repeats(one: Told, other: Told) -> bool:
    """Say whether one finding tells what another tells: the same words or the same statistics.

    Findings from one sample share its size, which is no statistic. Words must all be there: to
    assess people better and to respond to them better differ in one.
    """
    numbers = statistics_in(one.text) - {one.sample}
    same_numbers = bool(numbers) and numbers <= statistics_in(other.text) - {other.sample}
    words = words_of(one.text)
    same_words = len(words) >= FEWEST_WORDS and words <= words_of(other.text)
    return one.weak == other.weak and (same_numbers or same_words)


def in_order(findings: Sequence[Told]) -> list[Told]:
    """Put causes before effects, effects next to their cause, and themes together.

    Without links: themes in the order of their first finding, strengths first in each.
    """
    groups = list(dict.fromkeys(one.group for one in findings))
    waiting = sorted(findings, key=lambda one: (groups.index(one.group), one.weak))
    ids = {one.id for one in findings}
    done: list[Told] = []
    while waiting:
        placed = {one.id for one in done}
        free = [one for one in waiting if not (one.causes & ids) - placed]
        # a circle of causes has no beginning: take the first
        ready = free or waiting[:1]
        follows = [one for one in ready if done and done[-1].id in one.causes]
        same = [one for one in ready if done and one.group == done[-1].group]
        chosen = (follows or same or ready)[0]
        done.append(chosen)
        waiting.remove(chosen)
    return done


def paragraph(
    findings: Sequence[Told],
    *,
    cited: bool = False,
    turns: int = 0,
    after: Told | None = None,
    introduced: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Join findings in their order to a paragraph of Markdown.

    `cited` sets a link behind each sentence; `turns` says how many contrasts went before on the
    page, so that they do not all begin with the same word; `after` is the last finding of the
    paragraph before, where this one goes on from it; `introduced` maps the id of a finding to a
    sentence that stands before it.
    """
    parts: list[str] = []
    results = at = 0
    before, joint = after, ""
    while at < len(findings):
        own = findings[at : at + 1 + _go_together(*findings[at : at + 2])]
        first = introduced.get(own[0].id, "")
        first = "" if first in parts else first
        turned = joint in CONTRASTS
        joint = "" if first else _joint(own[0], before, turns, results, turned=turned)
        turns += joint in CONTRASTS
        results += joint in RESULTS
        parts += [first, _sentence(own, joint, findings[:at], cited=cited)]
        at += len(own)
        before = own[-1]
        parts += _closing_concern(findings, at)
    return sentences(*parts)


def _joint(one: Told, before: Told | None, turns: int, results: int, *, turned: bool) -> str:
    """Return the word that joins a finding to the one before it, or nothing.

    `turned` says that the sentence before began with a contrast.
    """
    if before is None or has_own_joint(one.text):
        return ""
    if one.weak != before.weak:
        # the way back to praise needs a joint only where the theme is the same, and not at once
        back = not one.weak and (turned or one.group != before.group)
        turn = not back and not contrasts_within(one.text)
        return CONTRASTS[turns % len(CONTRASTS)] if turn else ""
    if before.id in one.causes and not one.counted and follows(one.text):
        return RESULTS[results % len(RESULTS)]
    return ""


def _go_together(one: Told, mate: Told | None = None) -> bool:
    """Say whether two findings are short, of one kind and one theme, and not cause and effect."""
    if mate is None:
        return False
    plain_pair = not any(mark in f.text for f in (one, mate) for mark in (" and ", ";", ":", ","))
    short = all(len(f.text.split()) <= SHORT for f in (one, mate))
    unlinked = one.id not in mate.causes and mate.id not in one.causes
    same = one.weak == mate.weak and one.group == mate.group
    return plain_pair and short and unlinked and same and not has_own_joint(mate.text)


def _sentence(findings: Sequence[Told], joint: str, before: Sequence[Told], *, cited: bool) -> str:
    first, *rest = findings
    text = _shortened(first.text, before)
    if before and subject(text) and subject(text) == subject(before[-1].text):
        text = with_pronoun(text)
    if joint:
        text = f"{joint} {begins_small(text)}"
    for other in rest:
        same = subject(other.text) == subject(first.text)
        follows = with_pronoun(other.text) if same else other.text
        text = f"{without_stop(text)}, and {begins_small(follows)}"
    links = cite(one.id for one in findings) if cited else ""
    return f"{plain(without_stop(text))}.{f' {links}' if links else ''}"


def _shortened(text: str, before: Sequence[Told]) -> str:
    """Leave out a closing clause that an earlier sentence of the paragraph ends with too."""
    clause = trailing_clause(text)
    said = clause and any(trailing_clause(one.text) == clause for one in before)
    return text.replace(f", {clause}", "") if said else text


def _closing_concern(findings: Sequence[Told], at: int) -> Iterable[str]:
    """Name a cause of concern once, behind the last of its findings."""
    last = findings[at - 1]
    more = any(one.concern == last.concern for one in findings[at:])
    if not last.concern or more or "cause of concern" in last.text:
        return []
    several = sum(one.concern == last.concern for one in findings) > 1
    return [OF_CONCERN_TOGETHER if several else OF_CONCERN]
