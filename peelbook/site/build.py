"""Builds the site: the book of every force, the pages about all forces, methodology, front page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

from peelbook.errors import PeelbookError
from peelbook.parameters import Parameters, file_fingerprints, shown_values
from peelbook.render.books import Rendered, books_worth, page_jobs, render_books
from peelbook.render.compile import HTML
from peelbook.render.contents import PROJECT, Contents, read_contents
from peelbook.render.current import Wanted, forget, stale
from peelbook.render.fingerprints import hash_of, hash_of_files, input_fingerprint
from peelbook.render.manifest import Manifest, files_of
from peelbook.render.mark import write_mark
from peelbook.render.owned import only_one
from peelbook.render.plan import SHARED, Engine, Plan, Progress, default_engine, executed_beside
from peelbook.render.pool import Job, Limits
from peelbook.render.provenance import EDITION_OF_SITE, about_site
from peelbook.render.publish import (
    clear_work,
    publish,
    put_back,
    require_replaceable,
    working_folder,
)
from peelbook.site.editions import Edition, EditionBooks, Published, books_of
from peelbook.site.provenance import EPOCH, SETS, last_rendered
from peelbook.site.shared import compile_shared, shared_key, site_pages_wanted
from peelbook.tables import PACKAGE, verify_tables
from peelbook.tables.forces import all_forces
from peelbook.tables.loading import definitions_directory

SITE = Path("_build") / "site"
TEMPLATES = PROJECT / "site"
FRONT = "site"
"""Name under which it is kept what the site was last made from."""


@dataclass(frozen=True)
class Site:
    """A built site: its front page, its books, those that failed, and how many had changed."""

    index: Path
    books: int
    failed: tuple[Rendered, ...]
    changed: int


def build_site(
    editions: Sequence[Edition],
    output: Path = SITE,
    *,
    forces: list[str] | None = None,
    base_url: str = "",
    engine: Engine | None = None,
    limits: Limits | None = None,
    rerun: bool = False,
    scheduler: str = "",
    project: Path = PROJECT,
    progress: Progress = lambda step: None,
    ended: Callable[[Rendered], None] = lambda book: None,
) -> Site:
    """Render every force's book and the pages that they share, check all links, and publish.

    Parameters
    ----------
    editions
        the parameter sets that the site has books of; the first one is that of the pages which
        the site holds once.
    output
        folder of the site, replaced only by a complete one.
    forces
        slugs of the books to render in each edition, all 43 by default.
    base_url
        where the site will be, for the addresses in `sitemap.xml`; pages themselves hold
        relative links only. Without it the sitemap's addresses begin at the root of the host.
    engine, limits, rerun, project, progress
        as for :func:`peelbook.render.books.render_books`.
    scheduler
        address of the scheduler whose workers render the books; the rest is made here.
    ended
        called with what became of each book.

    Raises
    ------
    DataIntegrityError
        when a table in data/ is not the one that the data package describes.
    PeelbookError
        when a shared page fails, no book could be rendered, a link is broken, or what is in the place
        of the site is not an earlier one.
    """
    verify_tables()
    output = output.resolve()
    names = forces or list(all_forces())
    plan = Plan(
        output=output,
        project=project,
        engine=engine or default_engine(),
        within_site=1,
        published=output,
        base_url=base_url,
        executed=executed_beside(output),
    )
    order = _order(editions, names, base_url, plan)
    unchanged = Site(output / "index.html", len(names) * len(editions), (), changed=0)
    if order.is_current() and not rerun:
        return unchanged
    require_replaceable(output)
    with _alone(plan, progress):
        if rerun:
            forget(plan, [SHARED, FRONT])
            for each in order.editions:
                forget(each.plan, names)
        elif order.is_current():  # by the run that this one waited for
            return unchanged
        done = []
        render = partial(_way_to_render(scheduler), limits=limits, progress=progress)
        for book in order.make(render):
            ended(book)
            done.append(book)
    failed = tuple(book for book in done if book.index is None)
    changed = sum(not book.unchanged for book in done)
    books = sum(len(each.forces) for each in order.published)
    return Site(output / "index.html", books, failed, changed)


@contextmanager
def _alone(plan: Plan, progress: Progress) -> Iterator[None]:
    """Have the place of a site to oneself, and clear it of what killed runs left."""

    def waiting() -> None:
        progress(f"{SHARED}: waiting for another run that renders {plan.output}")

    def clear() -> None:
        clear_work(plan.output.parent, plan.output.name)
        put_back(plan.output)

    with only_one(plan.kept_in, waiting):
        try:
            clear()
            yield
        finally:
            clear()


def _way_to_render(scheduler: str) -> Callable[..., Iterator[Rendered]]:
    if not scheduler:
        return render_books
    from peelbook.render.remote import render_remotely

    return partial(render_remotely, scheduler=scheduler)


@dataclass(frozen=True)
class _Order:
    """What a site is to hold, whether the one that is there holds it, and how it is made.

    `published` is filled with the editions that have a book in it.
    """

    editions: list[EditionBooks]
    contents: Contents
    pages: list[Wanted]
    base_url: str
    plan: Plan
    published: list[Published] = field(default_factory=list)

    def make(self, render: Callable[..., Iterator[Rendered]]) -> Iterator[Rendered]:
        """Render the books and yield what became of each, then put the site round them, publish it.

        `render` takes parameter sets, a plan, and jobs to run `beside`.
        """
        # the check that nothing has changed does without what draws the map
        from peelbook.site.front import write_fronts

        output, failed = self.plan.output, False
        with working_folder(output.parent, output.name) as folder:
            site = folder / "site"
            beside = self.shared_jobs(folder / "shared")
            for books in self.editions:
                for book in render(books.sets, books.into(site), beside=beside):
                    failed = failed or book.index is None
                    yield replace(book, error=books.edition.of_it(book.error))
                beside = []  # those are made once
            # what the site holds once goes round the books
            shutil.copytree(folder / "shared" / HTML, site, dirs_exist_ok=True)
            found = [books.in_site(site) for books in self.editions]
            self.published[:] = [each for each in found if each.forces or not each.edition.folder]
            complete = sum(len(each.forces) for each in found) == len(self.sets)
            write_fronts(site, self.published, self.base_url)
            _require_whole(site, complete=complete)
            self.write_marks(site)
            publish(site, output)
        self.note(complete=complete, failed=failed)

    def write_marks(self, site: Path) -> None:
        """Write the mark of each edition's folder, and last that of the site, which names them."""
        names = [each.edition.name for each in self.published if each.edition.name]
        for each in reversed(self.published):
            about = about_site(each.edition.parameters, each.forces, self.base_url, names)
            if each.edition.folder:
                about["kind"] = EDITION_OF_SITE
            about[EPOCH] = os.environ.get(EPOCH, "")
            write_mark(site / each.edition.folder, about)

    @property
    def sets(self) -> list[Parameters]:
        """The parameter sets of all books of all editions."""
        return [parameters for books in self.editions for parameters in books.sets]

    def key(self) -> str:
        """Return the hash of all that the site is made from, but for the books themselves."""
        return hash_of(
            {
                "shared": shared_key(self.contents, self.pages, self.plan),
                "front": [hash_of_files(TEMPLATES), hash_of_files(SETS)],
                "last_rendered": last_rendered(),
                "data": input_fingerprint(PACKAGE),
                "editions": [[each.edition.name, each.edition.folder] for each in self.editions],
                "sets": [shown_values(parameters) for parameters in self.sets],
                "base_url": self.base_url,
            }
        )

    def made_from(self) -> str:
        """Return the hash of all that anything in the site is made from, and of what was made.

        As long as it is the same, none of thousands of pages has to be looked at. Empty where a page
        was never made.
        """
        shared = Manifest.load(self.plan.kept(SHARED)).pages
        if any(page.page.as_posix() not in shared for page in self.pages):
            return ""
        notebooks = {*self.contents.chapters, *(page.notebook for page in self.pages)}
        return hash_of(
            {
                "key": self.key(),
                "books": [known.compiled for _, known in self.books_known()],
                "notebooks": [
                    hash_of((self.plan.project / each).read_bytes()) for each in sorted(notebooks)
                ],
                "definitions": hash_of_files(definitions_directory()),
                "supplied": [file_fingerprints(each.edition.parameters) for each in self.editions],
                "engine": self.plan.engine,
            }
        )

    def books_known(self) -> Iterator[tuple[Path, Manifest]]:
        """Yield where each book of the site is, and what is known of it."""
        for books in self.editions:
            for each in books.sets:
                known = Manifest.load(books.plan.kept(each.force))
                yield books.plan.earlier_book(each.force), known

    def is_current(self) -> bool:
        """Return whether the published site is what building it would give."""
        known = Manifest.load(self.plan.kept(FRONT))
        if known.compiled and known.made_from and known.made_from == self.made_from():
            return known.still_published(self.plan.output) and all(
                book.compiled and book.still_published(place) for place, book in self.books_known()
            )
        return (
            bool(known.compiled)
            and not stale(self.pages, SHARED, self.plan)
            and all(books.are_current(self.contents) for books in self.editions)
            and known.compiled == self.key()
            and known.still_published(self.plan.output)
        )

    def shared_jobs(self, folder: Path) -> list[Job]:
        """Return the jobs that execute the shared pages and compile them, in `folder`."""
        pages = page_jobs(self.pages, self.plan)

        def compile_pages(progress: Progress) -> None:
            progress(f"{SHARED}: compiling")
            compile_shared(self.contents, self.pages, self.plan, folder)

        after = frozenset(job.name for job in pages)
        compiling = Job(
            f"{SHARED}: compiling", compile_pages, after, books=books_worth(self.pages, self.plan)
        )
        return [*pages, compiling]

    def note(self, *, complete: bool, failed: bool) -> None:
        """Note what the published site was made from; one that lacks a book is never current.

        Nor is it made from all that is there now where a book failed: its earlier form stands in it.
        """
        kept = self.plan.kept(FRONT)
        books = {
            PurePosixPath(each.edition.folder, parameters.force)
            for each in self.editions
            for parameters in each.sets
        }
        files = files_of(self.plan.output)
        own = {n: size for n, size in files.items() if books.isdisjoint(PurePosixPath(n).parents)}
        key = self.key() if complete else ""
        made_from = self.made_from() if complete and not failed else ""
        Manifest(compiled=key, files=own, made_from=made_from).save(kept)


def _order(editions: Sequence[Edition], forces: list[str], base_url: str, plan: Plan) -> _Order:
    contents = read_contents(plan.project)
    pages = site_pages_wanted(contents, editions[0].parameters, forces)
    books = [books_of(edition, forces, plan) for edition in editions]
    return _Order(books, contents, pages, base_url, plan)


def _require_whole(site: Path, *, complete: bool) -> None:
    """Refuse a site with broken links; with books missing, links to those may lead nowhere."""
    from peelbook.site.links import broken_links

    broken = broken_links(site)
    if broken and complete:
        shown = "\n".join(broken[:10])
        raise PeelbookError(f"{len(broken)} links of the site lead nowhere, first of all:\n{shown}")
