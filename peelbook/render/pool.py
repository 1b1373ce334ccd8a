"""Renders many books: one process imports everything and warms up, and forks a child a book.

A child that raises, runs too long, needs too much memory or is killed takes down its own book
only; the parent names it and goes on with the others. Where there is no fork, and with real
kernels, the books are rendered one after the other in this process.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from peelbook.errors import PeelbookError
from peelbook.parameters import Parameters
from peelbook.render.book import BOOKS, Engine, render_book
from peelbook.render.contents import PROJECT

BOOK_TIMEOUT_SECONDS = 600
BOOK_MEMORY_BYTES = 4 * 1024**3


@dataclass(frozen=True)
class Rendered:
    """What became of one book: the path of its `index.html`, or the error that stopped it."""

    force: str
    index: Path | None = None
    error: str = ""


@dataclass(frozen=True)
class Place:
    """Where books come from and go to."""

    output: Path
    project: Path
    within_site: bool


@dataclass
class _Child:
    force: str
    process: BaseProcess
    messages: Connection
    deadline: float


def default_engine() -> Engine:
    """Return the fast engine where processes can be forked, real kernels elsewhere."""
    return Engine.in_process if hasattr(os, "fork") else Engine.kernel


def render_books(
    sets: list[Parameters],
    output: Path = BOOKS,
    *,
    project: Path = PROJECT,
    engine: Engine | None = None,
    workers: int | None = None,
    timeout: float = BOOK_TIMEOUT_SECONDS,
    within_site: bool = False,
    progress: Callable[[str], None] = lambda step: None,
) -> Iterator[Rendered]:
    """Render a book for each parameter set and yield what became of each as it ends.

    Parameters
    ----------
    sets
        validated parameter sets, one a force.
    output, project, within_site, progress
        as for :func:`peelbook.render.book.render_book`.
    engine
        ``in-process`` (forks a child a book) or ``kernel`` (a real kernel a chapter).
    workers
        how many children at once; the number of processors by default.
    timeout
        seconds that one book may take before its child is killed.

    Returns
    -------
    Iterator of :class:`Rendered`, in the order in which books end.
    """
    engine = engine or default_engine()
    if engine is Engine.kernel:
        for parameters in sets:
            yield _attempt(parameters, Place(output, project, within_site), engine, progress)
        return
    _warm_up(sets[0])
    waiting = list(reversed(sets))
    running: list[_Child] = []
    while waiting or running:
        while waiting and len(running) < (workers or os.cpu_count() or 1):
            running.append(_start(waiting.pop(), Place(output, project, within_site), timeout))
        yield from _collect(running, progress)


def _attempt(
    parameters: Parameters, place: Place, engine: Engine, progress: Callable[[str], None]
) -> Rendered:
    try:
        index = render_book(
            parameters,
            place.output,
            project=place.project,
            engine=engine,
            within_site=place.within_site,
            progress=progress,
        )
    except PeelbookError as error:
        return Rendered(parameters.force, error=str(error))
    return Rendered(parameters.force, index=index)


def _warm_up(parameters: Parameters) -> None:
    """Import what every child needs and fill the caches that all books share."""
    import altair  # noqa: F401
    import jupyter_book.cli.main  # noqa: F401
    import sphinx_book_theme  # noqa: F401

    from peelbook.charts import figures  # noqa: F401
    from peelbook.charts.bundle import vega_bundle
    from peelbook.indicators import indicator_table
    from peelbook.reproduction import reproduction_table

    vega_bundle()
    indicator_table(parameters.model_copy(update={"force": "leicestershire"}))
    reproduction_table()


def _start(parameters: Parameters, place: Place, timeout: float) -> _Child:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(parameters, place, sender))
    process.start()
    sender.close()
    return _Child(parameters.force, process, receiver, time.monotonic() + timeout)


def _child(parameters: Parameters, place: Place, sender: Connection) -> None:
    import resource  # only where there is fork is there this module

    resource.setrlimit(resource.RLIMIT_AS, (BOOK_MEMORY_BYTES, BOOK_MEMORY_BYTES))
    try:
        done = _attempt(
            parameters, place, Engine.in_process, lambda step: sender.send(("step", step))
        )
    except Exception as error:  # noqa: BLE001 - the parent has to name whatever it was
        reason = f"{type(error).__name__}: {error}"
        done = Rendered(parameters.force, error=f"{parameters.force}: {reason}")
    sender.send(("done", done))


def _collect(running: list[_Child], progress: Callable[[str], None]) -> Iterator[Rendered]:
    """Take what the children say for a moment; drop those that ended and yield their books."""
    ready = set(wait([child.messages for child in running], timeout=0.2))
    for child in list(running):
        done = _message(child, progress) if child.messages in ready else None
        if done is None and time.monotonic() > child.deadline:
            child.process.kill()
            done = Rendered(child.force, error=f"{child.force}: the book took too long")
        if done is not None:
            child.process.join()
            child.messages.close()
            running.remove(child)
            yield done


def _message(child: _Child, progress: Callable[[str], None]) -> Rendered | None:
    try:
        kind, content = child.messages.recv()
    except EOFError:
        child.process.join()
        code = child.process.exitcode
        how = f"was killed by signal {-code}" if code and code < 0 else f"ended with code {code}"
        return Rendered(child.force, error=f"{child.force}: the process that rendered it {how}")
    if kind == "step":
        progress(content)
        return None
    return content
