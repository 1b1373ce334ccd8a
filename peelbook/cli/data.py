"""Commands that build, describe and check the tables in data/."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from peelbook.cli.errors import one_line_errors

data_app = typer.Typer(help="Build and check the tables in data/.", no_args_is_help=True)


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
