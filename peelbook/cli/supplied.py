"""Commands for the files that a user fills in: findings of an inspection, and data returns."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from peelbook.cli.errors import one_line_errors
from peelbook.errors import InvalidParameter, cut
from peelbook.tables.supplied import Problem

MOST_LINES = 100
MOST_LETTERS = 500

findings_app = typer.Typer(help="Start and check a register of your own.", no_args_is_help=True)
returns_app = typer.Typer(help="Start and check a file of data returns.", no_args_is_help=True)

ForceArgument = Annotated[
    str, typer.Argument(metavar="FORCE", help="A force, or practice-force, which is invented.")
]
NewFileOption = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="File to write; it must not exist yet."),
]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The file that you filled in.")]


@findings_app.command("new")
@one_line_errors
def findings_new(
    force: ForceArgument,
    output: NewFileOption = None,
    year: Annotated[int, typer.Option(min=2000, max=2100, help="Year of the inspection.")] = 2016,
) -> None:
    """Write an empty register of findings, with what belongs in each column as comments.

    Example: peelbook findings new kent -o kent.csv
    """
    from peelbook.findings.supplied import findings_template
    from peelbook.tables.force_names import force_slug
    from peelbook.tables.forces import force_named

    force = force_slug(force)
    text = findings_template(force_named(force).full_name, year)
    _write_new(output or Path(f"findings-{force}-{year}.csv"), text)


@findings_app.command("check")
@one_line_errors
def findings_check(file: FileArgument) -> None:
    """Say what is wrong in a register, line by line.

    Example: peelbook findings check kent.csv
    """
    from peelbook.findings.supplied import check_findings
    from peelbook.narrative.words import counted

    supplied, problems = check_findings(file)
    _report(file, problems)
    print(f"{file}: {counted(len(supplied.rows), 'finding')}, nothing to correct.")


@returns_app.command("new")
@one_line_errors
def returns_new(force: ForceArgument, output: NewFileOption = None) -> None:
    """Write an empty file of data returns, with what belongs in each column as comments.

    Example: peelbook returns new kent -o kent-returns.csv
    """
    from peelbook.returns.supplied import returns_template
    from peelbook.tables.force_names import force_slug
    from peelbook.tables.forces import force_named

    force = force_slug(force)
    text = returns_template(force, force_named(force).full_name)
    _write_new(output or Path(f"returns-{force}.csv"), text)


@returns_app.command("check")
@one_line_errors
def returns_check(file: FileArgument) -> None:
    """Say what is wrong in a file of data returns, line by line.

    Example: peelbook returns check kent-returns.csv
    """
    from peelbook.narrative.words import counted
    from peelbook.returns.supplied import check_returns

    supplied, problems = check_returns(file)
    _report(file, problems)
    kinds = len({row.cells["indicator"] for row in supplied.rows})
    figures = counted(len(supplied.rows), "figure")
    print(f"{file}: {figures} of {counted(kinds, 'indicator')}, nothing to correct.")


def _write_new(path: Path, text: str) -> None:
    try:
        # a byte order mark tells spreadsheets that the file is in UTF-8; "x" never overwrites
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            file.write(text)
    except FileExistsError:
        raise InvalidParameter(f"{path} is there already; name another file with -o.") from None
    except OSError as error:
        raise InvalidParameter(f"{path} cannot be written: {error.strerror}.") from None
    print(f"Fill in {path}")


def _report(file: Path, problems: Sequence[Problem]) -> None:
    """Print one problem a line, the first ones, and end with exit code 2; go on without any."""
    for problem in problems[:MOST_LINES]:
        # a text of the user's may hold a line break in quotes
        line = f"{file}:{problem.line}: {problem.reason}"
        print(cut(" ".join(line.split()), MOST_LETTERS), file=sys.stderr)
    if len(problems) > MOST_LINES:
        print(f"and {len(problems) - MOST_LINES:,} more", file=sys.stderr)
    if problems:
        raise typer.Exit(2)
