"""Reproducible books on the effectiveness of the police forces of England and Wales."""

__version__ = "0.2.0"
