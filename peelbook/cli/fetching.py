"""Commands that fetch the publishers' files and keep the list of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from peelbook.cli.errors import one_line_errors
from peelbook.errors import InvalidParameter

if TYPE_CHECKING:
    from peelbook.importers.downloads import Download

fetching_app = typer.Typer()


@fetching_app.command("fetch")
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

    Example: peelbook data fetch prc-pfa-mar2013-onwards --to downloads
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


@fetching_app.command("renew")
@one_line_errors
def data_renew() -> None:
    """Look on the pages of GOV.UK for files newer than the listed ones, and list those instead.

    It changes frameworks/downloads.csv and prints the names of the rows that are new, one a line, for
    peelbook data fetch. Files of other publishers are listed by hand.

    Example: peelbook data renew
    """
    from peelbook.importers.downloads import read_register
    from peelbook.importers.newer_files import newer_files, write_register

    register = read_register()
    newer = newer_files(register)
    if newer:
        write_register(register | {one.name: one for one in newer})
    for one in newer:
        print(one.name)
