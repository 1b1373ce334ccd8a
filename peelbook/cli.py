"""The command line: a thin shell over the library."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
import yaml
from papermill.cli import _resolve_type
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from peelbook.cli_errors import one_line_errors
from peelbook.cli_supplied import findings_app, returns_app
from peelbook.errors import InvalidParameter
from peelbook.render.execute import Engine

app = typer.Typer(
    name="peelbook",
    help="Render and compute PEEL effectiveness books for the 43 forces of England and Wales.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
data_app = typer.Typer(help="Build and check the tables in data/.", no_args_is_help=True)
app.add_typer(data_app, name="data")
app.add_typer(findings_app, name="findings")
app.add_typer(returns_app, name="returns")


NOT_IN_A_TERMINAL = ["period_start", "numerator", "denominator", "note", "reason"]
"""Columns that a terminal has no room for; --format csv and json print them."""


class Format(StrEnum):
    """How a table is printed."""

    table = "table"
    csv = "csv"
    json = "json"


SetOption = Annotated[
    list[str] | None,
    typer.Option("-p", "--parameters", metavar="NAME VALUE", help="A parameter; repeatable."),
]
FileOption = Annotated[
    Path | None,
    typer.Option("-f", "--parameters_file", help="YAML file of parameters, before any -p."),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print.")]
AllOption = Annotated[bool, typer.Option("--all", help="All 43 forces and England and Wales.")]


def collect_parameters(file: Path | None, pairs: list[str] | None) -> dict[str, object]:
    """Merge a parameter file and NAME=VALUE pairs, with papermill's reading of values; pairs win.

    Raises InvalidParameter for a file that is missing, or is not a mapping of names to values.
    """
    values: dict[str, object] = {}
    if file:
        try:
            content = yaml.safe_load(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            reason = " ".join(str(error).split())
            raise InvalidParameter(f"Parameter file {file}: {reason}") from None
        if not isinstance(content, dict):
            raise InvalidParameter(f"Parameter file {file}: wanted lines of the form 'name: value'")
        values |= content
    named = (pair.partition("=")[::2] for pair in pairs or [])
    return values | {name: _resolve_type(value) for name, value in named}


@app.command()
@one_line_errors
def render(
    forces: Annotated[
        list[str] | None, typer.Argument(metavar="FORCE...", help="Forces; see peelbook forces.")
    ] = None,
    parameters: SetOption = None,
    parameters_file: FileOption = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Folder of books.")
    ] = Path("_build/books"),
    engine: Annotated[
        Engine | None, typer.Option(help="What runs the cells; in-process where it can.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Books at a time; the processors by default.")
    ] = None,
) -> None:
    """Render the books of one or more forces.

    Examples:

    peelbook render leicestershire

    peelbook render kent durham -p period_end 2018-03-31

    peelbook render kent -f parameters/regional-comparison.yml -o books

    peelbook render kent -p findings findings-kent-2016.csv -p returns returns-kent.csv
    """
    from peelbook.parameters import parse_parameters
    from peelbook.render.book import steps_of_a_book
    from peelbook.render.contents import read_contents
    from peelbook.render.pool import render_books

    values = collect_parameters(parameters_file, parameters)
    if forces and "force" in values:
        raise InvalidParameter("Name the force once: as an argument or as parameter 'force'.")
    chosen = forces or ([str(values["force"])] if "force" in values else [])
    if not chosen:
        raise InvalidParameter("Which force? Name one or more, for example: peelbook render kent")
    _one_force_a_register(values, len(set(chosen)))
    # all of them are checked before the first is executed
    sets = [parse_parameters(values | {"force": force}) for force in dict.fromkeys(chosen)]
    failed: list[str] = []
    with _progress() as bar:
        task = bar.add_task("", total=len(sets) * steps_of_a_book(read_contents()))
        books = render_books(
            sets,
            output,
            engine=engine,
            workers=workers,
            progress=lambda step: bar.update(task, advance=1, description=step),
        )
        for book in books:
            if book.index is None:
                failed.append(book.error)
            else:
                bar.console.print(f"Open {book.index.resolve()}", soft_wrap=True, highlight=False)
    for error in failed:
        print(f"peelbook: not published: {error}", file=sys.stderr)
    if failed:
        raise typer.Exit(1)


@app.command()
@one_line_errors
def site(
    parameters: SetOption = None,
    parameters_file: FileOption = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Folder of the site.")
    ] = Path("_build/site"),
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="FORCE", help="A force; repeatable.")
    ] = None,
    base_url: Annotated[str, typer.Option(help="Where the site will be, for sitemap.xml.")] = "",
    workers: Annotated[
        int | None, typer.Option(min=1, help="Books at a time; the processors by default.")
    ] = None,
) -> None:
    """Render the books of all forces, the pages about all of them, and a front page.

    Examples:

    peelbook site

    peelbook site -f parameters/year-ending-march-2018.yml -o _build/march-2018
    """
    from peelbook.parameters import force_slugs, parse_parameters
    from peelbook.site.build import build_site, steps_of_a_site

    values = collect_parameters(parameters_file, parameters)
    if "force" in values:
        raise InvalidParameter("A site holds all forces; use --only FORCE for some of them.")
    forces = list(dict.fromkeys(only or force_slugs()))
    _one_force_a_register(values, len(forces))
    for force in forces:
        parse_parameters(values | {"force": force})
    with _progress() as bar:
        task = bar.add_task("", total=steps_of_a_site(len(forces)))
        built = build_site(
            parse_parameters(values),
            output,
            forces=forces,
            base_url=base_url,
            workers=workers,
            progress=lambda step: bar.update(task, advance=1, description=step),
        )
    print(f"Open {built.index.resolve()} ({built.books} books)")
    for book in built.failed:
        print(f"peelbook: not published: {book.error}", file=sys.stderr)
    if built.failed:
        raise typer.Exit(1)


def _one_force_a_register(values: dict[str, object], forces: int) -> None:
    """A register speaks of one force, and a book of another must not be made from it."""
    if values.get("findings") and forces > 1:
        raise InvalidParameter("Parameter findings: a register is about one force; name only one.")


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )


@app.command()
@one_line_errors
def indicators(
    force: Annotated[str | None, typer.Argument(help="A force; see peelbook forces.")] = None,
    every: AllOption = False,
    parameters: SetOption = None,
    parameters_file: FileOption = None,
    output_format: FormatOption = Format.table,
) -> None:
    """Print every indicator of a force, or of all forces.

    Examples:

    peelbook indicators leicestershire

    peelbook indicators --all -p period_end 2018-12-31 --format csv
    """
    from peelbook.indicators import ENGLAND_AND_WALES, indicator_table

    chosen = _parameters_for(force, every, parameters, parameters_file)
    table = indicator_table(chosen)
    if not every:
        table = table[table["area"].isin([chosen.force, ENGLAND_AND_WALES])]
    dates = {name: table[name].dt.strftime("%Y-%m-%d") for name in ("period_start", "period_end")}
    _print(table.assign(**dates), output_format, "Indicators")


def _parameters_for(
    force: str | None, every: bool, pairs: list[str] | None, file: Path | None
) -> Any:  # noqa: ANN401
    from peelbook.parameters import parse_parameters

    values = collect_parameters(file, pairs)
    if force:
        values["force"] = force
    elif not every and "force" not in values:
        raise InvalidParameter("Which force? Name one, or give --all for all 43.")
    return parse_parameters(values)


@app.command()
@one_line_errors
def judgments(
    force: Annotated[str | None, typer.Argument(help="A force; see peelbook forces.")] = None,
    every: AllOption = False,
    parameters: SetOption = None,
    parameters_file: FileOption = None,
    output_format: FormatOption = Format.table,
) -> None:
    """Print the grades computed for a force, with the published ones beside them.

    The format json gives the full reasoning: the evidence that counted, each rule that fired, what
    was left out and why, and the smallest change that would change the grade.

    Examples:

    peelbook judgments leicestershire

    peelbook judgments --all --format json
    """
    from peelbook.evidence import Evidence, judgment_rows
    from peelbook.judgment_report import judgment_report
    from peelbook.parameters import force_slugs

    chosen = _parameters_for(force, every, parameters, parameters_file)
    slugs = force_slugs() if every else [chosen.force]
    _one_force_a_register({"findings": chosen.findings}, len(slugs))
    judged = [Evidence(chosen.model_copy(update={"force": slug})) for slug in slugs]
    if output_format is Format.json:
        _print_json([record for ev in judged for record in judgment_report(ev)])
        return
    tables = [judgment_rows(ev) for ev in judged]
    _print(pd.concat(tables, ignore_index=True), output_format, "Judgments")


@app.command()
@one_line_errors
def sensitivity(
    force: Annotated[str | None, typer.Argument(help="A force; see peelbook forces.")] = None,
    parameters: SetOption = None,
    parameters_file: FileOption = None,
    influence: Annotated[
        bool, typer.Option("--influence", help="Which threshold or weight matters, and how much.")
    ] = False,
    output_format: FormatOption = Format.table,
) -> None:
    """Grade a force again under thousands of other thresholds and weights: how firm is it?

    Examples:

    peelbook sensitivity leicestershire

    peelbook sensitivity leicestershire --influence --format csv
    """
    from peelbook.evidence import Evidence

    ev = Evidence(_parameters_for(force, False, parameters, parameters_file))
    found = ev.sensitivity
    title = f"{ev.force.name}: {found.draws:,} draws, seed {found.seed}"
    _print(found.influence if influence else found.shares, output_format, title)


@app.command()
@one_line_errors
def validate(
    what: Annotated[str, typer.Argument(help="Which table; see the examples.")] = "statistics",
    output_format: FormatOption = Format.table,
) -> None:
    """Test the judgments against the grades that the inspectorate published.

    Examples:

    peelbook validate

    peelbook validate confusion

    peelbook validate overall --format csv

    peelbook validate thresholds

    peelbook validate indicators --format csv

    peelbook validate leicestershire
    """
    from peelbook.validation import validation

    _print(validation(what), output_format, f"Validation: {what}")


@app.command()
@one_line_errors
def reproduce(output_format: FormatOption = Format.table) -> None:
    """Set every number that the 2016 report printed beside the one computed here.

    Example: peelbook reproduce --format csv
    """
    from peelbook.reproduction import reproduction_table

    _print(reproduction_table(), output_format, "Reproduction of the 2016 figures")


@app.command()
@one_line_errors
def forces(output_format: FormatOption = Format.table) -> None:
    """List the 43 forces and the names they go by."""
    from peelbook.tables import load_table

    table = load_table("forces").sort_values("force")[["force", "name", "region", "pfa_code"]]
    _print(table, output_format, "Forces")


@data_app.command("build")
@one_line_errors
def data_build(
    source: Annotated[Path, typer.Option(help="Folder of the publishers' files.")],
    target: Annotated[Path | None, typer.Option(help="Folder to write, data/ by default.")] = None,
) -> None:
    """Build the tables in data/ from the publishers' files.

    Example: peelbook data build --source ../shared/opendata
    """
    from peelbook.datapackage import build
    from peelbook.tables import data_directory

    for name in build(source, target or data_directory()):
        print(name)


@data_app.command("describe")
@one_line_errors
def data_describe() -> None:
    """Describe the tables again after a change by hand to a register, an exclusion or a caveat.

    Example: peelbook data describe
    """
    from peelbook.datapackage import describe
    from peelbook.tables import data_directory

    for name in describe(data_directory()):
        print(name)


@data_app.command("check")
@one_line_errors
def data_check() -> None:
    """Verify the hash and the schema of every table in data/."""
    from peelbook.datapackage import check
    from peelbook.tables import data_directory

    problems = check(data_directory())
    for problem in problems:
        print(f"peelbook: {problem}", file=sys.stderr)
    if problems:
        raise typer.Exit(2)
    print("Every table in data/ is as data/datapackage.json describes it.")


def _print(table: pd.DataFrame, output_format: Format, title: str) -> None:
    if output_format is Format.csv:
        print(table.to_csv(index=False, lineterminator="\n"), end="")
    elif output_format is Format.json:
        records = json.loads(table.to_json(orient="records", date_format="iso"))
        _print_json(records)
    else:
        shown = Table(title=title)
        for name in table.columns.difference(NOT_IN_A_TERMINAL, sort=False):
            shown.add_column(str(name), overflow="fold")
        narrow = table[table.columns.difference(NOT_IN_A_TERMINAL, sort=False)]
        for record in narrow.itertuples(index=False):
            shown.add_row(*(_cell(value) for value in record))
        Console().print(shown)


def _print_json(records: list[dict[str, Any]]) -> None:
    print(json.dumps(records, indent=1, ensure_ascii=False))


def _cell(value: object) -> str:
    if pd.isna(value):
        return "–"
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def join_pairs(words: list[str]) -> list[str]:
    """Rewrite papermill's `-p NAME VALUE` as one option value NAME=VALUE, for Typer takes only one.

    Raises InvalidParameter when a -p is not followed by a name and a value.
    """
    joined, rest = [], iter(words)
    for word in rest:
        joined.append(word)
        if word in ("-p", "--parameters"):
            name, value = next(rest, None), next(rest, None)
            if name is None or value is None or "=" in name:
                raise InvalidParameter(f"Option {word} takes a name and a value: {word} force kent")
            joined.append(f"{name}={value}")
    return joined


def main() -> None:
    """Run the command line; wrong words exit with code 2, as Typer's own do."""
    try:
        words = join_pairs(sys.argv[1:])
    except InvalidParameter as error:
        print(f"peelbook: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    app(args=words, prog_name="peelbook")
