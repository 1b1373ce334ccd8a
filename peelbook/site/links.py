"""Checks that every link of a folder of pages leads somewhere within it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, SoupStrainer

_LINKED = {"a": "href", "link": "href", "script": "src", "img": "src", "iframe": "src"}


def broken_links(site: Path) -> list[str]:
    """Return every link that leads nowhere, as ``page: address``; empty if all is well.

    Addresses of other hosts are left alone, except those a page would load by itself, which are
    reported: pages of a site need no other host.
    """
    root = site.resolve()
    return [
        f"{page.relative_to(root).as_posix()}: {address}"
        for page in sorted(root.rglob("*.html"))
        for element, address in _addresses(page)
        if not _leads_somewhere(page, element, address, root)
    ]


def _addresses(page: Path) -> list[tuple[str, str]]:
    soup = BeautifulSoup(
        page.read_text(encoding="utf-8"), "html.parser", parse_only=SoupStrainer(list(_LINKED))
    )
    return [
        (tag.name, tag[_LINKED[tag.name]])
        for tag in soup.find_all(True)
        if tag.get(_LINKED[tag.name])
    ]


def _leads_somewhere(page: Path, element: str, address: str, root: Path) -> bool:
    parts = urlsplit(address)
    if parts.scheme in ("http", "https") or parts.netloc:
        return element == "a"
    if parts.scheme:
        return True
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if target.is_dir():
        target /= "index.html"
    if not target.is_file() or root not in target.parents:
        return False
    return not parts.fragment or target.suffix != ".html" or unquote(parts.fragment) in _ids(target)


@lru_cache(maxsize=4096)
def _ids(page: Path) -> frozenset[str]:
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    return frozenset(tag["id"] for tag in soup.find_all(id=True))
