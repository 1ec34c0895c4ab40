"""Takes passwords out of command lines and addresses before a probe's output is stored. Lines stay lines."""

from __future__ import annotations

import re

from omamori.parse.interface import Redacted

_MARK = b"[secret: password, set]"
_WORDS = rb"(?:password|passwd|passphrase|secret|token|api[-_]?key|credential)"
# Every repetition is bounded: a hostile line must not cost more than its length.
_FORMS = (
    re.compile(rb"(://)(?!\[secret)[^/\s@]{1,200}:[^/\s@]{1,200}(?=@)"),
    re.compile(
        rb"(?i)(--?[a-z-]{0,30}" + _WORDS + rb"[a-z-]{0,20}(?:=|\s{1,4}))(?!\[secret)(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|[^\s\"']{1,200})"
    ),
    re.compile(
        rb"(?i)(\b[a-z0-9_]{0,30}" + _WORDS + rb"[a-z0-9_]{0,20}=)(?!\[secret)(?:\"[^\"\n]{1,200}\"|'[^'\n]{1,200}'|[^\s\"']{1,200})"
    ),
    re.compile(rb"(?i)(\b(?:mysql|mariadb)[a-z_-]{0,20}\b[^|;\n]{0,200}?\s-p)(?!\[secret)[^\s-]\S{0,200}"),
    re.compile(rb"(\bcurl\b[^|;\n]{0,200}?\s-u\s{0,4}[^\s:]{1,60}:)(?!\[secret)\S{1,200}"),
    re.compile(rb"(?i)(\b(?:sshpass)\s{1,4}-p\s{0,4})(?!\[secret)\S{1,200}"),
)


def redact(data: bytes) -> Redacted:
    """Return the output without passwords in addresses, options and assignments, and how many were taken out."""
    total = 0
    for form in _FORMS:
        data, count = form.subn(rb"\1" + _MARK, data)
        total += count
    return Redacted(data, total)
