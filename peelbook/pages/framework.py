"""Tables of the page on the framework and judgments."""

from __future__ import annotations

import pandas as pd

from peelbook.charts.tables import Html, text_table
from peelbook.indicators.catalogue import load_catalogue
from peelbook.judgments.framework import Framework
from peelbook.narrative.prose import Prose, plain
from peelbook.narrative.words import DASH, counted, sentence_case
from peelbook.tables import load_table

DIRECTIONS = {
    "lower": "lower is better",
    "higher": "higher is better",
    "context": "context, never counted",
}


def questions(framework: Framework) -> Html:
    """Return core questions and their sub-questions."""
    rows = [
        {
            "Id": part.id,
            "Core question": question.title + ("" if question.graded else " (ungraded)"),
            "Sub-question": part.title + ("" if part.graded else " (described, not graded)"),
        }
        for question in framework.questions
        for part in question.sub_questions
    ]
    return text_table(pd.DataFrame(rows), "Core questions and sub-questions")


def grades(framework: Framework) -> Html:
    """Return the grades, best first, with their meaning."""
    rows = [
        {"Grade": sentence_case(grade.id), "Meaning": grade.meaning} for grade in framework.grades
    ]
    return text_table(pd.DataFrame(rows), "Grades")


def finding_weights(framework: Framework) -> Html:
    """Return the weights of findings and what each is given for."""
    rows = [
        {"Weight": str(weight), "Given to": meaning}
        for weight, meaning in framework.finding_weights.items()
    ]
    return text_table(pd.DataFrame(rows), "Weights of findings")


def coding_notes(framework: Framework) -> Prose:
    """Return the rules by which a report is coded, as a list."""
    return Prose("\n".join(f"- {plain(note)}" for note in framework.coding_notes))


def added_findings() -> Prose:
    """Return how many findings were added after the first coding, and what that moved."""
    added = load_table("register_additions")
    registers = len(added[["force", "inspection"]].drop_duplicates())
    return Prose(
        f"Later, {counted(len(added), 'finding')} that the first coding had left out "
        f"{'was' if len(added) == 1 else 'were'} added to {counted(registers, 'register')}, from "
        "pages of the inspectorate, a force or the press, each named with its finding. The grades "
        "had been computed by then. One more question could be graded, and no computed grade "
        "became another."
    )


def indicator_links(framework: Framework) -> Html:
    """Return which indicator speaks to which sub-question, in which direction and weight."""
    catalogue = load_catalogue()
    rows = [
        {
            "Indicator": sentence_case(catalogue[link.id].name_in_a_list),
            "Sub-question": link.sub_question,
            "Direction": DIRECTIONS[link.direction],
            "Weight": f"{link.weight:g}" if link.weight else DASH,
            "Because": link.because,
        }
        for link in framework.indicators.values()
    ]
    return text_table(pd.DataFrame(rows), "Indicators and the sub-questions they speak to")


def rules(framework: Framework) -> Html:
    """Return every grading rule with its reason, and the ranges of its thresholds."""
    rows = [
        {
            "Rule": rule.id,
            "Level": rule.level,
            "What it says": rule.sentence,
            "Why": rule.reason,
            "Reasonable range": "; ".join(
                f"{name.replace('_', ' ')} {value.low:g} to {value.high:g}"
                for name, value in rule.parameters.items()
            )
            or DASH,
        }
        for rule in framework.rules.values()
    ]
    return text_table(pd.DataFrame(rows), "Grading rules")
