"""Runs a command and measures it as a whole: wall time, processor time, memory of all processes."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, sleep

import psutil

EVERY_SECONDS = 0.25


@dataclass(frozen=True)
class Measured:
    """What a command took.

    Parameters
    ----------
    wall, cpu
        seconds; `cpu` is of all its processes together.
    memory
        MiB that all its processes held at once, at most; shared pages are counted once
        (proportional set size), looked at four times a second.
    """

    wall: float
    cpu: float
    memory: float

    def as_dict(self) -> dict[str, float]:
        """Return the figures by name."""
        return asdict(self)


def measure(*commands: list[str], folder: Path) -> Measured:
    """Run commands at once in `folder`, wait for all, and return what they took together.

    Raises RuntimeError with the end of what it printed if one of them fails.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = perf_counter()
    running = [
        subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for command in commands
    ]
    watch = _Watch([process.pid for process in running])
    watch.start()
    printed = [process.communicate()[0] for process in running]
    wall = perf_counter() - begun
    watch.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    for process, text in zip(running, printed, strict=True):
        if process.returncode:
            raise RuntimeError(f"{' '.join(process.args)} failed:\n{text[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(wall, cpu, watch.most / 1024**2)


class _Watch(threading.Thread):
    """Looks at the memory of some processes and all their descendants until stopped."""

    def __init__(self, pids: list[int]) -> None:
        super().__init__(daemon=True)
        self.pids, self.most, self.going = pids, 0, True

    def run(self) -> None:
        while self.going:
            self.most = max(self.most, sum(map(_memory_of_tree, self.pids)))
            sleep(EVERY_SECONDS)

    def stop(self) -> None:
        """Look no more."""
        self.going = False
        self.join()


def _memory_of_tree(pid: int) -> int:
    try:
        root = psutil.Process(pid)
        return sum(map(_memory_of, [root, *root.children(recursive=True)]))
    except psutil.Error:
        return 0


def _memory_of(process: psutil.Process) -> int:
    try:
        return process.memory_full_info().pss
    except (psutil.Error, OSError, AttributeError):
        return 0


def machine() -> dict[str, object]:
    """Return what the measurements were made on."""
    return {
        "processors": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 1024**3, 1),
        "python": platform.python_version(),
    }
