"""Reads what tcpdump wrote of Ethernet: enough of ARP, IPv4 and TCP to count what was sent to whom."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path

_HEADER, _RECORD = struct.Struct("<IHHiIII"), struct.Struct("<IIII")
_MAGIC, _ETHERNET = 0xA1B2C3D4, 1
_IPV4, _ARP, _TCP = 0x0800, 0x0806, 6
SYN, ACK = 0x02, 0x10


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame. `protocol`: arp, or the number of the IP protocol. For TCP: ports, flags, sequence number, bytes of payload."""

    protocol: str
    source: IPv4Address
    target: IPv4Address
    source_port: int = 0
    port: int = 0
    flags: int = 0
    sequence: int = 0
    payload: int = 0


def read_frames(path: Path) -> Iterator[Frame]:
    """Yield the ARP and IPv4 frames of a capture in the order they came; a last record that was cut off is left out."""
    data = path.read_bytes()
    magic, _, _, _, _, _, link = _HEADER.unpack_from(data)
    if (magic, link) != (_MAGIC, _ETHERNET):
        raise ValueError(f"{path}: expected a capture of Ethernet with microseconds, little-endian, as tcpdump writes here")
    place = _HEADER.size
    while place + _RECORD.size <= len(data):
        _, _, captured, _ = _RECORD.unpack_from(data, place)
        place += _RECORD.size
        frame = _frame(data[place : place + captured])
        place += captured
        if frame is not None:
            yield frame


def _frame(raw: bytes) -> Frame | None:
    kind = int.from_bytes(raw[12:14])
    if kind == _ARP and len(raw) >= 42:
        return Frame("arp", IPv4Address(raw[28:32]), IPv4Address(raw[38:42]))
    if kind != _IPV4 or len(raw) < 34:
        return None
    head = 14 + (raw[14] & 0x0F) * 4
    length, protocol = int.from_bytes(raw[16:18]), raw[23]
    source, target = IPv4Address(raw[26:30]), IPv4Address(raw[30:34])
    if protocol != _TCP or len(raw) < head + 14:
        return Frame(str(protocol), source, target)
    source_port, port, sequence = struct.unpack_from(">HHI", raw, head)
    payload = length - (head - 14) - (raw[head + 12] >> 4) * 4
    return Frame("6", source, target, source_port, port, raw[head + 13], sequence, payload)
