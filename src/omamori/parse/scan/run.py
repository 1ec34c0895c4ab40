"""The record of a gentle look (`omamori scan`) → `scans`, `network_hosts`, `network_ports`. JSON, one object in a line.

{"omamori": "scan.run", "format": 1, "scan": ..., "began": ..., "ports": "21-23,53", ...}     the head: what was asked and allowed
{"address": "10.1.0.5", "seen": ..., "answer": "syn-ack", "open": [22], "closed": [80], "attempts": 2}     one for every address
    {"probed": "10.1.0.5", "services": [{"port": 22, "product": "OpenSSH"}]}     a named server that was asked for versions
{"ended": ..., "why": "done", "finished": true}     the end; not there: the run was cut off
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from omamori.model.gentle import GENTLE, GENTLE_PORTS
from omamori.model.look import EVERYWHERE, Look, Parsed, Problem
from omamori.model.sightings import NetworkHost, NetworkPort, Scan
from omamori.model.text import Text
from omamori.parse.addresses import ip
from omamori.parse.interface import Context, EvidenceError, Parser

KIND = "scan.run"
FORMAT = 1
SERVICE = ("port", "service", "confidence", "product", "version", "banner", "encrypted")
"""What a line says of a port of a named server that was asked for its version."""
ANSWERS = ("syn-ack", "reset", "arp-response")
"""What an address can answer with; anything else is no sign of a machine."""
_MARK = b'{"omamori": "scan.run"'
_LONGEST = 20_000
_WORDS = 4_000
_SERVICE = 400


def parse(data: bytes, context: Context) -> Parsed:
    """Return what a gentle look asked and found; EvidenceError when the head cannot be read."""
    del context
    lines = data.split(b"\n")
    head = _object(lines[0])
    if head is None or head.get("omamori") != KIND or head.get("format") != FORMAT:
        raise EvidenceError(
            Text(
                "この版では読めないスキャンの記録です。作った omamori と同じ版で読んでください",
                "a scan record of another version: read it with the omamori that made it",
            )
        )
    asked = read_ports(_words(head, "ports"))
    scan, began = _words(head, "scan")[:80], _moment(head.get("began"))
    builder = _Builder(scan, began, complete=set(GENTLE_PORTS) <= asked)
    end: Mapping[str, Any] = {}
    for number, line in enumerate(lines[1:], 2):
        said = _object(line)
        if said is not None and "address" in said:
            builder.take(said, number)
        elif said is not None and "ended" in said:
            end = said
        elif said is not None and "probed" in said:
            builder.add_services(said, number)
        elif line.strip() and not (said is not None and "echoed" in said):
            builder.problems.append(Problem(number, "a line of a scan record", "スキャンの記録の一行"))
    finished = end.get("finished") is True
    row = Scan(
        scan=scan,
        tool=_words(head, "tool")[:80],
        began=began,
        ended=_moment(end.get("ended")),
        finished=finished,
        profile=_words(head, "profile")[:20] or None,
        approval=_words(head, "approval")[:200] or None,
        targets=_words(head, "targets") or None,
        asked_ports=_words(head, "ports") or None,
        hosts_asked=builder.asked,
        hosts_up=len(builder.subjects),
        connections_allowed=_number(head.get("connections_allowed"), 100),
        connections_sent=builder.attempts,
        arguments=_words(head, "arguments") or None,
        evidence="1",
    )
    cut = None if finished else "not_collected"
    looks = (Look("scans", asset=EVERYWHERE, complete=finished, reason=cut, covers_since=began, covers_until=row.ended), *builder.looks)
    return Parsed(rows=(row, *builder.rows), looks=looks, problems=tuple(builder.problems[:100]), claims=tuple(builder.claims))


class _Builder:
    """Takes the lines of addresses."""

    def __init__(self, scan: str, began: datetime | None, *, complete: bool) -> None:
        self.rows: list[Any] = []
        self.looks: list[Look] = []
        self.claims: list[tuple[str, tuple[str, ...]]] = []
        self.problems: list[Problem] = []
        self.subjects: set[str] = set()
        self.asked = self.attempts = 0
        self._scan, self._began, self._complete = scan, began, complete

    def take(self, said: Mapping[str, Any], line: int) -> None:
        """Take one address; one that answered is a subject, the others are only counted."""
        known = ip(str(said["address"])[:64])
        if known is None or str(known) in self.subjects:
            self.problems.append(Problem(line, "an address, once", "IPアドレス(一つにつき一行)"))
            return
        address, answer = str(known), str(said.get("answer"))
        self.asked += 1
        self.attempts = max(self.attempts, _number(said.get("attempts"), 100) or 0)
        if answer not in ANSWERS:
            return
        self.subjects.add(address)
        mac = _mac(said.get("mac"))
        seen = _moment(said.get("seen")) or self._began
        number = int(known) if known.version == 4 else None
        self.rows.append(
            NetworkHost(
                asset=address,
                seen=seen,
                address=address,
                address_number=number,
                mac=mac,
                reason=answer,
                scan=self._scan,
                evidence=str(line),
            )
        )
        names = {one.port: one.service for one in GENTLE}
        self.rows += [
            NetworkPort(
                asset=address,
                seen=seen,
                address=address,
                protocol="tcp",
                port=port,
                state="open",
                reason="syn-ack",
                service=names.get(port),
                method="table",
                scan=self._scan,
                evidence=str(line),
            )
            for port in _ports(said.get("open"))
        ]
        whole = said.get("whole", True) is True and self._complete
        self.claims.append((address, (*((f"mac:{mac}",) if mac else ()), f"ip:{address}")))
        self.looks.append(Look("network_hosts", asset=address))
        stand = "segment" if mac else "routed"
        self.looks.append(Look("network_ports", asset=address, complete=whole, reason=None if whole else "not_collected", stand=stand))

    def add_services(self, said: Mapping[str, Any], line: int) -> None:
        """Put to the open ports of a server what version detection told of them."""
        services = said.get("services")
        listed = [one for one in services if isinstance(one, dict)] if isinstance(services, list) else []
        told = {port: one for one in listed if (port := _number(one.get("port"), 65535))}
        known = ip(str(said["probed"])[:64])
        for place, row in enumerate(self.rows):
            if not isinstance(row, NetworkPort) or row.address != str(known) or row.port not in told:
                continue
            one = told[row.port]
            encrypted = one.get("encrypted")
            self.rows[place] = replace(
                row,
                service=_words(one, "service")[:_SERVICE] or row.service,
                method="probed",
                confidence=_number(one.get("confidence"), 10),
                product=_words(one, "product")[:_SERVICE] or None,
                version=_words(one, "version")[:_SERVICE] or None,
                banner=_words(one, "banner")[:_SERVICE] or None,
                encrypted=encrypted if isinstance(encrypted, bool) else None,
                evidence=str(line),
            )


def read_ports(said: str) -> set[int]:
    """Read numbers and ranges separated by commas; what is none is left out."""
    found: set[int] = set()
    for part in said.split(",")[:_WORDS]:
        first, _, last = part.strip().partition("-")
        if first.isascii() and first.isdigit() and (not last or (last.isascii() and last.isdigit())):
            found.update(range(int(first[:6]), min(int((last or first)[:6]), 65535) + 1))
    return found


def _ports(said: object) -> list[int]:
    numbers = said if isinstance(said, list) else []
    return sorted({port for port in numbers[:65536] if isinstance(port, int) and not isinstance(port, bool) and 0 < port < 65536})


def _mac(said: object) -> str | None:
    text = str(said or "").lower().replace("-", ":")
    parts = text.split(":")
    good = len(parts) == 6 and all(len(part) == 2 and set(part) <= set("0123456789abcdef") for part in parts)
    return text if good and text != "00:00:00:00:00:00" else None


def _object(line: bytes) -> dict[str, Any] | None:
    if len(line) > _LONGEST * 10:
        return None
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _words(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key)
    words = value if isinstance(value, str) else ""
    return "".join(char if char.isprintable() else " " for char in words[:_LONGEST])


def _number(said: object, most: int) -> int | None:
    return said if isinstance(said, int) and not isinstance(said, bool) and 0 <= said <= most else None


def _moment(said: object) -> datetime | None:
    try:
        return datetime.strptime(str(said), "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return None


def write_ports(ports: Iterable[int]) -> str:
    """Write ports as numbers and ranges separated by commas, as nmap does."""
    spans: list[list[int]] = []
    for port in sorted(set(ports)):
        if spans and port == spans[-1][1] + 1:
            spans[-1][1] = port
        else:
            spans.append([port, port])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def recognise(head: bytes, file_name: str) -> bool:
    """Return whether a file is such a record, by how it begins."""
    del file_name
    return head.startswith(_MARK)


PARSERS = (
    Parser(kind=KIND, tables=("scans", "network_hosts", "network_ports"), parse=parse, recognise=recognise, max_bytes=256 * 1024**2),
)
