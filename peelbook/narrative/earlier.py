"""What the inspection before found on a question of which this one told nothing."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.narrative.citations import without_citations
from peelbook.narrative.improvements import source_link
from peelbook.narrative.prose import Prose, paragraphs, plain
from peelbook.narrative.summaries import summary_of
from peelbook.narrative.words import listing
from peelbook.tables.inspections import Inspection, inspection_before


def found_before(ev: Evidence, question: str) -> Prose:
    """Tell what the last inspection that is known to have told of a core question found on it.

    Empty where the inspection of the book told of it itself, where no earlier one did, and for a
    register that a user supplies.
    """
    last = last_findings(ev, question)
    if last is None:
        return Prose("")
    inspection, rows = last
    before = inspection_before(inspection)
    told = without_citations(summary_of(rows, before.name if before else "before"))
    links = [link for link in dict.fromkeys(source_link(row) for _, row in rows.iterrows()) if link]
    said = "Source: " if len(links) == 1 else "Sources: "
    quoted = "\n".join(f"> {line}".rstrip() for line in told.splitlines())
    return paragraphs(
        f"The last inspection before that is known to have told of this question is that of "
        f"{plain(inspection.name)}. This is what was found, told as it stood then. It is not counted "
        "here, and much may have changed since.",
        quoted,
        f"{said}{'; '.join(links)}." if links else "",
    )


def where_found_before(ev: Evidence) -> Prose:
    """Say on the pages of which questions :func:`found_before` tells something, and from when."""
    told = [
        f"{question.id.removeprefix('q')} ({last[0].name})"
        for question in ev.framework.questions
        if (last := last_findings(ev, question.id))
    ]
    if not told:
        return Prose("")
    pages = "page of question" if len(told) == 1 else "pages of questions"
    return Prose(f"What an earlier inspection found is told on the {pages} {listing(told)}.")


def last_findings(ev: Evidence, question: str) -> tuple[Inspection, pd.DataFrame] | None:
    """Return the last inspection before that of the book with findings on a question, and these.

    None where :func:`found_before` is empty.
    """
    if (ev.findings["question"] == question).any():
        return None
    told = (
        (inspection, register[register["question"] == question])
        for inspection, register in ev.findings_before.items()
    )
    return next((one for one in told if len(one[1])), None)
