"""Linux: the connections the kernel follows at the moment of the look (`linux.conntrack`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from omamori.model.look import Look, Parsed
from omamori.model.sightings import FollowedConnection
from omamori.parse.addresses import scope
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import NO_FILE, NOT_THERE, first_line
from omamori.parse.network.log.conntrack import FORMS
from omamori.parse.network.log.packet import Packet
from omamori.parse.sections import Section, read_sections

MOST = 50_000
_Key = tuple[str, str, str | None, int | None]


def parse(data: bytes, context: Context) -> Parsed:
    """Return followed_connections: those that differ only in the caller's port in one row. All were there at the moment of the look."""
    sections = read_sections(data)
    section = next((part for part in map(sections.get, ("list", "file")) if part is not None and part.exit_code == 0 and _said(part)), None)
    if section is None:
        return Parsed((), (_blind(sections, context),))
    found: dict[_Key, tuple[int, int, int]] = {}
    unread = 0
    for line, packet in _packets(section.numbered(), context):
        if packet is None:
            unread += 1
            continue
        key = (packet.source, packet.destination, packet.protocol, packet.port)
        first, times, size = found.get(key, (line, 0, -1))
        found[key] = (first, times + 1, size if packet.size is None else max(size, 0) + packet.size)
    rows = [_row(key, value, context) for key, value in found.items() if scope(key[0]) != "loopback"]
    whole = not unread and len(section.lines) < MOST
    look = Look("followed_connections", complete=whole, reason=None if whole else "not_understood")
    return Parsed(tuple(rows), (look,))


def _said(section: Section) -> bool:
    return any(line.strip() for line in section.lines)


def _packets(lines: Iterable[tuple[int, str]], context: Context) -> Iterator[tuple[int, Packet | None]]:
    for number, text in lines:
        if not text.strip():
            continue
        try:
            packet = FORMS[0].read(text, context.seen)
        except (ValueError, KeyError):
            packet = None
        yield number, packet


def _row(key: _Key, value: tuple[int, int, int], context: Context) -> FollowedConnection:
    source, destination, protocol, port = key
    line, times, size = value
    return FollowedConnection(
        seen=context.seen,
        protocol=protocol,
        source_address=source,
        destination_address=destination,
        destination_port=port,
        times=times,
        bytes=size if size >= 0 else None,
        evidence=str(line),
    )


def _blind(sections: Mapping[str, Section], context: Context) -> Look:
    """Nothing was listed: there are none, nobody follows connections there, or it may not be read. A router without the tool cannot tell."""
    codes = {part.exit_code for part in map(sections.get, ("list", "file")) if part is not None}
    forwards = first_line(sections.get("forwards"))
    can_tell = 0 in codes or (forwards is not None and forwards[1] == "0")
    if codes and context.privileged is not False and codes <= {0, NOT_THERE, NO_FILE} and can_tell:
        return Look("followed_connections")
    return Look("followed_connections", complete=False, reason="needs_administrator" if context.privileged is False else "not_collected")


PARSERS = (Parser(kind="linux.conntrack", tables=("followed_connections",), parse=parse),)
