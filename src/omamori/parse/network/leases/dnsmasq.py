"""`dnsmasq.leases` (dnsmasq(8)): moment of expiry in seconds since 1970 (0: never), hardware address, address, name, client identifier."""

from __future__ import annotations

import re

from omamori.model.sightings import Lease
from omamori.parse.network.leases.part import LeaseFile, LeaseForm, last_word
from omamori.parse.network.values import IPV4, mac, since_epoch

_LINE = re.compile(
    rf"^(?P<ends>\d{{1,12}}) (?P<mac>(?:[0-9a-fA-F]{{2}}-)?[0-9a-fA-F]{{2}}(?::[0-9a-fA-F]{{2}}){{5}}) (?P<ip>{IPV4}) (?P<name>\S{{1,255}}) \S{{1,512}}\s*$"
)
_SIX = re.compile(r"^(?:duid [0-9a-fA-F:]{2,400}|\d{1,12} T?\d{1,12} [0-9a-fA-F:]{2,45} \S{1,255} \S{1,512})\s*$")


def _recognise(head: str) -> bool:
    lines = head.split("\n")
    told = [line for line in lines[: max(len(lines) - 1, 1)] if line.strip()]
    return bool(told) and _LINE.match(told[0]) is not None and all(_LINE.match(line) or _SIX.match(line) for line in told)


def _read(text: str) -> LeaseFile:
    rows: list[Lease] = []
    unread: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        found = _LINE.match(line)
        if found:
            ends = since_epoch(found["ends"]) if int(found["ends"]) else None
            name = None if found["name"] == "*" else found["name"].split(".")[0]
            hardware = mac(found["mac"].split("-")[-1])
            rows.append(Lease(address=found["ip"], mac=hardware, hostname=name, ends=ends, state="active", evidence=str(number)))
        elif line.strip() and not _SIX.match(line):
            unread.append(number)
    return LeaseFile(last_word(rows), tuple(unread), text.endswith("\n"))


FORM = LeaseForm("dnsmasq", _recognise, _read)
