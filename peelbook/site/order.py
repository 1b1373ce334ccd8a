"""What a site is to hold, whether the one that is there holds it, and how it is made."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from peelbook.errors import PeelbookError
from peelbook.parameters import Parameters, file_fingerprints, shown_values
from peelbook.render.books import Rendered, books_worth, page_jobs
from peelbook.render.compile import HTML
from peelbook.render.contents import PROJECT, Contents, read_contents
from peelbook.render.current import Wanted, stale
from peelbook.render.fingerprints import hash_of, hash_of_file, hash_of_files, input_fingerprint
from peelbook.render.manifest import Manifest, files_of
from peelbook.render.mark import write_mark
from peelbook.render.plan import SHARED, Plan, Progress
from peelbook.render.pool import Job
from peelbook.render.provenance import EDITION_OF_SITE, about_site
from peelbook.render.publish import publish, working_folder
from peelbook.site.editions import Edition, EditionBooks, Published, books_of
from peelbook.site.provenance import EPOCH, SETS, last_rendered
from peelbook.site.shared import compile_shared, shared_key, site_pages_wanted
from peelbook.tables import PACKAGE
from peelbook.tables.loading import definitions_directory

TEMPLATES = PROJECT / "site"
FRONT = "site"
"""Name under which it is kept what the site was last made from."""


@dataclass(frozen=True)
class Order:
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
                "notebooks": [hash_of_file(self.plan.project / each) for each in sorted(notebooks)],
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


def order_of(editions: Sequence[Edition], forces: list[str], base_url: str, plan: Plan) -> Order:
    """Return the order of a site with the books of `forces` in each edition.

    The first edition's parameters are those of the pages that the site holds once.
    """
    contents = read_contents(plan.project)
    pages = site_pages_wanted(contents, editions[0].parameters, forces)
    books = [books_of(edition, forces, plan) for edition in editions]
    return Order(books, contents, pages, base_url, plan)


def _require_whole(site: Path, *, complete: bool) -> None:
    """Refuse a site with broken links; with books missing, links to those may lead nowhere."""
    from peelbook.site.links import broken_links

    broken = broken_links(site)
    if broken and complete:
        shown = "\n".join(broken[:10])
        raise PeelbookError(f"{len(broken)} links of the site lead nowhere, first of all:\n{shown}")
