"""What a book that is part of a site leaves to the site: static files and methodology pages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat

from peelbook.render.contents import Contents

_STATIC = re.compile(r'((?:href|src)=")((?:\.\./)*)_static/')


def stand_in_pages(contents: Contents, folder: Path) -> None:
    """Write the methodology pages as mere titles, so that the book's contents and links hold.

    :func:`fit_into_site` turns what becomes of them into redirections to the site's own pages.
    """
    for page in (*contents.methodology, *contents.texts):
        target = (folder / page).with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"# {_title(contents.project / page)}\n", encoding="utf-8")


def _title(page: Path) -> str:
    if page.suffix == ".ipynb":
        text = nbformat.read(page, as_version=4).cells[0].source
    else:
        text = page.read_text(encoding="utf-8")
        if text.startswith("```{include}"):
            included = text.split("}", 1)[1].split("\n", 1)[0].strip()
            text = (page.parent / included).read_text(encoding="utf-8")
    return text.split("\n", 1)[0].lstrip("# ").strip()


def fit_into_site(html: Path, contents: Contents) -> None:
    """Make a compiled book share the site's static files and methodology, one folder up.

    The book keeps its `_static` folder until the site has taken it; its pages point to the
    site's. Each methodology page of the book becomes a redirection.
    """
    for page in sorted(html.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        page.write_text(_STATIC.sub(r"\1\2../_static/", text), encoding="utf-8")
    for page in (*contents.methodology, *contents.texts):
        target = (html / page).with_suffix(".html")
        up = "../" * len(page.parts)
        address = f"{up}{page.with_suffix('.html').as_posix()}"
        target.write_text(_redirection(address, _title(contents.project / page)), encoding="utf-8")


def _redirection(address: str, title: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n</head>\n'
        f'<body>\n<p><a href="{address}">{title}</a></p>\n</body>\n</html>\n'
    )


def take_static(book: Path, site: Path) -> None:
    """Move a book's static files to the site, without source maps, or drop them if it has them."""
    own, shared = book / "_static", site / "_static"
    if not shared.exists():
        shutil.move(own, shared)
        for source_map in shared.rglob("*.map"):
            source_map.unlink()
    shutil.rmtree(own, ignore_errors=True)
