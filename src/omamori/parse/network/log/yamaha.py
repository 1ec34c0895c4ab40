"""YAMAHA routers: what a filter rejected or passed, and the connections of dynamic filters (`[INSPECT]`), in syslog or `show log`."""

from __future__ import annotations

import re
from datetime import datetime

from omamori.parse.network.log.packet import LogForm, Packet, address, port, protocol, stamp

_ENDS = r"(?P<protocol>TCP|UDP|ICMPv?6?|ESP|AH|GRE|IGMP|\d{1,3}) (?P<source>[0-9a-fA-F.:]{2,60}) > (?P<destination>[0-9a-fA-F.:]{2,60})"
_FILTER = re.compile(
    rf"(?P<port>[A-Z]+\d*(?:\[\d+\]|/\d+)?) (?P<did>Rejected|Passed|Restricted) at (?P<way>IN|OUT)\((?P<rule>[\w-]{{1,32}})\) filter: {_ENDS}"
)
_INSPECT = re.compile(
    rf"\[INSPECT\] ?(?P<port>[A-Z]+\d*(?:\[\d+\]|/\d+)?)\[(?P<way>in|out)\]\[(?P<rule>\d+)\] {_ENDS}(?: \((?P<when>\d{{4}}/\d\d/\d\d \d\d:\d\d:\d\d)\))?"
)
_DID = {"Rejected": "drop", "Restricted": "drop", "Passed": "accept"}


def _read(line: str, received: datetime) -> Packet | None:
    found = _FILTER.search(line) or _INSPECT.search(line)
    if found is None:
        if "[INSPECT]" in line or "] Rejected at" in line:
            raise ValueError("not the form of a filter's line")
        return None
    when, host, _ = stamp(line, received)
    said = found.groupdict()
    if said.get("when"):
        when = stamp(str(said["when"]), received).when or when
    source, _ = _split(found["source"])
    destination, target = _split(found["destination"])
    inward = found["way"].lower() == "in"
    return Packet(
        when, source, destination, protocol(found["protocol"]), port(target), _DID.get(said.get("did", ""), "accept"), found["rule"],
        found["port"] if inward else None, None if inward else found["port"], device=host,
    )  # fmt: skip


def _split(text: str) -> tuple[str, str | None]:
    """An address and its port: `192.168.0.2:80`, and `2001:db8::1.443` for IPv6."""
    mark = ":" if "." in text and text.count(":") <= 1 else "."
    if mark == "." and text.count(":") < 2:
        return address(text), None
    first, found, last = text.rpartition(mark)
    return (address(first), last) if found else (address(text), None)


FORMS = (LogForm("yamaha", ("[INSPECT]", " filter: "), _read),)
