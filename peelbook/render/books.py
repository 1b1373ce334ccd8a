"""Makes many books: finds out what has changed, and renders that, several books at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from pathlib import Path

from peelbook.errors import PeelbookError
from peelbook.parameters import Parameters
from peelbook.render.contents import read_contents
from peelbook.render.current import Wanted, book_is_current, forget, shared_wanted, stale
from peelbook.render.place import rendering, require_places
from peelbook.render.plan import SHARED, Engine, Plan, Progress
from peelbook.render.pool import Job, Limits, run_jobs
from peelbook.render.publish import take_over
from peelbook.tables import verify_tables


@dataclass(frozen=True)
class Rendered:
    """What became of one book: where its `index.html` is, or the error that stopped it.

    `index` is a path, or an address as text; `unchanged` says that nothing had to be done.
    """

    force: str
    index: Path | str | None = None
    error: str = ""
    unchanged: bool = False


def render_books(
    sets: Sequence[Parameters],
    plan: Plan,
    limits: Limits | None = None,
    *,
    rerun: bool = False,
    beside: Sequence[Job] = (),
    progress: Progress = lambda step: None,
) -> Iterator[Rendered]:
    """Render a book for each parameter set and yield what became of each as it ends.

    Parameters
    ----------
    sets
        validated parameter sets, one a force.
    plan
        where books come from and go to, and what runs the cells: forked children of this process
        (``in-process``), or a real kernel a chapter, one after the other (``kernel``).
    limits
        how many books at once, and how long and large each may become.
    rerun
        render everything, also what has not changed.
    beside
        jobs that have to succeed too, and run in the same pool.
    progress
        called with ``force: step`` before each step.

    Returns
    -------
    Iterator of :class:`Rendered`: first the books that have not changed, then the others in the
    order in which they end.

    Raises
    ------
    DataIntegrityError
        when a table in data/ is not the one that the data package describes.
    PeelbookError
        when one of the jobs `beside` fails, or something that is no earlier book is in the place
        of one.
    """
    verify_tables()
    require_places(sets, plan)
    with rendering(sets, plan, progress):
        if rerun:
            forget(plan, [SHARED, *(parameters.force for parameters in sets)])
        yield from _rendered(sets, plan, limits_for(plan, limits), beside, progress)


def _rendered(
    sets: Sequence[Parameters],
    plan: Plan,
    limits: Limits,
    beside: Sequence[Job],
    progress: Progress,
) -> Iterator[Rendered]:
    unchanged, changed = split_by_change(sets, plan)
    require_places(changed, plan)
    yield from unchanged
    wanted = shared_wanted(read_contents(plan.project), plan)
    pages = page_jobs(wanted, plan) if changed else []
    if pages and len(changed) == 1:
        # a book on its own need not wait for the shared pages before it executes its chapters
        pages.insert(0, _chapters_job(changed[0], plan))
    books = {parameters.force for parameters in changed}
    for ended in run_jobs([*beside, *pages, *_book_jobs(changed, plan, pages)], limits, progress):
        if ended.name in books:
            yield Rendered(ended.name, ended.result, ended.error)
        elif ended.error and ended.name not in {page.name for page in pages}:
            raise PeelbookError(ended.error)


def split_by_change(
    sets: Sequence[Parameters], plan: Plan
) -> tuple[list[Rendered], list[Parameters]]:
    """Return the books that have not changed, and the parameter sets of those that have."""
    contents = read_contents(plan.project)
    unchanged, changed = [], []
    for parameters in sets:
        force = parameters.force
        if book_is_current(contents, parameters, plan):
            index = take_over(plan.earlier_book(force), plan.output / force)
            unchanged.append(Rendered(force, index, unchanged=True))
        else:
            changed.append(parameters)
    return unchanged, changed


def _book_jobs(sets: Sequence[Parameters], plan: Plan, after: Sequence[Job]) -> list[Job]:
    names = frozenset(job.name for job in after)
    prepare = partial(_prepare, sets, plan)
    return [Job(p.force, partial(_render, p, plan), names, prepare) for p in sets]


def _chapters_job(parameters: Parameters, plan: Plan) -> Job:
    def execute(progress: Progress) -> None:
        from peelbook.render.book import execute_chapters

        execute_chapters(parameters, plan, progress)

    return Job(f"{parameters.force}: chapters", execute, prepare=_import)


def page_jobs(pages: Sequence[Wanted], plan: Plan) -> list[Job]:
    """Return the job that executes those of the pages all books share that have changed, if any.

    One for all, for what these pages compute is much the same.
    """

    def execute(progress: Progress) -> None:
        from peelbook.render.pages import execute_stale

        execute_stale(pages, SHARED, plan, progress)

    wanted = stale(pages, SHARED, plan)
    return [Job(SHARED, execute, prepare=_import, books=books_worth(pages, plan))] if wanted else []


def books_worth(pages: Sequence[Wanted], plan: Plan) -> int:
    """Return how many books have as many chapters."""
    return max(1, ceil(len(pages) / len(read_contents(plan.project).chapters)))


def limits_for(plan: Plan, limits: Limits | None = None) -> Limits:
    """Return the limits of a plan: real kernels are processes already, so nothing is forked."""
    limits = limits or Limits()
    return replace(limits, fork=False) if plan.engine is Engine.kernel else limits


def _render(parameters: Parameters, plan: Plan, progress: Progress) -> Path:
    # the check that nothing has changed does without what renders
    from peelbook.render.book import render_book

    return render_book(parameters, plan, progress)


def _import() -> None:
    from peelbook.render.warm import import_engines

    import_engines()


def _prepare(sets: Sequence[Parameters], plan: Plan) -> None:
    """Do once what pays before several books, and only where they are forked from this process."""
    from peelbook.render.warm import import_engines, warm_up

    if len(sets) > 1 and plan.engine is Engine.in_process:
        warm_up(sets[0].for_all_forces(), plan)
    else:
        import_engines()
