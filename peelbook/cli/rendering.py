"""Commands that render books, and the site that holds them all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from peelbook.cli.errors import one_line_errors
from peelbook.cli.options import (
    FileOption,
    SetOption,
    collect_parameters,
    require_one_force_a_register,
)
from peelbook.cli.progress import BooksBar
from peelbook.errors import InvalidParameter
from peelbook.parameters import Parameters, force_slugs, parse_parameters
from peelbook.render.books import Rendered, render_books
from peelbook.render.contents import read_contents
from peelbook.render.plan import BOOKS, Engine, Plan, default_engine
from peelbook.render.pool import JOB_MEMORY_MIB, JOB_TIMEOUT_SECONDS, Limits
from peelbook.tables.force_names import force_slug

rendering_app = typer.Typer()

EngineOption = Annotated[
    Engine | None, typer.Option(help="What runs the cells; in-process where it can.")
]
WorkersOption = Annotated[
    int | None, typer.Option(min=1, help="Books at a time; the processors by default.")
]
TimeoutOption = Annotated[int, typer.Option(min=1, help="Seconds after which a book is stopped.")]
MemoryOption = Annotated[
    int, typer.Option(min=64, help="Mebibytes that a book may need on top of what all share.")
]
SchedulerOption = Annotated[
    str,
    typer.Option(metavar="ADDRESS", help="Render on the workers of this dask scheduler, tcp://..."),
]
RerunOption = Annotated[
    bool, typer.Option("--force-rerun", help="Render everything, also what has not changed.")
]


@rendering_app.command()
@one_line_errors
def render(
    forces: Annotated[
        list[str] | None, typer.Argument(metavar="FORCE...", help="Forces; see peelbook forces.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="The books of all 43 forces.")] = False,
    parameters: SetOption = None,
    parameters_file: FileOption = None,
    output: Annotated[
        # as text, for a path would make one slash of the two of an address
        str,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Folder of books, or s3://... and such."
        ),
    ] = str(BOOKS),
    engine: EngineOption = None,
    workers: WorkersOption = None,
    timeout: TimeoutOption = JOB_TIMEOUT_SECONDS,
    memory: MemoryOption = JOB_MEMORY_MIB,
    rerun: RerunOption = False,
    scheduler: SchedulerOption = "",
) -> None:
    """Render the books of one or more forces; what has not changed is not done again.

    Examples:

    peelbook render leicestershire

    peelbook render kent durham -p period_end 2018-03-31

    peelbook render --all -f parameters/regional-comparison.yml -o books

    peelbook render kent -p findings findings-kent-2016.csv -p returns returns-kent.csv

    peelbook render --all --scheduler tcp://10.0.0.1:8786 -o s3://bucket/books
    """
    values = collect_parameters(parameters_file, parameters)
    sets = _parameter_sets(values, _chosen(forces, every, values))
    render_them = _way_to_render(output, scheduler, rerun)
    plan = Plan(Path(output), engine=engine or default_engine())
    done: list[Rendered] = []
    try:
        with _bar(len(sets)) as bar:
            limits = Limits(workers, timeout, memory)
            for book in render_them(sets, plan, limits, progress=bar.step):
                bar.end(book.force)
                done.append(book)
    finally:
        # below the bar, and also when the run is stopped half-way
        for book in done:
            _say_where(book)
    _end(book.error for book in done if book.index is None)


def _say_where(book: Rendered) -> None:
    if book.index is not None:
        unchanged = " (unchanged)" if book.unchanged else ""
        place = book.index if isinstance(book.index, str) else book.index.resolve()
        print(f"Open {place}{unchanged}")


def _way_to_render(output: str, scheduler: str, rerun: bool) -> Callable[..., Iterator[Rendered]]:
    """Return the function that renders: here or on workers, into a folder or to an address."""
    from peelbook.render.destination import is_address, render_to_address

    address = output.rstrip("/") if is_address(output) else ""
    if scheduler:
        from peelbook.render.remote import render_remotely

        # a worker writes with the credentials that it has, which this machine may lack
        _require_reachable(scheduler, output="")
        return partial(render_remotely, scheduler=scheduler, address=address, rerun=rerun)
    _require_reachable(scheduler, output)
    if address:
        return partial(render_to_address, address=address)
    return partial(render_books, rerun=rerun)


def _chosen(forces: list[str] | None, every: bool, values: dict[str, object]) -> list[str]:
    """Return the forces to render; raise InvalidParameter where none, or the same twice, is named."""
    if (forces or every) and "force" in values:
        raise InvalidParameter("Name the force once: as an argument or as parameter 'force'.")
    if forces and every:
        raise InvalidParameter("Name forces or give --all, not both.")
    chosen = force_slugs() if every else forces or [str(values.get("force", ""))]
    if not any(chosen):
        raise InvalidParameter("Which force? Name one or more, for example: peelbook render kent")
    return list(dict.fromkeys(force_slug(name) for name in chosen))


def _parameter_sets(values: dict[str, object], forces: list[str]) -> list[Parameters]:
    """Return a checked parameter set for each force; all are checked before the first is executed."""
    check = parse_parameters
    if values.get("findings") or values.get("returns"):
        # what reads the files that a user supplies takes a second to import
        from peelbook.evidence import checked_parameters as check

    require_one_force_a_register(values, len(forces))
    return [check(values | {"force": force}) for force in forces]


@rendering_app.command()
@one_line_errors
def pdf(
    forces: Annotated[list[str], typer.Argument(metavar="FORCE...", help="Forces with a book.")],
    parameters: SetOption = None,
    parameters_file: FileOption = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Folder of books, or of a site.")
    ] = BOOKS,
    base_url: Annotated[str, typer.Option(help="Where the site of the books is.")] = "",
    summary: Annotated[
        bool, typer.Option("--summary", help="Only the summary for a panel, four pages.")
    ] = False,
) -> None:
    """Print the rendered book of a force as a PDF, with a browser that has to be installed.

    Examples:

    peelbook pdf kent durham --summary -o _build/site
    """
    from peelbook.render.current import book_title
    from peelbook.render.finish.about import About, settings_of
    from peelbook.render.pdf import make_pdf, make_summary

    values = collect_parameters(parameters_file, parameters)
    chapters = [page.stem for page in read_contents().chapters]
    for parameters_of_one in _parameter_sets(values, forces):
        force = parameters_of_one.force
        settings = settings_of(parameters_of_one, base_url and f"{base_url.rstrip('/')}/{force}/")
        about = About.from_settings(settings, book_title(parameters_of_one))
        make = make_summary if summary else make_pdf
        print(f"Open {make(output / force, chapters, about).resolve()}")


@rendering_app.command()
@one_line_errors
def site(
    parameters: SetOption = None,
    parameters_file: FileOption = None,
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="DIR", help="Folder of the site, or s3://..."),
    ] = "_build/site",
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="FORCE", help="A force; repeatable.")
    ] = None,
    edition: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A set in parameters/, repeatable; four by default."),
    ] = None,
    base_url: Annotated[str, typer.Option(help="Where the site will be, for sitemap.xml.")] = "",
    engine: EngineOption = None,
    workers: WorkersOption = None,
    timeout: TimeoutOption = JOB_TIMEOUT_SECONDS,
    memory: MemoryOption = JOB_MEMORY_MIB,
    rerun: RerunOption = False,
    scheduler: SchedulerOption = "",
) -> None:
    """Render the books of all forces, the pages about all of them, and a front page.

    A site has an edition for each inspection, unless it is given other parameters.

    Examples:

    peelbook site

    peelbook site --edition peel-2016 --edition latest

    peelbook site -f parameters/year-ending-march-2018.yml -o _build/march-2018
    """
    from peelbook.render.destination import is_address, made_in, upload
    from peelbook.site.build import build_site
    from peelbook.site.editions import editions_of

    values = collect_parameters(parameters_file, parameters)
    if "force" in values:
        raise InvalidParameter("A site holds all forces; use --only FORCE for some of them.")
    forces = list(dict.fromkeys(map(force_slug, only or force_slugs())))
    _parameter_sets(values, forces)
    editions = editions_of(edition or [], values)
    _require_reachable(scheduler, output)
    with _bar(len(forces) * len(editions)) as bar, made_in(output) as folder:
        built = build_site(
            editions,
            folder,
            forces=forces,
            base_url=base_url,
            engine=engine,
            limits=Limits(workers, timeout, memory),
            rerun=rerun,
            scheduler=scheduler,
            progress=bar.step,
            ended=lambda book: bar.end(book.force),
        )
        place = str(built.index.resolve())
        if is_address(output):
            # one that lacks a book does not replace a whole one
            place = "" if built.failed else upload(folder, output.rstrip("/"))
    if place:
        print(f"Open {place} ({built.books} books{'' if built.changed else ', unchanged'})")
    _end(book.error for book in built.failed)


def _require_reachable(scheduler: str, output: str) -> None:
    """Raise PeelbookError where the scheduler or an address cannot be reached, before all else."""
    from peelbook.render.destination import check_address, is_address

    if scheduler:
        from peelbook.render.remote import require_scheduler

        require_scheduler(scheduler)
    if is_address(output):
        check_address(output)


def _bar(books: int) -> BooksBar:
    return BooksBar(books, len(read_contents().chapters) + 1)


def _end(failed: Iterable[str]) -> None:
    """Name the books that failed, and end with exit code 1 if there are any."""
    errors = list(failed)
    for error in errors:
        print(f"peelbook: not published: {error}", file=sys.stderr)
    if errors:
        raise typer.Exit(1)
