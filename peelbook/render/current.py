"""Which pages and books are as they would be if they were made anew, so that nothing is to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from peelbook.parameters import Parameters, file_fingerprints, notebook_values, shown_values
from peelbook.render.contents import COMPILED_WITH, STATIC, Contents
from peelbook.render.fingerprints import (
    code_fingerprint,
    hash_of,
    hash_of_file,
    hash_of_files,
    input_fingerprint,
    versions_fingerprint,
)
from peelbook.render.finish.places import PLACES, SAME
from peelbook.render.manifest import FILE, Manifest, Page
from peelbook.render.plan import SHARED, Plan
from peelbook.tables import PACKAGE
from peelbook.tables.forces import force_named
from peelbook.tables.periods import in_words


def book_title(parameters: Parameters) -> str:
    """Return the title of a book: the force and the period."""
    name = force_named(parameters.force, parameters.period_end).name
    return f"PEEL effectiveness: {name}, 12 months to {in_words(parameters.period_end)}"


@dataclass(frozen=True)
class Wanted:
    """A notebook that has to be there in its executed form.

    Parameters
    ----------
    page
        path in the project, and in the site.
    values
        parameter names and values to inject.
    compared
        the same as they are compared with those of an earlier run: files of the user's by name
        and content, not by folder.
    source
        the notebook that is executed, where that is one for several pages; otherwise `page`.
    """

    page: Path
    values: Mapping[str, object]
    compared: Mapping[str, object]
    source: Path | None = None

    @property
    def notebook(self) -> Path:
        """The notebook that is executed, as a path in the project."""
        return self.source or self.page


def chapters_wanted(contents: Contents, parameters: Parameters) -> list[Wanted]:
    """Return the chapters of one force's book."""
    values = notebook_values(parameters)
    compared = shown_values(parameters) | {
        f"{name} sha256": digits for name, digits in file_fingerprints(parameters).items()
    }
    return [Wanted(page, values, compared) for page in contents.chapters]


def shared_wanted(contents: Contents, plan: Plan) -> list[Wanted]:
    """Return the notebooks of a book that do not depend on its force."""
    return [] if plan.within_site else [Wanted(page, {}, {}) for page in contents.methodology]


def page_key(wanted: Wanted, plan: Plan) -> str:
    """Return the hash of what a page is made from, but for the tables that it will read."""
    return hash_of(
        {
            "notebook": hash_of_file(plan.project / wanted.notebook),
            "values": dict(wanted.compared),
            "engine": plan.engine,
            "code": code_fingerprint(),
            "versions": versions_fingerprint(),
        }
    )


def stale(pages: Iterable[Wanted], name: str, plan: Plan) -> list[Wanted]:
    """Return those of the pages kept under `name` (a force, or SHARED) that have to be executed."""
    kept = plan.kept(name)
    known = Manifest.load(kept).pages
    return [
        wanted
        for wanted in pages
        if not _is_current(known.get(wanted.page.as_posix()), wanted, kept, plan)
    ]


def _is_current(known: Page | None, wanted: Wanted, kept: Path, plan: Plan) -> bool:
    executed = kept / wanted.page
    return (
        known is not None
        and known.key == page_key(wanted, plan)
        and all(input_fingerprint(name) == digits for name, digits in known.inputs.items())
        and executed.is_file()
        and hash_of_file(executed) == known.executed
    )


def compile_key(executed: Iterable[str], contents: Contents, title: str, plan: Plan) -> str:
    """Return the hash of everything that a compiled book depends on; `executed`: hashes of pages."""
    return hash_of(
        {
            "pages": list(executed),
            "title": title,
            "within_site": plan.within_site,
            "base_url": plan.base_url,
            "sources": input_fingerprint(PACKAGE),
            "files": hash_of_what_it_is_compiled_with(contents),
            "search": [hash_of_file(path) for path in (PLACES, SAME)],
            "code": code_fingerprint(),
            "versions": versions_fingerprint(),
        }
    )


def book_key(contents: Contents, parameters: Parameters, plan: Plan) -> str:
    """Return the :func:`compile_key` of a book from the manifests of its pages."""
    own, shared = (Manifest.load(plan.kept(name)).pages for name in (parameters.force, SHARED))
    pages = [own[page.as_posix()].executed for page in contents.chapters]
    pages += [shared[each.page.as_posix()].executed for each in shared_wanted(contents, plan)]
    return compile_key(pages, contents, book_title(parameters), plan)


def book_is_current(contents: Contents, parameters: Parameters, plan: Plan) -> bool:
    """Return whether the published book is what rendering it would give."""
    force = parameters.force
    manifest = Manifest.load(plan.kept(force))
    return (
        bool(manifest.compiled)
        and not stale(chapters_wanted(contents, parameters), force, plan)
        and not stale(shared_wanted(contents, plan), SHARED, plan)
        and manifest.compiled == book_key(contents, parameters, plan)
        and manifest.still_published(plan.earlier_book(force))
    )


def forget(plan: Plan, names: Iterable[str]) -> None:
    """Forget what was executed for `names` (forces, SHARED), so that all of it is done again."""
    for name in names:
        (plan.kept(name) / FILE).unlink(missing_ok=True)


def hash_of_what_it_is_compiled_with(contents: Contents) -> str:
    """Return one hash for texts, settings and static files: all that is not an executed notebook."""
    texts = [page.as_posix() for page in contents.texts]
    files = {name: hash_of_file(contents.project / name) for name in (*COMPILED_WITH, *texts)}
    return hash_of(files | {STATIC: hash_of_files(contents.project / STATIC)})
