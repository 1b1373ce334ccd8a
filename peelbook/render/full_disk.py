"""What is said when a disk is full: how much a book needs, and where."""

from __future__ import annotations

import errno
import os

MEBIBYTES_A_BOOK = 40
"""What a book takes while it is made: executed pages, what Jupyter Book writes, and the old book."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
WORDS = tuple(os.strerror(number) for number in sorted(FULL))


def said_of_a_full_disk(error: BaseException) -> str:
    """Return what to say where an error comes of a full disk; empty where it does not."""
    seen: BaseException | None = error
    while seen is not None:
        number = getattr(seen, "errno", None)
        if number in FULL or any(words in str(seen) for words in WORDS):
            return (
                "the disk of the output or of the temporary folder is full; a book needs about "
                f"{MEBIBYTES_A_BOOK} MB while it is made, for each of those made at once "
                "(--workers). Free them, or name another folder with -o"
            )
        seen = seen.__cause__ or seen.__context__
    return ""
