"""Runs jobs, each in a forked child of a process that has imported and computed what all need.

A child that raises, runs too long, needs too much memory or is killed takes down its own job
only; the parent names it and goes on with the others. Where there is no fork the jobs run one
after the other in this process.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from peelbook.errors import PeelbookError
from peelbook.render.children import end_with_parent, leave_signals_to_parent
from peelbook.render.full_disk import said_of_a_full_disk
from peelbook.render.memory import limit_memory, use_memory_kept_back
from peelbook.render.plan import Progress

JOB_TIMEOUT_SECONDS = 600
JOB_MEMORY_MIB = 1536
"""The engine that draws charts reserves a third of it and uses little of that."""
SECONDS_TO_END = 5
NEW_OBJECTS_TO_COLLECT = (100_000, 20, 50)
"""A child lives for one book; looking through its objects as often as Python does takes 4 percent."""


@dataclass(frozen=True)
class Job:
    """Something to do.

    Parameters
    ----------
    name
        of the job, to report it by.
    run
        does it; gets what it reports its steps to.
    after
        names of jobs that have to succeed before.
    prepare
        called in the parent before this job is forked.
    books
        of how many books this is the work; it may take as many times as long as one.
    """

    name: str
    run: Callable[[Progress], Any]
    after: frozenset[str] = frozenset()
    prepare: Callable[[], None] = lambda: None
    books: int = 1


@dataclass(frozen=True)
class Ended:
    """What became of a job: its result, or the error that stopped it."""

    name: str
    result: Any = None
    error: str = ""


@dataclass(frozen=True)
class Limits:
    """How many jobs run at once, for how long, and with how much memory each.

    Parameters
    ----------
    workers
        jobs at a time; the number of processors by default.
    timeout
        seconds after which a job that is the work of one book is killed.
    memory
        mebibytes of memory that a job may add to those of the parent.
    fork
        run each job in a child of its own.
    """

    workers: int | None = None
    timeout: float = JOB_TIMEOUT_SECONDS
    memory: int = JOB_MEMORY_MIB
    fork: bool = hasattr(os, "fork")


@dataclass
class _Child:
    job: Job
    process: BaseProcess
    messages: Connection
    deadline: float


def run_jobs(
    jobs: Iterable[Job], limits: Limits, progress: Progress = lambda step: None
) -> Iterator[Ended]:
    """Run all jobs and yield what became of each, in the order in which they end.

    Jobs begin in the order given, but for those that wait for another; what they wait for has to
    stand before them. A job that waits for one that failed has the error of that one.
    """
    queue = _Queue(list(jobs))
    running: list[_Child] = []
    # what is there now is never collected in a child, where that would copy its memory
    gc.freeze()
    try:
        while queue.waiting or running:
            yield from queue.doomed()
            while len(running) < (limits.workers or os.cpu_count() or 1) and (job := queue.take()):
                job.prepare()
                if limits.fork:
                    running.append(_start(job, limits))
                else:
                    yield queue.note(job, _run(job, progress))
            for child, ended in _collect(running, limits, progress):
                yield queue.note(child.job, ended)
    finally:
        gc.unfreeze()
        for child in running:
            child.process.kill()
            child.process.join(SECONDS_TO_END)


@dataclass
class _Queue:
    """Jobs that have not begun, and what became of those that ended."""

    waiting: list[Job]
    done: dict[str, Ended] = field(default_factory=dict)

    def take(self) -> Job | None:
        """Take the first job that need not wait any longer."""
        succeeded = {name for name, ended in self.done.items() if not ended.error}
        for job in self.waiting:
            if job.after <= succeeded:
                self.waiting.remove(job)
                return job
        return None

    def doomed(self) -> Iterator[Ended]:
        """Take the jobs that wait for one that failed."""
        for job in list(self.waiting):
            errors = [self.done[name].error for name in sorted(job.after & set(self.done))]
            if any(errors):
                self.waiting.remove(job)
                yield self.note(job, Ended(job.name, error=next(filter(None, errors))))

    def note(self, job: Job, ended: Ended) -> Ended:
        """Note what became of a job."""
        self.done[job.name] = ended
        return ended


def _run(job: Job, progress: Progress) -> Ended:
    try:
        return Ended(job.name, job.run(progress))
    except Exception as error:  # noqa: BLE001 - whatever it was has to be named
        if isinstance(error, MemoryError):
            use_memory_kept_back()
        if full := said_of_a_full_disk(error):
            return Ended(job.name, error=f"{job.name}: {full}")
        if isinstance(error, PeelbookError):
            return Ended(job.name, error=str(error))
        return Ended(job.name, error=f"{job.name}: {type(error).__name__}: {error}")


def _start(job: Job, limits: Limits) -> _Child:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(
        target=_child, args=(job, limits.memory, sender, os.getpid()), daemon=True
    )
    process.start()
    sender.close()
    return _Child(job, process, receiver, time.monotonic() + limits.timeout * job.books)


def _child(job: Job, memory: int, sender: Connection, parent: int) -> None:
    end_with_parent(parent)
    leave_signals_to_parent()
    limit_memory(memory)
    gc.set_threshold(*NEW_OBJECTS_TO_COLLECT)
    ended = _run(job, lambda step: sender.send(("step", step)))
    sender.send(("ended", ended))


def _collect(
    running: list[_Child], limits: Limits, progress: Progress
) -> Iterator[tuple[_Child, Ended]]:
    """Take what the children say within a moment; drop those that ended and yield their results."""
    ready = set(wait([child.messages for child in running], timeout=0.2))
    for child in list(running):
        ended = _message(child, progress) if child.messages in ready else None
        if ended is None and time.monotonic() > child.deadline:
            child.process.kill()
            seconds = limits.timeout * child.job.books
            reason = f"took longer than {seconds:g} seconds and was stopped"
            ended = Ended(child.job.name, error=f"{child.job.name}: {reason}")
        if ended is not None:
            _end(child)
            running.remove(child)
            yield child, ended


def _message(child: _Child, progress: Progress) -> Ended | None:
    try:
        kind, content = child.messages.recv()
    except EOFError:
        child.process.join(SECONDS_TO_END)
        code = child.process.exitcode
        how = f"was killed by signal {-code}" if code and code < 0 else f"ended with code {code}"
        return Ended(child.job.name, error=f"{child.job.name}: the process that rendered it {how}")
    if kind == "step":
        progress(content)
        return None
    return content


def _end(child: _Child) -> None:
    """Wait for a child that has said its last, but not for ever."""
    child.process.join(SECONDS_TO_END)
    if child.process.is_alive():
        child.process.kill()
        child.process.join()
    child.messages.close()
