"""Whether a site is what its own marks say, and what building it again gives."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from peelbook.errors import PeelbookError
from peelbook.render.mark import MARK, marked_files, read_mark, sha256_of
from peelbook.render.owned import TEMPORARY, owned_folder
from peelbook.render.plan import Progress
from peelbook.render.provenance import BOOK_OF_SITE, EDITION_OF_SITE, SITE
from peelbook.render.verify import (
    DIFFERS,
    Verified,
    difference_from_mark,
    first_difference,
    values_of,
    verify_book,
    why,
)
from peelbook.site.build import build_site
from peelbook.site.editions import editions_of
from peelbook.site.provenance import EPOCH


def verify_folder(
    folder: Path, supplied: Mapping[str, object], progress: Progress = lambda step: None
) -> Verified:
    """Verify a book, as :func:`peelbook.render.verify.verify_book` does, or a site.

    Raises
    ------
    PeelbookError
        where the folder is neither, is part of a site, or cannot be rendered again.
    """
    mark = read_mark(folder) or {}
    if mark.get("kind") in (BOOK_OF_SITE, EDITION_OF_SITE):
        raise PeelbookError(
            f"{folder} is part of a site, and is not rendered without it: give the site"
        )
    if mark.get("kind") == SITE:
        return _verify_site(folder, mark, supplied, progress)
    return verify_book(folder, supplied, progress)


def books_of(folder: Path) -> int:
    """Return how many books are rendered again to verify a folder."""
    mark = read_mark(folder) or {}
    return max(1, len(mark.get("forces", []))) * max(1, len(mark.get("editions", [])))


def _verify_site(
    folder: Path, mark: Mapping[str, Any], supplied: Mapping[str, object], progress: Progress
) -> Verified:
    """Compare a site with its marks, then build it again elsewhere and compare the two."""
    files = marked_files(folder)
    if difference := difference_from_mark(folder, files):
        return Verified(len(files), difference)
    names = mark["editions"]
    editions = editions_of(names, {} if names else values_of(mark, supplied))
    with owned_folder(TEMPORARY) as place, _on_the_day_of(mark):
        site = place / "site"
        built = build_site(
            editions,
            site,
            forces=mark["forces"],
            base_url=mark["base_url"],
            progress=progress,
        )
        if built.failed:
            raise PeelbookError(built.failed[0].error)
        difference = first_difference(files, marked_files(site))
        if not difference and sha256_of(folder / MARK) != sha256_of(site / MARK):
            difference = f"{MARK} {DIFFERS}"
    return Verified(len(files), difference and f"{difference}{why(mark)}")


@contextmanager
def _on_the_day_of(mark: Mapping[str, Any]) -> Iterator[None]:
    """Give the build the date that the site was given, or none."""
    before = os.environ.pop(EPOCH, None)
    if mark.get(EPOCH):
        os.environ[EPOCH] = mark[EPOCH]
    try:
        yield
    finally:
        os.environ.pop(EPOCH, None)
        if before is not None:
            os.environ[EPOCH] = before
