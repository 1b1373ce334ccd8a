"""How the command line ends when something is wrong: one line, and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import typer

from peelbook.errors import PeelbookError


def one_line_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Turn the package's own errors into one line and their exit code."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        try:
            command(*args, **kwargs)
        except PeelbookError as error:
            print(f"peelbook: {error}", file=sys.stderr)
            raise typer.Exit(error.exit_code) from None

    return run
