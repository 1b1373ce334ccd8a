"""Renders books on request, one at a time, for the process that started it.

`python -m peelbook.render.server` reads a request a line, as JSON, and writes a reply a line. It
imports and computes once what all books need, and forks a child for each book, which a thread of
a dask worker could not: cells and Sphinx want a main thread, and a fork wants a process in which
nothing else runs. It ends when nobody can ask it anything more.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from peelbook.errors import PeelbookError
from peelbook.parameters import Parameters, parse_parameters
from peelbook.render.agreement import disagreement, fingerprints
from peelbook.render.books import limits_for, render_books
from peelbook.render.owned import TEMPORARY, owned_folder
from peelbook.render.plan import Engine, Plan
from peelbook.render.pool import Limits

SECONDS_BETWEEN_LOOKS = 1


class Abandoned(BaseException):
    """Nobody waits for the reply any more."""


def main() -> None:
    """Answer requests until there can be no more, and leave nothing behind.

    A folder named on the command line is the one to keep executed pages in.
    """
    requests, replies = _own_streams()
    within = sys.argv[1] if len(sys.argv) > 1 else None
    with (
        suppress(Abandoned, BrokenPipeError, KeyboardInterrupt),
        owned_folder(f"{TEMPORARY}server-", Path(within) if within else None) as executed,
    ):
        for line in requests:
            with _noticing_that_nobody_waits(requests):
                reply = answer(json.loads(line), executed)
            print(json.dumps(reply), file=replies, flush=True)


def answer(request: dict[str, Any], executed: Path) -> dict[str, object]:
    """Render one book and say where it is.

    Parameters
    ----------
    request
        `values` (a parameter set, files by path), `project`, `engine`, `within_site`, `base_url`,
        `timeout` and `memory` as for :func:`peelbook.render.books.render_books`; `expected`, the
        fingerprints to agree with; `output`, the folder that the book goes to; `several`, whether
        others of the same period will follow.
    executed
        folder of executed notebooks; those that all books share are done once.

    Returns
    -------
    `error`, empty if the book is in its place; `refused`, whether the error is that this machine
    differs from the one that asks; `executed`, the folder of that name.
    """
    force, refused = request["values"]["force"], False
    try:
        differs = disagreement(request["expected"], fingerprints(Path(request["project"])))
        refused = bool(differs)
        error = f"{socket.gethostname()} differs in {differs}" if refused else ""
        error = error or _render(request, executed)
    except PeelbookError as raised:
        error = f"{force}: {raised}".replace(f"{force}: {force}: ", f"{force}: ")
    except Exception as raised:  # noqa: BLE001 - whoever asked has to be told whatever it was
        error = f"{force}: {type(raised).__name__}: {raised}"
    return {"error": error, "refused": refused, "executed": str(executed)}


def _render(request: dict[str, Any], executed: Path) -> str:
    parameters = parse_parameters(request["values"])
    plan = Plan(
        output=Path(request["output"]),
        project=Path(request["project"]),
        engine=Engine(request["engine"]),
        within_site=request["within_site"],
        base_url=request["base_url"],
        executed=executed,
    )
    limits = limits_for(plan, Limits(1, request["timeout"], request["memory"]))
    # rendered for somebody else before, perhaps from another parameter set
    shutil.rmtree(plan.kept(parameters.force), ignore_errors=True)
    if limits.fork and request["several"]:
        _warm_up(parameters, plan)
    [book] = render_books([parameters], plan, limits)
    return book.error


def _warm_up(parameters: Parameters, plan: Plan) -> None:
    from peelbook.render.warm import warm_up

    # the same for every book of a period, and so done once
    warm_up(parameters.for_all_forces(), Plan(project=plan.project, engine=plan.engine))


def _own_streams() -> tuple[TextIO, TextIO]:
    """Take standard input and output for requests and replies; what code prints goes to errors."""
    requests, replies = os.fdopen(os.dup(0), encoding="utf-8"), os.fdopen(os.dup(1), "w")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, replies


@contextmanager
def _noticing_that_nobody_waits(requests: TextIO) -> Iterator[None]:
    """Raise Abandoned here, in the middle of a book, when the other end of `requests` is closed.

    A timer, for a thread would be copied into the children in the middle of something.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    closed = select.poll()
    # events of no kind: that the other end is closed is always told
    closed.register(requests.fileno(), 0)

    def look(_number: int, _frame: object) -> None:
        if closed.poll(0):
            raise Abandoned

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


if __name__ == "__main__":
    main()
