"""Puts what a book is made from into the wheel; all else is in pyproject.toml."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

CARRIED = (
    "_config.yml",
    "_static",
    "_toc.yml",
    "CHANGELOG.md",
    "CITATION.cff",
    "LICENSE",
    "chapters",
    "data",
    "frameworks",
    "methodology",
    "national",
    "parameters",
    "site",
)


class BuildWithProject(build_py):
    """Copy chapters, tables and definitions beside the code, where `peelbook` looks for them."""

    def run(self) -> None:
        """Build the package, then copy; an editable install reads the checkout itself."""
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / "peelbook" / "_project"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for name in CARRIED:
            if Path(name).is_dir():
                shutil.copytree(name, target / name, ignore=shutil.ignore_patterns(".*", "__*"))
            else:
                shutil.copyfile(name, target / name)


setup(cmdclass={"build_py": BuildWithProject})
