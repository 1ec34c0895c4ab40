"""`ipconfig /all` in any language: adapters with their addresses, the name servers, the machine's name.

Labels are translated, the order of the fields and the dotted leaders are not: the description stands before
the hardware address, the mask behind the IPv4 address it belongs to. Words are read only where the place does
not tell (Japanese and English).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import Interface, OutboundSetting
from omamori.parse.interface import Context
from omamori.parse.windows.adapters import identifiers_of, kind, name_server, prefix_of, rows_of
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.values import address, mac, yes

_HEADING = re.compile(r"(?:Windows (?:2000 )?IP Configuration|Windows IP 構成)\s*$")
_BODY = re.compile(r"\S.{1,200}$")
_TITLE = re.compile(r"(?=.{0,60}Windows)(?=.{0,60}\bIP\b).{3,60}$|Windows-IP-\S{1,40}$")
_ADAPTER = re.compile(r"(\S.{1,250}?)\s?:\s*$")
_NAMED = re.compile(r"(.{1,60}?)[ -]?(?:[Aa]dapter|アダプター?) (.{1,250})$")
_LEADER = re.compile(r"(\s{2,10})(\S.{0,80}?)(?:[ .]{3,80}| ):(.*)$")
_OWN = re.compile(r"([0-9A-Fa-f:.]{2,45})(?:%\w{1,20})?(\([^()]{1,40}\))?\s*$")
_LONG_MAC = re.compile(r"[0-9A-F]{2}(?:-[0-9A-F]{2}){5,7}$")
_MEDIA = re.compile(r"Media State|メディアの状態")
_DESCRIPTION = re.compile(r"Description|説明")
_MAC_LABEL = re.compile(r"Physical Address|物理アドレス")
_DHCP = re.compile(r"(?i:dhcp enabled)|DHCP 有効|DHCP が有効")
_GATEWAY = re.compile(r"Default Gateway|デフォルト ?ゲートウェイ")
_OLD_INDENT = 8
"""Windows XP and 2003 indent their fields deeper, and end without a line about NetBIOS."""
_DEEP = 20
_MAX_ADAPTERS = 2000


@dataclass(slots=True)
class _Field:
    """One field: line, label, and its values with their lines (the first may be empty)."""

    line: int
    label: str
    values: list[tuple[int, str]]

    @property
    def value(self) -> str:
        return self.values[0][1]


@dataclass(slots=True)
class _Block:
    """The part above the first adapter (no heading), or one adapter."""

    line: int
    heading: str
    fields: list[_Field] = field(default_factory=list)
    indent: int = 0

    def place(self, pattern: re.Pattern[str]) -> int | None:
        """Index of the first field with such a label."""
        return next((index for index, one in enumerate(self.fields) if pattern.match(one.label)), None)

    @property
    def mac_place(self) -> int | None:
        """Index of the hardware address; the description stands before it, the fields about DHCP behind."""
        by_value = next((index for index, one in enumerate(self.fields) if _LONG_MAC.match(one.value)), None)
        return by_value if by_value is not None else self.place(_MAC_LABEL)


@dataclass(slots=True)
class _Adapter:
    """One adapter as read: the row without address, its addresses, its name servers, what could not be read."""

    base: Interface
    addresses: list[tuple[int, str, int | None, bool | None]]
    servers: list[OutboundSetting]
    missing: set[str]


def read(piece: Piece, context: Context) -> Parsed:
    """Return one row per address (a link without address has one row) and the name servers."""
    head, *blocks = _blocks(piece.lines)
    adapters = [_adapter(block) for block in blocks[:_MAX_ADAPTERS]]
    rows = tuple(row for adapter in adapters for row in rows_of(adapter.base, adapter.addresses))
    servers = {(row.value, row.origin): row for adapter in adapters for row in adapter.servers}
    full = any(block.mac_place is not None for block in blocks)
    name = head.fields[0].value[:64] if head.fields and len(head.fields) > 3 else ""
    problems = _problems(piece, blocks, full=full, named=bool(name))
    missing = sorted({column for adapter in adapters for column in adapter.missing})
    whole = full and not problems
    reason = None if whole else "not_collected" if adapters and not full else "not_understood"
    return Parsed(
        rows=(*rows, *servers.values()),
        looks=(
            Look("interfaces", complete=whole, missing=tuple(missing), reason=reason or ("not_collected" if missing else None)),
            # Proxy, time and update servers stand elsewhere.
            Look("outbound_settings", complete=False, reason=reason or "not_collected"),
        ),
        problems=problems,
        identifiers=identifiers_of(rows, name),
    )


def _begins(lines: Sequence[str]) -> bool:
    """Whether an output begins here: its title with an adapter below, or an adapter's heading above a dotted field."""
    first = next(text for text in lines if text.strip())
    titled = _HEADING.match(first) or _TITLE.match(first.rstrip())
    if not titled and not _ADAPTER.match(first[:300]):
        return False
    filled = [text for text in lines if text.strip()]
    if _is_adapter(filled):
        return True
    if not titled:
        return False
    # `/displaydns` underlines its headings.
    return any(_is_adapter(filled[index : index + 2]) for index in range(1, len(filled))) or (
        len(filled) > 2 and all(_LEADER.match(text[:300]) for text in filled[1:3])
    )


def _is_adapter(lines: Sequence[str]) -> bool:
    if len(lines) < 2 or not _ADAPTER.match(lines[0][:300]):
        return False
    found = _LEADER.match(lines[1][:300])
    return found is not None and ". ." in lines[1]


