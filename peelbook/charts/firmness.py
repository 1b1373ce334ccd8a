"""Tables on how firm grades are: shares of draws, and the smallest change for each grade."""

from __future__ import annotations

import pandas as pd

from peelbook.charts.tables import Html, text_table
from peelbook.evidence import Evidence
from peelbook.judgments.reasons import change_in_words
from peelbook.narrative.firmness import LITTLE, choice_in_words, most_influential
from peelbook.narrative.prose import Prose
from peelbook.narrative.words import DASH, number, sentence_case


def firmness_table(ev: Evidence, *, sub_questions: bool = False) -> Html | Prose:
    """Return the share of draws for each grade, and the threshold or weight that matters most.

    Overall and core questions, or with `sub_questions` these; empty where nothing was varied.
    """
    shares = ev.sensitivity.shares
    chosen = shares[(shares["level"] == "sub-question") == sub_questions]
    if chosen.empty:
        return Prose("")
    wide = chosen.pivot(index="id", columns="grade", values="share")
    order = [name for name in ev.framework.ranks if wide[name].any()]
    order.sort(key=lambda name: -ev.framework.ranks[name])
    ids = sorted(wide.index, key=lambda name: (name != "overall", name))
    table = pd.DataFrame(
        {
            "Question": [_label(ev, name) for name in ids],
            "Computed here": [sentence_case(ev.grade(name)["grade"]) for name in ids],
            **{sentence_case(grade): [_share(wide.loc[i, grade]) for i in ids] for grade in order},
            "Matters most": [_most(ev, name) for name in ids],
        }
    )
    return text_table(table, "Share of draws for each grade")


def changes_table(ev: Evidence) -> Html | Prose:
    """Return how far each grade lies from another one, in findings, as sentences."""
    graded = ev.grades[ev.grades["grade"].isin([grade.id for grade in ev.framework.grades])]
    ids = graded.loc[graded["level"].isin(["question", "overall"]), "id"]
    ids = sorted(ids, key=lambda name: (name != "overall", name))
    if not ids:
        return Prose("")
    table = pd.DataFrame(
        {
            "Question": [_label(ev, name) for name in ids],
            "Computed here": [sentence_case(ev.grade(name)["grade"]) for name in ids],
            "How far from another grade": [_change(ev, name) for name in ids],
        }
    )
    return text_table(table, "How far each grade lies from another one")


def _label(ev: Evidence, level_id: str) -> str:
    if level_id == "overall":
        return "Overall"
    return f"{level_id.removeprefix('q')} {ev.grade(level_id)['title']}"


def _share(share: float) -> str:
    if 0 < share < 0.005:
        return "under 1%"
    return "over 99%" if 0.995 <= share < 1 else f"{number(100 * share, 0)}%"


def _change(ev: Evidence, level_id: str) -> str:
    changes = ev.judgments.changes
    return change_in_words(changes[changes["id"] == level_id], ev.grade(level_id), ev.framework)


def _most(ev: Evidence, level_id: str) -> str:
    name, share = most_influential(ev, level_id)
    if share is None or share < LITTLE:
        return DASH
    return sentence_case(choice_in_words(name, ev.framework))
