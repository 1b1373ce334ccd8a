"""The first page of a book: what PEEL is, what the book is and rests on, how to read a grade."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.narrative.about import this_book
from peelbook.narrative.citations import PAGE
from peelbook.narrative.prose import Prose, paragraphs, plain, sentences
from peelbook.narrative.published import questions_left_standing, this_round, without_findings
from peelbook.narrative.words import counted, listing
from peelbook.narrative.words import in_words as in_words_of
from peelbook.tables.inspections import Inspection

KINDS_OF_SOURCE = {
    "inspectorate, report": "the inspectorate's report",
    "inspectorate, force page": "the inspectorate's pages about the force",
    "inspectorate, recommendation page": "the inspectorate's list of recommendations",
    "press": "newspapers or other websites that pass on what the inspectorate published",
    "commissioner or council": "the police and crime commissioner or a council",
    "force": "pages of the force itself",
    "association": "pages of the Police Federation (which speaks for officers, not for the force)",
    "force or association": "pages of the force itself or of an association of the police",
}
RESTS_ON = {
    "report": (
        "It rests on the whole report of that inspection, coded finding by finding: "
        "{findings} in all."
    ),
    "summary": (
        "It rests on published summaries of that inspection, not on the whole report: {findings} "
        "from {sources}. Summaries are incomplete. Where a page of this book is short, "
        "little of the question was published in them; it does not mean that inspectors had little "
        "to say.{not_asked}"
    ),
    "supplied": (
        "It rests on a register of findings that was supplied for this book and is not of this "
        "project: {findings}. The annex names the file."
    ),
}
NO_FINDINGS = (
    "No findings of an inspection are known to this book for this force and round. It rests on "
    "published figures alone, and says nothing of how the force goes about its work."
)


def what_peel_is(ev: Evidence) -> Prose:
    """Say what PEEL is, who inspected and when, and what was asked."""
    questions = [plain(question.title.lower()) for question in ev.framework.questions]
    asked = (
        f"An inspection of effectiveness asks: *{plain(ev.framework.headline_question)}* It looks "
        f"at {in_words_of(len(questions))} core questions: {'; '.join(questions)}."
    )
    if ev.inspection is None:
        return paragraphs(
            "PEEL stands for police effectiveness, efficiency and legitimacy, the inspections of "
            "the 43 police forces of England and Wales. There was no such inspection yet in "
            f"{ev.period_end.year}.",
            asked,
        )
    one = ev.inspection
    return paragraphs(
        "PEEL stands for police effectiveness, efficiency and legitimacy. Under this name "
        f"{one.inspectorate_in_full} ({one.inspectorate}) inspects the 43 police forces of England "
        f"and Wales and publishes a report on each. {_when(one)}",
        asked,
        f"The inspectorate's own words on {ev.force.full_name} are on "
        f"[its page about the force]({one.address_of(ev.force.slug)}).",
    )


def _when(one: Inspection) -> str:
    """Say when an inspection took place, unless its name says it, and when its reports came out."""
    if one.carried_out == f"in {one.name}":
        return f"The reports of the inspection of {one.name} were published in {one.published}."
    return (
        f"The inspection of {one.name} was carried out {one.carried_out}; its reports were "
        f"published in {one.published}."
    )


def what_this_book_is(ev: Evidence) -> Prose:
    """Say what the book sets out, and what it is not."""
    about, retold = (
        f"what was found out about {ev.force.full_name} and what published figures show",
        "Findings are retold in the words of this project; figures",
    )
    if ev.findings.empty:
        about, retold = f"what published figures show about {ev.force.full_name}", "Figures"
    return paragraphs(
        f"This book sets out {about}, question by question, so that anybody can follow each "
        f"statement to its source. It is not a report of the inspectorate. {retold} are computed "
        "anew from open data where they can be, and quoted where they cannot.",
        this_book(ev),
    )


def what_it_rests_on(ev: Evidence) -> Prose:
    """Say whether a whole report or summaries are behind the book, how many findings and sources."""
    if ev.findings.empty:
        return Prose(NO_FINDINGS)
    findings = counted(len(ev.findings), "finding")
    text = RESTS_ON[ev.register_basis].format(
        findings=findings, sources=_sources(ev.findings), not_asked=_not_asked(ev)
    )
    return paragraphs(
        f'{text} <a href="{PAGE}">All findings</a> stand on a page of their own, with sources.',
        without_findings(ev),
    )


def _not_asked(ev: Evidence) -> str:
    """Say which core questions the inspection did not judge again, as their pages are short too."""
    standing = questions_left_standing(ev)
    if not standing:
        return ""
    titles = "; ".join(plain(ev.framework.question(one).title.lower()) for one in standing)
    those = "this question" if len(standing) == 1 else "these questions"
    return f" The inspection of {this_round(ev)} did not judge {those} again: {titles}."


def _sources(findings: pd.DataFrame) -> str:
    known = findings.dropna(subset=["source_kind"])
    titles = known.groupby("source_kind", sort=False)["source_title"].nunique()
    if known.empty:
        return "published pages"
    names = [KINDS_OF_SOURCE.get(kind, plain(kind)) for kind in titles.index]
    # what is listed is the kind of page, one or several: the number stands before it
    of = "source" if len(names) == 1 else "sources"
    return f"{counted(int(titles.sum()), 'page')} ({of}: {listing(names)})"


def how_to_read_a_grade(ev: Evidence) -> Prose:
    """Say who gives a grade and what each means."""
    meanings = "\n".join(
        f"- *{plain(grade.id.capitalize())}*: {plain(grade.meaning)}"
        for grade in ev.framework.grades
    )
    return paragraphs(
        "Two kinds of grade stand side by side. A *published* grade is the judgment of the "
        "inspectors, who saw the force at work; a mark says where it was read from wording or stands "
        "from an earlier inspection. A grade *computed here* follows from written rules applied to "
        "the findings of this book. It may differ, and it is an aid to reading the evidence, not a "
        "substitute for the judgment.",
        "The inspectorate gives one of four grades. The rules of this book take them in this sense:",
        meanings,
        _from_summaries(ev),
    )


def _from_summaries(ev: Evidence) -> str:
    """Say which grades summaries support, and from which balance on."""
    if ev.register_basis != "summary":
        return ""
    (rule,) = ev.framework.rules_of("summary-question", "strengths-outweigh")
    return (
        "Published summaries support only two of them. A question is computed as good where its "
        f"strengths and its weaknesses stand, by weight, at {rule['ratio']:g} to 1 or better, and as "
        "requires improvement otherwise; outstanding and inadequate are never computed from them."
    )


def how_to_read_a_figure(_ev: Evidence) -> Prose:
    """Say what a comparison and a number of a figure tell, and what recorded crime does not."""
    return Prose(
        sentences(
            "The value for England and Wales is that of all forces taken together, so large forces "
            "weigh most. Where London is high, more than half of forces lie below that value; what "
            "is usual is better seen from the middle force, half of the others being higher and half "
            "lower.",
            "Figures have the numbers of the report of 2016. Where one of them cannot be drawn, its "
            "number is left out; a figure that the report did not have stands without a number.",
            "A figure of recorded crime depends on what people report and on how fully a force "
            "records it. It is described in this book, and never counted for or against a force.",
        )
    )
