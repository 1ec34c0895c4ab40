"""Linux: the connections a router follows, as `conntrack -L` and `/proc/net/nf_conntrack` print them (conntrack(8); netfilter, nf_conntrack_standalone.c)."""

from __future__ import annotations

import re
from datetime import datetime

from omamori.parse.network.log.packet import LogForm, Packet, address, port, protocol

_LINE = re.compile(
    r"^\s*(?:\[[\d.]{1,24}\s*\]\s*)?(?:ipv[46] +\d+ +)?(?P<protocol>[a-z][a-z0-9-]{1,10}) +\d{1,3}(?: +\d{1,9})?(?: +[A-Z_0-9]{2,20})? +(?P<said>src=.*)$"
)
_FIELD = re.compile(r"\b(src|dst|sport|dport|bytes)=(\S{1,60})")


def _read(line: str, received: datetime) -> Packet | None:
    found = _LINE.match(line)
    if found is None:
        return None
    there, back = dict[str, str](), dict[str, str]()
    size: int | None = None
    for name, value in _FIELD.findall(found["said"]):
        # The second time a name comes, it is of the packets that come back.
        (back if name in there else there)[name] = value
        if name == "bytes" and value.isdecimal():
            size = (size or 0) + int(value[:18])
    # Where the destination was translated, the answers come from the machine that is meant.
    target, aim = back.get("src") or there["dst"], back.get("sport") or there.get("dport")
    # A table has no moments: all it lists was there when it was looked at.
    return Packet(received, address(there["src"]), address(target), protocol(found["protocol"]), port(aim), "accept", size=size)


FORMS = (LogForm("conntrack", (" src=",), _read),)
