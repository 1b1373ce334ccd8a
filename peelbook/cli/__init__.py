"""The command line: a thin shell over the library, which does not know what a book says."""

from __future__ import annotations

import sys

import typer

from peelbook.cli.data import data_app
from peelbook.cli.fetching import fetching_app
from peelbook.cli.figures import figures_app
from peelbook.cli.options import join_pairs
from peelbook.cli.rendering import rendering_app
from peelbook.cli.stopping import stopping_in_order
from peelbook.cli.supplied import findings_app, returns_app
from peelbook.cli.verifying import verifying_app
from peelbook.errors import InvalidParameter

app = typer.Typer(
    name="peelbook",
    help="Render and compute PEEL effectiveness books for the 43 forces of England and Wales.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
app.add_typer(rendering_app)
app.add_typer(verifying_app)
app.add_typer(figures_app)
data_app.add_typer(fetching_app)
app.add_typer(data_app, name="data")
app.add_typer(findings_app, name="findings")
app.add_typer(returns_app, name="returns")


def main() -> None:
    """Run the command line; wrong words exit with code 2, as Typer's own do."""
    try:
        words = join_pairs(sys.argv[1:])
    except InvalidParameter as error:
        print(f"peelbook: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    with stopping_in_order():
        app(args=words, prog_name="peelbook")
