"""The command line, run in an empty folder."""

from running_commands import run

__all__ = ["run"]
