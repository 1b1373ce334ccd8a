"""The summary of findings that opens a core question: an analyst's own, or composed by rules.

Composed from the register: the heaviest findings are chosen, every part of the question that has any
is heard, what is good stands before what is not, causes before effects; what has changed and what
has to improve closes it. No grade is named and no weight.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.narrative.citations import CITED, cited_in, with_links
from peelbook.narrative.clauses import leans_on_another
from peelbook.narrative.once import praises_recorded_crime
from peelbook.narrative.prose import Prose, paragraphs, sentences
from peelbook.narrative.published import (
    ONLY_A_GRADE,
    known_without_findings,
    this_round,
    without_findings,
)
from peelbook.narrative.telling import Told, in_order, paragraph, told
from peelbook.narrative.words import in_words

WORDS = 150
"""Words of findings in a composed summary; what closes it comes on top."""
LEAST_SHARE = 0.25
ONE_PARAGRAPH = 6
"""Findings; so few are one paragraph."""
MOST_THEMES = 3
NEARLY_ALL = 0.6
"""Words of an analyst's summary as a share of those of the findings, from which it leaves out little."""
NOTHING = {
    "report": "The report says nothing on this question.",
    "summary": "No finding of {this_round} on this question is held.",
    "supplied": "The register supplied says nothing on this question.",
    "": "Nothing is known to this book of what inspectors found on this question.",
}


def question_summary(ev: Evidence, question: str) -> Prose:
    """Sum up what was found on a core question: the analyst's own summary where there is one."""
    rows = ev.findings[ev.findings["question"] == question]
    if rows.empty:
        # the verdict above it has said so where it says that there is no grade
        said = ev.grade(question)["grade"] != ev.framework.grading.ungraded
        told_already = said and ev.register_basis in ("summary", "")
        return Prose("" if told_already else _without_findings(ev, question))
    return summary_of(rows, before(ev))


def summary_of(rows: pd.DataFrame, before: str) -> Prose:
    """Sum up the findings of one core question, as :func:`question_summary` does.

    `before` is the inspection before, as a sentence names it.
    """
    own = rows["question_summary"].dropna()
    if len(own):
        return paragraphs(*(with_links(part, rows["id"]) for part in own.iloc[0].split("\n\n")))
    return composed(rows, before)


def _without_findings(ev: Evidence, question: str) -> str:
    known = known_without_findings(ev, question) if ev.register_basis == "summary" else ""
    if known == ONLY_A_GRADE:
        return f"Of this question {known}; no finding is held."
    return (
        f"The question was {known}, and no finding is held."
        if known
        else NOTHING[ev.register_basis].format(this_round=this_round(ev))
    )


def in_overview(ev: Evidence, question: str, page: str) -> Prose:
    """Return the summary of a question with a link to its page; empty where nothing is known."""
    if not (ev.findings["question"] == question).any():
        return Prose("")
    more = f'<a href="{page}.html">More on this question</a>'
    return paragraphs(f"{question_summary(ev, question)} {more}")


def not_covered(ev: Evidence) -> Prose:
    """Name the core questions of which nothing is known, after the summaries of the others."""
    known = set(ev.findings["question"])
    missing = [q.title.lower() for q in ev.framework.questions if q.id not in known]
    if not missing or not known:
        return Prose(NOTHING[""].replace("this question", "any question") if missing else "")
    return Prose(without_findings(ev))


def tells_all(ev: Evidence, question: str) -> bool:
    """Say whether the summary of a question tells every finding there is.

    The sections of its page would then say the same again.
    """
    rows = ev.findings[ev.findings["question"] == question]
    if rows.empty:
        return False
    own = rows["question_summary"].dropna()
    if len(own):
        told_of = len(CITED.sub("", own.iloc[0]).split())
        whole = sum(len(text.split()) for text in rows["finding"])
        return set(rows["id"]) <= set(cited_in(own.iloc[0])) and told_of >= NEARLY_ALL * whole
    return len(choose(told(rows), rows, WORDS)) == len(told(rows))


