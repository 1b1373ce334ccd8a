"""What a reader does on a page: point at a bar, open a table or the contents, search, by mouse or keys."""

import pytest

from peelbook.tables.forces import all_forces

pytestmark = pytest.mark.browser

CHAPTER = "chapters/1_preventing_crime.html"
MOST_TABS = 250


@pytest.fixture
def waiting(driver):
    from selenium.webdriver.support.ui import WebDriverWait

    return lambda condition: WebDriverWait(driver, 30).until(lambda _: condition())


def test_tooltip_with_force_and_value_appears_over_a_bar(open_page, waiting):
    from selenium.webdriver import ActionChains

    browser = open_page(CHAPTER)
    bars = browser.find_elements("css selector", "#figure-3 svg .mark-rect path")
    assert len(bars) > 30
    widest = max(bars, key=lambda bar: bar.size["width"])
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", widest)
    ActionChains(browser).move_to_element(widest).perform()
    tooltip = waiting(lambda: browser.find_elements("css selector", "#vg-tooltip-element.visible"))[
        0
    ]
    assert any(force.short_name in tooltip.text for force in all_forces().values())
    assert any(character.isdigit() for character in tooltip.text)


def test_table_behind_a_figure_is_reached_and_opened_with_the_keyboard(open_page, waiting):
    from selenium.webdriver import ActionChains, Keys

    browser = open_page(CHAPTER)
    details = browser.find_element("css selector", "#figure-1 > details")
    table = details.find_element("css selector", "table")
    assert not table.is_displayed()
    for _ in range(MOST_TABS):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        focused = browser.switch_to.active_element
        if browser.execute_script("return arguments[0].closest('#figure-1 > details')", focused):
            break
    assert focused.tag_name == "summary"
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    waiting(lambda: details.get_attribute("open"))
    assert table.is_displayed()
    assert len(table.find_elements("css selector", "tbody tr")) > 1


def test_wide_table_scrolls_inside_the_page_on_a_telephone(open_page):
    browser = open_page(CHAPTER, width=360)
    region = browser.find_element("css selector", "#figure-2 .peel-table")
    assert region.get_attribute("tabindex") == "0"
    assert region.size["width"] <= 360


def test_search_finds_a_word_of_the_book(open_page, waiting):
    browser = open_page("search.html?q=burglary")
    links = waiting(lambda: browser.find_elements("css selector", "#search-results li a"))
    assert any("chapters/" in link.get_attribute("href") for link in links)


@pytest.mark.parametrize("width", [1280, 360])
def test_text_of_a_figure_is_readable_at_its_size(open_page, width):
    browser = open_page(CHAPTER, width)
    sizes = browser.execute_script(
        "return [...document.querySelectorAll('.peel-chart svg text')]"
        ".filter((text) => text.textContent.trim())"
        ".map((text) => parseFloat(getComputedStyle(text).fontSize))"
    )
    assert min(sizes) >= 11


def test_contents_of_the_book_and_of_the_page_open_on_a_telephone(open_page, waiting):
    browser = open_page(CHAPTER, width=360)
    for kind, inside in (("primary", ".bd-links__title, nav a"), ("secondary", ".page-toc a")):
        button = browser.find_element("css selector", f".bd-header-article .{kind}-toggle")
        dialog = browser.find_element("id", f"pst-{kind}-sidebar-modal")
        assert not dialog.is_displayed()
        button.click()
        waiting(dialog.is_displayed)
        links = dialog.find_elements("css selector", inside)
        assert any(link.is_displayed() for link in links)
        browser.execute_script("arguments[0].close()", dialog)


def test_contents_of_the_book_fold_away_and_come_back_on_a_wide_window(open_page, waiting):
    browser = open_page(CHAPTER)
    button = browser.find_element("css selector", ".bd-header-article .primary-toggle")
    sidebar = browser.find_element("id", "pst-primary-sidebar")
    button.click()
    waiting(lambda: not sidebar.is_displayed())
    button.click()
    waiting(sidebar.is_displayed)


def test_control_of_hidden_code_is_called_what_it_says(open_page):
    browser = open_page(CHAPTER)
    toggles = browser.find_elements("css selector", ".cell summary")
    names = {toggle.accessible_name for toggle in toggles if toggle.text == "Show the code"}
    assert names == {"Show the code"}


def test_search_in_a_folder_has_no_error_on_the_console(visit):
    assert visit("search.html?q=burglary", 1280).errors == []
