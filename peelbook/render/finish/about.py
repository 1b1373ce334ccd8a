"""What the pages of a book say of the book: its force, its period, and where it will be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from peelbook import __version__
from peelbook.parameters import Parameters
from peelbook.tables.forces import force_named
from peelbook.tables.periods import in_words


@dataclass(frozen=True)
class About:
    """A book, as its pages describe it.

    Parameters
    ----------
    title
        of the book.
    force
        slug; empty for pages about all forces.
    name
        full name of the force, empty as well.
    period_end
        ISO date; empty where pages do not say for which period they are.
    address
        where the book will be, with a slash at its end; empty if that is not known.
    within_site
        whether the site that the book is part of holds its methodology.
    version
        of the project.
    """

    title: str
    force: str = ""
    name: str = ""
    period_end: str = ""
    address: str = ""
    within_site: bool = False
    version: str = __version__

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], title: str) -> About:
        """Return what :func:`settings_of` put into the settings of Sphinx."""
        return cls(title=title, **settings)

    def without_force(self) -> About:
        """Return what a page says that is the same in the book of every force."""
        title = self.title.partition(":")[0] if self.force else self.title
        return replace(self, title=title, force="", name="", period_end="")

    @property
    def period(self) -> str:
        """Return the period in words; empty if there is none."""
        return f"12 months to {in_words(self.period_end)}" if self.period_end else ""

    @property
    def prefix(self) -> str:
        """Return what the names of this book's files begin with."""
        return self.force or "all-forces"


def settings_of(
    parameters: Parameters, address: str = "", within_site: bool = False
) -> dict[str, Any]:
    """Return a book as Sphinx is to be told of it; `address` is where the book will be."""
    return {
        "force": parameters.force,
        "name": force_named(parameters.force, parameters.period_end).name,
        "period_end": parameters.period_end.isoformat(),
        "address": address,
        "within_site": within_site,
    }


def settings_of_shared(address: str = "") -> dict[str, Any]:
    """Return the pages about all forces as Sphinx is to be told of them."""
    return {"address": address}
