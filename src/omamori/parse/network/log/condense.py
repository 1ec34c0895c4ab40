"""A log of any length → one line for each flow, in a bounded amount of memory. This is what is stored of a log.

The first line of each flow is kept as it was, without names of users and sites; moments, times and bytes stand before it. Where
more flows come than are kept apart, they are put together step by step, and the head says how far.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from ipaddress import ip_address, ip_network

from omamori.parse.addresses import scope
from omamori.parse.network.log import asa, conntrack, fortigate, mikrotik, netfilter, nfdump, pfirewall, yamaha, zeek
from omamori.parse.network.log.packet import LogForm, Packet

FORMS: tuple[LogForm, ...] = (
    *(*netfilter.FORMS, *fortigate.FORMS, *asa.FORMS, *yamaha.FORMS, *pfirewall.FORMS, *mikrotik.FORMS),
    *(*conntrack.FORMS, *zeek.FORMS, *nfdump.FORMS),
)
MOST_FLOWS = 50_000
MARK = "#@ flows 1"
LEVELS = 5
"""1: outer sources by network. 2: dropped packets without port, too. 3: nothing with port, outer destinations by network. 4: inner destinations
by network. 5: everything by network, without rule."""
MOST_DAYS = 100
"""Days told apart in one flow; what comes on further days counts for the flow as a whole only."""
_LINE_BYTES = 8 * 1024
_OBJECT_LINES = 200
_SHOWN = 400
_FIELDS = 13
_Key = tuple[str, str, str, str, str, str, str, str, str]
"""Device, source, destination, protocol, port, action, rule, interface in, interface out; empty for none."""


class _Flow:
    __slots__ = ("bytes", "days", "first", "last", "line", "shown", "times")

    def __init__(self, line: int, shown: str) -> None:
        self.line, self.shown = line, shown
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.times, self.bytes = 0, -1
        self.days: dict[str, tuple[int, int]] = {}

    def add(self, first: datetime | None, last: datetime | None, times: int, size: int) -> None:
        if first is not None and (self.first is None or first < self.first):
            self.first = first
        if last is not None and (self.last is None or last > self.last):
            self.last = last
        self.times += times
        if size >= 0:
            self.bytes = max(self.bytes, 0) + size

    def on(self, day: str, times: int, size: int) -> None:
        """Count what came on a day."""
        if day in self.days or len(self.days) < MOST_DAYS:
            before = self.days.get(day, (0, 0))
            self.days[day] = (before[0] + times, before[1] + max(size, 0))


class Condenser:
    """Takes the lines of a log one after the other. Holds at most `most` flows."""

    def __init__(self, received: datetime, most: int = MOST_FLOWS) -> None:
        """`received` is the moment of receipt, for moments written without year."""
        self._received, self._most = received, most
        self._flows: dict[_Key, _Flow] = {}
        self._form: LogForm | None = None
        self.lines = self.packets = self.unread = self.level = self.left_out = 0

    def add(self, line: str) -> bool:
        """Take a line; returns whether it told of a packet."""
        self.lines += 1
        packet = self._read(line)
        if packet is None or self._form is None:
            return False
        self.packets += 1
        key = coarser(_key(packet), self.level)
        flow = self._flows.get(key)
        if flow is None:
            if len(self._flows) >= self._most:
                self._put_together()
                key = coarser(key, self.level)
                if len(self._flows) >= self._most and key not in self._flows:
                    self.left_out += 1
                    return True
            shown = _printable(self._form.clean(line))[:_SHOWN]
            flow = self._flows.setdefault(key, _Flow(self.lines, shown))
        size = -1 if packet.size is None else packet.size
        flow.add(packet.when, packet.when, packet.times, size)
        if packet.when is not None:
            flow.on(packet.when.date().isoformat(), packet.times, size)
        return True

    def _read(self, line: str) -> Packet | None:
        """The form that read the last line is asked first: a file is nearly always of one form."""
        broken = False
        for form in (self._form, *FORMS) if self._form else FORMS:
            if form is None or not any(sign in line for sign in form.signs):
                continue
            try:
                packet = form.read(line, self._received)
            except (ValueError, KeyError, OverflowError):
                broken = True
                continue
            if packet is not None:
                self._form = form
                return packet
        self.unread += broken
        return None

    def _put_together(self) -> None:
        while len(self._flows) >= self._most and self.level < LEVELS:
            self.level += 1
            old, self._flows = self._flows, {}
            for key, flow in old.items():
                into = self._flows.setdefault(coarser(key, self.level), _Flow(flow.line, flow.shown))
                into.add(flow.first, flow.last, flow.times, flow.bytes)
                for day, (times, size) in flow.days.items():
                    into.on(day, times, size)

    def text(self) -> str:
        """Return what is stored."""
        head = f"lines={self.lines} packets={self.packets} unread={self.unread} level={self.level} left_out={self.left_out}"
        return "\n".join([MARK, head, *(self._row(key, flow) for key, flow in self._flows.items()), ""])

    @staticmethod
    def _row(key: _Key, flow: _Flow) -> str:
        moments = ["" if when is None else when.isoformat(" ", "seconds") for when in (flow.first, flow.last)]
        days = " ".join(f"{day}={times}/{size}" for day, (times, size) in sorted(flow.days.items()))
        return "\t".join([*moments, str(flow.times), "" if flow.bytes < 0 else str(flow.bytes), *key, str(flow.line), flow.shown, days])


def condense(pieces: Iterable[bytes], received: datetime, most: int = MOST_FLOWS) -> str:
    """Return what is stored of a log that comes in pieces of any size."""
    found = Condenser(received, most)
    for line in objects(lines_of(pieces)):
        found.add(line)
    return found.text()


def objects(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines; of JSON written over several lines (nfdump), each object as one. An object that does not end soon stays in lines."""
    open_lines: list[str] = []
    for line in lines:
        word = line.strip()
        if open_lines:
            open_lines.append(line)
            if word in ("}", "},", "}]"):
                yield " ".join(part.strip() for part in open_lines).rstrip("],")
                open_lines = []
            elif len(open_lines) > _OBJECT_LINES:
                yield from open_lines
                open_lines = []
        elif word in ("{", "[{"):
            open_lines = ["{"]
        else:
            yield line
    yield from open_lines


