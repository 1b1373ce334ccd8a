"""Sortable tables of all forces as a reader and the sorting script find them."""

import pytest
from bs4 import BeautifulSoup

from peelbook.pages.links import BookLinks, book_links
from peelbook.pages.national_notes import basis_of_grades, headline_notes
from peelbook.pages.national_tables import grades_table, headline_table
from peelbook.parameters import parse_parameters
from peelbook.tables.forces import all_forces

REPORT = parse_parameters({})


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


@pytest.fixture(scope="module")
def table() -> BeautifulSoup:
    return parsed(headline_table(REPORT, BookLinks("../..")))


def row_of(table: BeautifulSoup, name: str) -> list[str]:
    rows = {row.th.get_text(): row for row in table.select("tbody tr")}
    return [cell.get_text() for cell in rows[name].find_all("td")]


def test_every_force_has_a_row_that_links_to_its_book(table):
    links = [link["href"] for link in table.select("tbody th a")]
    assert sorted(links) == [f"../../{slug}/index.html" for slug in sorted(all_forces())]


def test_force_without_a_book_has_no_link():
    names = parsed(headline_table(REPORT, book_links("..", "kent, surrey"))).select("tbody th")
    assert [name.a["href"] for name in names if name.a] == [
        "../kent/index.html",
        "../surrey/index.html",
    ]
    assert len(names) == 43


def test_row_of_leicestershire_in_the_report_period(table):
    assert row_of(table, "Leicestershire") == [
        *("East Midlands", "58.0", "53.6", "17", "−17.4", "12.5", "9.0"),
        *("Requires improvement", "Good", "Requires improvement", "Requires improvement", "Good"),
        "Requires improvement",
    ]


def test_value_that_is_not_ranked_and_value_that_is_missing_do_not_sort(table):
    rows = {row.th.get_text(): row for row in table.select("tbody tr")}
    cells = rows["City of London"].find_all("td")
    assert cells[1].get_text() == "771.3* (not ranked)"
    assert cells[1]["data-sort"] == ""
    assert cells[6].get_text() == "–"
    assert cells[6]["data-sort"] == ""


def test_england_and_wales_stands_in_the_foot(table):
    foot = table.select_one("tfoot tr")
    assert foot.th.get_text() == "England and Wales"
    assert [cell.get_text() for cell in foot.find_all("td")][1:4] == ["67.4", "59.7", "31"]


def test_grades_sort_from_the_best(table):
    places = {
        cell.get_text().split(" (")[0].removesuffix("w"): cell["data-sort"]
        for row in table.select("tbody tr")
        for cell in row.find_all("td")[7:12]
        if cell["data-sort"]
    }
    assert places == {
        "Outstanding": "1",
        "Good": "2",
        "Requires improvement": "3",
        "Inadequate": "4",
    }


def test_table_is_named_and_its_headings_have_a_scope(table):
    assert table.caption.get_text()
    assert {cell["scope"] for cell in table.select("thead th")} == {"col"}
    assert table.select_one(".peel-table")["tabindex"] == "0"


def test_grade_read_from_the_wording_is_marked_in_words_too():
    cell = parsed(grades_table(2016)).find("th", attrs={"data-sort": "Cambridgeshire"})
    grades = [grade.get_text() for grade in cell.find_next_siblings("td")]
    assert "Goodw (read from the wording)" in grades
    assert "–" in grades


def test_period_before_all_grades_has_no_published_columns():
    heads = parsed(headline_table(parse_parameters({"period_end": "2008-06-30"}))).select(
        "thead th"
    )
    assert not [head for head in heads if "published" in head.get_text()]


def test_notes_explain_the_marks_and_name_every_source_once():
    notes = parsed(headline_notes(REPORT))
    assert "w, read from the wording" in notes.get_text()
    items = [item.get_text() for item in notes.find_all("li")]
    assert len(items) == len(set(items))


def test_counts_of_grades_add_up_to_the_questions_asked():
    rows = [
        [int(cell.get_text()) for cell in row.find_all("td")]
        for row in parsed(basis_of_grades()).select("tbody tr")
    ]
    *parts, whole = rows
    assert (
        [sum(column) for column in zip(*parts, strict=True)] == whole == [129, 215, 215, 215, 215]
    )
