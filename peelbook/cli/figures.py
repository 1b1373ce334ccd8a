"""Commands that print figures, grades, and how they hold up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from peelbook.cli.errors import one_line_errors
from peelbook.cli.options import (
    AllOption,
    FileOption,
    SetOption,
    collect_parameters,
    require_one_force_a_register,
)
from peelbook.cli.printing import (
    ColumnsOption,
    Format,
    FormatOption,
    Shown,
    WideOption,
    print_json,
    print_table,
)
from peelbook.errors import InvalidParameter

figures_app = typer.Typer()

# by whether all forces are printed, which then need a column to tell them apart
INDICATOR_COLUMNS = {
    False: ("indicator", "value", "comparator_value", "rank"),
    True: ("indicator", "area", "value", "rank"),
}
JUDGMENT_COLUMNS = {
    False: ("level", "id", "grade", "published_grade"),
    True: ("area", "id", "grade", "published_grade"),
}


@figures_app.command()
@one_line_errors
def indicators(
    force: Annotated[str | None, typer.Argument(help="A force; see peelbook forces.")] = None,
    every: AllOption = False,
    parameters: SetOption = None,
    parameters_file: FileOption = None,
    output_format: FormatOption = Format.table,
    wide: WideOption = False,
    columns: ColumnsOption = "",
) -> None:
    """Print every indicator of a force, or of all forces.

    Examples:

    peelbook indicators leicestershire

    peelbook indicators --all -p period_end 2018-12-31 --format csv
    """
    from peelbook.indicators.values import ENGLAND_AND_WALES
    from peelbook.returns.figures import indicator_table

    chosen = _parameters_for(force, every, parameters, parameters_file)
    table = indicator_table(chosen)
    show = Shown(INDICATOR_COLUMNS[every], wide, columns)
    if not every:
        # in a few columns the area compared with is one of them
        few = output_format is Format.table and not (wide or columns)
        areas = [chosen.force] if few else [chosen.force, ENGLAND_AND_WALES]
        table = table[table["area"].isin(areas)]
    dates = {name: table[name].dt.strftime("%Y-%m-%d") for name in ("period_start", "period_end")}
    title = "Indicators" if every else f"Indicators of {chosen.force}"
    print_table(table.assign(**dates), output_format, title, show)


def _parameters_for(
    force: str | None, every: bool, pairs: list[str] | None, file: Path | None
) -> Any:  # noqa: ANN401
    from peelbook.evidence import checked_parameters

    values = collect_parameters(file, pairs)
    if force:
        values["force"] = force
    elif not every and "force" not in values:
        raise InvalidParameter("Which force? Name one, or give --all for all 43.")
    return checked_parameters(values)


@figures_app.command()
@one_line_errors
def judgments(
    force: Annotated[str | None, typer.Argument(help="A force; see peelbook forces.")] = None,
    every: AllOption = False,
    parameters: SetOption = None,
    parameters_file: FileOption = None,
    output_format: FormatOption = Format.table,
    wide: WideOption = False,
    columns: ColumnsOption = "",
) -> None:
    """Print the grades computed for a force, with the published ones beside them.

    The format json gives the full reasoning: the evidence that counted, each rule that fired, what
    was left out and why, and the smallest change that would change the grade.

    Examples:

    peelbook judgments leicestershire

    peelbook judgments --all --format json
    """
    from peelbook.cli.judgment_report import judgment_report
    from peelbook.evidence import Evidence, judgment_rows
    from peelbook.parameters import force_slugs

    chosen = _parameters_for(force, every, parameters, parameters_file)
    slugs = force_slugs() if every else [chosen.force]
    require_one_force_a_register({"findings": chosen.findings}, len(slugs))
    judged = [Evidence(chosen.model_copy(update={"force": slug})) for slug in slugs]
    if output_format is Format.json:
        print_json([record for ev in judged for record in judgment_report(ev)])
        return
    tables = [judgment_rows(ev) for ev in judged]
    title = "Judgments" if every else f"Judgments of {chosen.force}"
    show = Shown(JUDGMENT_COLUMNS[every], wide, columns)
    print_table(pd.concat(tables, ignore_index=True), output_format, title, show)


@figures_app.command()
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
    print_table(found.influence if influence else found.shares, output_format, title)


@figures_app.command()
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

    peelbook validate summaries --format csv

    peelbook validate choices

    peelbook validate leicestershire
    """
    from peelbook.pages.validation import validation

    print_table(validation(what), output_format, f"Validation: {what}")


@figures_app.command()
@one_line_errors
def reproduce(output_format: FormatOption = Format.table) -> None:
    """Set every number that the 2016 report printed beside the one computed here.

    Example: peelbook reproduce --format csv
    """
    from peelbook.indicators.reproduction import reproduction_table

    print_table(reproduction_table(), output_format, "Reproduction of the 2016 figures")


@figures_app.command()
@one_line_errors
def forces(output_format: FormatOption = Format.table) -> None:
    """List the 43 forces and the names they go by."""
    from peelbook.tables import load_table
    from peelbook.tables.force_names import names_of_forces

    table = load_table("forces").sort_values("force")[["force", "name", "region", "pfa_code"]]
    names = {slug: ", ".join(known) for slug, known in names_of_forces().items()}
    print_table(table.assign(also=table["force"].map(names)), output_format, "Forces")
