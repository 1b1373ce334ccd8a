"""PDFs of a book and of its summary, printed by a headless Chromium from the book as it was rendered."""

from __future__ import annotations

import base64
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from peelbook.errors import PeelbookError
from peelbook.render.bookmarks import pages_of, with_bookmarks
from peelbook.render.finish.about import About
from peelbook.render.finish.take_away import DOWNLOADS
from peelbook.render.manifest import Manifest, files_of
from peelbook.render.plan import executed_beside
from peelbook.render.print_page import (
    CHAPTERS,
    SUMMARY,
    chapter_title,
    headings_of,
    print_page,
    summary_page,
)

if TYPE_CHECKING:
    from selenium.webdriver.chrome.webdriver import WebDriver

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
SECONDS_TO_DRAW = 120
PAGE_WIDTH = 688
"""Pixels between the margins of the paper, for which charts are drawn."""
MOST_PRINTS = 5
_COUNTED = re.compile(rb"node\d{8}|D:\d{14}")
"""What differs between any two prints: the browser's count of nodes, and the time."""
DRAWN = """return document.readyState === "complete" && document.fonts.status === "loaded"
  && [...document.querySelectorAll(".peel-chart")].every((each) => each.dataset.drawn === "yes")"""
_CITE = '<section class="peel-cite"'


def make_pdf(book: Path, chapters: list[str], about: About) -> Path:
    """Print a rendered book, link its pages to the PDF, and return where that is.

    The same book gives the same PDF with the same browser: it holds no date. It is printed once for
    the pages that the contents name, and then until two prints are the same.

    Parameters
    ----------
    book
        folder of the rendered book, alone or in a site.
    chapters
        names of its chapters' pages in reading order.
    about
        the book.

    Raises
    ------
    PeelbookError
        when the book is not there, there is no browser, a chart could not be drawn, or the contents
        do not come to name the pages that the chapters begin on, or no two prints are the same.
    """
    _require_book(book)
    printed = [name for name in chapters if name != SUMMARY]
    titles = [chapter_title(_text(book, name)) for name in printed]
    with _browser() as driver:
        pages = pages_of(_print(driver, book, print_page(book, printed, about)), titles)
        for _ in range(MOST_PRINTS):
            page = print_page(book, printed, about, pages)
            content = _print_settled(driver, book, page)
            named, pages = pages, pages_of(content, titles)
            if named == pages:
                break
        else:
            raise PeelbookError(f"The pages of {book} did not settle, so there is no PDF.")
        content = with_bookmarks(content, headings_of(page), about.title)
    return _publish(book, chapters, f"{about.force}.pdf", content, "This book as a PDF")


def make_summary(book: Path, chapters: list[str], about: About) -> Path:
    """Print the summary of a rendered book on four pages at most; otherwise as :func:`make_pdf`."""
    _require_book(book)
    page = summary_page(book, about)
    with _browser() as driver:
        printed = _print_settled(driver, book, page)
    title = f"{chapter_title(_text(book, SUMMARY))}: {about.name}"
    content = with_bookmarks(printed, headings_of(page), title)
    return _publish(
        book, chapters, f"{about.force}-summary.pdf", content, "Summary of this book as a PDF"
    )


def _require_book(book: Path) -> None:
    if not (book / "index.html").is_file():
        raise PeelbookError(f"There is no book in {book}; render it first.")


def _publish(book: Path, chapters: list[str], name: str, content: bytes, words: str) -> Path:
    """Write a PDF below the book's downloads, and lead from the end of each chapter to it."""
    target = book / DOWNLOADS / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    link = f'<p class="peel-pdf"><a href="../{DOWNLOADS}/{name}">{words}</a></p>'
    for chapter in chapters:
        path = book / CHAPTERS / f"{chapter}.html"
        before, start, after = path.read_text(encoding="utf-8").replace(link, "").partition(_CITE)
        tag, end, rest = after.partition(">")
        path.write_text(f"{before}{start}{tag}{end}{link}{rest}", encoding="utf-8")
    _note(book)
    return target


def _text(book: Path, name: str) -> str:
    return (book / CHAPTERS / f"{name}.html").read_text(encoding="utf-8")


@contextmanager
def _browser() -> Iterator[WebDriver]:
    """Start a browser without a network, and end it."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    helper = shutil.which("chromedriver")
    if not program or not helper:
        raise PeelbookError("A PDF needs chromium and chromedriver; one of them is not installed.")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    with tempfile.TemporaryDirectory(prefix="peelbook-", ignore_cleanup_errors=True) as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=Service(helper))
        try:
            yield driver
        finally:
            driver.quit()


def _print_settled(driver: WebDriver, book: Path, page: str) -> bytes:
    """Print a page until two prints are the same, for once in many times a browser prints otherwise."""
    last = b""
    for _ in range(MOST_PRINTS):
        content = _print(driver, book, page)
        if _COUNTED.sub(b"", content) == _COUNTED.sub(b"", last):
            return content
        last = content
    raise PeelbookError(f"No two prints of {book} were the same, so there is no PDF.")


def _print(driver: WebDriver, book: Path, page: str) -> bytes:
    """Print a page that lies beside the chapters for the moment."""
    from selenium.common.exceptions import TimeoutException
    from selenium.webdriver.support.ui import WebDriverWait

    file = book / CHAPTERS / ".print.html"
    file.write_text(page, encoding="utf-8")
    try:
        size = {"width": PAGE_WIDTH, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        # as wide as on paper while charts are drawn, for they fill their place
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        driver.get(file.resolve().as_uri())
        WebDriverWait(driver, SECONDS_TO_DRAW).until(lambda d: d.execute_script(DRAWN))
        settings = {
            "printBackground": True,
            "preferCSSPageSize": True,
            "generateTaggedPDF": True,
            "generateDocumentOutline": True,
        }
        return base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", settings)["data"])
    except TimeoutException:
        raise PeelbookError(
            f"Not every chart of {book} could be drawn, so there is no PDF."
        ) from None
    finally:
        file.unlink()


def _note(book: Path) -> None:
    """Note the PDF and the links as part of the published book, which counts as current with them."""
    kept = executed_beside(book.parent) / book.name
    manifest = Manifest.load(kept)
    if manifest.files:
        manifest.files = files_of(book)
        manifest.save(kept)
