"""Writes the front page of a site, and the list of its pages for search engines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from peelbook import __version__
from peelbook.pages.links import book_links
from peelbook.parameters import notebook_values
from peelbook.render.finish.data_zip import DATA
from peelbook.render.finish.pages import STATEMENT
from peelbook.site.editions import Edition, Published
from peelbook.site.front_page import Book, EditionLink, front_page
from peelbook.site.provenance import last_rendered
from peelbook.site.scripts import write_front as write_front_files
from peelbook.tables.forces import all_forces

MISSING = "404.html"
SIDE_BY_SIDE = "national/side_by_side.html"
_PLAIN = (
    ":root { color-scheme: light dark; color: #1f1f1f; background: #ffffff; } a { color: #12436d; } "
    "@media (prefers-color-scheme: dark) "
    "{ :root { color: #f2f2f2; background: #121212; } a { color: #8fbdf0; } } "
    ":focus-visible { outline: 3px solid currentcolor; outline-offset: 2px; } "
    "body { font: 100%/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }"
)
"""Style of a page that has to do without files, for it is shown at addresses of any depth."""


def write_fronts(site: Path, published: Sequence[Published], base_url: str) -> None:
    """Write the front page of each edition, and once what the site has beside them.

    The first of `published` is the edition at the site's root. `base_url` is where the site will
    be; without it the sitemap's addresses begin at the root of the host.
    """
    # the check that nothing has changed does without what draws the map and computes indicators
    from peelbook.pages.maps import navigation_map
    from peelbook.site.indicator_files import write_indicator_files

    write_indicator_files(site, published)

    whole = (site / "search.html").is_file() and (site / DATA).is_file()
    for each in published:
        root = "../" if each.edition.folder else ""
        page = front_page(
            _books(each.forces),
            parameters=notebook_values(each.edition.parameters),
            map_spec=navigation_map(book_links(".", ",".join(each.forces))),
            methodology_href=f"{root}methodology/framework.html",
            national_href=f"{root}national/overview.html",
            side_by_side_href=_if_there(site, root, SIDE_BY_SIDE),
            accessibility_href=_if_there(site, root, STATEMENT),
            version=__version__,
            last_rendered=last_rendered(),
            address=f"{base_url.rstrip('/')}/{each.edition.folder}" if base_url else "",
            whole=whole,
            root=root,
            editions=_choice(each, published),
        )
        (site / each.edition.folder / "index.html").write_text(page, encoding="utf-8")
    every = sorted({force for each in published for force in each.forces})
    write_front_files(site, _books(every), published)
    _write_sitemap(site, base_url)
    _write_robots(site, base_url)
    missing = missing_page(base_url, [each.edition for each in published])
    (site / MISSING).write_text(missing, encoding="utf-8")


def _if_there(site: Path, root: str, page: str) -> str:
    return f"{root}{page}" if (site / page).is_file() else ""


def _books(forces: Iterable[str]) -> list[Book]:
    known = all_forces()
    return [
        Book(force=f, name=known[f].name, region=known[f].region, href=f"{f}/index.html")
        for f in forces
    ]


def _choice(shown: Published, published: Sequence[Published]) -> list[EditionLink]:
    """Return the editions as the front page of one of them links to them; none if it is the only one."""
    root = "../" if shown.edition.folder else ""
    links = [
        EditionLink(
            title=each.edition.title,
            href=f"{root}{each.edition.folder}index.html",
            current=each is shown,
        )
        for each in published
    ]
    return links if len(links) > 1 else []


def missing_page(base_url: str, editions: Sequence[Edition] = ()) -> str:
    """Return what a server shows where there is no page: the ways back, to each edition.

    It is shown at addresses of any depth, so its links begin at the root of the site.
    """
    root = escape(f"{base_url.rstrip('/')}/")
    others = "".join(
        f'<p><a href="{root}{escape(each.folder)}index.html">{escape(each.title)}</a></p>\n'
        for each in (editions if len(editions) > 1 else ())
    )
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>Page not found: PEEL effectiveness books</title>\n"
        '<meta name="robots" content="noindex">\n'
        f"<style>{_PLAIN}</style>\n</head>\n<body>\n<main>\n"
        "<h1>Page not found</h1>\n<p>There is no page at this address. The book of a force, the pages "
        "about all forces and the methodology all begin on the front page.</p>\n"
        f'<p><a href="{root}">Front page</a></p>\n{others}</main>\n</body>\n</html>\n'
    )


def _write_robots(site: Path, base_url: str) -> None:
    lines = ["User-agent: *", "Allow: /"]
    if base_url:
        lines.append(f"Sitemap: {base_url.rstrip('/')}/sitemap.xml")
    (site / "robots.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_sitemap(site: Path, base_url: str) -> None:
    base = base_url.rstrip("/")
    pages = sorted(
        page.relative_to(site).as_posix()
        for page in site.rglob("*.html")
        if page.name not in (MISSING, "search.html")
        and 'http-equiv="refresh"' not in page.read_text(encoding="utf-8").lower()
    )
    entries = "\n".join(f"<url><loc>{escape(f'{base}/{page}')}</loc></url>" for page in pages)
    (site / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}\n</urlset>\n',
        encoding="utf-8",
    )
