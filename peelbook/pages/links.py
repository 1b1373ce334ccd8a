"""Links from a page about all forces to the books of the forces."""

from __future__ import annotations

from dataclasses import dataclass

FROM_A_PAGE_OF_THE_SITE = ".."
"""A page such as national/overview.html lies one folder below the site's root."""


@dataclass(frozen=True)
class BookLinks:
    """Where the books are, seen from a page, and which forces have one.

    `root` is the relative path to the folder that holds one folder for each force; `forces` are
    the slugs of those that have a book, None for all of them.
    """

    root: str = FROM_A_PAGE_OF_THE_SITE
    forces: frozenset[str] | None = None

    def href(self, force: str) -> str | None:
        """Return the relative address of a force's book, None if the site has none."""
        if self.forces is not None and force not in self.forces:
            return None
        return f"{self.root.rstrip('/')}/{force}/index.html"


def book_links(root: str = FROM_A_PAGE_OF_THE_SITE, forces: str = "all") -> BookLinks:
    """Return the links for the values of a notebook's parameters.

    Parameters
    ----------
    root
        relative path from the page to the folder of books.
    forces
        ``all``, ``none``, or slugs separated by commas.
    """
    if forces == "all":
        return BookLinks(root)
    slugs = frozenset(slug.strip() for slug in forces.split(",")) - {"none", ""}
    return BookLinks(root, slugs)
