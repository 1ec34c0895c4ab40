"""`route print` and `netstat -rn` in any language: the routes of both families, and the cards in the list above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import Route
from omamori.parse.interface import Context
from omamori.parse.windows.adapters import kind, own_mac
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.routes import BESIDE, leads_away, network
from omamori.parse.windows.values import address, mac

_RULE = re.compile(r"={40,200}\s*$")
_TITLE = re.compile(r"\s{0,3}IPv4 (?:Route Table|ルート テーブル)\s*$")
_CARD = re.compile(r"\s{0,4}(\d{1,6})\.{3}((?:[0-9a-fA-F]{2} ){5,8}|)\.*\s?(\S.{0,200})$")
_OLD_CARD = re.compile(r"0x[0-9a-fA-F]{1,8} \.{3}")
_DOTTED = r"(\d{1,3}(?:\.\d{1,3}){3})"
_ACTIVE4 = re.compile(rf"\s*{_DOTTED}\s+{_DOTTED}\s+(\S{{1,40}}(?: \S{{1,40}}){{0,3}})\s+{_DOTTED}\s+(\d{{1,10}})\s*$")
_FIXED4 = re.compile(rf"\s*{_DOTTED}\s+{_DOTTED}\s+{_DOTTED}\s+(\S{{1,40}})\s*$")
_ROUTE6 = re.compile(r"\s*(\d{1,10})\s+(\d{1,10})\s+([0-9a-fA-F:.]{2,45}/\d{1,3})(?:\s+(\S.{0,60}?))?\s*$")
_STARTS4 = re.compile(rf"\s*{_DOTTED}\s+\d")
_STARTS6 = re.compile(r"\s*\d{1,10}\s+\d{1,10}\s+[0-9a-fA-F]{0,4}:")
_MAX_ROUTES = 50_000


@dataclass(frozen=True, slots=True)
class _Found:
    """One line of a table. `fixed`: it stands among the persistent ones."""

    line: int
    net: IPv4Network | IPv6Network
    gateway: str | None
    interface: str
    metric: int | None
    fixed: bool


@dataclass(slots=True)
class _Tables:
    """What was read so far, and how far: rules below the IPv6 routes and filled lines below that rule."""

    cards: dict[str, tuple[int, str, str | None]] = field(default_factory=dict)
    routes: list[_Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    six: bool = False
    fixed_six: bool = False
    behind: int = 0
    waiting: re.Match[str] | None = None
    waiting_line: int = 0


def read(piece: Piece, context: Context) -> Parsed:
    """Return the routes that lead away. The interface is told by address or number only, who set a route not at all."""
    tables = _Tables()
    for line in piece.lines:
        _line(tables, line)
    _close(tables)
    routes = tables.routes[:_MAX_ROUTES]
    own = {(str(one.net), one.interface) for one in routes}
    loopbacks = {net for net, _ in own} >= {"127.0.0.0/8", "::1/128"}
    problems = tables.problems
    whole = loopbacks and tables.fixed_six and tables.behind > 1 and len(tables.routes) <= _MAX_ROUTES
    if not whole and not problems:
        last = piece.lines[-1].number if piece.lines else 0
        expected = "the routes of IPv4 and of IPv6 with their loopback routes, down to the persistent ones (`route print` without a filter)"
        problems.append(Problem(last, expected, "IPv4とIPv6の全ルートと、最後の固定ルートまで(絞り込みなしの「route print」)"))
    whole = whole and not problems
    look = Look("routes", complete=whole, missing=("interface", "origin"), reason="not_collected" if whole else "not_understood")
    return Parsed(rows=tuple(_rows(routes, tables)), looks=(look,), problems=tuple(problems[:50]), identifiers=_identifiers(tables))


def _begins(lines: Sequence[str]) -> bool:
    """Whether the list of cards or a table of routes begins here."""
    if _TITLE.match(lines[0]):
        return True
    below = lines[1:4]
    return any(_CARD.match(text[:300]) or _OLD_CARD.match(text) for text in below) or any(_TITLE.match(text) for text in below)


def _line(tables: _Tables, line: Line) -> None:
    text = line.text[:400]
    if _RULE.match(text):
        _close(tables)
        tables.fixed_six = tables.fixed_six or tables.six
        return
    if tables.fixed_six and text.strip():
        tables.behind += 1
    if tables.waiting is not None and len(text.split()) < 4 and not _STARTS6.match(text):
        # A long destination takes a line of its own, the gateway stands on the next.
        tables.routes.append(_six(tables, tables.waiting_line, tables.waiting, text.strip()))
        tables.waiting = None
        return
    _close(tables)
    if (card := _CARD.match(text)) and not _STARTS6.match(text):
        tables.cards[card[1]] = (line.number, card[3].strip(), mac(card[2]))
    elif found := _ROUTE6.match(text):
        if network(found[3]) is None:
            tables.problems.append(_wrong(line.number))
            return
        tables.six = True
        if found[4]:
            tables.routes.append(_six(tables, line.number, found, found[4]))
        else:
            tables.waiting, tables.waiting_line = found, line.number
    elif found := _ACTIVE4.match(text):
        _four(tables, line.number, found, found[4], found[5], fixed=False)
    elif found := _FIXED4.match(text):
        _four(tables, line.number, found, "", found[4], fixed=True)
    elif _STARTS4.match(text) or _STARTS6.match(text):
        tables.problems.append(_wrong(line.number))


def _wrong(line: int) -> Problem:
    return Problem(
        line,
        "destination, mask, gateway, interface and metric of a route",
        "宛先、ネットマスク、ゲートウェイ、インターフェイス、メトリック",
    )


def _close(tables: _Tables) -> None:
    if tables.waiting is not None:
        tables.problems.append(
            Problem(tables.waiting_line, "the gateway of this route on the next line", "次の行にこのルートのゲートウェイ")
        )
        tables.waiting = None


def _four(tables: _Tables, line: int, found: re.Match[str], interface: str, metric: str, *, fixed: bool) -> None:
    net = network(found[1], found[2])
    if net is None:
        tables.problems.append(_wrong(line))
        return
    number = int(metric) if metric.isascii() and metric.isdigit() else None
    tables.routes.append(_Found(line, net, address(found[3]), interface, number, fixed))


def _six(tables: _Tables, line: int, found: re.Match[str], gateway: str) -> _Found:
    net = network(found[3])
    return _Found(line, net or IPv6Network("::/128"), address(gateway), found[1], int(found[2]), tables.fixed_six)


def _rows(routes: Sequence[_Found], tables: _Tables) -> Iterator[Route]:
    fixed = {(one.net, one.gateway): one for one in routes if one.fixed}
    beside: dict[str, list[IPv4Network]] = {}
    for one in routes:
        if isinstance(one.net, IPv4Network) and one.gateway is None and one.net.prefixlen < 32:
            beside.setdefault(one.interface, []).append(one.net)
    active = set()
    for one in routes:
        own = (
            isinstance(one.net, IPv4Network)
            and one.gateway is None
            and str(one.net.network_address) == one.interface
            and one.net.prefixlen == 32
        )
        if one.fixed or own or not leads_away(one.net, one.gateway, beside.get(one.interface, ())[:BESIDE]):
            continue
        active.add((one.net, one.gateway))
        yield _row(one, tables, static=(one.net, one.gateway) in fixed)
    yield from (_row(one, tables, static=True) for place, one in fixed.items() if place not in active)


def _row(one: _Found, tables: _Tables, *, static: bool) -> Route:
    named = tables.cards.get(one.interface)
    return Route(
        destination=str(one.net),
        gateway=one.gateway,
        interface=(named[1] if named else one.interface if "." in one.interface else None) or None,
        metric=one.metric,
        origin="static" if static else None,
        evidence=str(one.line),
    )


def _identifiers(tables: _Tables) -> tuple[str, ...]:
    real = (
        hardware
        for _, name, hardware in tables.cards.values()
        if hardware and own_mac(hardware) and kind("", name) in ("ethernet", "wireless")
    )
    return tuple(dict.fromkeys(f"mac:{hardware}" for hardware in real))


FORMS = (
    Form(
        name="route_print",
        command="route print",
        tables=("routes",),
        read=read,
        heading=re.compile(rf"(?:{_RULE.pattern}|{_TITLE.pattern})"),
        again=re.compile(rf"(?:{_RULE.pattern}|{_TITLE.pattern})"),
        confirm=_begins,
        captured=("en",),
        source="Microsoft Learn, Windows Commands: route",
    ),
)
