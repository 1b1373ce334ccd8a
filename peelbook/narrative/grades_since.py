"""How published grades moved between the inspection before and that of the book, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.judgments.published import LEFT_STANDING
from peelbook.narrative.prose import Prose, paragraphs, sentences
from peelbook.narrative.published import judged_in, round_before, this_round
from peelbook.narrative.words import listing


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _titles(titles: pd.Series) -> str:
    return "; ".join(map(_lower, titles))


def change_since_last_year(ev: Evidence) -> Prose:
    """Compare the published grades of this inspection and the one before, question by question.

    A grade that was left standing is none of this inspection and is told apart.
    """
    order = [grade.id for grade in ev.framework.grades]
    known = ev.grades[ev.grades["level"] == "question"].dropna(subset="published")
    again = known["published_basis"] != LEFT_STANDING
    rows, standing = known[again].dropna(subset="published_before"), known[~again]
    if rows.empty and standing.empty:
        return Prose(
            f"The published grades of {this_round(ev)} and {round_before(ev)} cannot be compared: "
            f"they are not both known for any core question of {ev.force.full_name}."
        )
    now, before = (
        rows[name].map(order.index).astype("int64") for name in ("published", "published_before")
    )
    steps = now - before
    groups = {"Improved": steps < 0, "Stayed the same": steps == 0, "Deteriorated": steps > 0}
    said = [
        f"**{verb}:** {_titles(rows.loc[chosen, 'title'])}."
        for verb, chosen in groups.items()
        if chosen.any()
    ]
    between = f"Between {round_before(ev)} and {this_round(ev)} the published grades of the core questions"
    if (steps == 0).all():
        all_compared = len(rows) == sum(q.graded for q in ev.framework.questions)
        those = "" if all_compared else f" that can be compared ({_titles(rows['title'])})"
        opening, said = f"{between}{those} all stayed the same.", []
        if len(rows) == 1:
            only = rows["title"].iloc[0]
            opening = (
                f"Between {round_before(ev)} and {this_round(ev)} the only core question whose published "
                f"grades can be compared, {_lower(only)}, kept its grade."
            )
    else:
        opening = f"{between} moved as follows."
    return paragraphs(
        opening if len(rows) else "",
        *said,
        _not_judged_again(ev, standing),
        _not_stated(ev, rows, steps),
        _not_compared(ev, [*rows["id"], *standing["id"]]),
    )


def _not_judged_again(ev: Evidence, standing: pd.DataFrame) -> str:
    told = [
        f"{_lower(row['title'])} (the grade {row['published']} of {judged_in(row)} was left standing)"
        for _, row in standing.iterrows()
    ]
    return f"**Not judged again in {this_round(ev)}:** {'; '.join(told)}." if told else ""


READ = {
    "narrative": "read from wording by this project",
    "elimination": "inferred from the grades of the other forces",
}
"""How a grade that was compared is known, where no source states it."""


def _not_stated(ev: Evidence, rows: pd.DataFrame, steps: pd.Series) -> str:
    """Say of which questions a grade compared was not stated as one of its inspection, and how so."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for column, name in (("published_before", round_before(ev)), ("published", this_round(ev))):
        for how, same in rows.groupby(f"{column}_basis"):
            if how in READ:
                found.setdefault((READ[how], tuple(same["id"])), []).append(name)
    read = [f"{_grades_of(ids, rounds)} {how}." for (how, ids), rounds in found.items()]
    if read:
        read.append("A change from or to such a grade may be one of reading.")
    standing = rows["published_before_basis"] == LEFT_STANDING
    return sentences(
        *read,
        _of_an_earlier_one(ev, list(rows.loc[standing & (steps != 0), "id"]), moved=True),
        _of_an_earlier_one(ev, list(rows.loc[standing & (steps == 0), "id"]), moved=False),
    )


def _of_an_earlier_one(ev: Evidence, ids: list[str], *, moved: bool) -> str:
    if not ids:
        return ""
    those, change = ("that", "the change") if len(ids) == 1 else ("those", "the changes")
    told = f"{_grades_of(ids, [round_before(ev)])} itself {those} of an earlier inspection"
    if len(ids) > 1:
        told = told.replace("itself", "themselves")
    return f"{told}, so {change} may have come at any time since then." if moved else f"{told}."


def _grades_of(ids: Sequence[str], rounds: Sequence[str]) -> str:
    """Begin a sentence on published grades: the 2017 grade of question 1 was ..."""
    which = "question" if len(ids) == 1 else "questions"
    named = f"{which} {listing([name.removeprefix('q') for name in ids])}"
    one = len(ids) == len(rounds) == 1
    return f"The {listing(rounds)} {'grade' if one else 'grades'} of {named} {'was' if one else 'were'}"


def _not_compared(ev: Evidence, compared: list[str]) -> str:
    graded = ev.grades[ev.grades["id"].isin([q.id for q in ev.framework.questions if q.graded])]
    left = graded.loc[~graded["id"].isin(compared), "title"]
    if left.empty:
        return ""
    return (
        f"**Not compared**, because the grade of one of the two inspections is not known to this book: "
        f"{_titles(left)}."
    )
