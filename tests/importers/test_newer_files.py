"""Pages of GOV.UK, described by a server on this machine, asked for newer files."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from peelbook.errors import PeelbookError
from peelbook.importers.downloads import read_register
from peelbook.importers.newer_files import newer_files, write_register

STATISTICS = "/government/statistics/police-recorded-crime-open-data-tables"


@pytest.fixture
def pages():
    """Yield what is on each page (path -> answer) and the address of the server that says so."""
    described: dict[str, object] = {}

    class Describing(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path not in described:
                self.send_error(404)
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(described[self.path]).encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Describing)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield described, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def page_with(*files: str) -> dict[str, object]:
    attached = [
        {"title": f"Tables \n {file}", "url": f"https://assets.example/media/x/{file}"}
        for file in files
    ]
    return {"details": {"attachments": attached}}


def register_of_statistics():
    return {name: one for name, one in read_register().items() if one.page.endswith(STATISTICS)}


def test_later_release_and_a_new_year_are_found_and_nothing_else(pages):
    described, api = pages
    described[STATISTICS] = page_with(
        "prc-outcomes-open-data-mar2026-tables-230726.xlsx",  # the listed one
        "prc-outcomes-open-data-mar2025-tables-240424.xlsx",  # older than the listed one
        "prc-outcomes-open-data-mar2024-tables-221026.xlsx",  # later in another month
        "prc-outcomes-open-data-mar2027-tables-220727.xlsx",  # a year that is not listed
        "prc-pfa-mar2013-onwards-tables-280127.ods",
        "prc-csp-1112-1415-tables-230726.ods",  # tables that the list has none of
        "user-guide.pdf",
    )
    found = newer_files(register_of_statistics(), api)
    assert [(one.name, one.file, one.sha256) for one in found] == [
        (name, f"{name}-tables-{day}", "")
        for name, day in (
            ("prc-outcomes-open-data-mar2024", "221026.xlsx"),
            ("prc-outcomes-open-data-mar2027", "220727.xlsx"),
            ("prc-pfa-mar2013-onwards", "280127.ods"),
        )
    ]
    assert found[0].title == "Tables prc-outcomes-open-data-mar2024-tables-221026.xlsx"


def test_page_without_files_has_none_that_are_newer(pages):
    described, api = pages
    described[STATISTICS] = {"details": {}}
    assert newer_files(register_of_statistics(), api) == []


@pytest.mark.parametrize("answer", [None, [], {"title": "moved"}, {"details": []}], ids=str)
def test_page_that_cannot_be_asked_is_named(pages, answer):
    described, api = pages
    if answer is not None:
        described[STATISTICS] = answer
    with pytest.raises(PeelbookError, match=rf"{STATISTICS} cannot be asked .*downloads\.csv"):
        newer_files(register_of_statistics(), api)


def test_written_register_is_the_committed_one_byte_for_byte(tmp_path):
    from peelbook.importers.downloads import REGISTER
    from peelbook.tables.loading import definitions_directory

    write_register(read_register(), tmp_path / REGISTER)
    committed = (definitions_directory() / REGISTER).read_bytes()
    assert (tmp_path / REGISTER).read_bytes() == committed
