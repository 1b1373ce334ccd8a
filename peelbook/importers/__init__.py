"""Readers of the publishers' releases, one per format.

Each `read_*` function takes the path of a file as published and returns one tidy frame, or
raises :class:`peelbook.errors.ReleaseFormatError` with the file, sheet, row and reason. Nothing
here runs when a book is rendered.
"""
