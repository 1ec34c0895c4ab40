"""Linux: lines of the kernel (iptables LOG, nftables log, UFW) and of ulogd2 in its LOGEMU and JSON forms."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from omamori.parse.network.log.packet import LogForm, Packet, action_of, address, port, protocol, stamp

_PREFIX = re.compile(r"^ ?(?:kernel: )?(?:\[ *\d+\.\d+\] ?)?")
_FIELD = re.compile(r"\b(IN|OUT|SRC|DST|PROTO|DPT)=(\S*)")
_KEPT = (
    "timestamp", "dvc", "action", "oob.prefix", "oob.in", "oob.out", "ip.protocol", "src_ip", "dest_ip", "src_port", "dest_port",
    "raw.pktlen", "oob.hook",
)  # fmt: skip
_ROOM = 64


def _kernel(line: str, received: datetime) -> Packet | None:
    begin = line.find("IN=")
    if begin < 0 or " SRC=" not in line:
        return None
    # An ICMP error repeats the packet it is about in brackets.
    said = dict(_FIELD.findall(line, begin, line.find(" [", begin) if " [" in line[begin:] else len(line)))
    when, host, end = stamp(line, received)
    place = line.rfind("kernel: ", 0, begin)
    if line[end : end + 1] == ":" and place < 0:
        host, end = "", max(line.rfind(" ", 0, end), 0)  # no host but the beginning of the rule's prefix
    prefix = _PREFIX.sub("", line[place if place >= 0 else end : begin]).strip(" :[]")[:_ROOM]
    return Packet(
        when, address(said["SRC"]), address(said["DST"]), protocol(said.get("PROTO")), port(said.get("DPT")), action_of(prefix),
        prefix or None, said.get("IN") or None, said.get("OUT") or None, device=host,
    )  # fmt: skip


def _json(line: str, received: datetime) -> Packet | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("no JSON") from error
    if not isinstance(said, dict) or not isinstance(said.get("src_ip"), str):
        return None
    prefix = _text(said.get("oob.prefix")).strip(" :")[:_ROOM]
    did = action_of(prefix) or action_of(_text(said.get("action")))
    when = stamp(_text(said.get("timestamp")), received).when
    return Packet(
        when, address(said["src_ip"]), address(_text(said.get("dest_ip"))), protocol(_text(said.get("ip.protocol"))),
        port(_text(said.get("dest_port"))), did, prefix or None, _text(said.get("oob.in")) or None, _text(said.get("oob.out")) or None,
    )  # fmt: skip


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value)


def _clean_json(line: str) -> str:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    return json.dumps({name: said[name] for name in _KEPT if name in said}) if isinstance(said, dict) else ""


FORMS = (
    LogForm("ulogd JSON", ('"src_ip"',), _json, _clean_json),
    LogForm("netfilter", (" SRC=",), _kernel),
)
