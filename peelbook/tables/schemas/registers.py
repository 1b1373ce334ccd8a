"""Tables of findings: the registers, and what an editor added, changed, told and linked."""

from __future__ import annotations

import pandera.pandas as pa

from peelbook.tables.schemas.columns import (
    AT_LEAST_0,
    FORCE_43,
    GRADES,
    Table,
    chosen,
    code,
    column,
    count,
    text,
)

REGISTER_ROW = {
    "force": FORCE_43,
    "inspection": text("Inspection, as in frameworks/inspections.yml."),
}
FINDING = {
    "id": column("string", "Identifier: sub-question and running number."),
    "question": chosen("Core question.", "q1", "q2", "q3", "q4", "q5"),
    "sub_question": text("Sub-question."),
    "theme": text("Theme of the finding."),
    "finding": text("The finding, one sentence."),
    "polarity": chosen("Whether it speaks for the force.", "strength", "weakness"),
    "weight": count("1 minor, 2 ordinary, 3 major.", "weight", pa.Check.in_range(1, 3)),
    "evidence_kind": text("Kind of evidence."),
    "sample_size": column(
        "number", "Sample, where given.", AT_LEAST_0, unit="count", optional=True
    ),
    "change_since_last": text("Change since the last inspection.", optional=True),
    "area_for_improvement": column("boolean", "Whether it is an area for improvement."),
    "area_for_improvement_text": text("The area for improvement.", optional=True),
    "cause_of_concern": column("boolean", "Whether it is a cause of concern."),
    "restates_indicator": code("Indicator that the finding restates.", optional=True),
    "place": text("Section of the report or page."),
    "heading": code("Sub-heading of the sub-question under which it is told.", optional=True),
    "because_of": text(
        "Ids of findings that are its cause, as it, they or the source say.", optional=True
    ),
    "leads_to": text("Ids of findings that follow from it.", optional=True),
    "concern": code("Rows with the same word are one cause of concern.", optional=True),
    "question_summary": text("An analyst's summary of the core question.", optional=True),
    "source_kind": text("Kind of source.", optional=True),
    "source_title": text("Title of the source.", optional=True),
    "source_url": text("Address of the source.", optional=True),
}
"""Columns of a register."""
SET_ELSEWHERE = ("question", "restates_indicator", "because_of", "leads_to", "question_summary")
"""What an added finding has not: its question is that of its sub-question, the rest is edited."""
REGISTER_TABLES = (
    Table(
        "registers",
        "Registers of findings",
        "What each register of findings rests on.",
        REGISTER_ROW
        | {
            "basis": chosen(
                "report: a whole report was coded; summary: published summaries were coded, which "
                "leave out much.",
                "report",
                "summary",
            ),
            "title": text("What was coded."),
        },
        ("force", "inspection"),
        ("report", "findings"),
        curated=True,
    ),
    Table(
        "register_additions",
        "Findings added by an editor",
        "Findings that stand on a published page and were left out when it was first coded, each "
        "with its source. They are edited with the others by `register_changes`.",
        REGISTER_ROW
        | {name: col for name, col in FINDING.items() if name not in SET_ELSEWHERE}
        | {
            "heading": code("Sub-heading of the sub-question under which it is told."),
            "source_kind": text("Kind of source."),
            "source_title": text("Title of the source."),
            "source_url": text("Address of the source."),
        },
        ("force", "inspection", "id"),
        ("findings",),
        curated=True,
    ),
    Table(
        "register_changes",
        "Editorial changes to the coded findings",
        "What was changed in the findings as first coded, cell by cell, and why.",
        REGISTER_ROW
        | {
            "id": text("Finding."),
            "column": text("Column changed; drop: the finding was left out."),
            "becomes": text("What the cell holds now.", optional=True),
            "reason": text("Why.", optional=True),
        },
        ("force", "inspection", "id", "column"),
        ("findings",),
        curated=True,
    ),
    Table(
        "register_summaries",
        "Summaries of core questions",
        "An analyst's summary of each core question of a register, composed from its findings; "
        "the findings that a sentence rests on are named in square brackets.",
        REGISTER_ROW
        | {
            "question": chosen("Core question.", "q1", "q2", "q3", "q4", "q5"),
            "summary": text("The summary."),
        },
        ("force", "inspection", "question"),
        ("findings",),
        curated=True,
    ),
    Table(
        "register_answers",
        "What later inspections found on what was asked",
        "Which finding of a later inspection speaks to an area for improvement or a cause of "
        "concern, as an editor who read both decided. It need not say that the matter is settled.",
        REGISTER_ROW
        | {
            "id": text("Finding that is an area for improvement or a cause of concern."),
            "later_inspection": text("Later inspection, as in frameworks/inspections.yml."),
            "later_id": text("Finding of the later inspection."),
        },
        ("force", "inspection", "id", "later_inspection", "later_id"),
        ("findings",),
        curated=True,
    ),
    Table(
        "summary_cases",
        "Grades computed from summaries, beside stated grades",
        "Made by `peelbook data record`: for each force, inspection and core question with enough "
        "findings and a grade that the inspectorate stated, the grade computed with the ratio that "
        "the other forces chose. The summaries were written to explain the grades.",
        REGISTER_ROW
        | {
            "question": chosen("Core question, or overall.", "q1", "q2", "q3", "q4", "overall"),
            "findings": count("Findings.", "findings", AT_LEAST_0),
            "strength_weight": column("number", "Weight of strengths.", AT_LEAST_0, unit="weight"),
            "weakness_weight": column("number", "Weight of weaknesses.", AT_LEAST_0, unit="weight"),
            "causes_of_concern": count("Causes of concern.", "causes of concern", AT_LEAST_0),
            "ratio": column(
                "number", "Ratio of rule M1, chosen by all other forces.", AT_LEAST_0, unit="ratio"
            ),
            "computed": chosen("Grade computed.", *GRADES),
            "published": chosen("Grade stated by the inspectorate.", *GRADES),
            "published_before": chosen(
                "Grade of the inspection before, however known.", *GRADES, optional=True
            ),
        },
        ("force", "inspection", "question"),
        ("findings", "judgments"),
        curated=True,
    ),
)


def findings_table(register: str, release: str = "findings") -> Table:
    """Return the table of one findings register, for example `leicestershire-2016`.

    `release` is what its findings were read from: ``report`` for a whole report, else the list of
    published findings.
    """
    return Table(
        f"findings/{register}",
        f"Register of findings, {register}",
        "Findings of one inspection, in our own words, coded for the grading rules.",
        FINDING,
        ("id",),
        (release,),
        curated=True,
    )
