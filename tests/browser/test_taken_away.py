"""Charts without scripts, on other pages and by keyboard, on a made-up page with a real figure."""

from __future__ import annotations

import re

import altair as alt
import pandas as pd
import pytest
from small_site import write_page, write_static

from peelbook.charts.bundle import BUNDLE
from peelbook.charts.figure import Figure
from peelbook.render.finish.about import About
from peelbook.render.finish.drawing import Drawer
from peelbook.render.finish.policy import with_policy
from peelbook.render.finish.take_away import with_files

pytestmark = pytest.mark.browser

PAGE = "chapters/1_made_up"
ABOUT = About("PEEL effectiveness: Kent Police", "kent", "Kent Police", "2016-06-30")
RATES = {"Kent": 10.5, "Essex": 20.0, "Surrey": 5.25}
SEEN = """
const image = document.querySelector(".peel-chart img");
return image && image.complete && image.naturalWidth > 0
  && [image.clientWidth, image.clientHeight, image.getAttribute("width"), image.getAttribute("height")];
"""
AT = """
const ring = document.querySelector(".peel-at").getBoundingClientRect();
return [...document.querySelectorAll("svg .mark-rect path")].findIndex((bar) => {
  const box = bar.getBoundingClientRect();
  return Math.abs(box.top - ring.top - 3) < 2 && Math.abs(box.right - ring.right + 3) < 2;
});
"""


def figure() -> Figure:
    data = pd.DataFrame({"force": list(RATES), "rate": list(RATES.values())})
    tooltip = [alt.Tooltip("force:N", title="Force"), alt.Tooltip("rate:Q", title="Rate")]
    bars = alt.Chart(data).encode(x="rate:Q", y=alt.Y("force:N", sort=None), tooltip=tooltip)
    chart = alt.layer(bars.mark_bar(), bars.mark_text(dx=4).encode(text="rate:Q"))
    chart = chart.properties(width="container", description="Bars of three forces.")
    table = pd.DataFrame({"Force": list(RATES), "Rate": [str(rate) for rate in RATES.values()]})
    return Figure("Figure 3", "It fell", "Per 1,000, 2016", "Home Office", table, {"": chart})


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kent")
    write_static(folder)
    with Drawer(folder / "_static" / BUNDLE) as drawer:
        body, _ = with_files(figure().to_html(), PAGE, folder, ABOUT, drawer)
    page = folder / f"{PAGE}.html"
    write_page(page, "Made up", body, "../_static")
    page.write_text(with_policy(page.read_text("utf-8")), encoding="utf-8")
    return folder


@pytest.fixture
def page(driver, book, wait):
    driver.get_log("browser")
    driver.get((book / f"{PAGE}.html").as_uri())
    wait(lambda: driver.find_elements("css selector", '.peel-chart[data-drawn="yes"]'))
    return driver


def test_picture_stands_in_the_place_of_a_chart_where_scripts_do_not_run(driver, book, wait):
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        driver.get((book / f"{PAGE}.html").as_uri())
        width, height, given_width, given_height = wait(lambda: driver.execute_script(SEEN))
        assert not driver.find_elements("css selector", ".peel-canvas")
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert width > 300
    assert width / height == pytest.approx(int(given_width) / int(given_height), rel=0.02)


def test_picture_is_not_fetched_where_the_chart_is_drawn(page):
    assert not page.find_elements("css selector", ".peel-chart img")
    fetched = page.execute_script(
        "return performance.getEntriesByType('resource').map((e) => e.name)"
    )
    assert not [name for name in fetched if name.endswith(".svg")]
    assert [entry for entry in page.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_code_to_show_a_chart_elsewhere_shows_it_from_a_folder(page, book, wait):
    [code] = page.find_elements("css selector", "#figure-3 .peel-keep pre[data-up]")
    text = code.get_attribute("textContent")
    other = book / "elsewhere.html"  # begins where the addresses of the code do
    other.write_text(f"<!DOCTYPE html><title>Elsewhere</title>{text}", encoding="utf-8")
    page.get(other.as_uri())
    size = (
        "const image = document.querySelector('img'); return image.complete && image.naturalWidth"
    )
    assert wait(lambda: page.execute_script(size)) > 600
    page.find_element("css selector", "a img").click()
    wait(lambda: page.current_url.endswith(f"{PAGE}.html#figure-3"))


def test_code_has_whole_addresses_where_the_book_is_served(driver, book, wait):
    text = (book / f"{PAGE}.html").read_text("utf-8")
    code = re.search(r'<pre[^>]*data-up="\.\./"[^>]*>.*?</pre>', text, re.DOTALL)[0]
    script = (book / "_static" / "embed.js").as_uri()
    served = book / "served.html"
    served.write_text(
        f'<!DOCTYPE html><base href="https://example.org/kent/{PAGE}.html?x=1"><title>Served</title>'
        f'<div class="peel-keep">{code}</div><script src="{script}"></script>',
        encoding="utf-8",
    )
    driver.get(served.as_uri())
    shown = driver.find_element("tag name", "pre").text
    assert f'href="https://example.org/kent/{PAGE}.html#figure-3"' in shown
    assert 'src="https://example.org/kent/downloads/1_made_up/figure-3.svg"' in shown


def test_values_of_a_chart_are_read_with_the_keyboard(page):
    from selenium.webdriver import ActionChains, Keys

    def press(key):
        ActionChains(page).send_keys(key).perform()
        return page.find_element("css selector", ".peel-keys [role=status]").text

    said = press(Keys.TAB)
    focused = page.switch_to.active_element
    assert focused.get_attribute("class").split()[-1] == "peel-picture"
    assert focused.accessible_name == "Bars of three forces."
    assert said == "Force: Kent; Rate: 10.5"
    assert page.execute_script(AT) == 0
    assert press(Keys.ARROW_DOWN) == "Force: Essex; Rate: 20"
    assert page.execute_script(AT) == 1
    assert press(Keys.END) == press(Keys.ARROW_RIGHT) == "Force: Surrey; Rate: 5.25"
    assert press(Keys.HOME) == press(Keys.ARROW_UP) == "Force: Kent; Rate: 10.5"
    press(Keys.TAB)
    assert not page.find_element("class name", "peel-at").is_displayed()
    assert not page.find_element("class name", "peel-keys").is_displayed()
