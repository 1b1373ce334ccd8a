"""The mark of a book or a site: a file in it that names what was written, from what, and how.

It says which files the program may replace, and lets anybody check and make a book again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

MARK = "peelbook-manifest.json"
NOBODYS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that file managers put into a folder that somebody has looked at."""


def write_mark(folder: Path, about: Mapping[str, object]) -> None:
    """Write the mark of a finished folder: `about` it, and file -> sha256.

    Of a folder in it that has a mark of its own only that mark is named.
    """
    inner = _marked_within(folder)
    files = {
        name: sha256_of(path)
        for name, path in _files(folder)
        if name != MARK and (name.split("/")[0] not in inner or name.split("/")[1:] == [MARK])
    }
    content = {**about, "files": files}
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    (folder / MARK).write_text(text, encoding="utf-8", newline="\n")


def read_mark(folder: Path) -> dict[str, Any] | None:
    """Return what the mark of a folder says; None where it has none that can be read."""
    try:
        content = json.loads((folder / MARK).read_text(encoding="utf-8"))
        names = [PurePosixPath(name) for name in content["files"]]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    # a name that leads out of the folder was not written by this program
    safe = all(not name.is_absolute() and ".." not in name.parts for name in names)
    return content if safe and isinstance(content["files"], dict) else None


def written_files(folder: Path) -> set[str]:
    """Return the files below a folder that this program wrote, by its mark and those within."""
    content = read_mark(folder)
    if content is None:
        return set()
    names = {MARK, *content["files"]}
    for name in _marked_within(folder):
        names |= {f"{name}/{file}" for file in (MARK, *written_files(folder / name))}
    return names


def marked_files(folder: Path) -> dict[str, str]:
    """Return file -> sha256 of the files below a folder, by its mark and those within."""
    content = read_mark(folder)
    files = dict(content["files"]) if content else {}
    for name in sorted(_marked_within(folder)):
        within = marked_files(folder / name)
        files |= {f"{name}/{file}": digits for file, digits in within.items()}
    return files


def first_stranger(folder: Path) -> str | None:
    """Return the first file, folder or link below `folder` that the program did not write."""
    written = written_files(folder)
    folders = {parent.as_posix() for name in written for parent in PurePosixPath(name).parents}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        known = name in folders if path.is_dir() else name in written or path.name in NOBODYS
        if path.is_symlink() or not known:
            return name
    return None


def remove_written(folder: Path) -> None:
    """Delete the files that the program wrote into a folder, and what is empty then."""
    for name in written_files(folder):
        (folder / name).unlink(missing_ok=True)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.name in NOBODYS and path.is_file():
            path.unlink()
        elif path.is_dir() and not path.is_symlink() and not any(path.iterdir()):
            path.rmdir()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _marked_within(folder: Path) -> frozenset[str]:
    return frozenset(path.parent.name for path in folder.glob(f"*/{MARK}"))
