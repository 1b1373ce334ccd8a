"""A whole book from hostile texts: they are on its pages, and have no effect there."""

import pytest
from bs4 import BeautifulSoup
from hostile import HOSTILE

from peelbook.parameters import parse_parameters
from peelbook.render.book import render_book
from peelbook.render.plan import Engine, Plan


@pytest.mark.book
def test_book_of_hostile_findings_shows_them_as_text(findings_file, tmp_path):
    rows = [
        {"id": f"finding {i}", "theme": text[:60], "finding": text, "sub_question": "q2.1"}
        for i, text in enumerate(HOSTILE)
    ]
    values = {"force": "kent", "period_end": "2018-03-31", "comparator": "region"}
    parameters = parse_parameters(values | {"findings": str(findings_file(*rows))})
    index = render_book(parameters, Plan(tmp_path / "books", engine=Engine.in_process))
    page = index.parent / "chapters" / "2_investigating_crime.html"
    article = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find("article")
    (shown,) = [p.parent for p in article.find_all("p") if "alert(1)" in p.text and p.strong][:1]
    assert shown.find_all(["script", "img", "code", "math", "blockquote", "h1"]) == []
    assert not [link for link in shown.find_all("a") if "example.com" in str(link.get("href"))]
    read = " ".join(shown.get_text(" ").split())
    for text in HOSTILE:
        if "'" not in text and "---" not in text:  # typographic quotes are the page's own
            assert " ".join(text.split()) in read
    for path in index.parent.rglob("*"):
        assert not path.is_file() or str(tmp_path).encode() not in path.read_bytes(), path
