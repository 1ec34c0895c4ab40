"""Whether a file is of an ASA (or PIX)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from omamori.parse.device.cisco.segments import heads

_SURE = re.compile(r"^(?:ASA Version |PIX Version |: Hardware: +ASA|Cisco (?:Adaptive Security Appliance Software|PIX) )")
_SIGNS = re.compile(
    r"^(?:\s{0,4}nameif \S|\s{0,4}security-level \d|access-group \S+ (?:in|out) interface |access-list \S+ extended |same-security-traffic |object network \S|names$|"
    r"(?:ssh|http|telnet) \d{1,3}(?:\.\d{1,3}){3} \d|static \(\w|nat \(\w|tunnel-group \S+ type |route (?:inside|outside) |policy-map global_policy|monitor-interface |"
    r"threat-detection |failover lan |passwd )"
)

_UP = re.compile(r"^[A-Za-z][\w.-]{0,62} up \d")
_DOTTED_ROUTE = re.compile(r"^[A-Z][A-Za-z*+ ]{0,8}\d{1,3}(?:\.\d{1,3}){3} \d{1,3}(?:\.\d{1,3}){3} ")


def recognise(head: Sequence[str]) -> bool:
    """Whether the first lines are a configuration or an output of an ASA."""
    if any(_SURE.match(line) for line in head):
        return (
            not heads(head) <= {"version"}
            or any(not line.startswith("Cisco ") for line in head if _SURE.match(line))
            or any(_UP.match(line) for line in head)
        )
    if len({match[0].split()[0] for line in head if (match := _SIGNS.match(line))}) >= 2:
        return True
    kinds = heads(head)
    if "asa-interfaces" in kinds or "asa-lists" in kinds or "sessions" in kinds:
        return True
    if "route" in kinds:
        return any("Codes: " in line for line in head) and any(
            _DOTTED_ROUTE.match(line) or " V - VPN" in line or "SI - Static InterVRF" in line for line in head
        )
    return "brief" in kinds and any(" CONFIG " in line for line in head)
