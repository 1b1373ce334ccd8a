"""Renders the book of a force: execute every chapter, compile, publish."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from peelbook.forces import force_named
from peelbook.parameters import Parameters, notebook_values
from peelbook.periods import in_words
from peelbook.render.compile import compile_site, lay_out
from peelbook.render.contents import PROJECT, Contents, read_contents
from peelbook.render.execute import Engine, execute_notebook
from peelbook.render.publish import publish
from peelbook.render.within_site import fit_into_site, stand_in_pages
from peelbook.tables import verify_tables

Progress = Callable[[str], None]
BOOKS = Path("_build") / "books"


def book_title(parameters: Parameters) -> str:
    """Return the title of a book: the force and the period."""
    name = force_named(parameters.force).name
    return f"PEEL effectiveness: {name}, 12 months to {in_words(parameters.period_end)}"


def steps_of_a_book(contents: Contents) -> int:
    """Return how many times `progress` is called while one book is rendered."""
    return len(contents.chapters) + len(contents.methodology) + 1


def render_book(
    parameters: Parameters,
    output: Path = BOOKS,
    *,
    project: Path = PROJECT,
    engine: Engine = Engine.kernel,
    within_site: bool = False,
    progress: Progress = lambda step: None,
) -> Path:
    """Render one force's book and publish it as `output`/<force>.

    Parameters
    ----------
    parameters
        the validated parameter set.
    output
        folder of books; the book that was there is replaced only by a complete one.
    project
        folder with `_config.yml`, `_toc.yml` and `chapters/`.
    engine
        what runs the cells, and whether Jupyter Book runs in this process too.
    within_site
        leave static files and methodology to the site that the book becomes a part of.
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
        when Jupyter Book cannot compile it.
    """
    verify_tables()
    contents = read_contents(project)
    with _working_folder(output, parameters.force) as folder:
        for chapter in contents.chapters:
            progress(f"{parameters.force}: {chapter.stem}")
            values = notebook_values(parameters)
            execute_notebook(
                project / chapter,
                folder / chapter,
                values,
                force=parameters.force,
                engine=engine,
            )
        for page in () if within_site else contents.methodology:
            progress(f"{parameters.force}: {page.stem}")
            execute_notebook(
                project / page, folder / page, {}, force=parameters.force, engine=engine
            )
        progress(f"{parameters.force}: compiling")
        lay_out(contents, folder, book_title(parameters))
        if within_site:
            stand_in_pages(contents, folder)
        html = compile_site(folder, engine)
        if within_site:
            fit_into_site(html, contents)
        # of use to a later build only, which there is not; its hash covers a temporary path
        (html / ".buildinfo").unlink(missing_ok=True)
        publish(html, output / parameters.force)
    return output / parameters.force / "index.html"


@contextmanager
def _working_folder(output: Path, force: str) -> Iterator[Path]:
    output.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{force}.work-", dir=output))
    try:
        # resolved, for Sphinx runs in another working directory
        yield folder.resolve()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
