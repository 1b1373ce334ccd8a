"""Lets `python -m peelbook` stand for `peelbook`."""

from peelbook.cli import main

main()
