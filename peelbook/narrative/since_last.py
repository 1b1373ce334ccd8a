"""Change since the inspection before, in the words of the register, and what was asked before."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.narrative.citations import cite
from peelbook.narrative.improvements import Request, asked_before, source
from peelbook.narrative.prose import Prose, paragraphs, plain, sentences
from peelbook.narrative.published import questions_left_standing
from peelbook.narrative.words import listing

TITLES = {
    "Better than before": ("improved", "strength"),
    "Better, but still a weakness": ("improved", "weakness"),
    "Worse than before": ("deteriorated", ""),
    "As before": ("unchanged", ""),
}
"""Title -> change, and polarity where it matters."""


WORDS = {"improved": "improvement", "deteriorated": "a decline", "unchanged": "no change"}


def on_question(ev: Evidence, question: str) -> Prose:
    """Say on which themes of a core question a whole report looks back, and what it found.

    Themes with links only, for the sections tell the findings; empty where none looks back, and for
    summaries, of which the summary of the question says it.
    """
    rows = ev.findings[ev.findings["question"] == question]
    rows = rows[rows["change_since_last"].notna()]
    if rows.empty or ev.register_basis != "report" or ev.inspection_before is None:
        return Prose("")
    parts = [
        f"{word} on {listing([plain(theme) for theme in dict.fromkeys(own['theme'])])} "
        f"{cite(own['id'])}"
        for change, word in WORDS.items()
        if len(own := rows[rows["change_since_last"] == change])
    ]
    return Prose(f"Compared with {ev.inspection_before.name}, inspectors found {'; '.join(parts)}.")


def changes_found(ev: Evidence) -> Prose:
    """Quote the findings that look back to the inspection before: better, worse, as before.

    After them stands what earlier inspections asked, with what this one found on the same matter.
    """
    rows = ev.findings[ev.findings["change_since_last"].notna()]
    if rows.empty:
        return paragraphs(_nothing(ev), *_asked_before(ev))
    parts = [
        f"**{title}**\n\n{_listed(chosen)}"
        for title, (change, polarity) in TITLES.items()
        if len(chosen := _chosen(rows, change, polarity))
    ]
    return paragraphs(
        _how_many_look_back(len(rows)),
        *parts,
        *_asked_before(ev),
    )


def _how_many_look_back(number: int) -> str:
    """Introduce findings that look back; which inspection each means it need not say.

    Of the others nothing is claimed: one may look back in words that nobody took for a comparison.
    """
    those = "One finding makes" if number == 1 else "These findings make"
    return f"{those} a comparison with an earlier time."


def _asked_before(ev: Evidence) -> list[str]:
    requests = asked_before(ev)
    if not requests:
        return []
    matched = any(len(request.found) for request in requests)
    below = (
        f"What {ev.inspection.name} found on the same matter stands below each point, as an editor "
        "who read both matched them. It need not mean that the matter is settled."
    )
    return [
        "**What was asked before**",
        *([below] if matched else []),
        "\n".join(_with_what_was_found(ev, request) for request in requests),
    ]


def _with_what_was_found(ev: Evidence, request: Request) -> str:
    now = ev.inspection.name
    found = sentences(*request.found["finding"], request.asked_again)
    if found:
        below = f"Found in {now}: {plain(found)} {cite(request.found['id'])}"
    elif request.row["question"] in questions_left_standing(ev):
        number = str(request.row["question"]).removeprefix("q")
        below = (
            f"Question {number} was not judged again in {now}, and no finding held here is matched "
            "to it."
        )
    else:
        below = f"No finding of {now} held here is matched to it."
    return f"- {plain(request.told)} {source(request.row)}".rstrip() + f"\n  - {below}"


def _chosen(rows: pd.DataFrame, change: str, polarity: str) -> pd.DataFrame:
    chosen = rows[rows["change_since_last"] == change]
    return chosen[chosen["polarity"] == polarity] if polarity else chosen


def _nothing(ev: Evidence) -> str:
    if ev.findings.empty or ev.inspection_before is None:
        return ""
    return f"No finding held here makes a comparison with {ev.inspection_before.name} itself."


def _listed(rows: pd.DataFrame) -> str:
    ordered = rows.sort_values(["question", "weight"], ascending=[True, False], kind="stable")
    return "\n".join(f"- {plain(row.finding)} {cite([row.id])}" for row in ordered.itertuples())
