"""What a user supplies is shown as it was written, whatever it looks like."""

import json
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from hostile import HOSTILE
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from nbformat.v4 import new_code_cell, new_notebook

from peelbook.charts import annex, figures
from peelbook.evidence import load_evidence
from peelbook.narrative import about, improvements, organised_crime, sections, summaries
from peelbook.narrative.citations import without_citations
from peelbook.narrative.prose import plain
from peelbook.render.execute import without_traces

# what Jupyter Book takes outputs for, and what JupyterLab may
READERS = [MarkdownIt("gfm-like"), MarkdownIt("commonmark").enable("table")]
TEXT = st.text(st.sampled_from(sorted(set("".join(HOSTILE)) - {"\n", "w"})), max_size=40)


class Seen(HTMLParser):
    """Collects the elements and the text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags, self.text = set(), ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


def as_examples(test):
    for text in HOSTILE:
        test = example(text)(test)
    return test


@as_examples
@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_plain_text_reads_the_same_in_markdown_wherever_it_stands(text):
    shown = " ".join(text.split())
    for reader in READERS:
        sentence = Seen(reader.render(f"**Theme.** {plain(text)} end"))
        assert sentence.tags == {"p", "strong"}
        assert " ".join(sentence.text.split()) == " ".join(f"Theme. {shown} end".split())
        item = Seen(reader.render(f"- {plain(text)}"))
        assert item.tags <= {"ul", "li", "p"}
        assert " ".join(item.text.split()) == shown


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_text_is_no_markup_of_myst(text):
    from myst_parser.mdit_to_docutils.base import DocutilsRenderer

    config = MdParserConfig(enable_extensions={"colon_fence", "deflist", "dollarmath"})
    parser = create_md_parser(config, DocutilsRenderer)
    kinds = {
        child.type
        for token in parser.parse(f"Theme. {plain(text)}\n\n- {plain(text)}\n")
        for child in [token, *(token.children or [])]
    }
    assert kinds <= {
        *("paragraph_open", "paragraph_close", "inline", "text"),
        *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
    }


@pytest.fixture
def evidence(findings_file, returns_file):
    """Return the evidence of Kent with hostile findings and a hostile return."""
    rows = [
        {
            "id": f"finding {i}: {text[:60]}",
            "theme": text[:60],
            "finding": text,
            "polarity": "weakness",
            "weight": "3",
            "area_for_improvement": "true",
            "area_for_improvement_text": text,
            "place": text[:60],
        }
        for i, text in enumerate(HOSTILE)
    ]
    day = {"area": "kent", "period_start": "2016-07-01", "period_end": "2016-07-01"}
    kind = {"indicator": "organised-crime-groups-by-type", "value": "5"}
    returned = [
        *({**kind, **day, "category": text[:200]} for text in HOSTILE[:8]),
        {"indicator": "vulnerable-victim-crime", "area": "kent", "note": HOSTILE[0]},
        {**day, "indicator": "organised-crime-groups", "value": "9", "note": HOSTILE[1]},
    ]
    return load_evidence(
        force="kent",
        findings=str(findings_file(*rows)),
        returns=str(returns_file(*returned)),
    )


def test_prose_of_a_book_shows_supplied_texts_as_they_were_written(evidence):
    texts = {
        "findings": sections.findings(evidence, "q1.2"),
        "areas": improvements.areas_for_improvement(evidence),
        "types": organised_crime.crime_types_of_groups(evidence),
        "summary": summaries.question_summary(evidence, "q1"),
        "command": about.parameter_set(evidence),
    }
    allowed = {"p", "strong", "em", "ul", "li", "pre", "code"}
    for name, text in texts.items():
        assert Seen(READERS[0].render(without_citations(text))).tags <= allowed, name
    areas = Seen(READERS[0].render(without_citations(texts["areas"]))).text
    for text in HOSTILE:
        assert " ".join(text.split()) in areas


def test_figures_and_tables_show_supplied_texts_as_they_were_written(evidence):
    for figure in (
        figures.organised_crime_types(evidence),
        figures.organised_crime_groups(evidence),
        figures.vulnerable_victims(evidence),
    ):
        html = READERS[0].render(figure) if isinstance(figure, str) else figure.to_html()
        assert "<script>alert" not in html
        assert "<img" not in html
        assert Seen(html).tags.isdisjoint({"img", "a"})
    assert HOSTILE[0] in unescape(figures.organised_crime_types(evidence).to_html())


def test_annex_names_files_without_their_folder(evidence):
    table = annex.parameter_table(evidence)
    folder = str(Path(evidence.parameters.findings).parent)
    assert "findings.csv (sha256 " in table
    assert folder not in table
    assert folder not in about.parameter_set(evidence)


def test_executed_notebook_keeps_no_folder_of_a_supplied_file():
    values = {"force": "kent", "findings": '/home/someone/my "own" findings.csv', "returns": ""}
    source = "# Parameters\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in values.items())
    cell = new_code_cell(source, metadata={"tags": ["injected-parameters"]})
    notebook = without_traces(new_notebook(cells=[cell]), values)
    assert "someone" not in nbformat.writes(notebook)
    assert 'findings = "my \\"own\\" findings.csv"' in notebook.cells[0].source
    assert 'force = "kent"' in notebook.cells[0].source
