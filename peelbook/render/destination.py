"""Writes a finished book or site to an address that fsspec knows: s3, gs, abfs and others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from peelbook.errors import PeelbookError
from peelbook.parameters import Parameters
from peelbook.render.books import Rendered, render_books
from peelbook.render.owned import TEMPORARY, owned_folder
from peelbook.render.plan import Plan, Progress
from peelbook.render.pool import Limits

FRONT = "index.html"
LOCAL = ("file://", "local://")
INSTALL = "install what it needs: make distributed"


def is_address(output: str) -> bool:
    """Return whether an output is the address of an object store rather than a folder."""
    return "://" in output


def check_address(address: str) -> None:
    """Raise PeelbookError where nothing can be written to an address, before anything is rendered."""
    store, root = _store(address)
    with _said_in_one_line(address):
        store.find(root)


def upload(book: Path, address: str) -> str:
    """Replace what is at `address` by a book or a site, and return the address of its front page.

    There is no rename in an object store. So the front page goes last, when all that it leads to
    is there, and only then what the earlier book had and this one has not is deleted.

    Raises
    ------
    PeelbookError
        when the store cannot be reached or refuses; what was there may then be a mixture.
    """
    store, root = _store(address)
    with _said_in_one_line(address):
        store.invalidate_cache()
        earlier = set(store.find(root))
        files = sorted(path for path in book.rglob("*") if path.is_file())
        targets = {path: f"{root}/{path.relative_to(book).as_posix()}" for path in files}
        front = book / FRONT
        others = [path for path in files if path != front]
        store.put([str(path) for path in others], [targets[path] for path in others])
        store.put_file(str(front), targets[front])
        stale = sorted(earlier - set(targets.values()))
        if stale:
            store.rm(stale)
    return f"{address}/{FRONT}"


def render_to_address(
    sets: Sequence[Parameters],
    address: str,
    plan: Plan,
    limits: Limits | None = None,
    progress: Progress = lambda step: None,
) -> Iterator[Rendered]:
    """Render books here, each anew, and upload each as it ends; yield what became of it.

    Parameters are those of :func:`peelbook.render.books.render_books`, and `address`, below which
    each force has a folder. A book that fails uploads nothing.
    """
    with owned_folder(TEMPORARY) as folder:
        here = replace(plan, output=folder / "books", published=None, executed=None)
        for book in render_books(sets, here, limits, progress=progress):
            if book.error:
                yield book
                continue
            progress(f"{book.force}: uploading")
            try:
                yield Rendered(book.force, upload(book.index.parent, f"{address}/{book.force}"))
            except PeelbookError as error:
                yield Rendered(book.force, error=f"{book.force}: {error}")


@contextmanager
def made_in(output: str) -> Iterator[Path]:
    """Return the folder to make something in that goes to `output`: that, or one for the moment."""
    if not is_address(output):
        yield Path(output)
        return
    with owned_folder(TEMPORARY) as folder:
        yield folder / "made"


def _store(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        # only folders have to be made; a store would make a bucket that was misspelt
        settings = {"auto_mkdir": True} if address.startswith(LOCAL) else {}
        store, root = url_to_fs(address, **settings)
    except ImportError as error:
        raise PeelbookError(f"{address}: {INSTALL} ({_first_line(error)})") from None
    except ValueError as error:
        raise PeelbookError(f"{address}: {_first_line(error)}") from None
    if not root.strip("/"):
        # what an earlier book left is deleted, and that would be everything
        raise PeelbookError(
            f"{address}: name a place in the store, for example {address}bucket/books"
        )
    return store, root.rstrip("/")


@contextmanager
def _said_in_one_line(address: str) -> Iterator[None]:
    try:
        yield
    # each store has errors of its own
    except Exception as error:  # noqa: BLE001
        reason = f"{type(error).__name__}: {_first_line(error)}"
        raise PeelbookError(f"{address} cannot be written: {reason}") from None


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "")
