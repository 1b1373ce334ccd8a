"""Every link of a rendered book leads somewhere, and a page needs nothing from another host."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from rendered_book import all_pages

pytestmark = pytest.mark.book

LOADED = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
    "form": "action",
}


@pytest.fixture(params=["first", "second"])
def book(request, books) -> Path:
    return getattr(books, request.param)


def is_elsewhere(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


@pytest.mark.parametrize("page", all_pages())
def test_page_loads_nothing_from_another_host(book, parsed, page):
    loaded = [
        element[attribute]
        for tag, attribute in LOADED.items()
        for element in parsed(book / page).find_all(tag, attrs={attribute: True})
    ]
    assert [address for address in loaded if is_elsewhere(address)] == []


def test_style_sheets_load_nothing_from_another_host(book):
    for sheet in book.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"(@import\s+|url\(\s*)[\"']?(https?:)?//", text), sheet.name


@pytest.mark.parametrize("page", all_pages())
def test_every_link_within_the_book_leads_to_a_page_and_a_place_on_it(book, parsed, page):
    broken = []
    attributes = [("a", "href"), *LOADED.items()]
    addresses = {
        element[attribute]
        for tag, attribute in attributes
        for element in parsed(book / page).find_all(tag, attrs={attribute: True})
    }
    for address in sorted(address for address in addresses if is_within(address)):
        parts = urlsplit(address)
        file = ((book / page).parent / unquote(parts.path)).resolve() if parts.path else book / page
        if not file.is_file() or not has_place(parsed, file, unquote(parts.fragment)):
            broken.append(address)
    assert broken == []


def is_within(address: str) -> bool:
    return bool(address) and address != "#" and not is_elsewhere(address) and address[:5] != "data:"


def has_place(parsed, file: Path, fragment: str) -> bool:
    if not fragment or file.suffix != ".html":
        return True
    page = parsed(file)
    return any(page.find(attrs={name: fragment}) for name in ("id", "name"))


def test_root_of_the_book_opens_its_first_chapter(book, parsed):
    refresh = parsed(book / "index.html").find("meta", attrs={"http-equiv": "Refresh"})
    target = refresh["content"].partition("url=")[2]
    assert (book / target).is_file()
    # who does not follow it reads where the link leads
    link = parsed(book / "index.html").find("a", href=target)
    assert link.text == "Introduction"
    assert parsed(book / target).find("h1").text.removesuffix("#").endswith(link.text)


@pytest.mark.parametrize("page", [page for page in all_pages() if page != "index.html"])
def test_every_page_but_the_root_links_to_every_chapter(book, parsed, page):
    here = (book / page).parent
    linked = {
        (here / urlsplit(link["href"]).path).resolve()
        if urlsplit(link["href"]).path
        else book / page
        for link in parsed(book / page).select("nav a[href]")
        if is_within(link["href"]) or link["href"] == "#"
    }
    wanted = {(book / name).resolve() for name in all_pages() if name.startswith("chapters/")}
    assert wanted <= {path.resolve() for path in linked}
