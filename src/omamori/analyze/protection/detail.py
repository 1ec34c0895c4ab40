"""What a person wrote of a control: ports, and other words (zones, ways in, products, functions). Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_LONGEST = 1_000
_MOST = 50
_PARTS = re.compile(r"[,、;\n]+")
_PORT = re.compile(
    r"(?:port|ポート)?\s*(?:(?P<before>tcp|udp)\s*[/:]?\s*)?(?P<first>\d{1,5})(?:\s*[-~]\s*(?P<last>\d{1,5}))?"
    r"(?:\s*/?\s*(?P<after>tcp|udp))?\s*(?:番|番ポート|port|ポート)?"
)
_NAMED: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "rdp": ("tcp", 3389), "smb": ("tcp", 445), "telnet": ("tcp", 23), "ftp": ("tcp", 21), "ssh": ("tcp", 22), "vnc": ("tcp", 5900),
        "http": ("tcp", 80), "https": ("tcp", 443), "snmp": ("udp", 161), "tftp": ("udp", 69), "dicom": ("tcp", 104), "winrm": ("tcp", 5985),
        "リモートデスクトップ": ("tcp", 3389), "ファイル共有": ("tcp", 445),
    }
)  # fmt: skip
"""Services people name instead of their ports (IANA Service Name and Transport Protocol Port Number Registry)."""


@dataclass(frozen=True, slots=True)
class Ports:
    """A range of ports. `protocol` None: tcp and udp."""

    protocol: str | None
    first: int
    last: int

    def holds(self, protocol: str, port: int | None) -> bool:
        """Return whether a port is meant."""
        return port is not None and self.first <= port <= self.last and self.protocol in (None, protocol)

    def __str__(self) -> str:
        """Write it as `tcp/3389`."""
        number = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.protocol or 'tcp,udp'}/{number}"


@dataclass(frozen=True, slots=True)
class Detail:
    """What the ledger says of a control, taken apart."""

    ports: tuple[Ports, ...] = ()
    words: tuple[str, ...] = ()


def read_detail(text: str | None) -> Detail:
    """Take apart what stands in `control_detail`: `tcp/3389, 445` are ports, everything else stays words."""
    ports: dict[Ports, None] = {}
    words: dict[str, None] = {}
    for part in _PARTS.split(unicodedata.normalize("NFKC", (text or "")[:_LONGEST]))[:_MOST]:
        word = part.strip()
        if not word:
            continue
        found = _ports(word.casefold())
        if found is None:
            words[word] = None
        else:
            ports[found] = None
    return Detail(tuple(ports), tuple(words))


def _ports(word: str) -> Ports | None:
    if word in _NAMED:
        protocol, port = _NAMED[word]
        return Ports(protocol, port, port)
    found = _PORT.fullmatch(word)
    if not found:
        return None
    first = int(found["first"])
    last = int(found["last"] or first)
    return Ports(found["before"] or found["after"], first, last) if 0 < first <= last <= 65_535 else None
