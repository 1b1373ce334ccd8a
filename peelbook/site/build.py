"""Builds the site: the book of every force, the pages about all forces, methodology, front page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from peelbook.render.books import Rendered, render_books
from peelbook.render.contents import PROJECT
from peelbook.render.current import forget
from peelbook.render.owned import only_one
from peelbook.render.plan import SHARED, Engine, Plan, Progress, default_engine, executed_beside
from peelbook.render.pool import Limits
from peelbook.render.publish import clear_work, put_back, require_replaceable
from peelbook.site.editions import Edition
from peelbook.site.order import FRONT, order_of
from peelbook.tables import verify_tables
from peelbook.tables.forces import all_forces

SITE = Path("_build") / "site"


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
    order = order_of(editions, names, base_url, plan)
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
