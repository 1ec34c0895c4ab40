"""A real HTTPS server with a certificate of its own authority: only what was asked for, only over https, only with a certificate that fits."""

from __future__ import annotations

import http.server
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from omamori.gate.error import GateError
from omamori.gate.https import fetch
from omamori.lab.certificate import make_certificate

BODY = b"flaws," * 100_000


@dataclass
class Publisher:
    """A server of ours. `asked`: the paths somebody asked for."""

    port: int = 0
    certificate: Path = Path()
    asked: list[str] = field(default_factory=list)
    failures: int = 0

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"


@contextmanager
def publishing(folder: Path, host: str = "localhost", *, old: bool = False, tls: bool = True) -> Iterator[Publisher]:
    """Serve on the loopback until the block ends."""
    publisher = Publisher()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.asked.append(self.path)
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", f"{publisher.url}/file.json")
                self.end_headers()
            elif self.path.startswith("/away-"):
                self.send_response(302)
                self.send_header("Location", self.path.removeprefix("/away-"))
                self.end_headers()
            elif self.path == "/round":
                self.send_response(302)
                self.send_header("Location", f"{publisher.url}/round")
                self.end_headers()
            elif self.path == "/missing":
                self.send_error(404)
            elif self.path == "/moody" and publisher.failures > 0:
                publisher.failures -= 1
                self.send_error(503)
            elif self.path == "/breaks":
                self.send_response(200)
                self.send_header("Content-Length", str(len(BODY)))
                self.end_headers()
                self.wfile.write(BODY[:1000])
            elif self.path == "/drips":
                self.send_response(200)
                self.send_header("Content-Length", str(len(BODY)))
                self.end_headers()
                for _ in range(200):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    time.sleep(0.05)
            else:
                self.send_response(200)
                self.send_header("Content-Length", str(len(BODY)))
                self.end_headers()
                self.wfile.write(BODY)

        def log_message(self, format: str, *args: object) -> None:
            """Print nothing."""

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A client that refuses a certificate hangs up: nothing to print."""

    server = Server(("127.0.0.1", 0), Handler)
    publisher.port = server.server_address[1]
    if tls:
        publisher.certificate, secret = make_certificate(folder, host, [], old=old)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.load_cert_chain(publisher.certificate, secret)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    folder = tmp_path / "server"
    folder.mkdir()
    with publishing(folder) as found:
        yield found


def refused(publisher: Publisher, url: str, target: Path, said: str, **more: object) -> None:
    with pytest.raises(GateError) as caught:
        fetch(url, target, **({"limit": 10**7, "authorities": publisher.certificate} | more))  # type: ignore[arg-type]
    assert said in str(caught.value), caught.value
    assert not target.exists() and list(target.parent.glob("*.part")) == []


def test_a_file_is_fetched_whole(publisher: Publisher, tmp_path: Path) -> None:
    heard: list[int] = []
    size = fetch(f"{publisher.url}/file.json", tmp_path / "f", limit=10**7, authorities=publisher.certificate, progress=heard.append)
    assert (tmp_path / "f").read_bytes() == BODY and size == len(BODY) == heard[-1]
    assert publisher.asked == ["/file.json"]


def test_it_follows_to_another_https_address_and_nowhere_else(publisher: Publisher, tmp_path: Path) -> None:
    fetch(f"{publisher.url}/moved", tmp_path / "f", limit=10**7, authorities=publisher.certificate)
    assert (tmp_path / "f").read_bytes() == BODY
    refused(publisher, f"{publisher.url}/away-http://localhost:9/x", tmp_path / "g", "https only")
    for place in ("file:///etc/passwd", "data:,x"):
        refused(publisher, f"{publisher.url}/away-{place}", tmp_path / "g", "HTTP 302")
    refused(publisher, f"{publisher.url}/round", tmp_path / "g", "HTTP 302")


@pytest.mark.parametrize(
    "url", ["http://localhost/x", "file:///etc/passwd", "https://user:word@localhost/x", "https:///x", "ftp://h/x", "data:,x"]
)
def test_only_a_plain_https_address_is_asked(publisher: Publisher, tmp_path: Path, url: str) -> None:
    refused(publisher, url, tmp_path / "f", "https only")
    assert publisher.asked == []


def test_a_certificate_nobody_trusts_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    refused(publisher, f"{publisher.url}/file.json", tmp_path / "f", "self-signed", authorities=None)
    assert publisher.asked == []


def test_a_certificate_of_another_name_is_refused(tmp_path: Path) -> None:
    with publishing(tmp_path, "elsewhere.example") as other:
        refused(other, f"{other.url}/file.json", tmp_path / "f", "not valid for")
        assert other.asked == []


def test_an_expired_certificate_is_refused(tmp_path: Path) -> None:
    with publishing(tmp_path, old=True) as other:
        refused(other, f"{other.url}/file.json", tmp_path / "f", "")
        assert other.asked == []


def test_a_server_without_tls_is_refused(tmp_path: Path) -> None:
    with publishing(tmp_path, tls=False) as other, pytest.raises(GateError):
        fetch(f"{other.url}/file.json", tmp_path / "f", limit=100)
    assert other.asked == []


def test_more_than_the_limit_and_longer_than_the_time_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    refused(publisher, f"{publisher.url}/file.json", tmp_path / "f", "300,000 bytes", limit=300_000)
    refused(publisher, f"{publisher.url}/file.json", tmp_path / "f", "too slow", seconds=-1.0)


def test_a_server_that_drips_cannot_hold_the_time_back(publisher: Publisher, tmp_path: Path) -> None:
    heard: list[int] = []
    refused(publisher, f"{publisher.url}/drips", tmp_path / "f", "too slow", seconds=0.3, progress=heard.append)
    assert heard and max(heard) < 100, "given up while the bytes still come"


def test_what_is_missing_is_told_at_once_and_a_moody_server_is_asked_again(publisher: Publisher, tmp_path: Path) -> None:
    refused(publisher, f"{publisher.url}/missing", tmp_path / "f", "HTTP 404")
    assert publisher.asked == ["/missing"]
    publisher.failures = 2
    fetch(f"{publisher.url}/moody", tmp_path / "f", limit=10**7, authorities=publisher.certificate)
    assert publisher.asked[1:] == ["/moody"] * 3


def test_a_file_that_breaks_off_leaves_the_one_that_was_there(publisher: Publisher, tmp_path: Path) -> None:
    target = tmp_path / "f"
    target.write_bytes(b"of last month")
    with pytest.raises(GateError):
        fetch(f"{publisher.url}/breaks", target, limit=10**7, authorities=publisher.certificate)
    assert target.read_bytes() == b"of last month" and publisher.asked == ["/breaks"] * 3


def test_a_server_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(GateError, match="check the connection"):
        fetch("https://localhost:9/x", tmp_path / "f", limit=10)
    assert time.monotonic() - began < 30
