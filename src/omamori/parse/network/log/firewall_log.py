"""Evidence kind `network.firewall_log`: a log of a firewall or router, condensed to its flows before it is stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from ipaddress import ip_address

from omamori.model.look import Look, Parsed, Problem
from omamori.model.sightings import Flow
from omamori.model.text import Text
from omamori.parse.addresses import scope
from omamori.parse.interface import Context, EvidenceError, Parser, Redacted
from omamori.parse.kit_result import is_kit_result
from omamori.parse.network.device_name import device_of, unnamed
from omamori.parse.network.log.condense import LEVELS, MARK, Condenser, condense, lines_of, objects
from omamori.parse.redact import redact

KIND = "network.firewall_log"
_COLUMNS = 15
_FEW = 3
_DAYS_ROOM = 4000
_ZONED = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)|\btz=\"?[+-]\d{4}|\beventtime=\d|\"conn_state\"|^\d{9,10}[. ]"
    r"|^\s*(?:ipv[46] +\d+ +)?[a-z0-9-]{1,10} +\d{1,3} .*\bsrc="
)
"""Lines whose moments are UTC or tell their zone; the others are as the device's clock showed them."""
_LACKING: tuple[tuple[str, ...], ...] = (
    (),
    ("source_address",),
    ("source_address", "destination_port"),
    ("source_address", "destination_address", "destination_port"),
    ("source_address", "destination_address", "destination_port"),
    ("source_address", "destination_address", "destination_port", "rule"),
)
"""Columns that no longer tell everything, by how far flows were put together."""
_HOW_FAR = (
    Text("", ""),
    Text("院外の送信元をネットワークごとに", "sources outside by network"),
    Text("院外の送信元をネットワークごとに、捨てた通信をポートなしで", "sources outside by network, dropped packets without ports"),
    Text("院外の相手をネットワークごとに、すべてポートなしで", "ends outside by network, all without ports"),
    Text(
        "院外の相手と院内の宛先をネットワークごとに、すべてポートなしで",
        "ends outside and destinations inside by network, all without ports",
    ),
    Text("すべてネットワークごとに、ポートと規則なしで", "all by network, without ports and rules"),
)
_NONE = Text(
    "通信の記録が一行もありません。ファイアウォールやルータのログ(そのままの文字)を取り込んでください",
    "no line of traffic in it: import the log of a firewall or router as it is, as text",
)


def parse(data: bytes, context: Context) -> Parsed:
    """Return the flows of a condensed log (one as it came is condensed first); `EvidenceError` when it tells of none."""
    if not data.startswith(MARK.encode()):
        data = condense([data], context.received).encode()
    lines = data.decode("utf-8", "replace").split("\n")
    head = dict(word.partition("=")[::2] for word in lines[1].split(" ")) if len(lines) > 1 else {}
    found = [(number, _flow(line)) for number, line in enumerate(lines[2:], 3) if line]
    flows = [replace(flow, evidence=str(number)) for number, flow in found if flow is not None]
    if not flows:
        raise EvidenceError(_NONE)
    problems = [Problem(number, "a flow", "通信の行") for number, flow in found if flow is None]
    level, left_out, unread = (int(head[name]) if head.get(name, "").isdecimal() else 0 for name in ("level", "left_out", "unread"))
    problems += list(_told(level, left_out, unread))
    devices = list(dict.fromkeys(flow.asset for flow in flows))
    name = device_of(context.file_name)
    if len(devices) == 1:
        known = devices[0] or name
        problems += unnamed(known)
        rows = [replace(flow, asset="") for flow in flows]
        return Parsed(tuple(rows), (_look(rows, level, left_out, unread, context, ""),), tuple(problems), _identifiers(known))
    rows = [flow if flow.asset else replace(flow, asset=name or "?") for flow in flows]
    names = list(dict.fromkeys(flow.asset for flow in rows))
    looks = tuple(_look([flow for flow in rows if flow.asset == one], level, left_out, unread, context, one) for one in names)
    return Parsed(tuple(rows), looks, tuple(problems), claims=tuple((one, _identifiers(one)) for one in names))


