"""Cisco ASA and Firepower: messages of denied and built connections (Cisco Secure Firewall ASA syslog messages). Names of users are not stored."""

from __future__ import annotations

import re
from datetime import datetime

from omamori.parse.network.log.packet import LogForm, Packet, address, port, protocol, stamp

_ID = re.compile(r"%(?:ASA|FTD|PIX)-\d?-?\w*-?(?P<id>\d{6}): ")
_END = r"(?:(?P<{0}i>[\w./-]{{1,48}}):)?(?P<{0}>[0-9a-fA-F.:]{{2,45}})(?:/(?P<{0}p>\d{{1,5}}))?"
_SOURCE, _DESTINATION = _END.format("s"), _END.format("d")
_USER = r"(?:\([^)]{0,120}\))?"
_DENY = re.compile(
    rf"Deny (?P<protocol>[\w-]{{1,20}}) src {_SOURCE}{_USER} dst {_DESTINATION}{_USER}.{{0,120}}? by access-group \"?(?P<rule>[\w.-]{{1,64}})"
)
_LIST = re.compile(
    r"access-list (?P<rule>\S{1,64}) (?P<did>permitted|denied|est-allowed) (?P<protocol>\w{1,20}) (?P<si>[\w.-]{1,48})/(?P<s>[0-9a-fA-F.:]{2,45})\((?P<sp>\d{1,5})\)"
    rf"{_USER} ?-> ?(?P<di>[\w.-]{{1,48}})/(?P<d>[0-9a-fA-F.:]{{2,45}})\((?P<dp>\d{{1,5}})\){_USER} hit-cnt (?P<times>\d{{1,9}})"
)
_BUILT = re.compile(
    rf"Built (?P<way>inbound|outbound) (?P<protocol>TCP|UDP) connection \d+ for {_SOURCE} ?{_USER}{_USER} to {_DESTINATION}"
)
_PLAIN = re.compile(
    rf"(?:(?P<first>Inbound|Deny inbound|Deny) )?(?P<protocol>TCP|UDP|ICMP)\b[^/]{{0,60}}? from {_SOURCE} to {_DESTINATION}.{{0,60}}?(?: on interface (?P<on>[\w.-]{{1,48}}))?\s*$"
)
_DENIED = frozenset({"106001", "106006", "106007", "106015", "710003"})
_IN_BRACKETS = re.compile(r"\((?![\d.]+/\d+\))[^)]{0,120}\)")


def _read(line: str, received: datetime) -> Packet | None:
    number = _ID.search(line)
    if number is None:
        return None
    when, host, _ = stamp(line, received)
    text, code = line[number.end() :], number["id"]
    pattern = {"106023": _DENY, "106100": _LIST, "302013": _BUILT, "302015": _BUILT}.get(code, _PLAIN if code in _DENIED else None)
    if pattern is None:
        return None
    found = pattern.match(text)
    if found is None:
        raise ValueError(f"not the form of message {code}")
    said = found.groupdict()
    source, target, into, out, aim = said["s"], said["d"], said["si"], said["di"], said["dp"]
    if said.get("way") == "outbound":
        # An outbound connection is named by the outer end first; who began it stands behind "to".
        source, target, into, out, aim = said["d"], said["s"], said["di"], said["si"], said["sp"]
    did = "accept" if pattern is _BUILT or said.get("did") in ("permitted", "est-allowed") else "drop"
    return Packet(
        when, address(source), address(target), protocol(said["protocol"]), port(aim), did, said.get("rule"), into or said.get("on"), out,
        times=max(int(said.get("times") or 1), 1), device=host,
    )  # fmt: skip


def _clean(line: str) -> str:
    return _IN_BRACKETS.sub("", line)


FORMS = (LogForm("asa", ("%ASA-", "%FTD-", "%PIX-"), _read, _clean),)
