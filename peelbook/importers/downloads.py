"""Download the publishers' files that `frameworks/downloads.csv` lists, each checked by its hash.

The download itself is pooch's: into a file beside the wanted one, which takes its name only when it is
whole and its sha256 is the one listed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pooch
import requests

from peelbook.errors import InvalidParameter, PeelbookError, suggestion
from peelbook.tables.loading import definitions_directory

REGISTER = "downloads.csv"
RETRIES = 2
"""How often a download that broke off or came damaged is tried again; pooch waits in between."""
TIMEOUT = 60
"""Seconds without a byte after which a server counts as silent."""
pooch.get_logger().setLevel("ERROR")  # what is fetched is said here, in the words of this project


@dataclass(frozen=True)
class Download:
    """One file of a publisher.

    `page` is where a person finds it, `address` where it lies; `sha256` is empty where it is not known,
    and `bytes` is 0 then.
    """

    name: str
    title: str
    file: str
    page: str
    address: str
    sha256: str
    bytes: int

    @property
    def host(self) -> str:
        """The server, as a message names it."""
        return urlsplit(self.address).netloc


@dataclass(frozen=True)
class Fetched:
    """A file that is there: where, whether it was downloaded now, and its sha256."""

    download: Download
    path: Path
    is_new: bool
    sha256: str


class DownloadFailed(PeelbookError):
    """A file that could not be had; the message says where a person finds it."""

    def __init__(self, download: Download, reason: str, folder: Path) -> None:
        super().__init__(
            f"{download.file}: {reason}. Fetch '{download.title}' by hand from {download.page} and put "
            f"it into {folder} under this name."
        )


def read_register(path: Path | None = None) -> dict[str, Download]:
    """Return name -> file for every row of the register, in its order.

    `path` is `frameworks/downloads.csv` unless given. Raises PeelbookError for a row that lacks a
    cell or names a file twice.
    """
    path = path or definitions_directory() / REGISTER
    found: dict[str, Download] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                if None in row.values():
                    raise ValueError
                one = Download(**{**row, "bytes": int(row["bytes"] or 0)})
            except (KeyError, TypeError, ValueError):
                raise PeelbookError(
                    f"{path.name}, line {number}: not a row of this table"
                ) from None
            if one.name in found or one.file in {known.file for known in found.values()}:
                raise PeelbookError(f"{path.name}, line {number}: '{one.name}' is listed twice")
            found[one.name] = one
    return found


def chosen(names: Sequence[str], register: dict[str, Download]) -> list[Download]:
    """Return the files of these names, all where none is given.

    Raises InvalidParameter for a name that the register does not have, with the nearest ones.
    """
    for name in names:
        if name not in register:
            raise InvalidParameter(f"Unknown download '{name}': {suggestion(name, register)}")
    return [register[name] for name in dict.fromkeys(names)] if names else [*register.values()]


def fetch(downloads: Sequence[Download], folder: Path) -> Iterator[Fetched | DownloadFailed]:
    """Yield each file once it lies in the folder, or why it does not.

    A file that is there already, with the listed sha256 or without one to compare with, is kept. A server
    that cannot be reached is not tried again for the other files. Nothing half-written is left.

    Raises
    ------
    InvalidParameter
        If the folder is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise InvalidParameter(f"{folder} is a file; give a folder to keep the downloads in")
    folder.mkdir(parents=True, exist_ok=True)
    silent: set[str] = set()
    for download in downloads:
        if download.host in silent and not (folder / download.file).exists():
            yield DownloadFailed(download, f"{download.host} cannot be reached", folder)
            continue
        try:
            yield _fetch_one(download, folder)
        except requests.exceptions.HTTPError as error:
            said = f"{download.host} answers {error.response.status_code}"
            yield DownloadFailed(download, said, folder)
        except requests.exceptions.ChunkedEncodingError:
            yield DownloadFailed(download, f"{download.host} broke off", folder)
        except requests.exceptions.RequestException:
            silent.add(download.host)
            yield DownloadFailed(download, f"{download.host} cannot be reached", folder)
        except ValueError:  # what pooch raises where the hash differs
            yield DownloadFailed(
                download, "what came is not the listed file (its sha256 differs)", folder
            )


def _fetch_one(download: Download, folder: Path) -> Fetched:
    before = (folder / download.file).stat().st_mtime_ns if (folder / download.file).exists() else 0
    known_hash = f"sha256:{download.sha256}" if download.sha256 else None
    keeper = pooch.create(
        path=folder,
        base_url="",
        registry={download.file: known_hash},
        urls={download.file: download.address},
        retry_if_failed=RETRIES,
    )
    path = Path(
        keeper.fetch(
            download.file, downloader=pooch.HTTPDownloader(timeout=TIMEOUT, progressbar=False)
        )
    )
    return Fetched(
        download, path, path.stat().st_mtime_ns != before, pooch.file_hash(str(path), alg="sha256")
    )
