"""The manifest of a book: what each page was made from, and what was published."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

FILE = "manifest.json"


@dataclass(frozen=True)
class Page:
    """An executed notebook.

    Parameters
    ----------
    key
        hash of the notebook, the parameters, the package's code and the installed versions.
    inputs
        name -> hash of every table and definition that it read.
    executed
        hash of the executed notebook.
    """

    key: str
    inputs: dict[str, str]
    executed: str


@dataclass
class Manifest:
    """What is known of the last run for one book.

    `pages`: notebook (path in the project) -> :class:`Page`; `compiled`: hash of what the
    published book was compiled from, empty if it may not be whole; `files`: published file ->
    its bytes; `parameters`: the parameter set, as pages show it; `made_from`: of a site, the hash of
    all that anything in it was made from.
    """

    pages: dict[str, Page] = field(default_factory=dict)
    compiled: str = ""
    files: dict[str, int] = field(default_factory=dict)
    parameters: dict[str, object] = field(default_factory=dict)
    made_from: str = ""

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """Read the manifest of `folder`; an empty one if there is none that can be read."""
        try:
            content = json.loads((folder / FILE).read_text(encoding="utf-8"))
            content["pages"] = {name: Page(**page) for name, page in content["pages"].items()}
            return cls(**content)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return cls()

    def save(self, folder: Path) -> None:
        """Write the manifest to `folder`, whole or not at all."""
        folder.mkdir(parents=True, exist_ok=True)
        new = folder / f".{FILE}.{os.getpid()}"
        try:
            new.write_text(json.dumps(asdict(self), indent=1, sort_keys=True), encoding="utf-8")
            new.replace(folder / FILE)
        finally:
            new.unlink(missing_ok=True)

    def still_published(self, book: Path) -> bool:
        """Return whether every file that was published is in `book`, of the same size."""
        folder = str(book)
        return bool(self.files) and all(
            _size(f"{folder}/{name}") == n for name, n in self.files.items()
        )


def keep_page(folder: Path, notebook: Path, page: Page) -> None:
    """Write into the manifest of `folder` that the executed form of `notebook` is there."""
    manifest = Manifest.load(folder)
    manifest.pages[notebook.as_posix()] = page
    manifest.save(folder)


def files_of(book: Path) -> dict[str, int]:
    """Return file (path in the book) -> bytes."""
    return {
        path.relative_to(book).as_posix(): path.stat().st_size
        for path in sorted(book.rglob("*"))
        if path.is_file()
    }


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return -1