def composed(rows: pd.DataFrame, before: str, most_words: int = WORDS) -> Prose:
    """Compose the summary of a question from its findings.

    Parameters
    ----------
    rows
        the findings of one core question, as :func:`peelbook.findings.register.load_findings` gives them.
    before
        the inspection before, as a sentence names it: 2015.
    most_words
        how long the findings may be together; the heaviest is told however long it is.
    """
    told_here = rows[~praises_recorded_crime(rows)]
    rows = rows if told_here.empty else told_here
    chosen = choose(told(rows), rows, most_words)
    later = [one for one in chosen if is_remedy(one)]
    strong = in_order([one for one in chosen if not one.weak and one not in later])
    weak = [*in_order([one for one in chosen if one.weak]), *later]
    closing = sentences(_changes(rows, chosen, before), _to_improve(rows))
    if min(len(strong), len(weak)) <= 1 or len(chosen) <= ONE_PARAGRAPH:
        return paragraphs(sentences(paragraph([*strong, *weak], cited=True), closing))
    turn = paragraph(weak, cited=True, after=strong[-1])
    return paragraphs(paragraph(strong, cited=True), sentences(turn, closing))


def is_remedy(one: Told) -> bool:
    """Say whether a finding tells what was put right once inspectors had spoken; it comes last."""
    return not one.weak and "since the inspection" in one.text


def choose(findings: Sequence[Told], rows: pd.DataFrame, most_words: int) -> list[Told]:
    """Choose findings within a number of words, the heaviest first, in the order of the register.

    Strengths and weaknesses share the words by their weight, neither with less than a quarter.
    """
    sides = [[one for one in findings if one.weak is weak] for weak in (False, True)]
    weights = [sum(one.weight for one in side) for side in sides]
    kept: set[str] = set()
    for side, weight in zip(sides, weights, strict=True):
        share = min(max(weight / sum(weights), LEAST_SHARE), 1 - LEAST_SHARE) if all(weights) else 1
        kept |= _heaviest(side, rows, most_words * share)
    return [one for one in findings if one.id in kept]


def _heaviest(findings: Sequence[Told], rows: pd.DataFrame, most_words: float) -> set[str]:
    """Return the ids of the heaviest findings that fit, at least one.

    The heaviest of every sub-question comes before a second one of any. Causes of concern, causes
    and effects of others, and areas for improvement come before their equals; what is understood
    only after another finding, or only repeats an indicator that the page shows, comes last.
    """
    details = rows.set_index("id")
    parts, areas = details["sub_question"], details["area_for_improvement"]
    restated = details["restates_indicator"].notna()
    joined = {name for one in findings for name in (one.causes and {one.id, *one.causes})}

    def rank(one: Told) -> tuple[bool, bool, int, bool, bool]:
        late = leans_on_another(one.text) or (bool(restated[one.id]) and one.weight < 3)
        return (late, not one.concern, -one.weight, one.id not in joined, not areas[one.id])

    ranked = sorted(findings, key=rank)
    first = list({parts[one.id]: one for one in reversed(ranked)}.values())
    queue = [*sorted(first, key=rank), *(one for one in ranked if one not in first)]
    kept: set[str] = set()
    words = 0
    for one in queue:
        length = len(one.text.split())
        if not kept or words + length <= most_words:
            kept.add(one.id)
            words += length
    return kept


def _changes(rows: pd.DataFrame, chosen: Sequence[Told], before: str) -> str:
    """Name the themes that changed, where no finding told has said so already."""
    said = {one.id for one in chosen}
    changed = rows[rows["change_since_last"].notna() & ~rows["id"].isin(said)]
    themes = {
        change: list(dict.fromkeys(group["theme"]))
        for change, group in changed.groupby("change_since_last", sort=False)
    }
    both = set(themes.get("improved", [])) & set(themes.get("deteriorated", []))
    better, worse = (
        [theme for theme in themes.get(name, []) if theme not in both][:MOST_THEMES]
        for name in ("improved", "deteriorated")
    )
    parts = [
        f"{verb} ({', '.join(names)})"
        for verb, names in (("improvement", better), ("a decline", worse))
        if names
    ]
    return f"Compared with {before}, inspectors also saw {' and '.join(parts)}." if parts else ""


def _to_improve(rows: pd.DataFrame) -> str:
    """Say how many areas for improvement the inspectorate named; the page lists them."""
    areas = int(rows["area_for_improvement"].sum())
    if not areas:
        return ""
    noun = "area" if areas == 1 else "areas"
    return f"The inspectorate named {in_words(areas)} {noun} for improvement."


def before(ev: Evidence) -> str:
    """Name the inspection before, as a sentence does."""
    return ev.inspection_before.name if ev.inspection_before else "the inspection before"
