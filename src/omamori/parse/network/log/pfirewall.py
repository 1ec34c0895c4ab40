"""Windows: `pfirewall.log` of the Windows firewall (Microsoft: date time action protocol src-ip dst-ip src-port dst-port size …), local time."""

from __future__ import annotations

import re
from datetime import datetime

from omamori.parse.network.log.packet import LogForm, Packet, address, port, protocol, stamp

_LINE = re.compile(
    r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} (?P<action>ALLOW|DROP|OPEN|OPEN-INBOUND|CLOSE) (?P<protocol>\S{1,10}) (?P<source>\S{2,60}) "
    r"(?P<destination>\S{2,60}) \S{1,5} (?P<port>\S{1,5}) (?P<size>\S{1,12})(?: .{0,100}?(?P<path>SEND|RECEIVE|FORWARD|UNKNOWN)?)?"
)
_ACTIONS = {"ALLOW": "accept", "DROP": "drop", "OPEN": "accept", "OPEN-INBOUND": "accept"}


def _read(line: str, received: datetime) -> Packet | None:
    found = _LINE.match(line)
    if found is None:
        if line[:1].isdigit():
            raise ValueError("not the columns of pfirewall.log")
        return None
    if found["action"] == "CLOSE":
        return None  # the end of a connection that OPEN told
    when = stamp(line[:19], received).when
    return Packet(
        when, address(found["source"]), address(found["destination"]), protocol(found["protocol"]), port(found["port"]),
        _ACTIONS[found["action"]],
    )  # fmt: skip


FORMS = (LogForm("pfirewall.log", (" ALLOW ", " DROP ", " OPEN ", " OPEN-INBOUND ", " CLOSE ", "INFO-EVENTS-LOST"), _read),)
