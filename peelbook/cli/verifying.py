"""The command that renders a book or a site again and compares."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from peelbook.cli.errors import one_line_errors
from peelbook.cli.options import SetOption, collect_parameters
from peelbook.cli.progress import BooksBar
from peelbook.render.contents import read_contents

verifying_app = typer.Typer()


@verifying_app.command()
@one_line_errors
def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a book, or of a site.")],
    parameters: SetOption = None,
) -> None:
    """Check a book or a site against its manifest, render it again, and compare the two.

    Ends with 0 where every byte is the same, with 1 and the first difference where not, and with
    2 where there is no book or site, or it cannot be rendered again.

    Examples:

    peelbook verify _build/books/kent

    peelbook verify books/kent -p findings findings-kent-2016.csv

    peelbook verify _build/site
    """
    from peelbook.site.verify import books_of, verify_folder

    steps = len(read_contents().chapters) + 1
    with BooksBar(books_of(folder), steps) as bar:
        found = verify_folder(folder, collect_parameters(None, parameters), bar.step)
    if found.difference:
        print(f"peelbook: {folder}: {found.difference}", file=sys.stderr)
        raise typer.Exit(1)
    print(f"{folder}: {found.files} files, each the same as when rendered again.")