def _blocks(lines: Sequence[Line]) -> list[_Block]:
    """Cut into the part above the first adapter and the adapters."""
    blocks = [_Block(lines[0].number if lines else 0, "")]
    for line in lines:
        text = line.text.rstrip()[:2000]
        depth = len(text) - len(text.lstrip())
        if not text:
            continue
        if depth >= _DEEP:
            if blocks[-1].fields:
                blocks[-1].fields[-1].values.append((line.number, text.strip()))
            continue
        found = _LEADER.match(text)
        if found:
            blocks[-1].indent = blocks[-1].indent or depth
            blocks[-1].fields.append(_Field(line.number, found[2].rstrip(" ."), [(line.number, found[3].strip())]))
        elif depth == 0 and (heading := _ADAPTER.match(text)):
            blocks.append(_Block(line.number, heading[1]))
    return blocks


def _adapter(block: _Block) -> _Adapter:
    missing: set[str] = set()
    named = _NAMED.match(block.heading)
    if named is None:
        missing.add("name")
    place = block.mac_place
    description = _value(block, (place - 1) if place else block.place(_DESCRIPTION))
    hardware = mac(_value(block, place)) if place is not None else None
    if place is None:
        missing |= {"mac", "dhcp", "kind"}
    dhcp = _dhcp(block, place)
    addresses = list(_addresses(block, dhcp))
    if any(":" in plain for _, plain, _, _ in addresses):
        missing.add("prefix")
    if any(given is None and "." in plain for _, plain, _, given in addresses):
        missing.add("dhcp")
    up = _up(block, place, bool(addresses))
    if up is None:
        missing.add("up")
    gateway = any(value for index in [block.place(_GATEWAY)] if index is not None for _, value in block.fields[index].values)
    type_word, name = (named[1], named[2]) if named else (block.heading, block.heading)
    base = Interface(
        name=name[:200],
        kind=kind(type_word, description, name if place is None else "", gateway=gateway),
        mac=hardware,
        up=up,
        evidence=str(block.line),
    )
    return _Adapter(base, addresses, list(_servers(block)), missing)


def _value(block: _Block, index: int | None) -> str:
    return block.fields[index].value if index is not None and 0 <= index < len(block.fields) else ""


def _up(block: _Block, place: int | None, addressed: bool) -> bool | None:
    """The state of the medium is printed only where nothing is plugged in: one more field above the hardware address."""
    if addressed:
        return True
    if block.place(_MEDIA) is not None or place == 3:
        return False
    return True if place == 2 else None


def _dhcp(block: _Block, place: int | None) -> bool | None:
    """Whether DHCP gives the addresses: the field behind the hardware address, or a DHCP server that is named."""
    label = block.place(_DHCP)
    said = yes(_value(block, label if label is not None else place + 1 if place is not None else None))
    if said is None and any("DHCP" in one.label and address(one.value) for one in block.fields):
        return True
    return said


def _addresses(block: _Block, dhcp: bool | None) -> Iterator[tuple[int, str, int | None, bool | None]]:
    """An IPv4 address is the adapter's own where a mask follows; an IPv6 address where the label or a state in brackets says so."""
    for index, one in enumerate(block.fields):
        found = _OWN.match(one.value)
        plain = address(found[1]) if found else None
        if found is None or plain is None:
            continue
        if "." in plain and ":" not in plain:
            prefix = prefix_of(_value(block, index + 1))
            if prefix is not None and prefix_of(plain) is None:
                # An address the machine gave itself for want of a DHCP server.
                yield one.line, plain, prefix, False if plain.startswith("169.254.") else dhcp
        elif found[2] or "IPv6" in one.label or one.label == "IP Address":
            yield one.line, plain, None, None


def _servers(block: _Block) -> Iterator[OutboundSetting]:
    for one in block.fields:
        if "DNS" in one.label:
            rows = (name_server(text, "ipconfig", line) for line, text in one.values)
            yield from (row for row in rows if row is not None)


def _problems(piece: Piece, blocks: Sequence[_Block], *, full: bool, named: bool) -> tuple[Problem, ...]:
    last = piece.lines[-1].number if piece.lines else 0
    if not blocks:
        return (Problem(last, "network adapters with their fields", "ネットワーク アダプターとその項目"),)
    if not full:
        return (Problem(last, "the output of `ipconfig /all`, not of `ipconfig` alone", "「ipconfig」ではなく「ipconfig /all」の出力"),)
    if not named:
        return (Problem(blocks[0].line, "the name of the machine above the adapters", "アダプターより上にあるホスト名の行"),)
    if len(blocks) > _MAX_ADAPTERS or not _ended(blocks[-1]):
        return (Problem(last, "the last adapter to its end; the list is cut short", "最後のアダプターの終わりまで(途中で切れています)"),)
    return ()


def _ended(block: _Block) -> bool:
    """A connected adapter ends with a line about NetBIOS, one without cable two lines below its hardware address."""
    if any("netbios" in one.label.lower() for one in block.fields):
        return True
    place = block.mac_place
    if place is not None and place >= 3:
        return len(block.fields) > place + (1 if block.indent >= _OLD_INDENT else 2)
    return block.indent >= _OLD_INDENT and block.place(_GATEWAY) is not None


FORMS = (
    Form(
        name="ipconfig",
        command="ipconfig /all",
        tables=("interfaces", "outbound_settings"),
        read=read,
        heading=_HEADING,
        body=_BODY,
        confirm=_begins,
        captured=("en",),
        source="Microsoft Learn, Windows Commands: ipconfig",
    ),
)
