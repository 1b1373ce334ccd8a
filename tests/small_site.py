"""A small site of made-up pages around the real front page, the real scripts and the real maps."""

from __future__ import annotations

import shutil
from pathlib import Path

from peelbook.charts.bundle import BUNDLE, SCRIPTS, vega_bundle
from peelbook.forces import all_forces
from peelbook.national.links import BookLinks
from peelbook.national.maps import force_maps, navigation_map
from peelbook.national.tables import headline_table
from peelbook.parameters import Parameters, notebook_values, parse_parameters
from peelbook.site.front_page import Book, front_page
from peelbook.site.scripts import STATIC, place_in_site, write_front

CHAPTER = "chapters/1_made_up.html"
PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="../_static/book.css">
{scripts}</head>
<body><div class="sidebar-primary-items__start"><p>{title}</p><nav>contents</nav></div>
<main><h1>{title}</h1>{body}</main></body></html>
"""


def books_of_all_forces() -> list[Book]:
    """Return a book for each force, each in a folder of its own."""
    return [
        Book(force=slug, name=force.name, region=force.region, href=f"{slug}/index.html")
        for slug, force in all_forces().items()
    ]


def front(**others: object) -> str:
    """Return the front page of all books with the default parameters."""
    given = {
        "books": books_of_all_forces(),
        "parameters": notebook_values(Parameters()),
        "map_spec": navigation_map(BookLinks(".")),
    } | others
    return front_page(given.pop("books"), **given)


def write_site(folder: Path) -> Path:
    """Write the site: every force has a start page, two have a chapter, one stands alone."""
    write_front(folder, front(), books_of_all_forces())
    for slug in all_forces():
        write_book(folder / slug, slug, "<p>A page of the book.</p>")
        place_in_site(folder / slug)
    links = BookLinks("../..")
    parameters = parse_parameters({})
    body = f"{headline_table(parameters, links)}{force_maps(parameters, links)._repr_html_()}"
    write_book(folder / "national", "national", body)
    place_in_site(folder / "national")
    write_book(folder / "alone", "alone", "<p>A book outside of any site.</p>")
    return folder


def write_book(folder: Path, title: str, body: str) -> None:
    """Write a made-up book: a start page and one chapter, both with the scripts of a book."""
    static = folder / "_static"
    static.mkdir(parents=True)
    for name in (*SCRIPTS, "book.css"):
        shutil.copyfile(STATIC / name, static / name)
    needs_charts = "peel-chart" in body
    if needs_charts:
        (static / BUNDLE).write_text(vega_bundle(), encoding="utf-8")
    names = [BUNDLE, *SCRIPTS] if needs_charts else SCRIPTS
    scripts = "".join(f'<script defer src="../_static/{name}"></script>' for name in names)
    page = PAGE.format(title=title, scripts=scripts, body=body)
    (folder / CHAPTER).parent.mkdir()
    (folder / CHAPTER).write_text(page, encoding="utf-8")
    start = page.replace("../_static", "_static")
    (folder / "index.html").write_text(start, encoding="utf-8")
