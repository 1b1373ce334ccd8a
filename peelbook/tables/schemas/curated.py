"""Tables kept by hand: forces, their names, exclusions, caveats, registers of findings."""

from __future__ import annotations

import pandera.pandas as pa

from peelbook.tables.schemas.columns import (
    AT_LEAST_0,
    FORCE,
    FORCE_43,
    FROM,
    GRADES,
    INDICATOR_RULE,
    TO,
    Table,
    chosen,
    code,
    column,
    count,
    day,
    text,
)

CURATED_TABLES = (
    Table(
        "forces",
        "The 43 territorial forces",
        "Names of the forces as they were in 2016, and their areas.",
        {
            "force": FORCE_43,
            "name": text("Official name of the force in 2016."),
            "area_name": text("Name of the police force area."),
            "area_in_sentence": text("The area as it is named after 'in'."),
            "short_name": text("Label on charts."),
            "noun": chosen(
                "What to call the force in a sentence.", "the force", "the constabulary"
            ),
            "pfa_code": text("ONS code of the police force area."),
            "region": text("English region, or Wales."),
            "nation": chosen("Nation.", "England", "Wales"),
        },
        ("force",),
        ("force-names", "rolling-crime"),
        curated=True,
    ),
    Table(
        "force_names",
        "Spellings of force names",
        "Every spelling of a force's or an area's name that a release uses.",
        {"published_name": text("Name as published."), "force": FORCE},
        ("published_name",),
        ("force-names",),
        curated=True,
    ),
    Table(
        "exclusions",
        "Exclusions",
        "Forces and periods for which an indicator is not given, not ranked or not compared.",
        {
            "indicator": INDICATOR_RULE,
            "force": code("Police force identifier, or all."),
            "period_from": FROM,
            "period_to": TO,
            "effect": chosen(
                "excluded: no value and not in the England and Wales value; not-ranked: shown with "
                "its note only; no-change: no change over time.",
                "excluded",
                "not-ranked",
                "no-change",
            ),
            "reason": text("Why."),
            "source": text("Where the reason is stated."),
        },
        ("indicator", "force", "period_from", "effect"),
        ("report", "force-area-tables"),
        curated=True,
    ),
    Table(
        "missing_values",
        "Why a value is missing",
        "The reason for a dash, for an indicator, a force and a period.",
        {
            "indicator": INDICATOR_RULE,
            "force": code("Police force identifier, or all."),
            "period_from": FROM,
            "period_to": TO,
            "reason": text("Why there is no value, one sentence."),
            "source": text("How this is known."),
        },
        ("indicator", "force", "period_from"),
        ("report",),
        curated=True,
    ),
    Table(
        "caveats",
        "Caveats",
        "What a reader should know about an indicator for a force and period.",
        {
            "indicator": INDICATOR_RULE,
            "force": code("Police force identifier, or all."),
            "period_from": FROM,
            "period_to": TO,
            "caveat": text("The caveat, one sentence."),
            "source": text("Where it is stated."),
            "explains_change": column(
                "boolean",
                "Whether it explains, or says that nothing explains, a change from the year before "
                "that is beyond any plausible year.",
            ),
            "breaks_series": column(
                "boolean",
                "Whether figures from `period_from` on do not compare with those before, so that no "
                "sentence goes from one to the other.",
            ),
            "beside_a_trend": text(
                "What is said of it beside a trend: of a year that the trend starts from; or, where "
                "the series breaks, of the years before.",
                optional=True,
            ),
        },
        ("indicator", "force", "period_from", "caveat"),
        ("report", "force-area-tables"),
        curated=True,
    ),
)

RELEASES_TABLE = Table(
    "releases",
    "Files that the tables were built from",
    "What each file says of itself: nothing here is known from elsewhere. Blank means that the "
    "file does not say.",
    {
        "release": code("Identifier of the release."),
        "file": text("Name of the file."),
        "title": text("Title that the file gives itself.", optional=True),
        "edition": text("Edition or periods, as the file has them.", optional=True),
        "released": text("When it came out, if the file or its name says so."),
        "period_from": day("First day, period end or mid-year in the file.", optional=True),
        "period_to": day("Last day, period end or mid-year in the file.", optional=True),
        "sha256": text("Hash of the file."),
    },
    ("release", "file"),
    (),
)


REGISTER_ROW = {
    "force": FORCE_43,
    "inspection": text("Inspection, as in frameworks/inspections.yml."),
}
CURATED_TABLES += (
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
)
CURATED_TABLES += (
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
        {
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
            "heading": code(
                "Sub-heading of the sub-question under which it is told.", optional=True
            ),
            "because_of": text(
                "Ids of findings that are its cause, as it, they or the source say.", optional=True
            ),
            "leads_to": text("Ids of findings that follow from it.", optional=True),
            "concern": code("Rows with the same word are one cause of concern.", optional=True),
            "question_summary": text("An analyst's summary of the core question.", optional=True),
            "source_kind": text("Kind of source.", optional=True),
            "source_title": text("Title of the source.", optional=True),
            "source_url": text("Address of the source.", optional=True),
        },
        ("id",),
        (release,),
        curated=True,
    )
