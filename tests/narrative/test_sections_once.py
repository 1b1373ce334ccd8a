"""A section tells a finding once and a statistic once, for 43 forces and three rounds."""

from itertools import product

import pytest
from registers import evidence_of_rounds

from peelbook.narrative import sections
from peelbook.narrative.citations import without_citations
from peelbook.narrative.clauses import statistics_in
from peelbook.narrative.figures_told import FIGURES, figures_of
from peelbook.narrative.once import SENTENCE_END, praises_recorded_crime
from peelbook.narrative.summaries import question_summary


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


@pytest.fixture(scope="module")
def chapters(told_sections):
    """Return (name, evidence, question, text of summary and sections) of every chapter."""
    texts = {}
    for _, ev, part, text in told_sections:
        if not (ev.findings["question"] == part.partition(".")[0]).any():
            continue
        own = texts.setdefault((ev.force.slug, ev.inspection.id, part.partition(".")[0]), [ev])
        own.append(text)
    return [
        (" ".join(key), ev, key[2], "\n\n".join([question_summary(ev, key[2]), *own]))
        for key, (ev, *own) in texts.items()
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


def test_no_finding_that_matters_is_lost_from_its_chapter(chapters):
    """Praise of a level of recorded crime is left out on purpose: a page describes it."""
    looked_at = 0
    for name, ev, question, text in chapters:
        rows = ev.findings[ev.findings["question"] == question]
        asked = rows["area_for_improvement"] | rows["cause_of_concern"]
        heavy = rows[((rows["weight"] >= 2) | asked) & ~praises_recorded_crime(rows)]
        missing = [one for one in heavy["id"] if f'#finding-{one}"' not in text]
        assert not missing, (name, missing)
        looked_at += len(heavy)
    assert looked_at > 1700


def test_finding_that_gives_way_to_a_figure_is_named_beside_it(evidence_of):
    text = without_citations(sections.findings(evidence_of("leicestershire"), "q3.2"))
    assert text.startswith(
        "Inspectors counted the figures above on domestic abuse arrests as a weakness."
    )


def test_judgment_stays_where_only_its_statistic_is_told_by_a_figure(evidence_of):
    text = without_citations(sections.findings(evidence_of("leicestershire"), "q3.3"))
    assert "is about that of other forces." in text
    assert "slightly more than in 2015, so that more victims are protected." in text
    assert "65 times" not in text


def test_what_goes_on_from_the_figures_stands_before_the_first_heading(evidence_of):
    text = sections.findings(evidence_of("leicestershire"), "q3.2")
    charges = text.index("does not soundly understand why arrests and charges")
    assert charges < text.index("<h3>The first contact") < text.index("<h3>Assessing risk")


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
