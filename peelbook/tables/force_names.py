"""The names that people use for a force: publishers' spellings, area codes, short names, counties."""

from __future__ import annotations

import re
import unicodedata

from peelbook.errors import InvalidParameter, UnknownForce, cut
from peelbook.tables import load_table
from peelbook.tables.forces import PRACTICE, all_forces, name_definitions
from peelbook.tables.inputs import remembered

IGNORED = frozenset(["police", "constabulary", "service", "force", "the", "heddlu"])
_WORD = re.compile(r"[a-z0-9]+")


def force_slug(given: str) -> str:
    """Return the slug of the force that goes by a name.

    Parameters
    ----------
    given
        a slug, an official name, a publisher's spelling, an area code, a short or later name, or
        a county that belongs to one force. Case, "&" and words such as Police do not matter.

    Raises
    ------
    InvalidParameter
        for a force that has no book, with the reason.
    UnknownForce
        for any other name, with the nearest slugs.
    """
    forces = all_forces()
    if given in forces or given == PRACTICE.slug:
        return given
    key = _key(cut(given))
    if key in (known := _not_here()):
        raise InvalidParameter(f"Force {cut(given)!r}: {known[key]}.")
    if key and key in (names := _names()):
        return names[key]
    raise UnknownForce(given, forces)


def names_of_forces() -> dict[str, list[str]]:
    """Return slug -> the short names, later names and counties that it is found by, in order."""
    found: dict[str, list[str]] = {slug: [] for slug in all_forces()}
    for part in ("names", "counties"):
        for name, slug in name_definitions()[part].items():
            found[slug].append(name)
    return found


@remembered()
def _names() -> dict[str, str]:
    forces = all_forces().values()
    spellings = load_table("force_names")
    names = {
        _key(name): slug
        for name, slug in zip(spellings["published_name"], spellings["force"], strict=True)
        if slug in all_forces()
    }
    for slug, more in names_of_forces().items():
        names |= {_key(name): slug for name in more}
    for force in forces:
        own = (force.slug, force.name, force.short_name, force.pfa_code)
        names |= {_key(name): force.slug for name in own}
    return names


@remembered()
def _not_here() -> dict[str, str]:
    return {_key(name): reason for name, reason in name_definitions()["not_here"].items()}


def _key(name: str) -> str:
    """Return what is compared of a name: its words, in their order, in small plain letters."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).lower()
    if "," in plain:  # as in "London, City of"
        last, _, first = plain.partition(",")
        plain = f"{first} {last}"
    words = _WORD.findall(plain)
    return " ".join([word for word in words if word not in IGNORED] or words)
