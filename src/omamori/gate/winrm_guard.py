"""What every exchange over WinRM keeps to: only the named host, nothing in clear, no answer without end.

The libraries would follow a redirection to another host and prove the user there too, take an unencrypted answer where
an encrypted one was agreed, and read an answer of any length.
"""

from __future__ import annotations

from typing import Any

MAX_ANSWER = 16 * 1024 * 1024
"""Bytes of one answer; Windows itself limits an envelope to half a megabyte."""
_MAX_CHALLENGE = 64 * 1024
_CHUNK = 64 * 1024
_ENCRYPTED = ("multipart/encrypted", "multipart/x-multi-encrypted")


class Unacceptable(Exception):
    """An answer no WinRM service gives: the exchange ends here."""


def guard(session: Any, *, scheme: str) -> None:
    """Let a session of `requests` speak by these rules, and by `scheme` (http: encrypted messages, https) alone."""
    from requests.adapters import HTTPAdapter

    class Guarded(HTTPAdapter):
        """Looks at every answer before the library does."""

        def send(self, request: Any, *words: Any, **named: Any) -> Any:
            """Send as ever; the answer, or Unacceptable."""
            answer = super().send(request, *words, **{**named, "stream": True})
            try:
                _look_at(answer, encrypted=scheme == "http")
            except BaseException:
                answer.close()
                raise
            return answer

    session.trust_env = False
    session.adapters.clear()
    session.mount(f"{scheme}://", Guarded())


def _look_at(answer: Any, *, encrypted: bool) -> None:
    if answer.is_redirect or 300 <= answer.status_code < 400:
        raise Unacceptable("redirected to another place")
    length = answer.headers.get("Content-Length", "")
    if answer.status_code == 401:
        # Of this one the library needs the open connection: it binds the login to the certificate it sees there.
        if not (length.isascii() and length.isdigit() and int(length) <= _MAX_CHALLENGE):
            raise Unacceptable("a challenge without a sensible length")
        return
    body = bytearray()
    for chunk in answer.iter_content(_CHUNK):
        body += chunk
        if len(body) > MAX_ANSWER:
            raise Unacceptable("an answer that is too long")
    if encrypted and body and not answer.headers.get("Content-Type", "").startswith(_ENCRYPTED):
        raise Unacceptable("an answer in clear where an encrypted one was agreed")
    answer._content, answer._content_consumed = bytes(body), True