def lines_of(pieces: Iterable[bytes]) -> Iterator[str]:
    """Yield lines; of one that does not end, only the beginning. UTF-8, else each byte a letter: what is read is ASCII."""
    rest = b""
    skipping = False
    for piece in pieces:
        parts = (rest + piece).split(b"\n")
        rest = parts.pop()
        for part in parts:
            if not skipping:
                yield _text(part[:_LINE_BYTES])
            skipping = False
        if len(rest) > _LINE_BYTES:
            if not skipping:
                yield _text(rest[:_LINE_BYTES])
            rest, skipping = b"", True
    if rest and not skipping:
        yield _text(rest)


def _text(line: bytes) -> str:
    try:
        return line.decode().rstrip("\r").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return line.decode("latin-1").rstrip("\r")


def _printable(text: str) -> str:
    return text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)


def _key(packet: Packet) -> _Key:
    words = (packet.protocol, packet.port, packet.action, packet.rule, packet.inside, packet.outside)
    told = ["" if word is None else _printable(str(word)) for word in words]
    return (_printable(packet.device)[:64], packet.source, packet.destination, told[0], told[1], told[2], told[3], told[4], told[5])


def coarser(key: _Key, level: int) -> _Key:
    """Return the flow into which a flow goes at a level."""
    if level == 0:
        return key
    device, source, destination, protocol, port, action, rule, inside, outside = key
    source = _network(source, inner=level >= 5)
    if level >= 3 or (level == 2 and action != "accept"):
        port = ""
    if level >= 3:
        destination = _network(destination, inner=level >= 4)
    return (device, source, destination, protocol, port, action, "" if level >= 5 else rule, inside, outside)


def _network(text: str, *, inner: bool) -> str:
    """The network of an outer address (of any with `inner`): 256 addresses of IPv4, 2^80 of IPv6."""
    if "/" in text or not (inner or scope(text) == "public"):
        return text
    return str(ip_network(f"{text}/{24 if ip_address(text).version == 4 else 48}", strict=False))
