"""Fortinet FortiGate: traffic logs as `key=value` (FortiOS log reference). Names of users, applications, sites and URLs are not stored."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from omamori.parse.network.log.packet import LogForm, Packet, address, port, protocol

_PAIR = re.compile(r"(?<![\w.-])([a-z]{2,20})=(\"[^\"]{0,200}\"|[^\s\"]{1,100})")
_KEPT = frozenset(
    ("date", "time", "tz", "devname", "logid", "type", "subtype", "srcip", "srcport", "srcintf", "dstip", "dstport", "dstintf", "proto",
     "action", "policyid", "sentbyte", "rcvdbyte", "vd")
)  # fmt: skip
_DROPPED = ("deny", "blocked", "block", "dropped", "violation")


def _said(line: str) -> dict[str, str]:
    return {name: text.strip('"') for name, text in _PAIR.findall(line) if name in _KEPT}


def _read(line: str, received: datetime) -> Packet | None:
    said = _said(line)
    if said.get("type") != "traffic":
        return None
    sizes = [int(said[name]) for name in ("sentbyte", "rcvdbyte") if said.get(name, "").isdecimal()]
    did = said.get("action", "")
    return Packet(
        _when(said), address(said["srcip"]), address(said["dstip"]), protocol(said.get("proto")),
        port(said.get("dstport")) if said.get("proto") in ("6", "17") else None,
        "drop" if did in _DROPPED else "accept" if did else None,
        f"policy {said['policyid']}"[:64] if "policyid" in said else None, said.get("srcintf"), said.get("dstintf"),
        size=sum(sizes) if sizes else None, device=said.get("devname", ""),
    )  # fmt: skip


def _when(said: dict[str, str]) -> datetime | None:
    try:
        when = datetime.fromisoformat(f"{said['date']} {said['time']}")
    except (KeyError, ValueError):
        return None
    zone = re.fullmatch(r"([+-])(\d{2}):?(\d{2})", said.get("tz", ""))
    if zone is None:
        return when
    away = timedelta(hours=int(zone[2]), minutes=int(zone[3]))
    return when - away if zone[1] == "+" else when + away


def _clean(line: str) -> str:
    return " ".join(f"{name}={text}" for name, text in _PAIR.findall(line) if name in _KEPT)


FORMS = (LogForm("fortigate", ("srcip=",), _read, _clean),)
