"""Files of publishers, fetched from a server on this machine that behaves well or badly."""

from __future__ import annotations

import hashlib
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from peelbook.errors import InvalidParameter, PeelbookError
from peelbook.importers import downloads
from peelbook.importers.downloads import (
    Download,
    DownloadFailed,
    Fetched,
    chosen,
    fetch,
    read_register,
)

CONTENT = b"a workbook, as far as this test is concerned\n" * 40
HASH = hashlib.sha256(CONTENT).hexdigest()


class Publisher(BaseHTTPRequestHandler):
    """Serves /good, breaks off in /cut and the first time in /cut-once, and has nothing else."""

    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path not in ("/good", "/cut", "/cut-once"):
            self.send_error(404)
            return
        again = self.server.asked.count(self.path) > 1
        whole = self.path == "/good" or (self.path == "/cut-once" and again)
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT if whole else CONTENT[:100])

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(downloads, "RETRIES", 1)
    running = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    running.asked = []
    thread = threading.Thread(target=running.serve_forever, args=(0.02,))
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def listed(server, path: str, *, sha256: str = HASH, name: str = "tables") -> Download:
    address = f"http://127.0.0.1:{server.server_address[1]}{path}"
    return Download(
        name, "Tables of 2026", f"{name}.xlsx", "https://example.org/page", address, sha256, 0
    )


def one(download: Download, folder) -> Fetched | DownloadFailed:
    (result,) = fetch([download], folder)
    return result


def test_file_is_fetched_once_and_kept_after_that(server, tmp_path):
    folder = tmp_path / "new" / "downloads"
    first, second = (one(listed(server, "/good"), folder) for _ in range(2))
    assert (first.is_new, second.is_new) == (True, False)
    assert first.path.read_bytes() == CONTENT
    assert first.sha256 == HASH
    assert server.asked == ["/good"]


def test_damaged_file_in_the_folder_is_fetched_again(server, tmp_path):
    (tmp_path / "tables.xlsx").write_bytes(b"damaged")
    assert one(listed(server, "/good"), tmp_path).is_new
    assert (tmp_path / "tables.xlsx").read_bytes() == CONTENT


def test_file_without_a_listed_hash_is_fetched_and_its_hash_is_told(server, tmp_path):
    assert one(listed(server, "/good", sha256=""), tmp_path).sha256 == HASH


def test_connection_that_breaks_off_once_is_tried_again(server, tmp_path):
    assert one(listed(server, "/cut-once"), tmp_path).path.read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("path", "sha256", "said"),
    [
        ("/good", "0" * 64, "its sha256 differs"),
        ("/gone", HASH, "answers 404"),
        ("/cut", HASH, "broke off"),
        ("/cut", "", "broke off"),
    ],
    ids=["another file", "404", "cut off", "cut off, hash not known"],
)
def test_failure_is_named_with_the_page_and_leaves_nothing(server, tmp_path, path, sha256, said):
    failed = one(listed(server, path, sha256=sha256), tmp_path)
    assert isinstance(failed, DownloadFailed)
    for part in ("tables.xlsx", said, "Tables of 2026", "https://example.org/page", str(tmp_path)):
        assert part in str(failed)
    assert list(tmp_path.iterdir()) == []


def test_failed_fetch_keeps_the_file_that_was_there(server, tmp_path):
    (tmp_path / "tables.xlsx").write_bytes(b"an older edition")
    assert isinstance(one(listed(server, "/gone"), tmp_path), DownloadFailed)
    assert (tmp_path / "tables.xlsx").read_bytes() == b"an older edition"


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def test_server_that_is_down_is_tried_for_the_first_file_only(tmp_path, monkeypatch):
    monkeypatch.setattr(downloads, "RETRIES", 0)
    host = f"127.0.0.1:{closed_port()}"
    files = [
        Download(name, name, f"{name}.ods", "https://example.org/", f"http://{host}/{name}", "", 0)
        for name in ("first", "second")
    ]
    results = list(fetch(files, tmp_path))
    assert [f"{host} cannot be reached" in str(result) for result in results] == [True, True]
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "downloads").write_text("text")
    with pytest.raises(InvalidParameter, match="is a file"):
        list(fetch([], tmp_path / "downloads"))


def test_register_lists_whole_addresses_and_hashes():
    register = read_register()
    assert {
        "prc-pfa-mar2013-onwards",
        "prc-outcomes-open-data-mar2026",
        "force-area-tables-2026-03",
    } <= set(register)
    for row in register.values():
        assert row.address.startswith("https://")
        assert row.page.startswith("https://")
        assert row.address.endswith(row.file)
        assert len(row.sha256) in (0, 64)
        assert (row.bytes > 0) == bool(row.sha256)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("a,A,a.ods,https://p,https://a/a.ods,,many\n", "line 2: not a row"),
        ("a,A,a.ods\n", "line 2: not a row"),
        ("a,A,a.ods,p,https://a,,\nb,B,a.ods,p,https://b,,\n", "line 3: 'b' is listed twice"),
    ],
    ids=["size in words", "cut off", "one file twice"],
)
def test_broken_register_is_named_with_its_line(tmp_path, lines, said):
    path = tmp_path / "downloads.csv"
    path.write_text(f"name,title,file,page,address,sha256,bytes\n{lines}", encoding="utf-8")
    with pytest.raises(PeelbookError, match=said):
        read_register(path)


def test_unknown_name_gets_the_nearest():
    with pytest.raises(InvalidParameter, match="did you mean prc-outcomes-open-data-mar2026"):
        chosen(["prc-outcomes-open-data-mar26"], read_register())
