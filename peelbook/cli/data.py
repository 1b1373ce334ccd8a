"""Commands that build, describe and check the tables in data/."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from peelbook.cli.errors import one_line_errors
from peelbook.errors import InvalidParameter

if TYPE_CHECKING:
    from peelbook.importers.downloads import Download

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


@data_app.command("fetch")
@one_line_errors
def data_fetch(
    names: Annotated[
        list[str] | None, typer.Argument(help="Names of the list, all without one.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(help="Folder to keep the files in; a file in it is not fetched again."),
    ] = None,
    show: Annotated[
        bool, typer.Option("--list", help="Print the list of files and fetch nothing.")
    ] = False,
) -> None:
    """Download the publishers' files; what is there and whole is kept.

    The list is frameworks/downloads.csv. Each file is checked by its sha256 where that is known. What
    cannot be fetched is named with the page where a person finds it, and the exit code is 2. The paths
    of the files that are there are printed one a line.

    Example: peelbook data fetch recorded-crime --to downloads
    """
    from peelbook.importers.downloads import chosen, read_register

    wanted = chosen(names or [], read_register())
    if show:
        for one in wanted:
            print(f"{one.name}: {one.title}, {one.file}, {one.page}")
        return
    if to is None:
        raise InvalidParameter("data fetch needs --to FOLDER, a folder to keep the files in")
    if _fetch_all(wanted, to):
        raise typer.Exit(2)


def _fetch_all(wanted: list[Download], folder: Path) -> int:
    """Fetch files, print their paths, and return how many could not be had."""
    from peelbook.importers.downloads import Fetched, fetch

    failed = 0
    for result in fetch(wanted, folder):
        if isinstance(result, Fetched):
            print(result.path, flush=True)
            how = "fetched" if result.is_new else "kept"
            checked = "" if result.download.sha256 else f", sha256 {result.sha256} (not listed)"
            print(f"{result.download.name}: {how}{checked}", file=sys.stderr)
        else:
            failed += 1
            print(f"peelbook: {result}", file=sys.stderr)
    return failed
