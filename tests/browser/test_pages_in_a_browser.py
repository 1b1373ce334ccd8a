"""The book works as a folder of files in a real browser that reaches no other host."""

import pytest
from rendered_book import all_pages, chapter_pages

pytestmark = pytest.mark.browser

WIDTHS = [1280, 360]
PAGES_AT_WIDTHS = [
    *(("first", page, width) for page in all_pages() for width in WIDTHS),
    *(("second", page, 360) for page in chapter_pages()),
]

each_page = pytest.mark.parametrize(("book", "page", "width"), PAGES_AT_WIDTHS)


@each_page
def test_every_chart_is_drawn_with_its_marks_and_fits_its_place(visit, book, page, width):
    for chart in visit(page, width, book).charts:
        assert chart["drawn"] == "yes", chart
        assert chart["marks"] > 0, chart
        assert 0 < chart["svg_width"] <= chart["width"] + 1, chart


@each_page
def test_page_is_not_wider_than_the_window(visit, book, page, width):
    seen = visit(page, width, book)
    assert seen.inner_width <= width
    assert seen.scroll_width <= seen.inner_width, seen.too_wide[:10]
    assert seen.too_wide == []


@each_page
def test_page_has_no_error_on_the_console(visit, book, page, width):
    assert visit(page, width, book).errors == []


@each_page
def test_page_asks_no_other_host_for_anything(visit, book, page, width):
    requests = visit(page, width, book).requests
    assert requests
    assert [url for url in requests if not url.startswith(("file:", "data:", "blob:"))] == []


def test_chapters_of_the_reference_case_draw_charts(visit):
    drawn = {chart["figure"] for page in chapter_pages() for chart in visit(page, 1280).charts}
    assert {"figure-1", "figure-3"} <= drawn


def test_root_of_the_book_leads_to_its_first_chapter(visit):
    assert visit("index.html", 1280).address.endswith(chapter_pages()[0])


@pytest.mark.parametrize("book", ["first", "second"])
def test_table_of_grades_is_in_sight_on_a_wide_page(open_page, book):
    page = open_page("chapters/0_overview.html", 1280, book)
    holders = page.execute_script(
        "return [...document.querySelectorAll('.peel-grades')].map(e => [e.clientWidth, e.scrollWidth])"
    )
    assert holders
    for shown, whole in holders:
        assert whole <= shown


@pytest.mark.parametrize("width", [320, 375, 390, 412, 1280])
def test_names_of_outcomes_end_within_their_figure(open_page, width):
    page = open_page("chapters/2_investigating_crime.html", width)
    beyond = page.execute_script(
        """const figure = document.querySelector("#figure-4");
        const edge = figure.querySelector(".peel-chart").getBoundingClientRect().right;
        return [...figure.querySelectorAll("svg text")]
          .map((text) => [text.textContent, text.getBoundingClientRect().right - edge])
          .filter(([, over]) => over > 1);"""
    )
    assert beyond == []
