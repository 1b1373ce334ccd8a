"""Writes the front page of a site, and the list of its pages for search engines."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from peelbook import __version__
from peelbook.pages.links import book_links
from peelbook.parameters import Parameters, notebook_values
from peelbook.render.finish.data_zip import DATA
from peelbook.site.front_page import Book, front_page
from peelbook.site.provenance import last_rendered
from peelbook.site.scripts import write_front as write_front_files
from peelbook.tables.forces import all_forces

MISSING = "404.html"


def write_front(site: Path, forces: list[str], parameters: Parameters, base_url: str) -> None:
    """Write the front page and `sitemap.xml` of a site that has the books of `forces`.

    `base_url` is where the site will be; without it the sitemap's addresses begin at the root of
    the host.
    """
    # the check that nothing has changed does without what draws the map
    from peelbook.pages.maps import navigation_map

    known = all_forces()
    books: list[Book] = [
        {
            "force": force,
            "name": known[force].name,
            "region": known[force].region,
            "href": f"{force}/index.html",
        }
        for force in forces
    ]
    links = book_links(".", ",".join(forces))
    page = front_page(
        books,
        parameters=notebook_values(parameters),
        map_spec=navigation_map(links),
        methodology_href="methodology/framework.html",
        national_href="national/overview.html",
        version=__version__,
        last_rendered=last_rendered(),
        address=f"{base_url.rstrip('/')}/" if base_url else "",
        whole=(site / "search.html").is_file() and (site / DATA).is_file(),
    )
    write_front_files(site, page, books)
    _write_sitemap(site, base_url)
    _write_robots(site, base_url)
    (site / MISSING).write_text(missing_page(base_url), encoding="utf-8")


def missing_page(base_url: str) -> str:
    """Return what a server shows where there is no page: the ways back.

    It is shown at addresses of any depth, so its links begin at the root of the site.
    """
    root = escape(f"{base_url.rstrip('/')}/")
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>Page not found: PEEL effectiveness books</title>\n"
        '<meta name="robots" content="noindex">\n'
        "<style>body { font: 100%/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; "
        "padding: 0 1rem; color-scheme: light dark; }</style>\n</head>\n<body>\n<main>\n"
        "<h1>Page not found</h1>\n<p>There is no page at this address. The book of a force, the pages "
        "about all forces and the methodology all begin on the front page.</p>\n"
        f'<p><a href="{root}">Front page</a></p>\n</main>\n</body>\n</html>\n'
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
