"""What a book that is part of a site leaves to the site: static files, methodology, search."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat

from peelbook.render.contents import Contents
from peelbook.render.finish.data_zip import DATA, INDICATORS
from peelbook.render.finish.take_away import DOWNLOADS

_LABEL = re.compile(r"^\(([\w-]+)\)=\s*$", re.MULTILINE)
_INCLUDE = re.compile(r"```\{include\} (\S+)")
SHARED_FILES = ("search.html", "objects.inv", "searchindex.js", DATA, *INDICATORS.values())


def stand_in_pages(contents: Contents, folder: Path) -> None:
    """Write the methodology pages as mere titles, so that the book's contents and links hold.

    :func:`fit_into_site` makes the links to them lead to the site's own pages.
    """
    for page in _shared_pages(contents):
        text = _text(contents.project / page)
        labels = "".join(f"({label})=\n" for label in _LABEL.findall(text))
        target = (folder / page).with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"{labels}# {_title(text)}\n", encoding="utf-8")


def _text(page: Path) -> str:
    """Return the Markdown of a page, of a notebook that of all its text cells."""
    if page.suffix == ".ipynb":
        cells = nbformat.read(page, as_version=4).cells
        return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    text = page.read_text(encoding="utf-8")
    included = _INCLUDE.match(text)
    return (page.parent / included[1]).read_text(encoding="utf-8") if included else text


def _title(text: str) -> str:
    return next(line[2:].strip() for line in text.splitlines() if line.startswith("# "))


def fit_into_site(html: Path, contents: Contents, up: int = 1) -> None:
    """Make a compiled book share what the site holds once, `up` folders up, and drop its own copies.

    That are static files, the methodology, the search, the data package and all indicators: every
    link to them leads to those of the site.
    """
    shared = [
        *(f"{page.with_suffix('.html').as_posix()}" for page in _shared_pages(contents)),
        *SHARED_FILES,
    ]
    leads_there = re.compile(
        r'((?:href|src|action|content|data-root)=")((?:\.\./)*)('
        + "|".join(["_static/", *map(re.escape, shared)])
        + ")"
    )
    for page in sorted(html.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        page.write_text(leads_there.sub(rf"\1\2{'../' * up}\3", text), encoding="utf-8")
    for name in shared:
        (html / name).unlink(missing_ok=True)
    for folder in ("_static", "methodology", f"{DOWNLOADS}/methodology"):
        shutil.rmtree(html / folder, ignore_errors=True)


def _shared_pages(contents: Contents) -> tuple[Path, ...]:
    return (*contents.methodology, *contents.texts)
