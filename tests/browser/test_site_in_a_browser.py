"""What a reader does with a site: finds a force, sorts, chooses a map, changes the force."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from small_site import CHAPTER, LATER, NATIONAL, OWN_STATIC, SPREAD

from .conftest import keys, requested

pytestmark = pytest.mark.browser


def shown(browser: Any, selector: str) -> list[str]:
    """Return the texts of the elements that are displayed."""
    found = browser.find_elements("css selector", selector)
    return [element.text for element in found if element.is_displayed()]


def test_typing_narrows_the_list_and_enter_opens_the_only_book(open_at, wait):
    browser = open_at("index.html")
    box = browser.find_element("id", "find-name")
    box.send_keys("midl")
    assert shown(browser, ".region h3") == ["East Midlands", "West Midlands"]
    assert browser.find_element("id", "find-count").text == "9 forces"
    box.clear()
    box.send_keys("avon & so")
    assert shown(browser, ".region a") == ["Avon and Somerset Constabulary"]
    box.send_keys(keys().ENTER)
    wait(lambda: browser.current_url.endswith("/avon-and-somerset/index.html"))


def test_name_that_no_force_has_is_said_and_clearing_brings_all_back(open_at):
    browser = open_at("index.html")
    box = browser.find_element("id", "find-name")
    box.send_keys("narnia")
    assert shown(browser, ".region a") == []
    assert browser.find_element("id", "find-count").text.startswith("No force has that name")
    box.send_keys(keys().BACKSPACE * 6)
    assert len(shown(browser, ".region a")) == 43


def test_find_box_and_first_book_are_reached_with_the_keyboard(open_at):
    from selenium.webdriver import ActionChains

    browser = open_at("index.html")
    reached = []
    for _ in range(5):
        ActionChains(browser).send_keys(keys().TAB).perform()
        focused = browser.switch_to.active_element
        reached.append(focused.get_attribute("id") or focused.text)
    assert reached == [
        *("Skip to find your force", "National overview", "Methodology", "find-name"),
        "Bedfordshire Police",
    ]


@pytest.mark.parametrize(
    ("page", "selector"),
    [
        ("index.html", ".peel-chart .mark-shape path"),
        (NATIONAL, ".peel-panel:nth-child(1) .mark-shape path"),
        (NATIONAL, ".peel-panel:nth-child(2) .mark-rect path"),
    ],
)
def test_click_on_the_map_opens_the_book_in_the_same_window(open_at, wait, page, selector):
    from selenium.webdriver import ActionChains

    browser = open_at(page)
    areas = browser.find_elements("css selector", selector)
    largest = max(areas, key=lambda area: area.size["width"] * area.size["height"])
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", largest)
    windows = len(browser.window_handles)
    before = browser.current_url
    ActionChains(browser).move_to_element(largest).click().perform()
    wait(lambda: browser.current_url != before)
    assert browser.current_url.endswith("/index.html")
    assert len(browser.window_handles) == windows
    assert browser.title == Path(browser.current_url).parent.name


def column(browser: Any, number: int) -> list[str]:
    cells = browser.find_elements(
        "css selector", f"[data-sortable] tbody tr > :nth-child({number})"
    )
    return [cell.get_attribute("data-sort") for cell in cells]


def test_table_sorts_by_keyboard_both_ways_with_missing_values_last(open_at):
    browser = open_at(NATIONAL)
    table = browser.find_element("css selector", "table[data-sortable]")
    heading = table.find_element("css selector", "thead th:nth-child(3)")
    button = heading.find_element("tag name", "button")
    browser.execute_script("arguments[0].focus()", button)
    for order, ascending in (("ascending", True), ("descending", False)):
        button.send_keys(keys().ENTER)
        assert heading.get_attribute("aria-sort") == order
        *ranked, last = column(browser, 3)
        assert last == ""
        numbers = [float(value) for value in ranked]
        assert numbers == sorted(numbers, reverse=not ascending)
    marked = table.find_elements("css selector", "thead th[aria-sort]")
    assert [cell.get_attribute("aria-sort") for cell in marked] == ["descending"]
    first = browser.find_element("css selector", "tbody th").text
    assert first == "West Yorkshire"


def test_grades_sort_by_space_from_the_best_and_names_by_click(open_at):
    browser = open_at(NATIONAL)
    button = browser.find_element("css selector", "thead th:nth-child(9) button")
    button.send_keys(keys().SPACE)
    assert browser.find_element("css selector", "tbody th").text == "Durham"
    names = browser.find_element("css selector", "thead th:nth-child(1) button")
    names.click()
    assert browser.find_element("css selector", "tbody th").text == "Avon and Somerset"
    names.click()
    assert browser.find_element("css selector", "tbody th").text == "Wiltshire"


def test_headings_stay_in_sight_and_never_cover_the_link_that_has_the_focus(open_at):
    browser = open_at(NATIONAL)
    links = browser.find_elements("css selector", "[data-sortable] tbody th a")
    for link in [*links, *reversed(links)]:
        browser.execute_script("arguments[0].focus()", link)
        frame, head, last, focused = browser.execute_script(
            """
            const table = arguments[0].closest("table");
            const cells = [table.tHead, table.tFoot].map((part) => part.rows[0].cells[2]);
            return [table.parentNode, ...cells, arguments[0]]
              .map((element) => element.getBoundingClientRect());
            """,
            link,
        )
        assert head["top"] >= frame["top"] - 1
        assert head["bottom"] <= focused["top"]
        assert focused["bottom"] <= last["top"]


def test_choice_of_measure_changes_both_maps_and_their_descriptions(open_at, wait):
    from selenium.webdriver.support.ui import Select

    browser = open_at(NATIONAL)
    fills = (
        "return [...document.querySelectorAll('.mark-shape path, .mark-rect path')]"
        ".map((area) => area.getAttribute('fill'))"
    )
    before = browser.execute_script(fills)
    label = browser.find_element("css selector", ".peel-map-choice label")
    assert label.text == "Show on the maps"
    Select(browser.find_element("id", label.get_attribute("for"))).select_by_index(2)
    wait(lambda: browser.execute_script(fills) != before)
    charts = browser.find_elements("css selector", ".peel-chart")
    said = [chart.accessible_name for chart in browser.find_elements("class name", "peel-picture")]
    assert len(said) == len(charts) == 2
    assert all("Anti-social behaviour" in name for name in said)


def test_switcher_keeps_the_chapter_and_the_place_in_it(open_at, wait):
    from selenium.webdriver.support.ui import Select

    browser = open_at(f"kent/{CHAPTER}#figure-1")
    label = wait(lambda: browser.find_elements("css selector", ".peel-switcher label"))[0]
    assert label.text == "This page for another force"
    choice = Select(browser.find_element("id", label.get_attribute("for")))
    assert choice.first_selected_option.text == "Kent Police"
    assert len(choice.options) == 43
    choice.select_by_visible_text("Surrey Police")
    wait(lambda: browser.current_url.endswith(f"/surrey/{CHAPTER}#figure-1"))
    assert browser.title == "surrey"


def test_switcher_works_in_a_book_that_has_its_own_static_files(open_at, wait):
    from selenium.webdriver.support.ui import Select

    browser = open_at(f"{OWN_STATIC}/{CHAPTER}")
    select = Select(wait(lambda: browser.find_elements("id", "peel-force"))[0])
    assert select.first_selected_option.text == "Surrey Police"
    select.select_by_visible_text("Kent Police")
    wait(lambda: browser.current_url.endswith(f"/kent/{CHAPTER}"))


def test_choice_of_edition_keeps_force_chapter_and_place(open_at, wait):
    from selenium.webdriver.support.ui import Select

    browser = open_at(f"kent/{CHAPTER}#figure-1")
    label = wait(lambda: browser.find_elements("css selector", "label[for=peel-edition]"))[0]
    assert label.text == "This page for another edition"
    choice = Select(browser.find_element("id", "peel-edition"))
    assert choice.first_selected_option.text == "Inspection of 2016, 12 months to 30 June 2016"
    choice.select_by_visible_text("Inspection of 2017, 12 months to 30 June 2017")
    wait(lambda: browser.current_url.endswith(f"/{LATER}/kent/{CHAPTER}#figure-1"))
    assert browser.title == "kent later"


def test_choice_of_force_stays_in_the_edition_and_offers_only_its_books(open_at, wait):
    from selenium.webdriver.support.ui import Select

    browser = open_at(f"{LATER}/kent/{CHAPTER}")
    choice = Select(wait(lambda: browser.find_elements("id", "peel-force"))[0])
    assert [option.text for option in choice.options] == ["Kent Police", "Sussex Police"]
    choice.select_by_visible_text("Sussex Police")
    wait(lambda: browser.current_url.endswith(f"/{LATER}/sussex/{CHAPTER}"))
    assert browser.title == "sussex later"


def test_book_that_no_other_edition_has_offers_none(open_at, wait):
    browser = open_at(f"gwent/{CHAPTER}")
    wait(lambda: browser.find_elements("id", "peel-force"))
    assert browser.find_elements("id", "peel-edition") == []


def test_page_about_all_forces_leads_back_to_the_edition_that_the_reader_came_from(open_at, wait):
    open_at(f"{LATER}/kent/{CHAPTER}")
    browser = open_at(NATIONAL)
    wait(lambda: browser.find_elements("link text", "Back to the book of Kent Police"))[0].click()
    wait(lambda: browser.current_url.endswith(f"/{LATER}/kent/index.html"))


def test_link_beside_the_switcher_leads_to_the_front_page(open_at, wait):
    browser = open_at(f"kent/{CHAPTER}")
    wait(lambda: browser.find_elements("link text", "All forces"))[0].click()
    wait(lambda: browser.title.startswith("PEEL effectiveness books"))


def test_switcher_waits_for_the_button_when_used_with_the_keyboard(open_at, wait):
    browser = open_at(f"kent/{CHAPTER}")
    select = wait(lambda: browser.find_elements("id", "peel-force"))[0]
    select.send_keys("su")
    assert browser.title == "kent"
    browser.find_element("css selector", ".peel-switcher button").send_keys(keys().ENTER)
    wait(lambda: browser.title == "suffolk")
    assert browser.current_url.endswith(f"/suffolk/{CHAPTER}")


def test_switcher_on_a_page_about_all_forces_opens_the_start_of_a_book(open_at, wait):
    from selenium.webdriver.support.ui import Select

    browser = open_at(NATIONAL)
    select = wait(lambda: browser.find_elements("id", "peel-force"))[0]
    assert Select(select).first_selected_option.text == "Choose a force"
    Select(select).select_by_visible_text("Gwent Police")
    wait(lambda: browser.current_url.endswith("/gwent/index.html"))


def test_book_outside_a_site_has_no_switcher_and_no_error(open_at):
    browser = open_at(f"alone/{CHAPTER}")
    assert browser.find_elements("css selector", ".peel-switcher") == []
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("page", ["index.html", NATIONAL, SPREAD, f"kent/{CHAPTER}"])
def test_page_fits_has_no_error_and_asks_nobody_else(open_at, page, width):
    browser = open_at(page, width)
    across = browser.execute_script("return document.documentElement.scrollWidth")
    assert across <= width
    charts = browser.find_elements("css selector", ".peel-chart")
    assert [chart.get_attribute("data-drawn") for chart in charts] == ["yes"] * len(charts)
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
    addresses = requested(browser.get_log("performance"))
    assert addresses
    assert [url for url in addresses if not url.startswith(("file:", "data:", "blob:"))] == []


def test_front_page_shows_the_date_of_its_file(open_at, site):
    known = 1588327200  # 1 May 2020, 10 in the morning
    os.utime(site / "index.html", (known, known))
    place = open_at("index.html").find_element("id", "last-rendered")
    assert place.text.startswith("Last rendered: 1 May 2020. This is the date of this page's file")


def test_front_page_shows_no_date_where_the_browser_knows_of_none(open_at, driver):
    now = "new Date().toLocaleString('en-US', {hourCycle: 'h23'}).replace(',', '')"
    answer = f"Object.defineProperty(Document.prototype, 'lastModified', {{get: () => {now}}})"
    added = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": answer})
    try:
        assert not open_at("index.html").find_element("id", "last-rendered").is_displayed()
    finally:
        driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)
