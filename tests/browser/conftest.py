"""Headless Chromium with no network, and what it finds on a page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rendered_book import books
from small_site import write_site

__all__ = ["books"]

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]
SECONDS_TO_DRAW = 120
CHARTS_ARE_DONE = """
return document.readyState === "complete"
  && [...document.querySelectorAll(".peel-chart")].every(
    (chart) => ["yes", "failed"].includes(chart.dataset.drawn));
"""
WHAT_IS_ON_THE_PAGE = """
const root = document.documentElement, wide = root.clientWidth;
const scrolls = (element) => {
  for (let above = element; above && above !== document.body; above = above.parentElement) {
    if (getComputedStyle(above).overflowX !== "visible") return true;
  }
  return false;
};
const size = (mark) => { const box = mark.getBBox(); return box.width + box.height; };
return {
  inner_width: wide,
  scroll_width: root.scrollWidth,
  too_wide: [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > wide + 1 && !scrolls(e))
    .map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""}`),
  charts: [...document.querySelectorAll(".peel-chart")].map((chart) => ({
    figure: chart.closest("figure").id,
    drawn: chart.dataset.drawn,
    message: chart.dataset.drawn === "failed" ? chart.innerText : "",
    marks: [...chart.querySelectorAll(
      "svg .mark-rect path, svg .mark-line path, svg .mark-symbol path")].filter(size).length,
    width: chart.clientWidth,
    svg_width: Math.max(0, ...[...chart.querySelectorAll("svg")]
      .map((svg) => svg.getBoundingClientRect().width)),
  })),
};
"""


@dataclass(frozen=True)
class Visit:
    """What one page held, at one width of the window, once its charts were drawn."""

    address: str
    inner_width: int
    scroll_width: int
    too_wide: list[str]
    charts: list[dict[str, Any]]
    errors: list[str]
    requests: list[str]


@pytest.fixture(scope="session")
def driver(tmp_path_factory) -> Iterator[Any]:
    """Return a browser with an empty profile, or skip where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    from selenium.webdriver.chrome.service import Service

    browsers = map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))
    chromium, chromedriver = next(filter(None, browsers), None), shutil.which("chromedriver")
    if not chromium or not chromedriver:
        pytest.skip("chromium and chromedriver are not both on the path")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in [*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(chromedriver))
    # generous, for a machine that does other things as well
    browser.set_page_load_timeout(180)
    browser.set_script_timeout(180)
    browser.get("about:blank")  # leaves the page of a new tab, which asks for files of its own
    yield browser
    browser.quit()


@pytest.fixture(scope="session")
def open_page(driver, books) -> Callable[..., Any]:
    """Return a function that opens a page of a book and waits until its charts are drawn."""
    from selenium.webdriver.support.ui import WebDriverWait

    def open_(page: str, width: int = 1280, book: str = "first") -> Any:
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        path, mark, query = page.partition("?")
        driver.get((getattr(books, book) / path).resolve(strict=True).as_uri() + mark + query)
        WebDriverWait(driver, SECONDS_TO_DRAW).until(lambda d: d.execute_script(CHARTS_ARE_DONE))
        return driver

    return open_


@pytest.fixture(scope="session")
def visit(driver, open_page) -> Callable[..., Visit]:
    """Return a function that visits a page once at a width and tells what was there."""

    @cache
    def visit_(page: str, width: int, book: str = "first") -> Visit:
        for name in ("browser", "performance"):
            driver.get_log(name)
        open_page(page, width, book)
        facts = driver.execute_script(WHAT_IS_ON_THE_PAGE)
        console = driver.get_log("browser")
        return Visit(
            address=driver.current_url,
            errors=[entry["message"] for entry in console if entry["level"] == "SEVERE"],
            requests=requested(driver.get_log("performance")),
            **facts,
        )

    return visit_


def requested(log: list[dict[str, Any]]) -> list[str]:
    """Return the addresses that a page asked for, from the log of the browser's network."""
    messages = [json.loads(entry["message"])["message"] for entry in log]
    return [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """Return the folder of a small site of made-up pages with the real maps and scripts."""
    return write_site(tmp_path_factory.mktemp("site"))


@pytest.fixture
def wait(driver) -> Callable[..., Any]:
    """Return a function that waits until a condition holds and returns what it gave."""
    from selenium.webdriver.support.ui import WebDriverWait

    return lambda condition: WebDriverWait(driver, 30).until(lambda _: condition())


@pytest.fixture
def open_at(driver, site) -> Callable[..., Any]:
    """Return a function that opens a page of the site at a width, its charts drawn."""
    from selenium.webdriver.support.ui import WebDriverWait

    def open_(page: str, width: int = 1280) -> Any:
        metrics = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        for name in ("browser", "performance"):
            driver.get_log(name)
        path, mark, place = page.partition("#")
        driver.get((site / path).as_uri() + mark + place)
        WebDriverWait(driver, SECONDS_TO_DRAW).until(lambda d: d.execute_script(CHARTS_ARE_DONE))
        return driver

    return open_


def keys() -> Any:
    """Return the names of the keys of a keyboard."""
    from selenium.webdriver import Keys

    return Keys
