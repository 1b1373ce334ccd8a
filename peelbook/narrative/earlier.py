"""What an earlier inspection found on a question that this one told nothing of or did not judge."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.judgments.summaries import findings_needed
from peelbook.narrative.citations import without_citations
from peelbook.narrative.improvements import source_link
from peelbook.narrative.prose import Prose, paragraphs, plain
from peelbook.narrative.published import judged_in, questions_left_standing, this_round
from peelbook.narrative.summaries import summary_of
from peelbook.narrative.words import in_words, listing
from peelbook.tables.inspections import Inspection, inspection_before

SINCE = "and much may have changed since."
FEWEST_ON_A_PART = 2
"""Findings on a sub-question below which an earlier inspection is not told of it alone."""


def found_before(ev: Evidence, question: str) -> Prose:
    """Tell what the last inspection that is known to have told of a core question found on it.

    Where the inspection of the book judged the question and told enough of it itself, only what an
    earlier one found on a sub-question of which this one tells nothing. Empty where no earlier one
    told, and for a register that a user supplies.
    """
    last = last_findings(ev, question)
    if last is None:
        return paragraphs(
            *(
                _told(rows, inspection, _said_of_part(ev, part, inspection))
                for part, inspection, rows in _parts_found_before(ev, question)
            )
        )
    inspection, rows = last
    return _told(rows, inspection, _said_of_it(ev, question, inspection))


def _told(rows: pd.DataFrame, inspection: Inspection, introduced: str) -> Prose:
    """Return findings of an earlier inspection, set apart, after their introduction."""
    before = inspection_before(inspection)
    told = without_citations(summary_of(rows, before.name if before else "before"))
    links = [link for link in dict.fromkeys(source_link(row) for _, row in rows.iterrows()) if link]
    said = "Source: " if len(links) == 1 else "Sources: "
    quoted = "\n".join(f"> {line}".rstrip() for line in told.splitlines())
    return paragraphs(introduced, quoted, f"{said}{'; '.join(links)}." if links else "")


def _said_of_part(ev: Evidence, part: str, inspection: Inspection) -> str:
    (title,) = (each.title for each in ev.framework.sub_questions if each.id == part)
    return (
        f"{title}: this book holds no finding of {this_round(ev)} on it. {_as_it_stood(inspection)}, "
        f"{SINCE}"
    )


def _said_of_it(ev: Evidence, question: str, inspection: Inspection) -> str:
    """Introduce findings of an earlier inspection: from which, why here, and that none counts."""
    then, now, told = plain(inspection.name), this_round(ev), _as_it_stood(inspection)
    last = f"The last findings on this question that are held here from before {now} are of {then}."
    if question in questions_left_standing(ev):
        not_judged = f"The inspection of {now} did not judge this question again"
        if judged_in(ev.grade(question)) == then:
            return f"{not_judged} and left the grade of {then} standing. {told}."
        return f"{not_judged}. {last} {told}, {SINCE}"
    if held := _held(ev, question):
        last = (
            f"Of the inspection of {now} this book holds {in_words(held)} "
            f"{'finding' if held == 1 else 'findings'} on this question; of that of {then} it holds "
            "more."
        )
    return f"{last} {told}, {SINCE}"


def _as_it_stood(inspection: Inspection) -> str:
    """Say what findings of an earlier inspection are worth here, as the begin of a sentence."""
    return f"What was found in {plain(inspection.name)} is told as it stood then. It is not counted here"


def where_found_before(ev: Evidence) -> Prose:
    """Say on the pages of which questions :func:`found_before` tells something, and from when."""
    told = [
        f"{question.id.removeprefix('q')} ({listing(years)})"
        for question in ev.framework.questions
        if (years := _years_told(ev, question.id))
    ]
    if not told:
        return Prose("")
    pages = "page of question" if len(told) == 1 else "pages of questions"
    return Prose(f"What an earlier inspection found is told on the {pages} {listing(told)}.")


def last_findings(ev: Evidence, question: str) -> tuple[Inspection, pd.DataFrame] | None:
    """Return the last inspection before that of the book with findings on a question, and these.

    None where :func:`found_before` is empty.
    """
    told = (
        (inspection, register[register["question"] == question])
        for inspection, register in ev.findings_before.items()
    )
    # a stray finding says little where the grade of an earlier inspection was left standing
    if question in questions_left_standing(ev):
        return next((one for one in told if len(one[1])), None)
    held, needed = _held(ev, question), findings_needed(ev.framework)
    if held >= needed:
        return None
    # beside a few of its own only what would be enough for a grade
    enough = needed if held else 1
    return next((one for one in told if len(one[1]) >= enough), None)


def _held(ev: Evidence, question: str) -> int:
    return int((ev.findings["question"] == question).sum())


def _parts_found_before(ev: Evidence, question: str) -> list[tuple[str, Inspection, pd.DataFrame]]:
    """Return graded sub-questions that this inspection tells nothing of and an earlier one did.

    Each with the last inspection of which two findings or more are held on it, and these. For
    questions on which :func:`last_findings` gives none as a whole.
    """
    found = []
    for part in ev.framework.question(question).sub_questions:
        if not part.graded or (ev.findings["sub_question"] == part.id).any():
            continue
        told = (
            # a summary of the whole question says more than this part
            (inspection, rows[rows["sub_question"] == part.id].assign(question_summary=None))
            for inspection, rows in ev.findings_before.items()
        )
        last = next((one for one in told if len(one[1]) >= FEWEST_ON_A_PART), None)
        if last is not None:
            found.append((part.id, *last))
    return found


def _years_told(ev: Evidence, question: str) -> list[str]:
    if (last := last_findings(ev, question)) is not None:
        return [last[0].name]
    return list(dict.fromkeys(one.name for _, one, _ in _parts_found_before(ev, question)))
