"""Pages of every kind for those who see, hear, point or move differently from others."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

import pytest
from rendered_site import real_site

from .conftest import CHARTS_ARE_DONE, SECONDS_TO_DRAW, keys

__all__ = ["real_site"]

pytestmark = pytest.mark.browser

OF_THE_SITE = [
    *("index.html", "404.html", "search.html?q=burglary"),
    *("national/overview.html", "national/all_grades.html", "national/side_by_side.html"),
    "national/indicator/robbery.html",
    *("methodology/accessibility.html", "methodology/bibliography.html"),
    *("methodology/indicator_catalogue.html", "methodology/judgment_method.html"),
]
OF_A_BOOK = [
    *("0_introduction", "0_overview", "0_summary_for_a_panel", "0_force_in_numbers"),
    *("1_preventing_crime", "2_investigating_crime", "6_next_steps"),
    *("7_annex_a_about_the_data", "8_findings"),
]
PAGES = [
    *(("site", page) for page in OF_THE_SITE),
    *(("book", f"chapters/{name}.html") for name in OF_A_BOOK),
    ("gaps", "chapters/1_preventing_crime.html"),  # of the force with the fewest figures
]
CHAPTER = ("book", "chapters/1_preventing_crime.html")
NUMBERS = ("book", "chapters/0_force_in_numbers.html")
FRONT = ("site", "index.html")
KINDS = (
    *(CHAPTER, NUMBERS, FRONT, ("book", "chapters/8_findings.html")),
    *(("site", "national/overview.html"), ("site", "national/indicator/robbery.html")),
    *(("site", "national/side_by_side.html"), ("gaps", "chapters/1_preventing_crime.html")),
)
"""A page of each kind; the others are built of the same parts."""
ZOOMED = 320
"""Pixels that are left of 1280 where a page is zoomed to 400 percent."""
FIRST_STOPS = 25
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {
  runOnly: { type: "tag", values: arguments[0] },
  rules: { "label-content-name-mismatch": { enabled: true } },
  resultTypes: ["violations"],
}).then((found) => done(found.violations.map(
  (each) => `${each.id}: ${each.nodes.map((node) => node.target.join(" ")).join(", ")}`)));
"""
OPEN_ALL = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
TOO_WIDE = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUS = """
const focused = document.activeElement, style = getComputedStyle(focused);
const marked = focused.matches(".peel-picture path") ? document.querySelector(".peel-ring")
  : style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
return [focused.outerHTML.slice(0, 120), Boolean(marked)];
"""
MOVING = """
return [...document.querySelectorAll("*")].filter((each) => {
  const style = getComputedStyle(each);
  return style.animationName !== "none" || style.scrollBehavior === "smooth"
    || style.transitionDuration.split(",").some((time) => parseFloat(time) > 0);
}).map((each) => each.outerHTML.slice(0, 120));
"""
COLOURS_IN_USE = """
const probe = document.body.appendChild(document.createElement("span"));
const seen = (name) => { probe.style.color = name; return getComputedStyle(probe).color; };
const fill = (selector) => getComputedStyle(document.querySelector(selector)).fill;
return [seen("CanvasText"), seen("LinkText"), arguments[0].map(fill)];
"""


@pytest.fixture(scope="session")
def axe() -> str:
    """Return axe-core as a script, from the package that carries it."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    return importlib.resources.files(package).joinpath("axe.min.js").read_text("utf-8")


@pytest.fixture
def look_at(driver, books, real_site):
    """Return a function that opens a page as a reader has set the browser; it is set back after."""
    from selenium.webdriver.support.ui import WebDriverWait

    folders = {"site": real_site, "book": books.first, "gaps": books.second}

    def open_(place: tuple[str, str], width: int = 1280, **wanted: str):
        folder, page = place
        path, mark, query = page.partition("?")
        features = [
            {"name": name.replace("_", "-"), "value": value} for name, value in wanted.items()
        ]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        driver.get((Path(folders[folder]) / path).as_uri() + mark + query)
        WebDriverWait(driver, SECONDS_TO_DRAW).until(lambda d: d.execute_script(CHARTS_ARE_DONE))
        return driver

    yield open_
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def faults(browser, axe: str) -> list[str]:
    """Return what axe-core finds on the page as it is shown."""
    browser.execute_script(f"if (!window.axe) {{ {axe}; window.axe = axe; }}")
    return browser.execute_async_script(RUN_AXE, RULES)


def ways_to_look() -> list:
    """Return page, mode and width: a page of each kind as most see it, some as others do.

    The other pages, each in one of two modes and at one of two widths, are slow, and so are those
    of each kind in all four ways.
    """
    return [
        pytest.param(
            page,
            mode,
            width,
            id=f"{page[0]}-{Path(page[1]).stem}-{mode}-{width}",
            marks=() if quick else pytest.mark.slow,
        )
        for page in PAGES
        for mode in ("light", "dark")
        for width in (1280, 360)
        if page in KINDS or (mode, width) in (("light", 1280), ("dark", 360))
        for quick in [
            (page in KINDS and (mode, width) == ("light", 1280))
            or (page in (CHAPTER, NUMBERS, FRONT) and (mode, width) == ("dark", 360))
        ]
    ]


@pytest.mark.parametrize(("page", "mode", "width"), ways_to_look())
def test_axe_finds_no_fault(look_at, axe, page, mode, width):
    from selenium.webdriver.support.ui import WebDriverWait

    browser = look_at(page, width, prefers_color_scheme=mode, prefers_reduced_motion="reduce")
    if (mode, width) == ("light", 1280):
        assert faults(browser, axe) == [], "folded away"
    browser.execute_script(OPEN_ALL)
    assert faults(browser, axe) == []
    if width == 360:
        metrics = {"width": ZOOMED, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        # a chart draws itself anew for the new width a moment after the page has it
        WebDriverWait(browser, SECONDS_TO_DRAW).until(
            lambda b: b.execute_script(TOO_WIDE) <= 0, "wider than the window at 400 percent"
        )


@pytest.mark.parametrize("page", [FRONT, CHAPTER], ids=["front", "chapter"])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_focus_of_the_keyboard_is_always_seen(look_at, page, mode):
    from selenium.webdriver import ActionChains

    browser = look_at(page, prefers_color_scheme=mode)
    for _ in range(FIRST_STOPS):
        ActionChains(browser).send_keys(keys().TAB).perform()
        focused, marked = browser.execute_script(FOCUS)
        if focused.startswith("<body"):  # past the last stop
            break
        assert marked, focused


@pytest.mark.parametrize("page", [FRONT, CHAPTER], ids=["front", "chapter"])
def test_nothing_moves_for_who_wants_less_movement(look_at, page):
    assert look_at(page, prefers_reduced_motion="reduce").execute_script(MOVING) == []


@pytest.mark.parametrize(
    ("page", "text", "own"),
    [
        (CHAPTER, ".peel-canvas svg text[fill='#2b2b2b']", ".peel-canvas path[fill='#12436d']"),
        (NUMBERS, None, ".peel-strip .peel-own"),
    ],
    ids=["chart", "strip"],
)
def test_charts_take_the_colours_that_a_reader_forces(look_at, page, text, own):
    browser = look_at(page, forced_colors="active", prefers_color_scheme="dark")
    assert browser.execute_script("return matchMedia('(forced-colors: active)').matches")
    of_text, of_links, fills = browser.execute_script(COLOURS_IN_USE, [s for s in (text, own) if s])
    assert fills == ([of_text, of_links] if text else [of_links])
