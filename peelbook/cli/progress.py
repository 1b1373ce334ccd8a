"""The bar that shows how far a render has come: all books at once, with rate and remaining time."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from peelbook.render.plan import SHARED


class BooksBar:
    """One bar over all books; a book in progress counts by the steps it has done.

    Drawn only when something is reported: a thread that drew it would be copied, in the middle
    of something, into every process that is forked.
    """

    def __init__(self, books: int, steps: int) -> None:
        self.books, self.steps, self.done = books, steps, 0
        self.parts: dict[str, float] = {}
        self.begun = time.monotonic()
        self.shown = False
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[books]}"),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=Console(stderr=True),
            auto_refresh=False,
        )
        self.task = self.bar.add_task("", total=books, books="", rate="")

    def __enter__(self) -> BooksBar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.shown:
            self.bar.__exit__(kind, error, traceback)

    def step(self, step: str) -> None:
        """Show a step of a book, ``force: step``, that begins now."""
        force = step.partition(":")[0]
        if force != SHARED:
            # the last step is done only when the book is
            most = (self.steps - 1) / self.steps
            self.parts[force] = min(self.parts.get(force, 0) + 1 / self.steps, most)
        self._show(step)

    def end(self, force: str) -> None:
        """Count a book that has ended, published or not."""
        self.parts.pop(force, None)
        self.done += 1
        self._show(force)

    def _show(self, description: str) -> None:
        if not self.shown:  # an error before the first step stands alone
            self.shown = True
            self.bar.__enter__()
        seconds = time.monotonic() - self.begun
        rate = f"{self.done / seconds:.2f} a second" if self.done else ""
        self.bar.update(
            self.task,
            completed=self.done + sum(self.parts.values()),
            description=description,
            books=f"{self.done}/{self.books} books",
            rate=rate,
            refresh=True,
        )
