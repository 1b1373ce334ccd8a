"""Rendering: papermill executes the chapters, Jupyter Book compiles them, the result is published.

Nothing here knows what a book says.
"""
