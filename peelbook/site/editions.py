"""Editions of a site: the books of all forces once for each of several parameter sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from peelbook.errors import InvalidParameter, suggestion
from peelbook.parameters import Parameters, parse_parameters, shown_values
from peelbook.render.contents import Contents
from peelbook.render.current import book_is_current
from peelbook.render.manifest import Manifest
from peelbook.render.plan import Plan
from peelbook.render.publish import take_over
from peelbook.site.provenance import SETS
from peelbook.tables.parameter_files import read_parameter_file
from peelbook.tables.periods import in_words

EDITIONS = ("peel-2016", "peel-2017", "peel-2018-19", "latest")
"""Parameter sets that a site has an edition of, where it is told nothing else."""
DEFAULT = EDITIONS[0]


@dataclass(frozen=True)
class Edition:
    """One parameter set of a site; its force does not matter.

    `folder` is where its books are, relative to the site's root, with a slash at its end; empty
    for the edition whose books lie at the root.
    """

    parameters: Parameters
    name: str = ""
    folder: str = ""

    @property
    def title(self) -> str:
        """Return what readers choose it by: Inspection of 2017, 12 months to 30 June 2017."""
        inspected = self.parameters.inspected
        about = f"Inspection of {inspected.name}, 12" if inspected else "12"
        return f"{about} months to {in_words(self.parameters.period_end)}"

    def of_it(self, error: str) -> str:
        """Return the error of one of its books, with the edition's name where it needs one."""
        return f"{self.name}: {error}" if error and self.folder else error


def editions_of(names: Sequence[str], values: Mapping[str, object]) -> list[Edition]:
    """Return the editions of a site: those named, the one with these values, or the usual four.

    Raises InvalidParameter where both are given, and as :func:`editions_named` and
    :func:`peelbook.parameters.parse_parameters` do.
    """
    if names and values:
        raise InvalidParameter("Name editions or give parameters, not both.")
    return [Edition(parse_parameters(values))] if values else editions_named(names or EDITIONS)


def editions_named(names: Iterable[str]) -> list[Edition]:
    """Return the editions of these parameter sets; their addresses do not depend on the order.

    The books of the default one lie at the root of the site, or where it is not among them those
    of the first named.

    Raises
    ------
    InvalidParameter
        for a name that is not that of a file in `parameters/`, and what is wrong in the file.
    """
    known = sorted(path.stem for path in SETS.glob("*.yml"))
    chosen = sorted(dict.fromkeys(names), key=lambda name: name != DEFAULT)
    for name in chosen:
        if name not in known:
            raise InvalidParameter(f"Edition {name!r}: {suggestion(name, known)}")
    sets = [parse_parameters(read_parameter_file(SETS / f"{name}.yml")) for name in chosen]
    return [
        Edition(parameters, name, f"{name}/" if place else "")
        for place, (name, parameters) in enumerate(zip(chosen, sets, strict=True))
    ]


@dataclass(frozen=True)
class Published:
    """An edition of a finished site, and the forces that have a book in it, in order."""

    edition: Edition
    forces: list[str]


@dataclass(frozen=True)
class EditionBooks:
    """The books of an edition: parameter sets, one a force, and how they are made."""

    edition: Edition
    sets: Sequence[Parameters]
    plan: Plan

    def into(self, site: Path) -> Plan:
        """Return the plan that makes the books in another folder of a site."""
        return replace(self.plan, output=site / self.edition.folder)

    def are_current(self, contents: Contents) -> bool:
        """Return whether every published book is what rendering it would give."""
        return all(book_is_current(contents, each, self.plan) for each in self.sets)

    def in_site(self, site: Path) -> Published:
        """Return which forces have a book in the folder of a site.

        A book that failed is there if an earlier run made it from the same parameters.
        """
        folder = site / self.edition.folder
        for parameters in self.sets:
            book = folder / parameters.force
            known = Manifest.load(self.plan.kept(parameters.force)).parameters
            earlier = self.plan.earlier_book(parameters.force)
            if not book.exists() and earlier.exists() and known == shown_values(parameters):
                take_over(earlier, book)
        there = [p.force for p in self.sets if (folder / p.force / "index.html").exists()]
        return Published(self.edition, sorted(there))


def books_of(edition: Edition, forces: Iterable[str], plan: Plan) -> EditionBooks:
    """Return the books of an edition; `plan` is that of the site."""
    sets = [edition.parameters.model_copy(update={"force": force}) for force in forces]
    if not edition.folder:
        return EditionBooks(edition, sets, plan)
    own = replace(
        plan,
        output=plan.output / edition.folder,
        within_site=2,
        published=(plan.published or plan.output) / edition.folder,
        executed=plan.kept_in / edition.folder,
        base_url=plan.address_of(edition.name),
    )
    return EditionBooks(edition, sets, own)
