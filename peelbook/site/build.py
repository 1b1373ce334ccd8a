"""Builds the site: the book of every force, the pages about all forces, methodology, front page."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import yaml

from peelbook import __version__
from peelbook.errors import PeelbookError
from peelbook.forces import all_forces
from peelbook.national.links import book_links
from peelbook.national.maps import navigation_map
from peelbook.parameters import Parameters, notebook_values
from peelbook.render.compile import compile_site, lay_out
from peelbook.render.contents import PROJECT, Contents, read_contents
from peelbook.render.execute import Engine, execute_notebook
from peelbook.render.pool import Rendered, default_engine, render_books
from peelbook.render.publish import publish
from peelbook.render.within_site import take_static
from peelbook.site.front_page import Book, front_page
from peelbook.site.links import broken_links
from peelbook.site.scripts import write_front
from peelbook.tables import verify_tables

SITE = Path("_build") / "site"
NATIONAL = (Path("national/overview.ipynb"), Path("national/all_grades.ipynb"))
TITLE = "PEEL effectiveness: all forces and methodology"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Site:
    """A built site: its front page, how many books it holds, and the books that failed."""

    index: Path
    books: int
    failed: tuple[Rendered, ...]


def build_site(
    parameters: Parameters,
    output: Path = SITE,
    *,
    forces: list[str] | None = None,
    base_url: str = "",
    engine: Engine | None = None,
    workers: int | None = None,
    project: Path = PROJECT,
    progress: Progress = lambda step: None,
) -> Site:
    """Render every force's book and the pages that they share, check all links, and publish.

    Parameters
    ----------
    parameters
        the parameter set of all books; its force does not matter.
    output
        folder of the site, replaced only by a complete one.
    forces
        slugs of the books to render, all 43 by default.
    base_url
        where the site will be, for the addresses in `sitemap.xml`; pages themselves hold
        relative links only. Without it the sitemap's addresses begin at the root of the host.
    engine, workers, project, progress
        as for :func:`peelbook.render.pool.render_books`.

    Raises
    ------
    DataIntegrityError
        when a table in data/ is not the one that the data package describes.
    PeelbookError
        when a shared page fails, no book could be rendered, or a link is broken.
    """
    verify_tables()
    engine = engine or default_engine()
    sets = [parameters.model_copy(update={"force": force}) for force in forces or all_forces()]
    with _new_folder(output) as folder:
        site = folder / "site"
        progress("methodology and national pages")
        named = [parameters.force for parameters in sets]
        pages = _shared_pages(parameters, named, folder / "shared", engine, project)
        shutil.copytree(pages, site)
        take_static(site, site)
        done = list(
            render_books(
                sets,
                site,
                project=project,
                engine=engine,
                workers=workers,
                within_site=True,
                progress=progress,
            )
        )
        rendered = [book for book in done if book.index is not None]
        if not rendered:
            raise PeelbookError(f"No book could be rendered, first of all: {done[0].error}")
        for book in rendered:
            take_static(site / book.force, site)
        _write_front(site, rendered, parameters)
        _write_sitemap(site, base_url)
        _require_whole(site, complete=len(rendered) == len(sets))
        publish(site, output)
    failed = tuple(book for book in done if book.index is None)
    return Site(output / "index.html", len(rendered), failed)


def steps_of_a_site(books: int) -> int:
    """Return how many times `progress` is called for a site with so many books."""
    return 1 + books * (len(read_contents().chapters) + 1)


@contextmanager
def _new_folder(output: Path) -> Iterator[Path]:
    output.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{output.name}.work-", dir=output.parent)).resolve()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _shared_pages(
    parameters: Parameters, forces: list[str], folder: Path, engine: Engine, project: Path
) -> Path:
    """Compile the national and methodology pages, which the site holds once."""
    contents = read_contents(project)
    values = {name: v for name, v in notebook_values(parameters).items() if name != "force"}
    links = {"books": "..", "linked_forces": ",".join(forces)}
    for page in NATIONAL:
        wanted = _parameters_of(project / page, values | links)
        execute_notebook(project / page, folder / page, wanted, force="site", engine=engine)
    for page in contents.methodology:
        execute_notebook(project / page, folder / page, {}, force="site", engine=engine)
    lay_out(contents, folder, TITLE)
    (folder / "_toc.yml").write_text(_table_of_contents(contents), encoding="utf-8")
    return compile_site(folder, engine)


def _parameters_of(notebook: Path, values: dict[str, object]) -> dict[str, object]:
    """Keep the values that the notebook's parameters cell names."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    tagged = (c for c in cells if "parameters" in c["metadata"].get("tags", []))
    names = {line.split(":")[0].strip() for cell in tagged for line in cell["source"]}
    return {name: value for name, value in values.items() if name in names}


def _table_of_contents(contents: Contents) -> str:
    root, *others = (page.with_suffix("").as_posix() for page in NATIONAL)
    methodology = yaml.safe_load((contents.project / "_toc.yml").read_text(encoding="utf-8"))
    parts = [{"caption": "All forces", "chapters": [{"file": page} for page in others]}]
    parts += [part for part in methodology["parts"] if part["caption"] == "Methodology"]
    return yaml.safe_dump({"format": "jb-book", "root": root, "parts": parts}, sort_keys=False)


def _write_front(site: Path, rendered: list[Rendered], parameters: Parameters) -> None:
    forces = all_forces()
    books: list[Book] = [
        {
            "force": book.force,
            "name": forces[book.force].name,
            "region": forces[book.force].region,
            "href": f"{book.force}/index.html",
        }
        for book in sorted(rendered, key=lambda book: book.force)
    ]
    links = book_links(".", ",".join(book["force"] for book in books))
    page = front_page(
        books,
        parameters=notebook_values(parameters),
        map_spec=navigation_map(links),
        methodology_href="methodology/framework.html",
        national_href="national/overview.html",
        version=__version__,
    )
    write_front(site, page, books)


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


def _require_whole(site: Path, *, complete: bool) -> None:
    """Refuse a site with broken links; with books missing, links to those may lead nowhere."""
    broken = broken_links(site)
    if broken and complete:
        shown = "\n".join(broken[:10])
        raise PeelbookError(f"{len(broken)} links of the site lead nowhere, first of all:\n{shown}")
