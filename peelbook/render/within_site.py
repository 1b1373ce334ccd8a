"""What a book that is part of a site leaves to the site: static files and methodology pages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat

from peelbook.render.contents import Contents

_LABEL = re.compile(r"^\(([\w-]+)\)=\s*$", re.MULTILINE)
_INCLUDE = re.compile(r"```\{include\} (\S+)")
_STATIC = re.compile(r'((?:href|src)=")((?:\.\./)*)_static/')


def stand_in_pages(contents: Contents, folder: Path) -> None:
    """Write the methodology pages as mere titles, so that the book's contents and links hold.

    :func:`fit_into_site` turns what becomes of them into redirections to the site's own pages.
    """
    for page in (*contents.methodology, *contents.texts):
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


def fit_into_site(html: Path, contents: Contents) -> None:
    """Make a compiled book share the site's static files and methodology, one folder up.

    Its pages point to the site's `_static`, and its own goes. Each methodology page of the book
    becomes a redirection.
    """
    for page in sorted(html.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        page.write_text(_STATIC.sub(r"\1\2../_static/", text), encoding="utf-8")
    shutil.rmtree(html / "_static")
    for page in (*contents.methodology, *contents.texts):
        target = (html / page).with_suffix(".html")
        up = "../" * len(page.parts)
        address = f"{up}{page.with_suffix('.html').as_posix()}"
        text = _text(contents.project / page)
        target.write_text(_redirection(address, _title(text), _LABEL.findall(text)), "utf-8")


def _redirection(address: str, title: str, labels: list[str]) -> str:
    anchors = "".join(f'<span id="{label}"></span>' for label in labels)
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n</head>\n'
        f'<body>\n<p>{anchors}<a href="{address}">{title}</a></p>\n</body>\n</html>\n'
    )
