"""Packs a rendered book, and what it was made from, into bytes that can travel."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

BOOK = "book"
EXECUTED = "executed"
"""Folders of an archive: the book, and folders of executed notebooks with their manifests."""
NO_DATE = (1980, 1, 1, 0, 0, 0)


def pack(folders: dict[str, Path]) -> bytes:
    """Return a zip of the files below each folder, under the name given; it holds no dates."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, folder in sorted(folders.items()):
            for file in sorted(path for path in folder.rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo(f"{name}/{file.relative_to(folder).as_posix()}", NO_DATE)
                archive.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def unpack(packed: bytes, folder: Path) -> None:
    """Write the files of an archive below `folder`."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)
