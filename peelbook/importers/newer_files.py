"""Look on the publishers' pages for files that are newer than those of `frameworks/downloads.csv`.

GOV.UK describes each of its pages as JSON, with the files that are attached to it. The Home Office ends
the name of a file with the day of the release, so a later day is a newer file of the same name, and
another year in the name is a new file of the same family.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from urllib.parse import urlsplit

import requests

from peelbook.errors import PeelbookError
from peelbook.importers.downloads import REGISTER, TIMEOUT, Download
from peelbook.tables.loading import definitions_directory

GOV_UK = "https://www.gov.uk/"
CONTENT_API = "https://www.gov.uk/api/content"
DATED = re.compile(r"(?P<name>.+?)(-tables)?-(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d\d)\.\w+")
YEAR_ENDING = re.compile(r"[a-z]{3}20\d\d$")


def newer_files(register: dict[str, Download], api: str = CONTENT_API) -> list[Download]:
    """Return the files of GOV.UK that are newer than the listed ones, or of a year that is not listed.

    Their sha256 is not known. `api` is where the pages are described.

    Raises
    ------
    PeelbookError
        If a page cannot be asked; it is named.
    """
    found: dict[str, Download] = {}
    for page in dict.fromkeys(one.page for one in register.values()):
        if not page.startswith(GOV_UK):
            continue
        families = {_family(one.name) for one in register.values() if one.page == page}
        for title, address in _attachments(page, api):
            file = address.rsplit("/", 1)[-1]
            dated = DATED.fullmatch(file)
            if not dated or _family(dated["name"]) not in families:
                continue
            new = Download(dated["name"], title, file, page, address, "", 0)
            known = found.get(new.name) or register.get(new.name)
            if known is None or _day(new.file) > _day(known.file):
                found[new.name] = new
    return sorted(found.values(), key=lambda one: one.name)


def _attachments(page: str, api: str) -> Iterable[tuple[str, str]]:
    """Return title and address of each file that is attached to a page."""
    try:
        answer = requests.get(api + urlsplit(page).path, timeout=TIMEOUT)
        answer.raise_for_status()
        attached = answer.json()["details"].get("attachments", [])
        return [
            (" ".join(str(one["title"]).split()), str(one["url"]))
            for one in attached
            if "url" in one
        ]
    except (requests.exceptions.RequestException, KeyError, TypeError, AttributeError):
        raise PeelbookError(
            f"{page} cannot be asked for newer files. Look at it yourself, and list a newer file in "
            f"frameworks/{REGISTER}"
        ) from None


def _family(name: str) -> str:
    """Return the name without the year that it ends with, of which there is one file each."""
    return YEAR_ENDING.sub("", name)


def _day(file: str) -> tuple[str, str, str]:
    dated = DATED.fullmatch(file)
    return (dated["year"], dated["month"], dated["day"]) if dated else ("", "", "")


def write_register(register: dict[str, Download], path: Path | None = None) -> None:
    """Write the list of files in order of name; `path` is `frameworks/downloads.csv` unless given."""
    path = path or definitions_directory() / REGISTER
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(
            lines, [field.name for field in fields(Download)], lineterminator="\n"
        )
        writer.writeheader()
        for name in sorted(register):
            row = asdict(register[name])
            writer.writerow(row | {"bytes": row["bytes"] or ""})
