"""What is composed reads as easily as the project's targets: plain English for a panel member.

Targets for the text of published summaries: at most grade 12 by Flesch and Kincaid (an ordinary
newspaper; the names of police work are long), a Flesch reading ease of at least 45, and no more than
21 words a sentence on average. The one whole report that is coded holds longer findings, with their
numbers, names and hedges: at most grade 15, an ease of at least 38, and 27 words.
"""

import re

import pytest
import textstat

from peelbook.narrative import sections, summaries
from peelbook.narrative.citations import without_citations

SUMMARY = {"grade": 12, "ease": 45, "words": 21}
REPORT = {"grade": 15, "ease": 38, "words": 27}


@pytest.mark.parametrize(
    ("force", "period_end"),
    [
        ("leicestershire", "2016-06-30"),
        ("cleveland", "2018-06-30"),
        ("gwent", "2017-06-30"),
        ("city-of-london", "2016-06-30"),
        ("hampshire", "2016-06-30"),
    ],
)
def test_composed_text_keeps_to_the_target(force, period_end, evidence_of):
    ev = evidence_of(force, period_end)
    told = [summaries.question_summary(ev, question.id) for question in ev.framework.questions]
    told += [sections.findings(ev, part.id) for part in ev.framework.sub_questions]
    text = re.sub(r"<[^>]+>", "", without_citations("\n\n".join(told))).replace("\\", "")
    target = REPORT if ev.register_basis == "report" else SUMMARY
    assert textstat.flesch_kincaid_grade(text) <= target["grade"]
    assert textstat.flesch_reading_ease(text) >= target["ease"]
    assert textstat.lexicon_count(text) / textstat.sentence_count(text) <= target["words"]
