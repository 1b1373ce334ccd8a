"""A section tells a finding once and a statistic once, for 43 forces and three rounds."""

from itertools import product

import pytest
from registers import evidence_of_rounds

from peelbook.narrative import sections
from peelbook.narrative.citations import without_citations
from peelbook.narrative.clauses import statistics_in
from peelbook.narrative.figures_told import FIGURES, figures_of
from peelbook.narrative.once import SENTENCE_END


@pytest.fixture(scope="module")
def told_sections():
    return [
        (
            f"{ev.force.slug} {ev.inspection.id} {part.id}",
            ev,
            part.id,
            sections.findings(ev, part.id),
        )
        for ev in evidence_of_rounds()
        for part in ev.framework.sub_questions
    ]


def sentences_of(text: str) -> list[str]:
    return [s for part in without_citations(text).split("\n\n") for s in SENTENCE_END.split(part)]


def test_no_sentence_is_told_twice_in_a_section(told_sections):
    for name, _, _, text in told_sections:
        told = [one for one in sentences_of(text) if len(one.split()) > 3]
        repeated = {one for one in told if told.count(one) > 1}
        assert not {one for one in repeated if "cause of concern" not in one}, name


def test_no_finding_is_cited_twice_in_a_section(told_sections):
    for name, _, _, text in told_sections:
        ids = [part.split('"')[0] for part in text.split("#finding-")[1:]]
        assert len(ids) == len(set(ids)), name


def test_figure_and_finding_do_not_tell_the_same_two_statistics(told_sections):
    checked = 0
    for name, ev, part, text in told_sections:
        if part not in FIGURES:
            continue
        figures, told = sentences_of(figures_of(ev, part)), sentences_of(text)
        for one, other in product(map(statistics_in, figures), map(statistics_in, told)):
            checked += bool(one and other)
            assert len(one & other) < 2, (name, one & other)
    assert checked > 20


def test_evidence_is_introduced_with_its_size_once_in_a_book(evidence_of):
    ev = evidence_of("leicestershire")
    book = "\n".join(
        sections.findings(ev, part)
        for part in ("q2.1", "q2.2", "q2.3", "q2.4", "q3.1", "q3.2", "q3.3")
    )
    # a finding itself says how many and which files, so no sentence of ours says it again
    assert book.count("60 crime files, a small sample drawn at random") == 1
    assert book.count("52 calls") == 1
    assert "60 case files" not in book
    assert "In some of the crime files reviewed, of crimes against vulnerable victims" in book


def test_recorded_crime_is_not_praised_or_blamed(evidence_of):
    assert sections.findings(evidence_of("leicestershire"), "q1.1") == ""
