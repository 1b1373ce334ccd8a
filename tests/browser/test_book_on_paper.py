"""The PDF of a book: whole, in order, with its bookmarks, and the same every time."""

from __future__ import annotations

import shutil

import pytest
from rendered_book import FIRST, PROJECT

from peelbook.parameters import parse_parameters
from peelbook.render.contents import read_contents
from peelbook.render.current import book_title
from peelbook.render.finish.about import About, settings_of
from peelbook.render.pdf import make_pdf

pytestmark = pytest.mark.browser

NUMBERED_FIGURES = (1, 2, 3, 4, 8)  # of the others hardly any force has a value
LEAST_PAGES, MOST_PAGES = 30, 80


@pytest.fixture(scope="module")
def printed(driver, books, tmp_path_factory):
    """Return the book's folder and its PDF, printed twice."""
    pypdf = pytest.importorskip("pypdf")
    book = tmp_path_factory.mktemp("paper") / FIRST
    shutil.copytree(books.first, book)
    parameters = parse_parameters({"force": FIRST})
    about = About.from_settings(settings_of(parameters), book_title(parameters))
    chapters = [page.stem for page in read_contents(PROJECT).chapters]
    path = make_pdf(book, chapters, about)
    first = path.read_bytes()
    make_pdf(book, chapters, about)
    return book, first, path.read_bytes(), pypdf.PdfReader(path)


def test_same_book_gives_the_same_bytes(printed):
    _, first, second, _ = printed
    assert first == second


def test_every_chapter_has_a_bookmark_and_its_page_in_the_contents(printed):
    book, _, _, reader = printed
    assert LEAST_PAGES <= len(reader.pages) <= MOST_PAGES
    marked = {
        entry.title: reader.get_destination_page_number(entry) + 1
        for entry in reader.outline
        if not isinstance(entry, list)
    }
    contents = reader.pages[1].extract_text()
    for title in ("Overview", "1. Preventing crime and anti-social behaviour", "Next steps"):
        assert marked[title] > 2
        assert title in contents
        assert str(marked[title]) in contents
        assert title[:20] in reader.pages[marked[title] - 1].extract_text()


def test_pages_name_the_force_and_their_number(printed):
    _, _, _, reader = printed
    for number, page in list(enumerate(reader.pages, start=1))[2:]:
        text = page.extract_text()
        assert "Leicestershire Police" in text
        assert str(number) in text


def test_text_and_figures_of_the_book_are_there_and_what_is_for_a_screen_is_not(printed):
    _, _, _, reader = printed
    text = " ".join(page.extract_text() for page in reader.pages)
    for number in NUMBERED_FIGURES:
        assert f"Figure {number}." in text
    assert "Data behind this" in text  # what is folded on a screen; the last word has a ligature
    assert "12 months ending" in text  # the axis of a chart
    for control in ("Show the code", "Picture (SVG)", "Data (CSV)"):
        assert control not in text


def test_chapters_lead_to_the_pdf_once(printed):
    book, _, _, _ = printed
    page = (book / "chapters" / "0_overview.html").read_text(encoding="utf-8")
    assert page.count(f"../downloads/{FIRST}.pdf") == 1
    assert not (book / "chapters" / ".print.html").exists()
