"""Writes the front page of a site, and the list of its pages for search engines."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from peelbook import __version__
from peelbook.pages.links import book_links
from peelbook.parameters import Parameters, notebook_values
from peelbook.site.front_page import Book, front_page
from peelbook.site.provenance import last_rendered
from peelbook.site.scripts import write_front as write_front_files
from peelbook.tables.forces import all_forces


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
    )
    write_front_files(site, page, books)
    _write_sitemap(site, base_url)


def _write_sitemap(site: Path, base_url: str) -> None:
    base = base_url.rstrip("/")
    pages = sorted(
        page.relative_to(site).as_posix()
        for page in site.rglob("*.html")
        if 'http-equiv="refresh"' not in page.read_text(encoding="utf-8").lower()
    )
    entries = "\n".join(f"<url><loc>{escape(f'{base}/{page}')}</loc></url>" for page in pages)
    (site / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}\n</urlset>\n',
        encoding="utf-8",
    )
