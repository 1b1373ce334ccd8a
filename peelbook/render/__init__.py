"""Rendering: papermill executes the chapters, Jupyter Book compiles them, the result is published."""
