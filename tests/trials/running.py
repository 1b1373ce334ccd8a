"""Runs the stub in folders of its own, and looks at what it left."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from peelbook.errors import PeelbookError
from peelbook.render.mark import read_mark
from trials.stub import PAGES

ALL = os.environ.get("PEELBOOK_TRIALS") == "all"
SEED = 20160630
PERIODS = ("2016-06-30", "2018-03-31")
STUB = Path(__file__).with_name("stub.py")
PROJECT = Path(__file__).resolve().parents[2]
BYTECODE = Path(tempfile.gettempdir()) / f"bytecode-of-trials-{os.getuid()}"


def number_of(bounded: int, every: int) -> int:
    """Return how many trials to run."""
    return every if ALL else bounded


def names_its_file(error: PeelbookError, path: Path) -> None:
    """Check that a refusal is one line that names the file."""
    said = str(error)
    assert path.name in said, said
    assert "\n" not in said, said


@dataclass(frozen=True)
class Place:
    """A folder of books and a temporary folder that only one trial uses."""

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "books"

    @property
    def temporary(self) -> Path:
        return self.root / "tmp"

    def start(self, *words: str, **environment: str) -> subprocess.Popen:
        """Start the stub as the leader of a process group."""
        self.temporary.mkdir(parents=True, exist_ok=True)
        known = {"TMPDIR": str(self.temporary), "PYTHONPATH": str(PROJECT)}
        # compiled once for all trials, wherever bytecode is not written otherwise
        known |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(BYTECODE)}
        return subprocess.Popen(
            [sys.executable, str(STUB), *words, "-o", str(self.output)],
            cwd=self.root,
            env=os.environ | known | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def render(self, period: str, **environment: str) -> subprocess.Popen:
        """Start rendering Kent for a period."""
        return self.start("render", "kent", "-p", "period_end", period, **environment)

    def edition(self) -> str:
        """Return which book is there, whole; raise AssertionError for a part of one or a mixture."""
        book = self.output / "kent"
        mark = read_mark(book)
        assert mark is not None, "no mark"
        for name, digits in mark["files"].items():
            assert hashlib.sha256((book / name).read_bytes()).hexdigest() == digits, name
        assert len(mark["files"]) == PAGES + 2  # the front page and the research object
        lines = {line for page in book.rglob("*.html") for line in page.read_text().splitlines()}
        assert len(lines) == 1, "a mixture"
        return f"{mark['parameters']['period_end']} {lines.pop()}"

    def left(self) -> list[str]:
        """Return what is in the output besides the book, and in the temporary folder."""
        beside = [path.name for path in self.output.iterdir() if path.name != "kent"]
        # multiprocessing keeps a socket's folder there while a process lives, never after
        return sorted(beside + [path.name for path in self.temporary.iterdir()])


def nobody_left(group: int, seconds: float = 5) -> bool:
    """Return whether all processes of a session have ended, after waiting for a moment."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(_in_session(process.pid, group) for process in psutil.process_iter(["pid"])):
            return True
        time.sleep(0.02)
    return False


def _in_session(pid: int, session: int) -> bool:
    try:
        return os.getsid(pid) == session and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.NoSuchProcess):
        return False
