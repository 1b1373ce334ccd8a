"""The front page of a site of books: find a force by typing, on the map, or in the list."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from peelbook.errors import PeelbookError
from peelbook.parameters import FILES, Parameters
from peelbook.render.finish.data_zip import INDICATORS
from peelbook.render.finish.places import places_of_forces
from peelbook.site.provenance import parameter_set_name
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import in_words
from peelbook.tables.project import PROJECT

TEMPLATES = PROJECT / "site"
PAGE = "index.html.jinja"


class Book(TypedDict):
    """A book of the site: slug, full name and region of its force, relative address of its start."""

    force: str
    name: str
    region: str
    href: str


class EditionLink(TypedDict):
    """An edition of the site: what it is called, relative address, whether it is the one shown."""

    title: str
    href: str
    current: bool


def front_page(
    books: Sequence[Book],
    *,
    parameters: Mapping[str, object],
    map_spec: str,
    methodology_href: str = "methodology/framework.html",
    national_href: str = "national/overview.html",
    side_by_side_href: str = "",
    accessibility_href: str = "",
    parameter_set: str | None = None,
    version: str = "",
    last_rendered: str | None = None,
    address: str = "",
    whole: bool = False,
    root: str = "",
    editions: Sequence[EditionLink] = (),
) -> str:
    """Return the HTML of the site's front page; the same input always gives the same page.

    Parameters
    ----------
    books
        in any order; listed by region, then by name.
    parameters
        names and values that the books were rendered with, `period_end` (ISO date) among them;
        `force` is left out, and of a file only the name is shown.
    map_spec
        Vega-Lite specification (JSON) of a map with `description` and an `href` for each area.
    methodology_href, national_href, side_by_side_href, accessibility_href
        relative addresses of the methodology, the national overview, two forces side by side and
        the statement on accessibility; empty for no link.
    parameter_set
        name of the parameter set, such as ``peel-2016``; empty if it has none; None to find it
        by the values.
    version
        version of the project that rendered the books; empty to leave it out.
    last_rendered
        when the site was rendered, in words, such as
        :func:`peelbook.site.provenance.last_rendered` gives; with None a script shows the date of
        the page's file, so that the same data give the same page on any day.
    address
        where the site will be, with a slash at its end; empty if that is not known.
    whole
        whether the site has a search, a data package and files of all indicators to link to.
    root
        relative path to the site's root, with a slash at its end where it is not empty.
    editions
        of the site, this one among them; empty where it has only one.

    Raises
    ------
    PeelbookError
        if there are no books, or an address is not relative.
    """
    if not books:
        raise PeelbookError("A site needs at least one book.")
    hrefs = (methodology_href, national_href, side_by_side_href, accessibility_href)
    for href in (*(book["href"] for book in books), *hrefs):
        _require_relative(href)
    specification = json.loads(map_spec)
    return (
        _environment()
        .get_template(PAGE)
        .render(
            regions=_by_region(books),
            count=len(books),
            period=in_words(str(parameters["period_end"])),
            parameters=_described(parameters),
            map_spec=_for_script(specification),
            map_description=specification["description"],
            methodology_href=methodology_href,
            national_href=national_href,
            side_by_side_href=side_by_side_href,
            accessibility_href=accessibility_href,
            parameter_set=(
                parameter_set_name(parameters) if parameter_set is None else parameter_set
            ),
            complete=len(books) == len(all_forces()),
            version=version,
            last_rendered=last_rendered,
            address=address,
            whole=whole,
            root=root,
            editions=editions,
            indicators=INDICATORS,
            places=places_of_forces(),
        )
    )


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _require_relative(href: str) -> None:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or href.startswith("/"):
        raise PeelbookError(f"'{href}' is not a relative address, so the site could not be moved.")


def _by_region(books: Sequence[Book]) -> dict[str, list[Book]]:
    ordered = sorted(books, key=lambda book: (book["region"], book["name"]))
    return {
        region: [book for book in ordered if book["region"] == region]
        for region in dict.fromkeys(book["region"] for book in ordered)
    }


def _described(parameters: Mapping[str, object]) -> list[dict[str, str]]:
    fields = Parameters.model_fields
    return [
        {"name": name, "value": _written(name, value), "meaning": _meaning(fields.get(name))}
        for name, value in parameters.items()
        if name != "force"
    ]


def _meaning(field: object) -> str:
    return getattr(field, "description", None) or ""


def _written(name: str, value: object) -> str:
    if value == "":
        return "none"
    if name in FILES:
        return Path(str(value)).name
    return str(value).lower() if isinstance(value, bool) else str(value)


def _for_script(specification: object) -> Markup:
    """Write JSON for a script element, where no value may close the element."""
    text = json.dumps(specification, sort_keys=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - "<" cannot occur in it
