"""Makes books on other machines: each book is a task for a worker of a dask scheduler."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from peelbook.errors import PeelbookError
from peelbook.parameters import FILES, Parameters, shown_values
from peelbook.render.agreement import fingerprints
from peelbook.render.archive import BOOK, EXECUTED, unpack
from peelbook.render.books import Rendered, limits_for, split_by_change
from peelbook.render.contents import PROJECT, read_contents
from peelbook.render.current import forget, shared_wanted, stale
from peelbook.render.place import rendering, require_places
from peelbook.render.plan import SHARED, Plan, Progress
from peelbook.render.pool import Job, Limits, run_jobs
from peelbook.render.publish import publish, replace_kept, working_folder
from peelbook.render.worker import Delivery, Order, deliver
from peelbook.tables import verify_tables

SECONDS_TO_CONNECT = 10
SECONDS_TO_WAIT_FOR_A_WORKER = 60


def render_remotely(
    sets: Sequence[Parameters],
    plan: Plan,
    limits: Limits | None = None,
    *,
    scheduler: str,
    address: str = "",
    rerun: bool = False,
    beside: Sequence[Job] = (),
    progress: Progress = lambda step: None,
) -> Iterator[Rendered]:
    """Render a book for each parameter set on the workers of a scheduler; yield what became of each.

    What is published and kept is what :func:`peelbook.render.books.render_books` would have
    published and kept, so that either goes on where the other ended. The task of a worker that
    dies is given to another one.

    Parameters
    ----------
    sets, plan, limits, rerun, progress
        as for :func:`peelbook.render.books.render_books`; how many books at once is the workers'
        affair.
    scheduler
        address of the scheduler, for example ``tcp://10.0.0.1:8786``.
    address
        where the workers themselves write the books to, each one anew; nothing is kept here.
    beside
        jobs that have to succeed too; they run here, and first.

    Raises
    ------
    DataIntegrityError
        when a table in data/ is not the one that the data package describes.
    PeelbookError
        when the scheduler cannot be reached or has no worker, a worker has other code, packages,
        data or pages than this machine, or one of the jobs `beside` fails.
    """
    verify_tables()
    limits = limits_for(plan, limits)
    here = [] if address else sets
    require_places(here, plan)
    with rendering(here, plan, progress):
        if rerun and here:
            forget(plan, [SHARED, *(parameters.force for parameters in sets)])
        unchanged, changed = ([], list(sets)) if address else split_by_change(sets, plan)
        require_places([] if address else changed, plan)
        yield from unchanged
        yield from _rendered(changed, plan, limits, scheduler, address, beside, progress)


def _rendered(
    changed: Sequence[Parameters],
    plan: Plan,
    limits: Limits,
    scheduler: str,
    address: str,
    beside: Sequence[Job],
    progress: Progress,
) -> Iterator[Rendered]:
    # while there are no threads that talk to the scheduler, for these are forked from this process
    for ended in run_jobs(beside, limits, progress):
        if ended.error:
            raise PeelbookError(ended.error)
    if changed:
        progress(f"{SHARED}: waiting for {scheduler}")
        orders = [_order(parameters, plan, limits, address) for parameters in changed]
        with _connected(scheduler) as client:
            for force, delivery in _delivered(orders, client):
                yield _accepted(force, delivery, plan)


def require_scheduler(scheduler: str) -> None:
    """Raise PeelbookError where a scheduler cannot be reached, or has no worker."""
    with _connected(scheduler):
        pass


def _order(parameters: Parameters, plan: Plan, limits: Limits, address: str) -> Order:
    values = parameters.model_dump(mode="json")
    return Order(
        values=shown_values(parameters),
        files={name: Path(values[name]).read_bytes() for name in FILES if values[name]},
        expected=fingerprints(plan.project),
        engine=plan.engine,
        within_site=plan.within_site,
        base_url=plan.base_url,
        timeout=limits.timeout,
        memory=limits.memory,
        # another project is on a disk that the workers share
        project="" if plan.project == PROJECT else str(plan.project.resolve()),
        address=address.rstrip("/"),
    )


@contextmanager
def _connected(scheduler: str) -> Iterator[Any]:
    try:
        from distributed import Client
        from distributed.comm import get_address_host_port
    except ImportError:
        raise PeelbookError(
            "Option --scheduler needs dask, which is not installed: make distributed"
        ) from None
    try:
        # a client that was never whole complains when it is thrown away
        get_address_host_port(scheduler, strict=True)
        client = Client(scheduler, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise PeelbookError(f"Scheduler {scheduler} cannot be reached: {_line(error)}") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=SECONDS_TO_WAIT_FOR_A_WORKER)
        except TimeoutError:
            raise PeelbookError(
                f"Scheduler {scheduler} has no worker; start one: dask worker {scheduler}"
            ) from None
        yield client


def _delivered(orders: Sequence[Order], client: Any) -> Iterator[tuple[str, Delivery]]:  # noqa: ANN401
    """Yield force and delivery as they come; raise PeelbookError where a worker refuses."""
    from distributed import as_completed

    several = len(orders) > sum(client.nthreads().values())
    # names of their own, for dask hands out what it has done under a name before
    run = uuid4().hex
    futures = {
        client.submit(
            deliver, replace(order, several=several), key=f"{order.values['force']}-{run}"
        ): order
        for order in orders
    }
    for future in as_completed(list(futures), loop=client.loop):
        force = str(futures.pop(future).values["force"])
        delivery = _delivery(force, future)
        future.release()
        yield force, delivery


def _delivery(force: str, future: Any) -> Delivery:  # noqa: ANN401
    if future.cancelled():
        raise PeelbookError("The scheduler has gone, and with it the books that were not done.")
    if future.status == "error":
        # of dask, or of a worker that cannot run the task; its own errors are in a delivery
        error = future.exception()
        return Delivery(error=f"{force}: {type(error).__name__}: {_line(error)}")
    delivery = future.result()
    if delivery.refused:
        raise PeelbookError(
            f"Worker {delivery.error}; bring it to the state of this machine and start it again."
        )
    return delivery


def _accepted(force: str, delivery: Delivery, plan: Plan) -> Rendered:
    """Publish a book that came back, and keep what it was made from."""
    if delivery.error:
        return Rendered(force, error=delivery.error)
    if delivery.address:
        return Rendered(force, delivery.address)
    with working_folder(plan.output, force) as folder:
        unpack(delivery.archive, folder)
        # until the book is published and noted, none that is there counts as current
        forget(plan, [force])
        publish(folder / BOOK, plan.output / force)
        executed = folder / EXECUTED
        replace_kept(executed / force, plan.kept(force))
        if stale(shared_wanted(read_contents(plan.project), plan), SHARED, plan):
            replace_kept(executed / SHARED, plan.kept(SHARED))
    return Rendered(force, plan.output / force / "index.html")


def _line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), "")
