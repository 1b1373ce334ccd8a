"""Folders that belong to a process while it lives, and locks that end with the process that holds them.

A folder to work in bears a file that says so and is locked (flock) by its process. The system
gives up the lock of a process that ends, however it ends; so what is marked and not locked is
nobody's, and the next run removes it. Nothing is removed that does not bear the file: a folder
of the user's may have any name.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # where there is no flock nothing is taken for left behind
    fcntl = None

SIGN = ".peelbook-works-here"
TEMPORARY = "peelbook-"
"""How folders in the system's temporary folder begin."""
UNBORN = ".peelbook-new-"
LOCK = ".lock"
SECONDS_BETWEEN_TRIES = 0.2

_held: dict[Path, int] = {}


@contextmanager
def owned_folder(prefix: str, within: Path | None = None) -> Iterator[Path]:
    """Make a folder that is this process's own until the block ends, and remove it then.

    It has its name only once it is locked, so that no other run takes it for left behind.
    """
    parent = Path(within or tempfile.gettempdir())
    unborn = Path(tempfile.mkdtemp(prefix=UNBORN, dir=parent))
    handle = None
    folder = parent / f"{prefix}{unborn.name.removeprefix(UNBORN)}"
    try:
        handle = os.open(unborn, os.O_RDONLY) if fcntl else None
        _lock(handle)
        (unborn / SIGN).touch()
        unborn.rename(folder)
        # resolved, for Sphinx runs in another working directory
        yield folder.resolve()
    finally:
        for each in (folder, unborn):
            shutil.rmtree(each, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def sweep(prefix: str, within: Path | None = None) -> None:
    """Remove the folders of :func:`owned_folder` that no living process owns."""
    parent = Path(within or tempfile.gettempdir())
    if fcntl is None or not parent.is_dir():
        return
    for start in (prefix, UNBORN):
        for folder in sorted(parent.iterdir()):
            if folder.name.startswith(start) and _is_left_behind(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left_behind(folder: Path) -> bool:
    try:
        if folder.is_symlink() or not (folder / SIGN).is_file():
            return False
        if (folder / SIGN).stat().st_uid != os.getuid():
            return False
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return False
    try:
        return _lock(handle)
    finally:
        os.close(handle)


def _lock(handle: int | None) -> bool:
    """Lock an open file or folder, if that can be done at once; return whether it was."""
    if handle is None:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # held by another, or a file system without locks
        return False
    return True


@contextmanager
def only_one(folder: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Let only one process at a time into the block, for a folder, which is made.

    A second one waits, and calls `waiting` before it does. Children that are forked meanwhile
    are let in with their parent. Where the file system has no locks all are let in.
    """
    place = folder.resolve()
    if fcntl is None or place in _held:
        yield
        return
    place.mkdir(parents=True, exist_ok=True)
    handle = os.open(place / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _wait_for(handle, waiting)
        _held[place] = handle
        yield
    finally:
        _held.pop(place, None)
        os.close(handle)


def _wait_for(handle: int, waiting: Callable[[], None]) -> None:
    told = False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if not told:
                waiting()
                told = True
            time.sleep(SECONDS_BETWEEN_TRIES)
        except OSError:
            return
