"""Linux and BSD, also inside devices (WatchGuard, pfSense): `arp -a`, `arp -n`, `ip neigh`, `bridge fdb`."""

from __future__ import annotations

import re
from typing import Any

from omamori.parse.network.form import Form, by_line, entry, neighbour, table
from omamori.parse.network.values import IP, IPV4

_OCTETS = r"[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}"
_A_ROW = re.compile(
    rf"^\S{{1,255}} \((?P<ip>{IPV4})\) at (?P<mac>{_OCTETS}|<incomplete>|\(incomplete\))(?P<rest>.{{0,80}}?) on (?P<port>[\w.:@-]{{1,32}})(?:\s.{{0,80}})?$"
)
_N_HEADING = re.compile(r"^Address\s+HWtype\s+HWaddress\s+Flags Mask\s+Iface")
_N_ROW = re.compile(rf"^(?P<ip>{IPV4})\s+(?:ether\s+(?P<mac>{_OCTETS})\s+\S+|\(incomplete\))\s+(?P<port>\S+)\s*$")
_PROC_HEADING = re.compile(r"^IP address\s+HW type\s+Flags\s+HW address\s+Mask\s+Device")
_PROC_ROW = re.compile(
    rf"^(?P<ip>{IPV4})\s+0x[0-9a-f]{{1,4}}\s+0x(?P<flags>[0-9a-f]{{1,2}})\s+(?P<mac>{_OCTETS})\s+\S+\s+(?P<port>\S{{1,32}})\s*$"
)
_NEIGH_ROW = re.compile(
    rf"^(?P<ip>{IP}) dev (?P<port>\S{{1,32}})(?: lladdr (?P<mac>{_OCTETS}))?(?: (?:router|proxy|extern_learn|offload|ref|used|probes|\d[\d/]*))*\s+"
    r"(?P<state>REACHABLE|STALE|DELAY|PROBE|FAILED|INCOMPLETE|NOARP|PERMANENT|NONE)\s*$"
)
_FDB_ROW = re.compile(rf"^(?P<mac>{_OCTETS}) dev (?P<port>\S{{1,32}})(?P<rest>(?: [\w.:-]{{1,64}}){{0,20}})\s*$")
_VLAN = re.compile(r" vlan (\d{1,4})\b")
_FDB_WHOLE = re.compile(r"(?:sudo )?(?:/\S*/)?bridge (?:-\w+ )?fdb(?: show)?")


def _full(text: str | None) -> str | None:
    """BSD leaves a leading zero of an octet out."""
    return ":".join(part.zfill(2) for part in text.split(":")) if text and ":" in text else text


def _arp_a(text: str) -> tuple[Any, ...] | None:
    found = _A_ROW.match(text)
    if found is None:
        return () if text.startswith("--") else None
    own = "permanent" in text and "[ethernet]" in text  # BSD marks its own addresses so
    state = "own" if own else "permanent" if " PERM" in found["rest"] else None
    return neighbour(found["ip"], _full(found["mac"]), found["port"], state)


def _arp_n(text: str) -> tuple[Any, ...] | None:
    found = _N_ROW.match(text)
    return neighbour(found["ip"], found["mac"], found["port"]) if found else None


def _proc(text: str) -> tuple[Any, ...] | None:
    found = _PROC_ROW.match(text)
    if found is None:
        return None
    there = int(found["flags"], 16) & 2  # ATF_COM: the entry is complete
    return neighbour(found["ip"], found["mac"] if there else None, found["port"])


def _neigh(text: str) -> tuple[Any, ...] | None:
    found = _NEIGH_ROW.match(text)
    return neighbour(found["ip"], found["mac"], found["port"], found["state"]) if found else None


def _fdb(text: str) -> tuple[Any, ...] | None:
    found = _FDB_ROW.match(text)
    if found is None:
        return None
    vlan = _VLAN.search(found["rest"])
    # Permanent entries are the addresses of the bridge's own ports.
    port = "self" if " permanent" in found["rest"] else found["port"]
    rows = entry(found["mac"], port, vlan=vlan[1] if vlan else None, kind="static" if " static" in found["rest"] else "dynamic")
    return tuple(type(row)(mac=row.mac, vlan=row.vlan, port=found["port"], kind=row.kind) for row in rows)


FORMS = (
    Form("arp -a", "neighbours", _A_ROW, re.compile(r"(?:sudo )?arp -an?|show arp"), by_line(_arp_a), source="arp(8)"),
    Form("arp -n", "neighbours", _N_HEADING, re.compile(r"(?:sudo )?arp(?: -n| -en?)?"), table(_arp_n, re.compile("Address ")), source="arp(8)"),
    Form(
        "/proc/net/arp", "neighbours", _PROC_HEADING, re.compile(r"(?:sudo )?cat /proc/net/arp"), table(_proc, re.compile("IP address ")),
        source="proc_net(5)",
    ),
    Form("ip neigh", "neighbours", _NEIGH_ROW, re.compile(r"(?:sudo )?ip (?:-\w+ )?n(?:eigh\w*)?(?: show)?"), by_line(_neigh), source="ip-neighbour(8)"),
    Form("bridge fdb", "forwarding_entries", _FDB_ROW, _FDB_WHOLE, by_line(_fdb), source="bridge(8)"),
)  # fmt: skip
