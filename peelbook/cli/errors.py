"""How the command line ends when something is wrong: one line, and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import typer

from peelbook.errors import PeelbookError
from peelbook.render.full_disk import said_of_a_full_disk


def one_line_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Turn the package's own errors into one line and their exit code."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        try:
            command(*args, **kwargs)
        except PeelbookError as error:
            print(f"peelbook: {error}", file=sys.stderr)
            raise typer.Exit(error.exit_code) from None
        except OSError as error:
            # what concerns one book is said by its job; this is the run's own folder
            full = said_of_a_full_disk(error)
            said = full or f"{error.strerror or error}: {error.filename or 'no file named'}"
            print(f"peelbook: {said}", file=sys.stderr)
            raise typer.Exit(1) from None

    return run
