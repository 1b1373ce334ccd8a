"""Makes many books: finds out what has changed, and renders that, several books at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from peelbook.parameters import Parameters
from peelbook.render.contents import read_contents
from peelbook.render.current import Wanted, book_is_current, forget, shared_wanted, stale
from peelbook.render.manifest import Page, keep_page
from peelbook.render.plan import SHARED, Engine, Plan, Progress
from peelbook.render.pool import Job, Limits, run_jobs
from peelbook.render.publish import take_over
from peelbook.tables import verify_tables


@dataclass(frozen=True)
class Rendered:
    """What became of one book: the path of its `index.html`, or the error that stopped it.

    `unchanged` says that nothing had to be done.
    """

    force: str
    index: Path | None = None
    error: str = ""
    unchanged: bool = False


def render_books(
    sets: Sequence[Parameters],
    plan: Plan,
    limits: Limits | None = None,
    *,
    rerun: bool = False,
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
    """
    verify_tables()
    limits = limits_for(plan, limits)
    if rerun:
        forget(plan, [SHARED, *(parameters.force for parameters in sets)])
    contents = read_contents(plan.project)
    changed = [p for p in sets if not book_is_current(contents, p, plan)]
    for parameters in sets:
        if parameters not in changed:
            index = take_over(plan.earlier_book(parameters.force), plan.output / parameters.force)
            yield Rendered(parameters.force, index, unchanged=True)
    if not changed:
        return
    failure = execute_shared(shared_wanted(contents, plan), plan, limits, progress)
    if failure:
        yield from (Rendered(parameters.force, error=failure) for parameters in changed)
        return
    if limits.fork and len(changed) > 1:
        from peelbook.render.warm import warm_up

        warm_up(changed[0], plan)
    jobs = [Job(p.force, partial(_render, p, plan)) for p in changed]
    for ended in run_jobs(jobs, limits, progress):
        yield Rendered(ended.name, ended.result, ended.error)


def limits_for(plan: Plan, limits: Limits | None = None) -> Limits:
    """Return the limits of a plan: real kernels are processes already, so nothing is forked."""
    limits = limits or Limits()
    return replace(limits, fork=False) if plan.engine is Engine.kernel else limits


def _render(parameters: Parameters, plan: Plan, progress: Progress) -> Path:
    # the check that nothing has changed does without what renders
    from peelbook.render.book import render_book

    return render_book(parameters, plan, progress)


def execute_shared(pages: Sequence[Wanted], plan: Plan, limits: Limits, progress: Progress) -> str:
    """Execute those of the pages that all books share which have changed, each as a job.

    Returns the first error, or an empty text.
    """
    wanted = {each.page.stem: each for each in stale(pages, SHARED, plan)}
    if wanted and limits.fork:
        from peelbook.render.warm import import_engines

        import_engines()
    jobs = [Job(name, partial(_execute, each, plan)) for name, each in wanted.items()]
    errors = []
    for ended in run_jobs(jobs, limits, progress):
        if ended.error:
            errors.append(ended.error)
        else:
            keep_page(plan.kept(SHARED), wanted[ended.name].page, ended.result)
    return errors[0] if errors else ""


def _execute(wanted: Wanted, plan: Plan, progress: Progress) -> Page:
    from peelbook.render.pages import execute_page

    progress(f"{SHARED}: {wanted.page.stem}")
    return execute_page(wanted, SHARED, plan)
