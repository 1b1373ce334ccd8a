"""One version number: of the package, of its citation, of the changelog and of a tag of the commit."""

from __future__ import annotations

import re
import subprocess
from datetime import date

import pytest
import yaml

import peelbook


def test_package_citation_and_changelog_name_the_same_version(project):
    citation = yaml.safe_load((project / "CITATION.cff").read_text(encoding="utf-8"))
    settings = yaml.safe_load((project / "_config.yml").read_text(encoding="utf-8"))
    assert settings["parse"]["myst_substitutions"]["version"] == peelbook.__version__
    changelog = (project / "CHANGELOG.md").read_text(encoding="utf-8")
    headings, days = zip(*re.findall(r"^## (\S+) \((.+)\)$", changelog, re.M), strict=True)
    assert (str(citation["version"]), headings[0]) == (peelbook.__version__, peelbook.__version__)
    day = date.fromisoformat(peelbook.RELEASED)
    assert (citation["date-released"], days[0]) == (day, f"{day.day} {day:%B %Y}")


def test_tag_of_this_commit_is_the_version(project):
    listed = subprocess.run(
        ["git", "tag", "--points-at", "HEAD", "--list", "v*"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a checkout of git")
    assert set(listed.stdout.split()) <= {f"v{peelbook.__version__}"}
