"""A scheduler and workers, started from the command line as a user starts them, and their books."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

DASK = Path(sys.executable).with_name("dask")
SECONDS = 60
FORCES = ["durham", "kent", "surrey"]
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "made-up",
    "AWS_SECRET_ACCESS_KEY": "made-up",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@dataclass
class Cluster:
    """A scheduler on this machine, and its workers; `folder` holds their logs and scratch space."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    processes: list[subprocess.Popen] = field(default_factory=list)

    def __enter__(self) -> Cluster:
        self._start("scheduler", "--port", "0", "--no-jupyter")
        self._wait(lambda: self.file.exists() and self.file.read_text(encoding="utf-8"))
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()

    @property
    def file(self) -> Path:
        return self.folder / "scheduler.json"

    @property
    def scheduler(self) -> str:
        return json.loads(self.file.read_text(encoding="utf-8"))["address"]

    def start_worker(self) -> psutil.Process:
        """Start a worker of one thread and return its process."""
        scratch = str(self.folder / "scratch")
        words = ["worker", "--nthreads", "1", "--no-nanny", "--local-directory", scratch]
        return psutil.Process(self._start(*words).pid)

    def _start(self, *words: str) -> subprocess.Popen:
        log = self.folder / f"{words[0]}-{len(self.processes)}.log"
        known = ["--scheduler-file", str(self.file), "--host", "127.0.0.1", "--no-dashboard"]
        with log.open("w", encoding="utf-8") as output:
            process = subprocess.Popen(
                [str(DASK), *words, *known],
                env=os.environ | self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.processes.append(process)
        return process

    @staticmethod
    def _wait(condition: object) -> None:
        end = time.monotonic() + SECONDS
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError
            time.sleep(0.1)


def files(folder: Path) -> dict[str, bytes]:
    """Return file (path in the folder) -> content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
