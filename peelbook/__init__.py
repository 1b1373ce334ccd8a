"""Reproducible books on the effectiveness of the police forces of England and Wales."""

__version__ = "0.2.0"
RELEASED = "2026-11-25"
"""Day on which this version came out; `CITATION.cff` and the changelog say the same."""
