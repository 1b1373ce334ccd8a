"""Maps and dots that lead to books, used with the keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from small_site import FEW_BOOKS, NATIONAL, SPREAD

from .conftest import keys

pytestmark = pytest.mark.browser

MOST_TABS = 200
LINKS = 'path[role="link"]'
KINDS = [
    ("index.html", ".map .peel-chart", "Kent, South East", 43),
    (NATIONAL, ".peel-panel:nth-child(1) .peel-chart", "Kent: 65.1 per 1,000 population", 43),
    (NATIONAL, ".peel-panel:nth-child(2) .peel-chart", "Kent: 65.1 per 1,000 population", 43),
    (SPREAD, ".peel-chart", "Kent: 65.1 per 1,000 population", 42),
]
each_kind = pytest.mark.parametrize(("page", "chart", "kent", "links"), KINDS)


def press(browser: Any, *pressed: str) -> Any:
    """Press keys one after the other and return what has the focus then."""
    from selenium.webdriver import ActionChains

    for key in pressed:
        ActionChains(browser).send_keys(key).perform()
    return browser.switch_to.active_element


def tab_to(browser: Any, chart: str) -> Any:
    """Press Tab until a link of a chart has the focus, and return that link."""
    inside = f"return Boolean(document.activeElement.closest('{chart} .peel-picture'))"
    for _ in range(MOST_TABS):
        focused = press(browser, keys().TAB)
        if browser.execute_script(inside):
            return focused
    raise AssertionError(f"the Tab key does not reach {chart}")


def name_of(element: Any) -> str:
    return element.accessible_name


@each_kind
def test_force_is_reached_by_its_first_letter_and_enter_opens_its_book(
    open_at, wait, page, chart, kent, links
):
    browser = open_at(page)
    tab_to(browser, chart)
    focused = press(browser, "k")
    assert focused.aria_role == "link"
    assert name_of(focused).startswith(kent)
    press(browser, keys().ENTER)
    wait(lambda: browser.current_url.endswith("/kent/index.html"))
    assert browser.title == "kent"


@each_kind
def test_chart_is_one_stop_of_the_tab_key_and_no_trap(open_at, page, chart, kent, links):
    browser = open_at(page)
    first = tab_to(browser, chart)
    assert len(browser.find_elements("css selector", f'{chart} {LINKS}[tabindex="0"]')) == 1
    assert (
        len(browser.find_elements("css selector", f'{chart} {LINKS}[tabindex="-1"]')) == links - 1
    )
    left = press(browser, keys().TAB)
    assert left != first
    assert not browser.execute_script("return arguments[0].matches(arguments[1])", left, LINKS)


@each_kind
def test_every_force_of_a_chart_is_reached_with_arrow_keys_alone(open_at, page, chart, kent, links):
    browser = open_at(page)
    tab_to(browser, chart)
    reached = browser.execute_script(
        """
        const seen = new Set(), waiting = [document.activeElement];
        while (waiting.length) {
          const link = waiting.pop();
          if (seen.has(link)) continue;
          seen.add(link);
          for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
            link.focus();
            link.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            waiting.push(document.activeElement);
          }
        }
        return seen.size;
        """
    )
    assert reached == links


@each_kind
def test_ring_lies_around_the_focused_force_and_its_name_can_be_seen(
    open_at, wait, page, chart, kent, links
):
    browser = open_at(page)
    tab_to(browser, chart)
    focused = press(browser, "k")
    before = focused.rect["x"]
    metrics = {"width": 1100, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    ring = browser.find_element("css selector", f"{chart} .peel-ring-line")
    around = """
        const [mark, ring] = [...arguments].map((element) => element.getBoundingClientRect());
        const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
        const [x, y] = middle(mark), [u, v] = middle(ring);
        const room = [ring.width - mark.width, ring.height - mark.height];
        return Math.hypot(x - u, y - v) < 1 && room.every((space) => space > -1 && space < 15);
    """
    assert ring.is_displayed()
    wait(lambda: focused.rect["x"] != before)
    wait(lambda: browser.execute_script(around, focused, ring))
    note = browser.find_element("css selector", f"{chart} .peel-keys")
    assert note.text.startswith(kent)
    assert "Enter opens the book" in note.text
    press(browser, keys().TAB)
    assert not ring.is_displayed()
    assert not note.is_displayed()


def test_letters_make_a_name_and_home_and_end_are_the_first_and_the_last(open_at):
    browser = open_at(NATIONAL)
    tab_to(browser, KINDS[1][1])
    assert name_of(press(browser, *"south w")).startswith("South Wales:")
    assert name_of(press(browser, keys().END)).startswith("Wiltshire:")
    assert name_of(press(browser, keys().HOME)).startswith("Avon and Somerset:")


def test_arrow_keys_go_the_way_they_point_on_the_tile_map(open_at):
    browser = open_at(NATIONAL)
    tab_to(browser, KINDS[2][1])
    press(browser, keys().END)  # Wiltshire, between Avon and Somerset and Surrey
    assert name_of(press(browser, keys().ARROW_RIGHT)).startswith("Surrey:")
    assert name_of(press(browser, keys().ARROW_UP)).startswith("Thames Valley:")
    assert name_of(press(browser, keys().ARROW_LEFT)).startswith("Gloucestershire:")
    assert name_of(press(browser, keys().ARROW_DOWN)).startswith("Wiltshire:")


def test_name_of_an_area_follows_the_measure_that_is_shown(open_at, wait):
    from selenium.webdriver.support.ui import Select

    browser = open_at(NATIONAL)
    Select(browser.find_element("id", "peel-map-choice-0")).select_by_index(2)
    wait(lambda: "Kent: 26 per 1,000" in browser.page_source)
    tab_to(browser, KINDS[1][1])
    assert name_of(press(browser, "k")).startswith("Kent: 26 per 1,000 population")


def test_force_without_a_book_is_not_a_link_and_a_click_on_it_leads_nowhere(open_at, wait):
    browser = open_at(FEW_BOOKS)
    names = {name_of(e).split(":")[0] for e in browser.find_elements("css selector", LINKS)}
    assert names == {"Gwent", "Kent"}
    browser.execute_script(
        """
        window.asked = [];
        navigation.addEventListener("navigate", (event) => {
          event.preventDefault();
          asked.push(event.destination.url);
        });
        for (const name of ["Surrey", "Kent"]) {
          document.querySelector(`path[aria-label^="${name}"]`)
            .dispatchEvent(new MouseEvent("click", { bubbles: true }));
        }
        """
    )
    asked = wait(lambda: browser.execute_script("return asked"))
    assert [address.split("/")[-2:] for address in asked] == [["kent", "index.html"]]


@pytest.mark.parametrize("page", ["index.html", NATIONAL, SPREAD])
def test_chart_is_described_once_and_its_buttons_have_names_and_cover_nothing(open_at, page):
    browser = open_at(page)
    for chart in browser.find_elements("css selector", ".peel-chart"):
        assert chart.get_attribute("role") is None
        pictures = ':is([role="img"], [role="group"])[aria-label]:not(svg *)'
        (picture,) = chart.find_elements("css selector", pictures)
        assert len(name_of(picture)) > 20
        assert picture.find_elements("css selector", "summary, button, a") == []
        buttons = chart.find_elements("tag name", "button")
        names = [] if page == "index.html" else ["Picture (PNG)"]
        assert [name_of(button) for button in buttons] == names
        for button in buttons:
            assert button.rect["y"] >= picture.rect["y"] + picture.rect["height"]
