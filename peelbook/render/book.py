"""Makes the book of a force: execute what has changed, compile, publish."""

from __future__ import annotations

from pathlib import Path

from peelbook.parameters import Parameters, shown_values
from peelbook.render.compile import compile_site, lay_out
from peelbook.render.contents import Contents, read_contents
from peelbook.render.crate import write_crate
from peelbook.render.current import (
    book_is_current,
    book_key,
    book_title,
    chapters_wanted,
    shared_wanted,
)
from peelbook.render.finish.about import settings_of
from peelbook.render.manifest import Manifest, files_of
from peelbook.render.mark import write_mark
from peelbook.render.owned import only_one
from peelbook.render.pages import copy_page, execute_stale
from peelbook.render.plan import SHARED, Plan, Progress
from peelbook.render.provenance import about_book
from peelbook.render.publish import publish, require_replaceable, take_over, working_folder
from peelbook.render.within_site import fit_into_site, stand_in_pages
from peelbook.tables import verify_tables


def render_book(parameters: Parameters, plan: Plan, progress: Progress = lambda step: None) -> Path:
    """Render one force's book and publish it as `plan.output`/<force>.

    Chapters are executed only if something that they are made from has changed, and the book is
    compiled only if one of its pages or of the files that it is compiled with has.

    Parameters
    ----------
    parameters
        the validated parameter set.
    plan
        where the book comes from and goes to, and what runs the cells. The book that was there is
        replaced only by a complete one.
    progress
        called with the name of each step before it begins.

    Returns
    -------
    Path of the book's `index.html`.

    Raises
    ------
    DataIntegrityError
        when a table in data/ is not the one that the data package describes.
    ChapterFailed
        when a chapter does not run to its end.
    PeelbookError
        when Jupyter Book cannot compile it, or what is in its place is not an earlier book.
    """
    verify_tables()
    contents, target = read_contents(plan.project), plan.output / parameters.force
    if not book_is_current(contents, parameters, plan):
        require_replaceable(target)
    with only_one(plan.kept_in):
        execute_stale(shared_wanted(contents, plan), SHARED, plan, progress)
        execute_chapters(parameters, plan, progress)
        if not book_is_current(contents, parameters, plan):
            progress(f"{parameters.force}: compiling")
            _compile(contents, parameters, plan)
        return take_over(plan.earlier_book(parameters.force), target)


def execute_chapters(parameters: Parameters, plan: Plan, progress: Progress) -> None:
    """Execute those chapters of a book that something has changed for.

    Raises ChapterFailed when one does not run to its end; those before it are kept.
    """
    chapters = chapters_wanted(read_contents(plan.project), parameters)
    execute_stale(chapters, parameters.force, plan, progress)


def _compile(contents: Contents, parameters: Parameters, plan: Plan) -> None:
    """Compile the executed pages, publish the book, and note what it was compiled from."""
    force, kept = parameters.force, plan.kept(parameters.force)
    key = book_key(contents, parameters, plan)
    manifest = Manifest.load(kept)
    # until the book is published and noted, none that is there counts as current
    manifest.compiled = ""
    manifest.save(kept)
    with working_folder(plan.output, force) as folder:
        for wanted in chapters_wanted(contents, parameters):
            copy_page(wanted, force, plan, folder)
        for wanted in shared_wanted(contents, plan):
            copy_page(wanted, SHARED, plan, folder)
        about = settings_of(parameters, plan.address_of(force), bool(plan.within_site))
        lay_out(contents, folder, book_title(parameters), about)
        if plan.within_site:
            stand_in_pages(contents, folder)
        html = compile_site(folder, plan.engine)
        if plan.within_site:
            fit_into_site(html, contents, plan.within_site)
        told = about_book(parameters, plan)
        write_crate(html, told, book_title(parameters))
        write_mark(html, told)
        publish(html, plan.output / force)
    manifest.compiled, manifest.files = key, files_of(plan.output / force)
    manifest.parameters = shown_values(parameters)
    manifest.save(kept)
