"""A book is about its own force only, and the same parameters give the same book."""

import json

import pytest
from rendered_book import FIRST, chapter_pages, methodology_pages

from peelbook.tables import load_table
from peelbook.tables.forces import force_named

pytestmark = pytest.mark.book

TRANSCRIBED_FROM = sorted(
    reason
    for reason in load_table("missing_values")["reason"].unique()
    if FIRST in reason.lower()  # what is known only of the first force, and why
)
HOW_TO_CITE = "methodology/how_to_cite.html"


def without_rows_of_all_forces(page, parsed_name: str) -> str:
    """Return the text and attributes of a page but for charts and tables of every force.

    Charts carry their data in a script, tables one force a row, named in its heading.
    """
    texts = [
        str(text)
        for text in page.find_all(string=True)
        if text.parent.name != "script" and not is_heading_of_a_row(text.parent)
    ]
    attributes = [
        value if isinstance(value, str) else " ".join(value)
        for element in page.find_all(True)
        for value in element.attrs.values()
    ]
    return "\n".join([parsed_name, *texts, *attributes])


def is_heading_of_a_row(element) -> bool:
    return element.name == "th" and element.get("scope") == "row"


@pytest.mark.parametrize("page", chapter_pages())
def test_second_force_has_no_trace_of_the_first(books, parsed, page):
    text = without_rows_of_all_forces(parsed(books.second / page), page)
    for reason in TRANSCRIBED_FROM:
        text = text.replace(reason, "")
    lines = [line for line in text.splitlines() if FIRST in line.lower()]
    assert lines == []


@pytest.mark.parametrize("page", chapter_pages())
def test_second_force_is_named_in_the_title_of_its_pages(books, parsed, page):
    second = force_named(books.second.name).name
    assert second in parsed(books.second / page).get_text()


def test_charts_bring_out_the_force_of_the_book_and_no_other(books, parsed):
    for book in (books.first, books.second):
        own = force_named(book.name).short_name
        strong = {
            row["area"]
            for page in chapter_pages()
            for chart in parsed(book / page).select(".peel-chart script")
            for rows in json.loads(chart.string)["datasets"].values()
            for row in rows
            if row.get("force") == "yes"
        }
        assert strong <= {own}, book.name


@pytest.mark.parametrize("page", [page for page in methodology_pages() if page != HOW_TO_CITE])
def test_methodology_is_the_same_in_every_book(books, parsed, page):
    first, second = (parsed(book / page).article for book in (books.first, books.second))
    assert first.get_text() == second.get_text()


def test_same_parameters_give_the_same_bytes(books):
    """Every file but `.buildinfo`, where Sphinx keeps a hash of its settings for itself."""
    first, again = (
        {path.relative_to(book).as_posix(): path for path in book.rglob("*") if path.is_file()}
        for book in (books.first, books.first_again)
    )
    assert set(first) == set(again)
    compared = [name for name in sorted(first) if name != ".buildinfo"]
    different = [name for name in compared if first[name].read_bytes() != again[name].read_bytes()]
    assert different == []


def test_how_to_cite_names_the_force_of_its_own_book(books, parsed):
    second = parsed(books.second / HOW_TO_CITE).article.get_text()
    assert "City of London Police, 12 months to 30 June 2016" in second
    assert "Leicestershire" not in second
