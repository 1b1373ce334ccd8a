"""What a page is for its readers: light, dark where they want it, found, printed, taken away."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from rendered_book import FIRST, chapter_pages

pytestmark = pytest.mark.browser

CHAPTER = "chapters/1_preventing_crime.html"
WITHOUT_CHART = "methodology/glossary.html"
MOST_BYTES = {WITHOUT_CHART: 250_000, CHAPTER: 1_000_000}


@pytest.fixture
def in_mode(driver, open_page):
    """Return a function that opens a page in light or in dark; light comes back in the end."""

    def open_(page: str, mode: str, width: int = 1280, book: str = "first"):
        media = [
            {"name": "prefers-color-scheme", "value": mode},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
        return open_page(page, width, book)

    yield open_
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("page", MOST_BYTES)
def test_page_is_light_once_compressed(visit, page):
    files = {
        unquote(urlsplit(url).path) for url in visit(page, 1280).requests if url[:5] == "file:"
    }
    sizes = {file: len(gzip.compress(Path(file).read_bytes(), 6)) for file in files}
    assert sum(sizes.values()) < MOST_BYTES[page], sizes


def test_libraries_of_charts_are_fetched_only_where_there_is_one(visit):
    def asked(page):
        return any("vega.js" in url for url in visit(page, 1280).requests)

    assert not asked(WITHOUT_CHART)
    assert asked(CHAPTER)


def test_chart_follows_a_dark_page_and_its_paper_does_not(in_mode, driver):
    ground = (
        "const svg = document.querySelector('.peel-canvas svg');"
        "const text = svg.querySelector('text[fill]');"
        "return [getComputedStyle(svg).backgroundColor, getComputedStyle(text).fill]"
    )
    _, light = in_mode(CHAPTER, "light").execute_script(ground)
    back, dark = in_mode(CHAPTER, "dark").execute_script(ground)
    assert light == "rgb(43, 43, 43)"
    assert dark == "rgb(230, 230, 230)"
    assert back == "rgba(0, 0, 0, 0)"
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert driver.execute_script(ground)[1] == light
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("page", [CHAPTER, "chapters/2_investigating_crime.html"])
def test_every_word_of_a_chart_is_seen_on_a_dark_page(in_mode, page):
    dark_words = """
      const light = (colour) => Math.max(...colour.match(/\\d+/g).slice(0, 3).map(Number)) > 150;
      return [...document.querySelectorAll(".peel-canvas svg text")].filter((text) =>
        text.textContent && text.getAttribute("fill") !== "#ffffff"  // that on the strong colour
        && !light(getComputedStyle(text).fill)).map((text) => text.textContent);
    """
    assert in_mode(page, "dark").execute_script(dark_words) == []


def test_paper_cuts_no_table_and_opens_what_is_folded(driver, open_page):
    too_wide = """
      window.dispatchEvent(new Event("beforeprint"));
      const edge = document.documentElement.clientWidth + 1;
      const cut = [...document.querySelectorAll("article table")].filter((table) => {
        if (table.getBoundingClientRect().right > edge) return true;
        for (let above = table.parentElement; above !== document.body; above = above.parentElement) {
          const clips = getComputedStyle(above).overflowX !== "visible";
          if (clips && above.scrollWidth > above.clientWidth + 1) return true;
        }
        return false;
      });
      const closed = document.querySelectorAll("article details:not([open])").length;
      window.dispatchEvent(new Event("afterprint"));
      return [cut.map((table) => table.caption?.textContent), closed];
    """
    for page in [*chapter_pages(), "methodology/indicator_catalogue.html"]:
        open_page(page, 703)
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        assert driver.execute_script(too_wide) == [[], 0], page
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("width", [360, 1280])
def test_table_says_that_it_scrolls_where_it_does_and_only_there(open_page, width):
    tables = """
      document.querySelectorAll("article details").forEach((each) => { each.open = true; });
      await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
      return [...document.querySelectorAll(".peel-table")].map((table) => {
        const hint = table.previousElementSibling;
        // what is cut may be no more than the blank edge of the last column
        const blank = parseFloat(getComputedStyle(table.querySelector("tr > :last-child")).paddingRight);
        return {
          scrolls: table.scrollWidth > table.clientWidth + blank,
          said: Boolean(hint && hint.matches(".peel-scrolls") && hint.offsetHeight),
          shaded: getComputedStyle(table).backgroundImage.split("linear-gradient").length - 1,
          focus: table.tabIndex,
        };
      });
    """
    found = open_page(CHAPTER, width).execute_script(f"return (async () => {{{tables}}})()")
    assert any(table["scrolls"] for table in found) or width == 1280
    for table in found:
        assert table["said"] == table["scrolls"], found
        assert (table["shaded"], table["focus"]) == (4, 0)


def test_code_of_a_figure_stands_below_it(open_page):
    places = """
      return [...document.querySelectorAll(".cell > details.above-input")].map((code) => [
        code.getBoundingClientRect().top
          - code.parentElement.querySelector("figure, .peel-table").getBoundingClientRect().bottom,
        code === code.parentElement.lastElementChild]);
    """
    found = open_page(CHAPTER).execute_script(places)
    assert found
    assert all(0 <= below < 100 and last for below, last in found), found


def test_data_of_a_figure_are_one_link_away(open_page, books):
    browser = open_page(CHAPTER)
    link = browser.find_element("css selector", "#figure-1 .peel-take a[href$='.csv']")
    file = Path(unquote(urlsplit(link.get_attribute("href")).path))
    rows = list(csv.reader(file.open(encoding="utf-8", newline="")))
    shown = browser.execute_script(
        "return [...document.querySelectorAll('#figure-1 table tr')].map((row) => row.cells.length)"
    )
    assert [len(row) for row in rows] == shown
    assert link.get_attribute("download") == f"{FIRST}-figure-1.csv"


def test_picture_of_a_chart_is_saved_under_the_name_of_force_and_figure(open_page, wait):
    browser = open_page(CHAPTER)
    browser.execute_script(
        "window.saved = []; HTMLAnchorElement.prototype.click = function () {"
        " saved.push([this.download, this.href]); }"
    )
    [button] = browser.find_elements("css selector", "#figure-3 .peel-pictures button")
    browser.execute_script("arguments[0].click()", button)
    [[name, address]] = wait(lambda: browser.execute_script("return saved"))
    assert name == f"{FIRST}-figure-3.png"
    assert address.startswith("data:image/png;base64,")
    assert len(address) > 20_000


def test_picture_beside_the_page_carries_title_and_source(open_page):
    browser = open_page(CHAPTER)
    title = browser.find_element("css selector", "#figure-3 .peel-title").text
    link = browser.find_element("css selector", "#figure-3 .peel-take a[href$='.svg']")
    assert link.get_attribute("download") == f"{FIRST}-figure-3.svg"
    text = Path(unquote(urlsplit(link.get_attribute("href")).path)).read_text(encoding="utf-8")
    assert title.split()[-1] in text
    for part in ("<title>", "Source: ", "Open Government Licence"):
        assert part in text


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("ASB", "1_preventing_crime"),
        ("MARAC", "glossary"),
        ("burglary", "0_force_in_numbers"),
        ("rape", "0_force_in_numbers"),
        ("knife crime", "0_force_in_numbers"),
        ("grade", "0_overview"),
        ("similar forces", "7_annex_a"),
        ("download data", "data_dictionary"),
    ],
)
def test_search_finds_the_page_that_a_reader_means(open_page, wait, query, page):
    browser = open_page(f"search.html?q={query.replace(' ', '+')}")
    links = wait(lambda: browser.find_elements("css selector", ".peel-results > li > p > a"))
    assert any(page in link.get_attribute("href") for link in links[:3])


def test_result_opens_at_the_word_which_is_marked(open_page, wait):
    browser = open_page("search.html?q=burglary")
    wait(lambda: browser.find_elements("css selector", ".peel-results a"))[0].click()
    marks = wait(lambda: browser.find_elements("css selector", "article mark"))
    seen = "const box = arguments[0].getBoundingClientRect(); return box.top > 0 && box.top < 900"
    wait(lambda: any(browser.execute_script(seen, mark) for mark in marks))


def test_page_runs_no_script_that_its_policy_does_not_name(visit, books):
    for page in (CHAPTER, WITHOUT_CHART):
        assert "Content-Security-Policy" in (books.first / page).read_text(encoding="utf-8")
        assert visit(page, 1280).errors == []


def test_result_in_a_book_on_its_own_is_not_said_to_be_of_all_forces(open_page, wait):
    browser = open_page("search.html?q=burglary")
    places = wait(lambda: browser.find_elements("css selector", ".peel-result-where"))
    assert not [place.text for place in places if place.text.startswith("All forces")]
