"""The neighbour table of this machine: hardware addresses on its own segments, as the system's own ARP found them."""

from __future__ import annotations

import re
import sys
from ipaddress import ip_address
from pathlib import Path

from omamori.gate.error import GateError
from omamori.gate.process import run
from omamori.model.permission import IpAddress

_ARP = Path("/proc/net/arp")
_COMPLETE = 0x2
_LINE = re.compile(r"^\s*(\d+\.\d+\.\d+\.\d+)\s+((?:[0-9a-fA-F]{2}[-:]){5}[0-9a-fA-F]{2})\s", re.MULTILINE)
_NOBODY = ("00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff")


def neighbours(version: int = 4) -> dict[IpAddress, str]:
    """Return the addresses on this machine's segments that were asked for: hardware address, empty where nobody answered (yet).

    Sends nothing. Where the table cannot be read it is empty.
    """
    if version == 6:
        return _by_ip() if sys.platform == "linux" else {}
    return _from_proc() if sys.platform == "linux" else _by_arp()


def _from_proc() -> dict[IpAddress, str]:
    """See proc(5): address, type, flags, hardware address, mask, device."""
    try:
        lines = _ARP.read_text(encoding="ascii", errors="replace").splitlines()[1:]
    except OSError:
        return {}
    found: dict[IpAddress, str] = {}
    for fields in map(str.split, lines):
        if len(fields) >= 6:
            there = int(fields[2], 16) & _COMPLETE and fields[3] not in _NOBODY
            found[ip_address(fields[0])] = fields[3].lower() if there else ""
    return found


def _by_ip() -> dict[IpAddress, str]:
    """See ip-neighbour(8)."""
    try:
        said = run(["ip", "-6", "neigh", "show"], timeout=5).stdout.decode("ascii", "replace")
    except GateError:
        return {}
    found: dict[IpAddress, str] = {}
    for fields in map(str.split, said.splitlines()):
        if len(fields) > 3:
            there = "lladdr" in fields and fields[-1] not in ("FAILED", "INCOMPLETE")
            found[ip_address(fields[0])] = fields[fields.index("lladdr") + 1] if there else ""
    return found


def _by_arp() -> dict[IpAddress, str]:
    """`arp -a` prints address and hardware address side by side in every language of Windows."""
    try:
        said = run(["arp", "-a"], timeout=10).stdout.decode("ascii", "replace")
    except GateError:
        return {}
    pairs = ((ip_address(address), mac.replace("-", ":").lower()) for address, mac in _LINE.findall(said))
    return {address: "" if mac in _NOBODY else mac for address, mac in pairs if not address.is_multicast}
