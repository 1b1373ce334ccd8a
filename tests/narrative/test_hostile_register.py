"""Text that a user puts in a register of findings is shown as text, never as markup."""

import re

import pandas as pd
import pytest

from peelbook.evidence import Evidence
from peelbook.findings.register import load_findings
from peelbook.narrative import improvements, sections, since_last, summaries
from peelbook.narrative.citations import without_citations
from peelbook.parameters import Parameters

HOSTILE = (
    "<script>alert('x')</script> <img src=x onerror=alert(1)> [here](javascript:alert(1)) "
    "![pixel](https://example.org/x.png) **loud** `code` {raw} $1$ # heading | cell &amp; <b>"
)


NAMES = ["findings", "areas for improvement", "summary", "an analyst's summary", "changes"]


@pytest.fixture(scope="module")
def ev():
    """Return evidence for a real register whose every text has been replaced by a hostile one."""
    made = Evidence(Parameters())
    register = load_findings("leicestershire", 2016)
    asked = register["area_for_improvement"]
    spoilt = register.assign(
        # a user's own ids: no finding of a later inspection, with its source, answers to them
        id=register["id"].mask(asked, "own-" + register["id"]),
        theme=HOSTILE,
        finding=HOSTILE,
        area_for_improvement_text=register["area_for_improvement_text"].where(
            register["area_for_improvement_text"].isna(), HOSTILE
        ),
        source_title=HOSTILE,
        source_url="javascript:alert(1)",
        question_summary=register["question"].map({"q1": f"{HOSTILE} [q1.2-01]"}),
    )
    vars(made)["findings"] = spoilt
    return made


@pytest.fixture(scope="module")
def texts(ev):
    shown = {
        "findings": sections.findings(ev, "q1.2"),
        "areas for improvement": improvements.areas_for_improvement(ev),
        "summary": summaries.question_summary(ev, "q3"),
        "an analyst's summary": summaries.question_summary(ev, "q1"),
        "changes": since_last.changes_found(ev),
    }
    # the sub-headings are those of the framework, not of a user
    return {
        name: re.sub(r"<h3>[A-Z][a-z ]+</h3>", "", without_citations(text))
        for name, text in shown.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_is_escaped(texts, name):
    text = texts[name]
    assert "alert" in text, "the text itself is shown"
    for markup in ("<script", "<img", "<b>", "](javascript", "![pixel]", "**loud**"):
        assert markup not in text


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_makes_no_link_no_image_and_no_html(texts, name, kinds_of_markup):
    assert kinds_of_markup(texts[name]).isdisjoint(
        {"link_open", "image", "html_inline", "html_block", "code_inline", "heading_open"}
    )


def test_register_in_the_project_is_not_changed_by_the_test(ev):
    assert not (load_findings("leicestershire", 2016)["finding"] == HOSTILE).any()
    assert isinstance(ev.findings, pd.DataFrame)
