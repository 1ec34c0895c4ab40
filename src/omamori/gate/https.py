"""Fetches one public file over HTTPS: the only thing by which the product itself reaches outside, and only when it is asked to."""

from __future__ import annotations

import http.client
import os
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from omamori.gate.error import GateError

_CHUNK = 256 * 1024
_TIMEOUT = 60.0
_TRIES = 3
_REDIRECTS = 5
_PART = ".part"
_AGENT = "omamori-feeds"


def fetch(
    url: str,
    target: Path,
    *,
    limit: int,
    authorities: Path | None = None,
    seconds: float = 1800.0,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Write what a server has at `url` into `target`, whole or not at all; returns its bytes.

    In: an https address without a password; at most `limit` bytes in at most `seconds`; `authorities`: a PEM file whose
    authorities alone count, None: those this system trusts. Certificates and names are always checked, also after a redirect, which
    leads to https only. What a try that broke off had fetched is not used again. GateError when it cannot be fetched.
    """
    _plain_https(url)
    part = target.with_name(target.name + _PART)
    deadline = time.monotonic() + seconds
    for left in reversed(range(_TRIES)):
        try:
            size = _once(url, part, limit, authorities, deadline, progress)
            part.replace(target)
            return size
        except urllib.error.HTTPError as error:
            error.close()
            if error.code < 500 or not left:
                raise _refused(url, f"HTTP {error.code}") from error
        except ssl.SSLCertVerificationError as error:
            raise _refused(url, error.verify_message) from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, ssl.SSLCertVerificationError) or not left:
                raise _refused(url, str(getattr(error.reason, "verify_message", error.reason))) from error
        except (http.client.HTTPException, TimeoutError, ConnectionError, ssl.SSLError) as error:
            if not left:
                raise _refused(url, str(error) or type(error).__name__) from error
        finally:
            part.unlink(missing_ok=True)
    raise AssertionError("unreachable")


def _once(url: str, part: Path, limit: int, authorities: Path | None, deadline: float, progress: Callable[[int], None]) -> int:
    trusted = ssl.create_default_context(cafile=str(authorities) if authorities else None)
    opener = urllib.request.OpenerDirector()  # not build_opener: that one also opens files, http and ftp
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPSHandler(context=trusted),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _OnlyHttps(),
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(url, headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"})  # noqa: S310 - https, see above
    with closing(opener.open(request, timeout=_TIMEOUT)) as answer, part.open("wb") as stream:
        size = _pour(url, answer, stream, limit, deadline, progress)
        expected = answer.headers.get("Content-Length")
        if expected is not None and expected.isdigit() and int(expected) != size:
            raise http.client.IncompleteRead(b"", int(expected) - size)
        stream.flush()
        os.fsync(stream.fileno())
    return size


def _pour(url: str, answer: Any, stream: IO[bytes], limit: int, deadline: float, progress: Callable[[int], None]) -> int:
    size = 0
    # What came, not a whole chunk: a server that sends a byte a minute must not hold the time back.
    while chunk := answer.read1(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise _refused(url, f"> {limit:,} bytes")
        if time.monotonic() > deadline:
            raise _refused(url, "too slow")
        stream.write(chunk)
        progress(size)
    return size


class _OnlyHttps(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, to https addresses only."""

    max_redirections = _REDIRECTS

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """Refuse to leave https."""
        _plain_https(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _plain_https(url: str) -> None:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.password:
        raise _refused(url, "https only")


def _refused(url: str, reason: str) -> GateError:
    return GateError(
        f"{url} から取得できませんでした({reason})。インターネットへの接続(プロキシ)を確かめ、だめなら手で取ったファイルを指定してください",
        f"could not fetch {url} ({reason}): check the connection (proxy), or name files fetched by hand",
    )
