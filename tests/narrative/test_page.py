"""What is put right when a page is known: reasons once, no empty section, first use of a term linked."""

from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from peelbook.charts.findings_table import findings_table
from peelbook.narrative.citations import anchor_of
from peelbook.narrative.page import put_in_order
from peelbook.narrative.terms import glossary, with_terms
from peelbook.tables import load_table


def shown(text: str):
    output = new_output("display_data", {"text/markdown": text})
    return new_code_cell("x", outputs=[output] if text else [])


def page(*cells) -> str:
    made = put_in_order(new_notebook(cells=list(cells)), Path("chapters/a.ipynb"))
    texts = [cell.source if cell.cell_type == "markdown" else "" for cell in made.cells]
    outputs = [o.data for c in made.cells for o in c.get("outputs", [])]
    texts += [data["text/markdown"] for data in outputs if data]
    return "\n".join(texts)


def test_reason_for_a_missing_figure_stands_once():
    reason = load_table("missing_values")["reason"].iloc[0]
    text = page(shown(f"There is a dash. {reason}"), shown(f"One in Kent: no figure. {reason}"))
    assert text.count(reason) == 1
    assert "One in Kent: no figure." in text


def test_figures_that_are_missing_for_one_reason_are_named_together():
    reason = load_table("missing_values")["reason"].iloc[0]
    text = page(
        shown(f"One in Kent: no figure. {reason}"),
        shown("Others in Kent: no figure. This has a reason of its own."),
        new_markdown_cell("## Of nothing else"),
        shown(f"Another in Kent: no figure. {reason}"),
        shown(f"A third\\: of two in Kent: no figure. {reason}"),
    )
    assert f"One in Kent: no figure. {reason} The same holds for another and a third" in text
    assert text.count("no figure") == 2
    assert "## Of nothing else" not in text
    assert "This has a reason of its own." in text


def test_heading_with_nothing_under_it_goes_and_one_with_text_stays():
    text = page(
        new_markdown_cell("## Empty"),
        shown(""),
        new_markdown_cell("## Kept"),
        new_markdown_cell("### Deeper"),
        shown("Something."),
        new_markdown_cell("## Last"),
    )
    assert "## Empty" not in text
    assert "## Last" not in text
    assert "## Kept" in text
    assert "### Deeper" in text


def test_first_use_of_a_term_leads_to_the_glossary_with_its_meaning():
    said: set[str] = set()
    text = with_terms("PCSOs know THRIVE. PCSOs act on THRIVE.", said)
    assert text.count('href="../methodology/glossary.html#term-PCSO"') == 1
    assert text.count('href="../methodology/glossary.html#term-THRIVE"') == 1
    assert glossary()["PCSO"].split(":")[0] in text
    assert "<a" not in with_terms("THRIVE again.", said)


def test_links_to_the_glossary_lead_from_the_folder_of_the_page():
    deep = new_notebook(cells=[new_markdown_cell("They know THRIVE.")])
    put_in_order(deep, Path("national/indicator/a.ipynb"))
    assert 'href="../../methodology/glossary.html#term-THRIVE"' in deep.cells[0].source


def test_plural_of_a_term_of_several_words_is_known():
    assert "#term-Cause-of-concern" in with_terms("Two causes of concern.", set())


def test_term_in_a_link_a_heading_or_code_is_left_alone():
    for text in ("[THRIVE](a.html)", "## THRIVE", "`THRIVE`", '<a href="x">THRIVE</a>'):
        assert with_terms(text, set()) == text


def test_every_finding_has_an_anchor_and_its_weight_in_words(evidence_of):
    ev = evidence_of("leicestershire")
    table = findings_table(ev)
    for name in ev.findings["id"]:
        assert table.count(f'id="{anchor_of(name)}"') == 1
    assert table.count("<tr id=") == len(ev.findings)
    assert {"minor", "ordinary", "major"} <= set(table.replace("<", ">").split(">"))
