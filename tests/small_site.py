"""A small site of made-up pages around the real front page, the real scripts and the real maps."""

from __future__ import annotations

import shutil
from pathlib import Path

from peelbook.charts.bundle import BUNDLE, SCRIPTS, vega_bundle
from peelbook.pages.distributions import distribution
from peelbook.pages.links import BookLinks
from peelbook.pages.maps import force_maps, navigation_map
from peelbook.pages.national_tables import headline_table
from peelbook.parameters import Parameters, notebook_values, parse_parameters
from peelbook.site.editions import Published, editions_named
from peelbook.site.front_page import Book, front_page
from peelbook.site.scripts import STATIC, place_in_site, write_front
from peelbook.tables.forces import all_forces

CHAPTER = "chapters/1_made_up.html"
NATIONAL = "national/overview.html"
SPREAD = "national/spread.html"
FEW_BOOKS = "national/few_books.html"
OWN_STATIC = "surrey"
LATER = "peel-2017"
"""Another edition of the site, in which two forces have a book."""
IN_LATER = ("kent", "sussex")
PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="{static}/book.css">
SCRIPTS</head>
<body><div class="sidebar-primary-items__start"><p>{title}</p><nav>contents</nav></div>
<main><h1>{title}</h1>{body}</main></body></html>
""".replace(
    "SCRIPTS",
    "".join(f'<script defer src="{{static}}/{name}"></script>' for name in [BUNDLE, *SCRIPTS]),
)


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
    """Write the site: every force has a book, a page is about all forces, a book stands alone.

    Of the pages about all forces one shows dots, and one links to two books only. All pages of
    the site share its `_static`, except those of one force, which have their own.
    """
    write_static(folder)
    (folder / "index.html").write_text(front(), encoding="utf-8")
    first, later = editions_named(["peel-2016", LATER])
    every = sorted(all_forces())
    editions = [Published(first, every), Published(later, list(IN_LATER))]
    write_front(folder, books_of_all_forces(), editions)
    for slug in IN_LATER:
        write_book(folder / LATER / slug, f"{slug} later", "<p>A page.</p>", "../../_static")
    for slug in all_forces():
        write_book(folder / slug, slug, "<p>A page of the book.</p>", "../_static")
    write_static(folder / OWN_STATIC)
    write_book(folder / OWN_STATIC, OWN_STATIC, "<p>A page of the book.</p>", "_static")
    place_in_site(folder / OWN_STATIC, "../")
    parameters, links = parse_parameters({}), BookLinks("..")
    body = f"{headline_table(parameters, links)}{force_maps(parameters, links)._repr_html_()}"
    write_page(folder / NATIONAL, "national", body, "../_static")
    dots = distribution("recorded-crime", parameters, links).to_html()
    write_page(folder / SPREAD, "spread", dots, "../_static")
    few = force_maps(parameters, BookLinks("..", frozenset({"gwent", "kent"})))
    write_page(folder / FEW_BOOKS, "few books", few._repr_html_(), "../_static")
    write_static(folder / "alone")
    write_book(folder / "alone", "alone", "<p>A book outside of any site.</p>", "_static")
    return folder


def write_static(folder: Path) -> None:
    """Copy the scripts and styles of a book, and its chart libraries, into `folder`/_static."""
    static = folder / "_static"
    static.mkdir(parents=True)
    for name in (*SCRIPTS, "book.css"):
        shutil.copyfile(STATIC / name, static / name)
    (static / BUNDLE).write_text(vega_bundle(), encoding="utf-8")


def write_book(folder: Path, title: str, body: str, static: str) -> None:
    """Write a made-up book: a start page and one chapter; `static` is relative to its folder."""
    write_page(folder / "index.html", title, body, static)
    write_page(folder / CHAPTER, title, body, f"../{static}")


def write_page(path: Path, title: str, body: str, static: str) -> None:
    """Write a page with the scripts of a book; `static` is relative to the page's folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(title=title, static=static, body=body), encoding="utf-8")
