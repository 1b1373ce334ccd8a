"""Which tables and definitions a computation reads, so that only what a change touches is redone.

A table or definition file that is read is noted under a name: ``data/recorded_crime``,
``frameworks/indicators.yml``. Values that are computed once and kept (:func:`remembered`) keep the
names of what they were computed from, and note them again for whoever asks next; so what a chapter
read does not depend on which chapter came first.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

LOG_VARIABLE = "PEELBOOK_INPUTS_LOG"
"""Environment variable that names a file to which a kernel writes what it reads, a name a line."""

_open: list[set[str]] = []
_logged: set[str] = set()


@contextmanager
def inputs_read() -> Iterator[set[str]]:
    """Collect the names of all inputs that are read within the block."""
    names: set[str] = set()
    _open.append(names)
    try:
        yield names
    finally:
        # by identity: two sets with the same names are equal
        _open[:] = [collected for collected in _open if collected is not names]


def note_inputs(*names: str) -> None:
    """Say that inputs were read; `names` such as ``data/population``."""
    for collected in _open:
        collected.update(names)
    log = os.environ.get(LOG_VARIABLE)
    new = set(names) - _logged
    if log and new:
        _logged.update(new)
        with Path(log).open("a", encoding="utf-8") as file:
            file.writelines(f"{name}\n" for name in sorted(new))


def remembered(
    maxsize: int | None = 128,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Keep what a function returns, as :func:`functools.lru_cache` does, with what it read."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @lru_cache(maxsize=maxsize)
        def kept(*args: Any, **kwargs: Any) -> tuple[Any, frozenset[str]]:  # noqa: ANN401
            with inputs_read() as names:
                value = function(*args, **kwargs)
            return value, frozenset(names)

        @wraps(function)
        def recalled(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            value, names = kept(*args, **kwargs)
            note_inputs(*names)
            return value

        recalled.cache_clear = kept.cache_clear
        return recalled

    return decorate


class remembered_property:  # noqa: N801 - used like cached_property
    """A property that is computed once an instance, and notes each time what it was made from."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self.function = function
        self.__doc__ = function.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.place = f"_remembered_{name}"

    def __get__(self, instance: Any, owner: type | None = None) -> Any:  # noqa: ANN401
        if instance is None:
            return self
        if self.place not in instance.__dict__:
            with inputs_read() as names:
                value = self.function(instance)
            instance.__dict__[self.place] = value, frozenset(names)
        value, names = instance.__dict__[self.place]
        note_inputs(*names)
        return value