def _flow(line: str) -> Flow | None:
    parts = line.split("\t")
    if len(parts) < _COLUMNS:
        return None
    first, last, times, size, device, source, destination, protocol, port, action, rule, inside, outside = parts[:13]
    if not times.isdecimal() or not source or not destination:
        return None
    return Flow(
        asset=device, first_seen=_moment(first), last_seen=_moment(last), protocol=protocol or None, source_address=source, source_scope=scope(source.partition("/")[0]),
        destination_address=destination, destination_scope=scope(destination.partition("/")[0]),
        destination_port=int(port) if port.isdecimal() else None, action=action or None,
        rule=rule or None, interface_in=inside or None, interface_out=outside or None, times=int(times),
        bytes=int(size) if size.isdecimal() else None, by_day=parts[15][:_DAYS_ROOM] if len(parts) > 15 and " " in parts[15] else None,
        own_clock=not _ZONED.search(parts[14]),
    )  # fmt: skip


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _look(flows: Sequence[Flow], level: int, left_out: int, unread: int, context: Context, asset: str) -> Look:
    """What a log covers is from its first to its last line; a moment behind its receipt is the device's zone or a wrong clock."""
    moments = [when for flow in flows for when in (flow.first_seen, flow.last_seen) if when is not None]
    since = min(moments, default=None)
    until = min(max(moments), context.received) if moments else None
    since = min(since, until) if since is not None and until is not None else None
    # A log that does not say what was done with a packet cannot show that none was let through.
    silent = ("action",) if any(flow.action is None for flow in flows) else ()
    missing = (*_LACKING[min(level, LEVELS)], *silent)
    complete = not left_out and not unread and since is not None
    reason = None if complete and not missing else "not_understood" if unread or left_out else "to_confirm"
    return Look("flows", complete=complete, missing=missing, reason=reason, asset=asset, covers_since=since, covers_until=until)


def _told(level: int, left_out: int, unread: int) -> Iterable[Problem]:
    if level:
        how = _HOW_FAR[min(level, LEVELS)]
        yield Problem(
            2, f"fewer different flows; they were put together: {how.en}", f"もっと少ない種類の通信(多いため、{how.ja}まとめました)"
        )
    if left_out:
        yield Problem(2, f"fewer different flows: {left_out} lines were left out", f"もっと少ない種類の通信({left_out} 行を省きました)")
    if unread:
        yield Problem(2, f"lines as the device writes them: {unread} could not be read", f"装置が書くとおりの行({unread} 行を読めません)")


def _identifiers(device: str) -> tuple[str, ...]:
    if not device or device == "?":
        return ()
    try:
        return (f"ip:{ip_address(device)}",)
    except ValueError:
        return (f"name:{device}",)


def condensed(pieces: Iterable[bytes], context: Context) -> Redacted:
    """Return what is stored of a log that comes in pieces: its flows, without secrets."""
    return redact(condense(pieces, context.received).encode())


def recognise(head: bytes, file_name: str) -> bool:
    """Whether a file is such a log: its lines tell of packets, at least three of them or half of all."""
    # A probe's output lists such lines, too; it arrives inside a kit result.
    if is_kit_result(head) or b"\0" in head[:64] or b"\n#@ end " in head:
        return False
    if head.startswith(MARK.encode()):
        return True
    found = Condenser(datetime(2000, 1, 1) + timedelta(days=366))
    filled = packets = 0
    lines = list(objects(lines_of([head])))
    for line in lines[: max(len(lines) - 1, 1)]:
        filled += bool(line.strip()) and not line.startswith("#")
        packets += found.add(line)
        if packets >= _FEW and packets * 20 >= filled:
            return True
    return packets > 0 and packets * 2 >= filled


PARSERS = (
    Parser(
        kind=KIND, tables=("flows",), parse=parse, recognise=recognise, streaming=True, condense=condensed, notes="condensed to its flows"
    ),
)
