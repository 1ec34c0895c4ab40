"""Zeek: its list of connections (`conn.log`) as JSON or in columns (Book of Zeek, conn.log). Other lists of Zeek tell of no packets here."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from omamori.parse.network.log.packet import LogForm, Packet, address, port, protocol

_COLUMNS = re.compile(
    r"^(?P<ts>\d{9,10}(?:\.\d{1,9})?)\t[A-Za-z0-9]{6,24}\t(?P<source>[0-9a-fA-F.:]{2,45})\t\d{1,5}\t(?P<target>[0-9a-fA-F.:]{2,45})\t(?P<port>\d{1,5})\t"
    r"(?P<protocol>[a-z]{2,12})\t[^\t]{1,120}\t(?P<duration>[\d.]{1,20}|-)\t(?P<sent>\d{1,18}|-)\t(?P<got>\d{1,18}|-)\t(?P<state>[A-Z][A-Z0-9]{1,5})(?:\t|$)"
)
_DONE = {"REJ": "reject", **dict.fromkeys(("S1", "S2", "S3", "SF", "RSTO", "RSTR"), "accept")}
"""States in which both ends spoke, and the one in which the other end, or a firewall before it, refused. Of the rest nobody can tell."""
_KEPT = ("ts", "uid", "id.orig_h", "id.resp_h", "id.resp_p", "id_orig_h", "id_resp_h", "id_resp_p", "proto", "service", "orig_bytes", "resp_bytes", "conn_state")  # fmt: skip


def _columns(line: str, received: datetime) -> Packet | None:
    found = _COLUMNS.match(line)
    if found is None:
        return None
    sizes = [int(word) for word in (found["sent"], found["got"]) if word != "-"]
    return _packet(float(found["ts"]), found["source"], found["target"], found["protocol"], found["port"], found["state"], sizes)


def _json(line: str, received: datetime) -> Packet | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("no JSON") from error
    if not isinstance(said, dict) or "conn_state" not in said:
        return None
    # Some shippers write id_orig_h: a dot separates objects in what they ship to.
    source, target, aim = (said.get(f"id.{name}", said.get(f"id_{name}")) for name in ("orig_h", "resp_h", "resp_p"))
    if not isinstance(source, str) or not isinstance(target, str):
        return None
    sizes = [value for value in (said.get("orig_bytes"), said.get("resp_bytes")) if isinstance(value, int) and not isinstance(value, bool)]
    return _packet(_moment(said.get("ts")), source, target, str(said.get("proto", "")), str(aim), str(said["conn_state"]), sizes)


def _moment(said: Any) -> float | None:
    if isinstance(said, int | float) and not isinstance(said, bool):
        return float(said)
    try:
        when = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def _packet(seconds: float | None, source: str, target: str, name: str, aim: str, state: str, sizes: list[int]) -> Packet:
    when = None
    if seconds is not None and 315_532_800 <= seconds <= 4_102_444_800:
        when = datetime.fromtimestamp(int(seconds), UTC).replace(tzinfo=None)
    kind = protocol(name)
    number = None if kind in ("icmp", "icmpv6") else port(aim)
    return Packet(when, address(source), address(target), kind, number, _DONE.get(state), size=sum(sizes) if sizes else None)


def _clean(line: str) -> str:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    return json.dumps({name: said[name] for name in _KEPT if name in said}) if isinstance(said, dict) else ""


FORMS = (LogForm("Zeek JSON", ('"conn_state"',), _json, _clean), LogForm("Zeek", ("\tudp\t", "\ttcp\t", "\ticmp\t"), _columns))
