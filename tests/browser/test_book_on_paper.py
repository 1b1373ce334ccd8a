"""The PDFs of a book and of its summary: whole, in order, and the same every time."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from rendered_book import FIRST, PROJECT, SECOND

from peelbook.parameters import parse_parameters
from peelbook.render.contents import read_contents
from peelbook.render.current import book_title
from peelbook.render.finish.about import About, settings_of
from peelbook.render.pdf import make_pdf, make_summary
from peelbook.render.print_page import SUMMARY

pytestmark = pytest.mark.browser

NUMBERED_FIGURES = (1, 2, 3, 4, 8)  # of the others hardly any force has a value
LEAST_PAGES, MOST_PAGES = 30, 90
FEWEST_WORDS = 100
CHAPTERS = [page.stem for page in read_contents(PROJECT).chapters]
PARTS_OF_A_SUMMARY = (
    *("Grades and what they rest on", "Some figures among all forces"),
    *("Question by question", "Preventing crime and anti-social behaviour"),
    *("What the force was asked to improve", "What a panel could ask", "Where to read on"),
)


@pytest.fixture(scope="module")
def printed(driver, books, tmp_path_factory):
    """Return the book's folder and its PDF."""
    pypdf = pytest.importorskip("pypdf")
    book = tmp_path_factory.mktemp("paper") / FIRST
    shutil.copytree(books.first, book)
    path = make_pdf(book, CHAPTERS, about_book_of(FIRST))
    return book, path.read_bytes(), pypdf.PdfReader(path)


@pytest.fixture(scope="module")
def texts(printed):
    """Return the text of each page of the PDF."""
    _, _, reader = printed
    return [page.extract_text() for page in reader.pages]


def about_book_of(force: str) -> About:
    parameters = parse_parameters({"force": force})
    return About.from_settings(settings_of(parameters), book_title(parameters))


@pytest.fixture(scope="module")
def summary_of(driver, books, tmp_path_factory):
    """Return a function that copies the book of a force, prints its summary, and returns that."""
    pytest.importorskip("pypdf")
    rendered = {FIRST: books.first, SECOND: books.second}

    def make(force: str) -> Path:
        book = tmp_path_factory.mktemp("summary") / force
        shutil.copytree(rendered[force], book)
        return make_summary(book, CHAPTERS, about_book_of(force))

    return make


def difference(first: bytes, second: bytes) -> str:
    """Say in one line how two PDFs differ, so that a test that fails does not print them whole."""
    if first == second:
        return ""
    pypdf = pytest.importorskip("pypdf")
    readers = [pypdf.PdfReader(io.BytesIO(content)) for content in (first, second)]
    sizes = [reader.trailer["/Size"] for reader in readers]
    for number in range(1, min(sizes)):
        here, there = (_shown(reader.get_object(number)) for reader in readers)
        if here != there:
            at = next(
                (i for i, pair in enumerate(zip(here, there, strict=False)) if len(set(pair)) > 1),
                0,
            )
            near = slice(max(at - 60, 0), at + 60)
            return f"object {number} of {sizes}: {here[near]!r} is not {there[near]!r}"
    return f"{len(first)} and {len(second)} bytes, {sizes} objects"


def _shown(content) -> str:
    """Return an object of a PDF as text, a stream with what it holds."""
    data = content.get_data() if hasattr(content, "get_data") else b""
    return re.sub(r"IndirectObject\((\d+), 0, \d+\)", r"\1 R", f"{content} {data!r}")


@pytest.mark.slow
def test_same_book_printed_again_gives_the_same_bytes_and_one_link(printed):
    book, first, _ = printed
    assert difference(first, make_pdf(book, CHAPTERS, about_book_of(FIRST)).read_bytes()) == ""
    assert _links_to_the_pdf(book) == 1


def test_difference_between_two_pdfs_is_named(printed):
    _, first, _ = printed
    assert "(header00000007)" in first.decode("latin-1")
    other = first.replace(b"(header00000007)", b"(header0000000x)", 1)
    assert "header0000000x" in difference(first, other)


def test_every_chapter_has_a_bookmark_and_its_page_in_the_contents(printed, texts):
    _, _, reader = printed
    assert LEAST_PAGES <= len(texts) <= MOST_PAGES
    marked = {
        entry.title: reader.get_destination_page_number(entry) + 1
        for entry in reader.outline
        if not isinstance(entry, list)
    }
    contents = texts[1]
    for title in ("Overview", "1. Preventing crime and anti-social behaviour", "Next steps"):
        assert marked[title] > 2
        assert title in contents
        assert str(marked[title]) in contents
        assert title[:20] in texts[marked[title] - 1]


def test_pages_name_the_force_and_their_number(texts):
    for number, text in list(enumerate(texts, start=1))[2:]:
        assert "Leicestershire Police" in text
        assert str(number) in text


def test_no_page_is_nearly_empty(texts):
    words = [len(text.split()) for text in texts]
    # after title and contents, and but for the end
    assert min(words[2:-1]) > FEWEST_WORDS, words


def test_text_and_figures_of_the_book_are_there_and_what_is_for_a_screen_is_not(texts):
    text = " ".join(texts)
    for number in NUMBERED_FIGURES:
        assert f"Figure {number}." in text
    assert "Data behind this" in text  # what is folded on a screen; the last word has a ligature
    assert "12 months ending" in text  # the axis of a chart
    for control in ("Show the code", "Picture (SVG)", "Data (CSV)"):
        assert control not in text


def _links_to_the_pdf(book: Path) -> int:
    page = (book / "chapters" / "0_overview.html").read_text(encoding="utf-8")
    return page.count(f"../downloads/{FIRST}.pdf")


def test_chapters_lead_to_the_pdf_once(printed):
    book, _, _ = printed
    assert _links_to_the_pdf(book) == 1
    assert not (book / "chapters" / ".print.html").exists()


def test_summary_of_the_fullest_book_is_four_pages_with_all_its_parts_and_its_force(summary_of):
    from pypdf import PdfReader

    pages = [page.extract_text() for page in PdfReader(summary_of(FIRST)).pages]
    assert len(pages) == 4
    text = " ".join(" ".join(pages).split())
    assert [part for part in PARTS_OF_A_SUMMARY if part not in text] == []
    for number, page in enumerate(pages, start=1):
        assert "Leicestershire Police" in page
        assert str(number) in page
        assert len(page.split()) > 120, f"page {number} is nearly empty"


def test_summary_of_a_book_with_few_figures_is_shorter_and_the_same_every_time(summary_of):
    from pypdf import PdfReader

    first, second = (summary_of(SECOND) for _ in range(2))
    assert difference(first.read_bytes(), second.read_bytes()) == ""
    assert len(PdfReader(first).pages) <= 3


def test_book_leads_to_the_pdf_of_its_summary_and_leaves_the_summary_out_of_its_own(
    summary_of, texts
):
    book = summary_of(FIRST).parents[1]
    for chapter in ("0_overview", SUMMARY):
        page = (book / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")
        assert page.count(f"../downloads/{FIRST}-summary.pdf") == 1
    assert "What a panel could ask" not in texts[1]
    assert "Summary for a police" not in texts[1]
