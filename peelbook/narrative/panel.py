"""The summary for a police and crime panel: what the book concludes, and what to ask the force.

It fits on four pages of paper, so what is long in a register is cut at a number of words.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import yaml

from peelbook.evidence import Evidence
from peelbook.judgments.published import LEFT_STANDING
from peelbook.narrative.asked import asked_for, before_again, points, quoted, what_is_wrong
from peelbook.narrative.causes import effects_of, effects_of_concern, main_cause, weaknesses
from peelbook.narrative.citations import cite, without_citations
from peelbook.narrative.comparisons import compares
from peelbook.narrative.firmness import more_often
from peelbook.narrative.improvements import (
    asked_before,
    demands,
    later_findings,
    later_held,
    nothing_later,
)
from peelbook.narrative.prose import Prose, paragraphs, plain, sentences
from peelbook.narrative.published import HOW_KNOWN, judged_in, this_round
from peelbook.narrative.standing import period_of_its_own, standing, value_with_unit
from peelbook.narrative.summaries import before, composed, question_summary
from peelbook.narrative.words import in_words, listing, sentence_case
from peelbook.statistics.ranks import HIGHEST, LOWEST
from peelbook.tables.inputs import note_inputs, remembered
from peelbook.tables.project import PROJECT

PANEL = PROJECT / "frameworks" / "panel.yml"
MOST_WORDS = 240
"""Of the summary of a question; a longer one is composed anew in fewer."""
FEWER_WORDS = 120
MOST_THEMES = 8
"""Named in one question of the panel; of more, how many there are is said."""
MOST_WEAKNESSES = 2
"""Of a question on which nothing was asked officially."""
MOST_DECLINES = 3
"""Quoted; of more, the themes are named."""
ENDS = {HIGHEST: "highest", LOWEST: "lowest"}


@remembered()
def definition(path: Path = PANEL) -> dict[str, list]:
    """Return `groups` of indicators, and what is `asked` of them at either end of all forces."""
    note_inputs(f"frameworks/{path.name}")
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def on_question(ev: Evidence, question: str, page: str) -> Prose:
    """Sum up a core question with its grade and a link to its page; empty where nothing is known."""
    if not (ev.findings["question"] == question).any():
        return Prose("")
    told = without_citations(question_summary(ev, question))
    if len(told.split()) > MOST_WORDS:
        rows = ev.findings[ev.findings["question"] == question]
        told = without_citations(composed(rows, before(ev), FEWER_WORDS))
    more = f'<a class="peel-more-on" href="{page}.html">More on this question</a>'
    return paragraphs(_verdict(ev, question), f"{told} {more}")


def _verdict(ev: Evidence, question: str) -> str:
    """State the grade of a core question in one sentence."""
    row = ev.grade(question)
    if row["grade"] == ev.framework.grading.ungraded:
        return "This question is not graded."
    if row["grade"] == ev.framework.grading.untested:
        return sentences("It is not graded here.", _beside(ev, row))
    if row["grade"] == ev.framework.grading.no_evidence:
        return sentences("There is not enough evidence for a grade.", _beside(ev, row))
    provisional = ", provisionally," if ev.register_basis == "summary" else ""
    return sentences(
        f"Computed{provisional} as **{row['grade']}**.", more_often(ev, question), _beside(ev, row)
    )


def _beside(ev: Evidence, row: pd.Series) -> str:
    """Say the published grade beside the computed one, or that it is not known."""
    if pd.isna(row["published"]):
        return "The inspectorate's grade is not known to this book."
    if row["published_basis"] == LEFT_STANDING:
        return (
            f"The inspectorate did not judge it again in {this_round(ev)}: its grade "
            f"{row['published']} of {judged_in(row)} was left standing."
        )
    if row["published_basis"] == "explicit":
        return f"The inspectorate: {row['published']}."
    return f"Published grade: {row['published']}, {HOW_KNOWN[row['published_basis']]}."


def figures_chosen(ev: Evidence) -> list[str]:
    """Return the indicators shown: of each group the one furthest from the middle force.

    One outside the range in which forces usually lie comes before one inside it. A group of which
    the force is ranked on nothing has none.
    """
    chosen = []
    for group in definition()["groups"]:
        ranked = [name for name in group if _is_ranked(ev, name)]
        if ranked:
            chosen.append(max(ranked, key=lambda name: _distance(ev.row(name))))
    return chosen


def _is_ranked(ev: Evidence, indicator_id: str) -> bool:
    return pd.notna(ev.row(indicator_id)["rank"]) and compares(ev, indicator_id)


def _distance(row: pd.Series) -> tuple[bool, float]:
    unusual = pd.notna(row["unusual"]) and bool(row["unusual"])
    return unusual, abs((row["rank"] - 0.5) / row["of"] - 0.5)


def questions(ev: Evidence) -> Prose:
    """List what a panel could ask, from what was asked of the force, what got worse, and figures."""
    asked = [
        *_of_concerns(ev),
        *_of_areas(ev),
        *_of_decline(ev),
        *_of_causes(ev),
        *_of_weaknesses(ev),
        *_of_figures(ev),
        "How does the force know that a change helped victims? A rate that rises or falls does not "
        "show it, least of all one of recorded crime.",
        "What do residents and victims say, and where does it differ from what is said here?",
    ]
    return Prose("\n".join(f"{place}. {text}" for place, text in enumerate(asked, start=1)))


def _of_concerns(ev: Evidence) -> list[str]:
    """Ask about each cause of concern, with the other weaknesses that go back to it."""
    return [
        sentences(
            f"Inspectors named a cause of concern: {quoted([what_is_wrong(demand)])}",
            _go_back(effects_of_concern(ev, demand)),
            "What has changed since, and who outside the force has checked it?",
        )
        for demand in demands(ev.findings)
        if demand.concern
    ]


def _go_back(effects: pd.DataFrame) -> str:
    """Name the weaknesses that go back to what has just been said; empty for none."""
    if effects.empty:
        return ""
    many = len(effects)
    several = f"{sentence_case(in_words(many))} other weaknesses are"
    said = "Another weakness is" if many == 1 else several
    cited = cite(effects["id"])
    return f"{said} due to it, wholly or in part ({_themes(effects)}) {cited}."


def _of_areas(ev: Evidence) -> list[str]:
    """Ask about areas for improvement: those a weakness before or later, those nothing is known of."""
    before_too, asked_twice = _weak_again(ev)
    open_, again = [], []
    for demand in demands(ev.findings):
        if demand.concern:
            continue
        later = [found for _, found in later_findings(ev, demand)]
        if later and (later[-1]["polarity"] == "weakness").any():
            again.append(demand)
        elif not later and not demand.rows["id"].isin(asked_twice).any():
            open_.append(demand)
    asked = []
    if before_too:
        asked.append(
            f"Inspectors in {ev.inspection.name} again found a weakness where the force had been "
            f"asked to do better{before_too} What was tried, and why was it not enough?"
        )
    if again:
        asked.append(
            "A later inspection again found a weakness where the force was asked to do better"
            f"{asked_for(again)} What was tried, and why was it not enough?"
        )
    if open_:
        each = "" if len(open_) == 1 else " about each"
        asked.append(
            sentences(
                f"The force was asked to do better{asked_for(open_)}",
                nothing_later(ev, len(open_)) if later_held(ev) else "",
                f"What has been done{each}, and what shows that it worked?",
            )
        )
    return asked


def _weak_again(ev: Evidence) -> tuple[str, set[str]]:
    """Tell what was asked before and is still a weakness, and return the ids of these findings."""
    weak = [one for one in asked_before(ev) if (one.found["polarity"] == "weakness").any()]
    told = points([before_again(one) for one in weak]) if weak else ""
    return told, {name for one in weak for name in one.found["id"]}


def _of_decline(ev: Evidence) -> list[str]:
    """Ask about what became worse, in the words of the register: a theme may not say what did."""
    rows = ev.findings
    worse = rows[(rows["change_since_last"] == "deteriorated") & (rows["polarity"] == "weakness")]
    if worse.empty:
        return []
    worse = worse.sort_values("weight", ascending=False, kind="stable")
    told = f": {quoted(worse['finding'])}" if len(worse) <= MOST_DECLINES else "."
    each = "it, and has it" if len(worse) == 1 else "each, and has it"
    return [
        f"Compared with {before(ev)}, inspectors saw a decline ({_themes(worse)}){told} What lies "
        f"behind {each} stopped?"
    ]


def _of_causes(ev: Evidence) -> list[str]:
    """Ask about the weakness that most others go back to, in the words of the register.

    One that is a cause of concern is asked about as such.
    """
    cause = main_cause(ev)
    if not cause:
        return []
    finding = ev.findings.set_index("id").loc[cause, "finding"]
    return [
        sentences(
            f"A weakness lies behind others: “{plain(finding)}”",
            _go_back(effects_of(ev, cause)),
            "What is being done about it, rather than about its effects?",
        )
    ]


def _of_weaknesses(ev: Evidence) -> list[str]:
    """Ask about the heaviest weaknesses of each question on which nothing was asked, good or not.

    The question with the heaviest weakness comes first.

    What was asked officially, also before, saw a decline or is behind others has a question of its
    own.
    """
    rows = weaknesses(ev)
    official = rows["area_for_improvement"] | rows["cause_of_concern"]
    told = rows["id"].isin({main_cause(ev), *_weak_again(ev)[1]})
    told |= rows["change_since_last"] == "deteriorated"
    asked = []
    for question in ev.framework.questions:
        own = rows[rows["question"] == question.id]
        left = own[~told[own.index]]
        if len(left) and not official[own.index].any():
            left = left.sort_values("weight", ascending=False, kind="stable")
            asked.append(left.head(MOST_WEAKNESSES))
    asked.sort(key=lambda heaviest: -heaviest["weight"].max())
    return [_about_weaknesses(heaviest) for heaviest in asked]


def _about_weaknesses(rows: pd.DataFrame) -> str:
    what = "A weakness" if len(rows) == 1 else f"{sentence_case(in_words(len(rows)))} weaknesses"
    each = "" if len(rows) == 1 else " about each"
    themes = listing([plain(theme) for theme in dict.fromkeys(rows["theme"])])
    return (
        f"{what} ({themes}): {quoted(rows['finding'])} What has been done{each}, and what shows "
        "that it worked?"
    )


def _of_figures(ev: Evidence) -> list[str]:
    """Ask what each figure at an end of all forces raises; what two raise alike is asked once."""
    asked = {name: each for each in definition()["asked"] for name in each["of"]}
    places: dict[str, list[str]] = {}
    for name in figures_chosen(ev):
        if ev.row(name)["band"] in ENDS:
            text = asked[name][ENDS[ev.row(name)["band"]]]
            places.setdefault(text, []).append(_place(ev, name))
    return [
        sentences(*told, text if len(told) == 1 else f"Of each: {text[:1].lower()}{text[1:]}")
        for text, told in places.items()
    ]


def _place(ev: Evidence, indicator_id: str) -> str:
    row, entry = ev.row(indicator_id), ev.entry(indicator_id)
    shown = value_with_unit(row["value"], entry.decimals, entry.unit)
    place = standing(ev.areas(indicator_id), ev.force.slug)
    dated = f"{shown}{period_of_its_own(row, ev.period_end)}"
    return f"{sentence_case(entry.name.replace(': ', ', '))}: {dated}, {place}."


def _themes(rows: pd.DataFrame) -> str:
    """Name the themes of findings, the heaviest first; of many, say how many there are."""
    ordered = rows.sort_values("weight", ascending=False, kind="stable")
    themes = list(dict.fromkeys(ordered["theme"]))
    among = f"{in_words(len(themes))} matters, among them " if len(themes) > MOST_THEMES else ""
    return plain(among + "; ".join(themes[:MOST_THEMES]))
