"""What a worker on another machine does: the book of one force, by a render server of its own."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peelbook.errors import PeelbookError
from peelbook.render.archive import BOOK, EXECUTED, pack
from peelbook.render.contents import PROJECT
from peelbook.render.destination import upload
from peelbook.render.plan import SHARED

BOOKS = "books"


@dataclass(frozen=True)
class Order:
    """A book to render, with everything that it needs from the machine that asks for it.

    Parameters
    ----------
    values
        the parameter set, with files by name.
    files
        parameter -> content of the file that it names.
    expected
        fingerprints that the worker has to agree with.
    engine, within_site, base_url, timeout, memory
        as for :func:`peelbook.render.books.render_books`.
    project
        folder of the book on the worker's machine; empty for the one that its code belongs to.
    address
        where the worker writes the book; empty for sending it back.
    several
        whether to expect more orders of the same period, which it pays to prepare for.
    """

    values: Mapping[str, object]
    files: Mapping[str, bytes]
    expected: Mapping[str, str]
    engine: str
    within_site: int
    base_url: str
    timeout: float
    memory: int
    project: str = ""
    address: str = ""
    several: bool = False


@dataclass(frozen=True)
class Delivery:
    """What became of an order: an archive or an address of the book, or an error.

    `refused` says that the error is another state of the worker's machine.
    """

    archive: bytes = b""
    address: str = ""
    error: str = ""
    refused: bool = False


def deliver(order: Order) -> Delivery:
    """Render a book, and pack or upload it. This is the task that is sent to the workers."""
    force = str(order.values["force"])
    with tempfile.TemporaryDirectory(
        prefix="peelbook-", dir=_scratch(), ignore_cleanup_errors=True
    ) as name:
        folder = Path(name).resolve()
        try:
            delivery = _rendered(order, folder)
            if order.address and not delivery.error:
                book = folder / BOOKS / force
                return Delivery(address=upload(book, f"{order.address}/{force}"))
        except PeelbookError as error:
            return Delivery(error=f"{force}: {error}")
        return delivery


def _rendered(order: Order, folder: Path) -> Delivery:
    force = str(order.values["force"])
    with _server() as server:
        reply = server.ask(_request(order, folder))
        if reply["error"] or order.address:
            return Delivery(error=reply["error"], refused=reply["refused"])
        # packed before the server, which keeps the executed pages, has another request
        kept = Path(reply["executed"])
        parts = {BOOK: folder / BOOKS / force, f"{EXECUTED}/{force}": kept / force}
        if not order.within_site:
            parts[f"{EXECUTED}/{SHARED}"] = kept / SHARED
        return Delivery(archive=pack(parts))


def _request(order: Order, folder: Path) -> dict[str, object]:
    values = dict(order.values)
    for parameter, content in order.files.items():
        file = folder / parameter / str(values[parameter])
        file.parent.mkdir()
        file.write_bytes(content)
        values[parameter] = str(file)
    return {
        "values": values,
        "expected": dict(order.expected),
        "project": order.project or str(PROJECT),
        "engine": order.engine,
        "within_site": order.within_site,
        "base_url": order.base_url,
        "timeout": order.timeout,
        "memory": order.memory,
        "several": order.several,
        "output": str(folder / BOOKS),
    }


def _scratch() -> str | None:
    """Return the folder of this worker, which dask clears after one that was killed."""
    from distributed import get_worker

    try:
        return get_worker().local_directory
    except ValueError:
        return None


@dataclass
class _Server:
    """A process that renders, and ends with this one: then nothing holds its input open."""

    process: subprocess.Popen = field(default_factory=lambda: _start())

    def ask(self, request: dict[str, object]) -> dict[str, Any]:
        """Send a request and wait for the reply; raise PeelbookError if the process ends."""
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
            while not select.select([self.process.stdout], [], [], 1)[0]:
                # a child of it may hold the output open
                if self.process.poll() is not None:
                    break
            else:
                if line := self.process.stdout.readline():
                    return json.loads(line)
        except BrokenPipeError:
            pass
        code = self.process.wait()
        # a child that it left would go on writing
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        raise PeelbookError(f"the process that renders ended with code {code}")


def _start() -> subprocess.Popen:
    scratch = _scratch()
    return subprocess.Popen(
        [sys.executable, "-m", "peelbook.render.server", *([scratch] if scratch else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONHASHSEED": "0"},
        # what stops the worker from a keyboard reaches it through its input
        start_new_session=True,
    )


_idle: list[_Server] = []
_taking = threading.Lock()


@contextmanager
def _server() -> Iterator[_Server]:
    """Take a server that does nothing, or start one: as many as this worker has threads."""
    with _taking:
        server = _idle.pop() if _idle else None
    server = server or _Server()
    yield server
    # one that ended, or that was left in the middle of something, is not used again
    with _taking:
        _idle.append(server)
