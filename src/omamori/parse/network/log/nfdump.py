"""NetFlow, sFlow and IPFIX as nfdump prints what its collectors kept: `-o csv`, `-o json` and `-o long` (nfdump(1); tried with 1.7.1).

A flow there is one direction. The end with the well-known port is taken for the one that was called, so that answers do not look like calls.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from omamori.parse.network.log.packet import LogForm, Packet, address, port, protocol, stamp

_CSV = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d{1,6})?,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?,[\d. ]{1,16},")
_LONG = re.compile(
    r"^(?P<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\.\d{3} +[\d:.]{1,16} +(?P<protocol>[\w-]{1,10}) +(?P<source>\S{2,60}) +->"
    r" +(?P<destination>\S{2,60}) +(?P<rest>.{0,200})$"
)
_KEPT = ("first", "last", "t_first", "t_last", "proto", "src4_addr", "dst4_addr", "src6_addr", "dst6_addr", "src_port", "dst_port", "in_bytes", "out_bytes")  # fmt: skip
_KNOWN = 1024
_FIRST_OF_CALLERS = 32768


def _csv(line: str, received: datetime) -> Packet | None:
    if not _CSV.match(line):
        return None
    words = [word.strip() for word in line.split(",", 16)]
    if len(words) < 13:
        raise ValueError("not the columns of nfdump")
    sizes = [int(word) for word in (words[12], words[14] if len(words) > 14 else "") if word.isdecimal()]
    return _packet(stamp(words[0], received).when, words[3], words[4], words[7], words[5], words[6], sum(sizes))


def _long(line: str, received: datetime) -> Packet | None:
    found = _LONG.match(line)
    if found is None:
        return None
    source, from_port = _split(found["source"])
    destination, to_port = _split(found["destination"])
    numbers = [word for word in found["rest"].split() if word.isdecimal()]
    size = int(numbers[-2]) if len(numbers) >= 3 else None
    return _packet(stamp(found["when"], received).when, source, destination, found["protocol"], from_port, to_port, size)


def _split(text: str) -> tuple[str, str]:
    mark = ":" if text.count(":") == 1 else "."
    found, _, last = text.rpartition(mark)
    return found, last.partition(".")[0]


def _json(line: str, received: datetime) -> Packet | None:
    said = _object(line)
    source, target = (said.get(f"{end}4_addr") or said.get(f"{end}6_addr") for end in ("src", "dst"))
    if not isinstance(source, str) or not isinstance(target, str):
        return None
    when = str(said.get("first") or said.get("t_first") or "")
    sizes = [value for value in (said.get("in_bytes"), said.get("out_bytes")) if isinstance(value, int) and not isinstance(value, bool)]
    number = str(said.get("proto", ""))
    return _packet(
        stamp(when, received).when, source, target, number, str(said.get("src_port", "")), str(said.get("dst_port", "")), sum(sizes)
    )


def _object(line: str) -> dict[str, Any]:
    try:
        said = json.loads(line.strip().strip("[],"))
    except (ValueError, RecursionError) as error:
        raise ValueError("no JSON") from error
    return said if isinstance(said, dict) else {}


def _packet(when: datetime | None, source: str, target: str, number: str, from_port: str, to_port: str, size: int | None) -> Packet:
    name = protocol(number.removesuffix("6") if number.lower() == "icmp6" else number)
    ends, ports = (address(source), address(target)), (port(from_port), port(to_port))
    if name in ("icmp", "icmpv6"):
        return Packet(when, *ends, name, size=size)
    if ports[0] and ports[1] and ports[0] < ports[1] and (ports[0] < _KNOWN or ports[1] >= _FIRST_OF_CALLERS > ports[0]):
        return Packet(when, ends[1], ends[0], name, ports[0], size=size)
    return Packet(when, *ends, name, ports[1] or None, size=size)


def _clean(line: str) -> str:
    try:
        said = _object(line)
    except ValueError:
        return ""
    return json.dumps({name: said[name] for name in _KEPT if name in said})


FORMS = (
    LogForm("nfdump JSON", ('4_addr"', '6_addr"'), _json, _clean),
    LogForm("nfdump long", (" -> ",), _long),
    LogForm("nfdump CSV", (",TCP,", ",UDP,", ",ICMP,", ",ICMP6,", ",6,", ",17,"), _csv),
)
