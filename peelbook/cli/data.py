"""Commands that add a release to, build, describe and check the tables in data/."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from peelbook.cli.errors import one_line_errors

if TYPE_CHECKING:
    from peelbook.importers.adding import Proposal

data_app = typer.Typer(help="Build and check the tables in data/.", no_args_is_help=True)


FilesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        exists=True,
        help="Files as published, under any name, or folders of them.",
    ),
]
NOBODY_ASKED = "peelbook: nothing was changed: where nobody can be asked, --yes takes the files."


@data_app.command("survey")
@one_line_errors
def data_survey(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", exists=True, dir_okay=False)],
) -> None:
    """Tell what a publisher's file holds and would have to be interpreted; changes nothing.

    Example: peelbook data survey prc-pfa-mar2013-onwards-tables.ods
    """
    from peelbook.importers.survey import survey

    for file in files:
        for line in survey(file):
            print(line)


@data_app.command("add")
@one_line_errors
def data_add(
    files: FilesArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Take the files without asking.")] = False,
    target: Annotated[
        Path | None, typer.Option(help="Folder of tables, data/ by default; may be new.")
    ] = None,
) -> None:
    """Take a new release into the tables in data/, after showing what it changes.

    A file takes the place of what is held for the same release, force and period.

    Example: peelbook data add prc-outcomes-open-data-mar2026-tables.xlsx
    """
    from peelbook.importers.adding import add
    from peelbook.tables import data_directory

    place = target or data_directory()

    def agree(proposal: Proposal) -> bool:
        _print_proposal(proposal)
        if not yes and not sys.stdin.isatty():
            print(NOBODY_ASKED, file=sys.stderr)
            raise typer.Exit(2)
        return yes or typer.confirm("Put these tables in place?")

    done = add(files, place, agree, lambda line: print(line, file=sys.stderr))
    print(f"{place} is as above." if done else "Nothing was changed.")


def _print_proposal(proposal: Proposal) -> None:
    for line in proposal.changed:
        print(line)
    beyond = proposal.beyond()
    if beyond:
        print("Changes beyond any plausible year, each of which wants a row of data/caveats.csv:")
    for line in beyond:
        print(f"  {line}")


@data_app.command("build")
@one_line_errors
def data_build(
    source: Annotated[
        list[Path],
        typer.Option(help="Folder of the publishers' files; may be given more than once."),
    ],
    target: Annotated[Path | None, typer.Option(help="Folder to write, data/ by default.")] = None,
) -> None:
    """Build the tables in data/ from the publishers' files.

    Example: peelbook data build --source ../shared/opendata
    """
    from peelbook.importers.datapackage import build
    from peelbook.tables import data_directory

    for name in build(source, target or data_directory()):
        print(name)


@data_app.command("describe")
@one_line_errors
def data_describe() -> None:
    """Describe the tables again after a change by hand to a register, an exclusion or a caveat.

    Example: peelbook data describe
    """
    from peelbook.importers.datapackage import describe
    from peelbook.tables import data_directory

    for name in describe(data_directory()):
        print(name)


@data_app.command("vintage")
@one_line_errors
def data_vintage(
    month: Annotated[str, typer.Argument(metavar="MONTH", help="Year and month, as in 2023-06.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="New, or empty.")],
) -> None:
    """Write the tables as they stood when no release ran past a month, to rebuild a book of then.

    Figures of later releases are taken out; those of earlier ones that they replaced are put back.

    Example: peelbook data vintage 2023-06 data-2023-06
    """
    from peelbook.importers.as_it_stood import (
        month_given,
        tables_without_vintage,
        write_as_it_stood,
    )
    from peelbook.tables import data_directory

    last = month_given(month, data_directory())
    for difference in write_as_it_stood(last, folder, data_directory()):
        print(difference)
    print(f"As they are, for their rows are of no vintage: {', '.join(tables_without_vintage())}.")
    print(f"Render with: PEELBOOK_DATA={shlex.quote(str(folder))} peelbook render kent")


@data_app.command("record")
@one_line_errors
def data_record() -> None:
    """Compare grades computed from published summaries with stated ones anew.

    Needed after a change to a register, a published grade or a rule on summaries. It writes
    summary_cases.csv and describes the tables again.

    Example: peelbook data record
    """
    from peelbook.importers.datapackage import describe
    from peelbook.judgments.framework import load_framework
    from peelbook.judgments.summary_cases import write_summary_cases
    from peelbook.tables import data_directory

    print(write_summary_cases(load_framework(), data_directory()).name)
    describe(data_directory())


@data_app.command("check")
@one_line_errors
def data_check() -> None:
    """Verify the hash and the schema of every table in data/."""
    from peelbook.importers.datapackage import check
    from peelbook.tables import data_directory

    problems = check(data_directory())
    for problem in problems:
        print(f"peelbook: {problem}", file=sys.stderr)
    if problems:
        raise typer.Exit(2)
    print("Every table in data/ is as data/datapackage.json describes it.")
