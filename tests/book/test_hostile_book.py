"""A whole book from hostile texts: they are on its pages, and have no effect there."""

import pytest
from bs4 import BeautifulSoup
from hostile import HOSTILE

from peelbook.parameters import parse_parameters
from peelbook.render.book import render_book
from peelbook.render.plan import Engine, Plan


@pytest.mark.book
@pytest.mark.slow
def test_book_of_hostile_findings_shows_them_as_text(findings_file, tmp_path):
    rows = [
        {"id": f"finding {i}", "theme": text[:60], "finding": text, "sub_question": "q2.1"}
        for i, text in enumerate(HOSTILE)
    ]
    values = {"force": "kent", "period_end": "2018-03-31", "comparator": "region"}
    parameters = parse_parameters(values | {"findings": str(findings_file(*rows))})
    index = render_book(parameters, Plan(tmp_path / "books", engine=Engine.in_process))
    for page in ("2_investigating_crime", "8_findings"):
        text = (index.parent / "chapters" / f"{page}.html").read_text(encoding="utf-8")
        article = BeautifulSoup(text, "html.parser").find("article")
        shown = next(
            cell for cell in article.find_all(class_="cell_output") if "alert(1)" in cell.text
        )
        assert shown.find_all(["script", "img", "code", "math", "blockquote", "h1"]) == []
        links = {str(link.get("href")) for link in shown.find_all("a")}
        assert not [link for link in links if "example.com" in link or "alert" in link]
        read = " ".join(shown.get_text(" ").split())
        for written in HOSTILE:
            if "'" not in written and "---" not in written:  # typographic quotes are the page's own
                # Sphinx's typography takes a backslash before a full stop for an escaped full stop
                assert " ".join(written.rstrip("\\").split()) in read
    for path in index.parent.rglob("*"):
        assert not path.is_file() or str(tmp_path).encode() not in path.read_bytes(), path
