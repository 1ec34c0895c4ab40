"""PowerShell about addresses: Get-NetIPAddress, Get-NetAdapter, Get-DnsClientServerAddress, Get-NetIPConfiguration.

Each tells a part only: addresses without cards, cards without addresses, name servers. None lists every adapter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import Interface, OutboundSetting
from omamori.parse.interface import Context
from omamori.parse.windows.adapters import identifiers_of, kind, name_server, rows_of
from omamori.parse.windows.columns import cut, spans
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.records import Record, Records, read_records
from omamori.parse.windows.values import address, mac, number

_ORIGINS = MappingProxyType({"0": "other", "1": "manual", "2": "wellknown", "3": "dhcp", "4": "routeradvertisement"})
_TENTATIVE = frozenset({"0", "1", "invalid", "tentative"})
_DOWN = frozenset({"disconnected", "disabled", "not present", "lower layer down", "down"})
_NO_CARD = ("kind", "mac", "up")
_NO_ADDRESS = ("address", "prefix", "network_first", "network_last", "dhcp")
_DNS_HEADING = re.compile(r"InterfaceAlias\s+Interface\s+Address\s+ServerAddresses\s*$")
_CONFIGURATION = re.compile(r"(?:InterfaceAlias|ComputerName)\s{1,40}:\s?\S")
_PAIR = re.compile(r"([A-Z][A-Za-z0-9]{1,40}(?:\.[A-Z][A-Za-z]{1,40})?)\s{0,40}: ?(.{0,2000})$")
_DASHES = re.compile(r"-{3,}(?: +-{3,}){3}\s*$")
_SERVERS = "Get-DnsClientServerAddress"


def _incomplete(table: str, *, missing: Iterable[str] = (), problems: Sequence[Problem] = ()) -> Look:
    reason = "not_understood" if problems else "not_collected"
    return Look(table, complete=False, missing=tuple(dict.fromkeys(missing)), reason=reason)


def _records(piece: Piece) -> Records:
    return read_records(piece.lines) or Records("none", frozenset(), (), (), 0)


def _cut_off(line: int, expected: str, japanese: str) -> Problem:
    return Problem(
        line, f"{expected}; the console cut it off: add `| Format-List`", f"{japanese}(画面幅で切れています。「| Format-List」を付けます)"
    )


def read_addresses(piece: Piece, context: Context) -> Parsed:
    """Return a row per address. Links without address, and what kind of card it is, are not told."""
    records = _records(piece)
    problems = list(records.problems)
    rows: list[Interface] = []
    missing = list(_NO_CARD)
    for record in records.rows:
        plain = address(record.get("IPAddress", "IPv4Address", "IPv6Address"))
        if plain is None:
            problems.append(_cut_off(record.line, "an IP address", "IPアドレス"))
            continue
        name = record.get("InterfaceAlias")
        if name is None or "InterfaceAlias" in records.cut_names:
            name = f"#{record.get('ifIndex', 'InterfaceIndex') or '?'}"
            missing.append("name")
        if _idle(record, plain):
            continue
        origin = (record.get("PrefixOrigin") or "").lower()
        given = None if ":" in plain or not origin else _ORIGINS.get(origin, origin) == "dhcp"
        if given is None and ":" not in plain:
            missing.append("dhcp")
        prefix = number(record.get("PrefixLength"))
        if prefix is None or prefix > 128:
            missing.append("prefix")
            prefix = None
        base = Interface(name=name[:200], evidence=str(record.line))
        rows += rows_of(base, [(record.line, plain, prefix, given)])
    return Parsed(rows=tuple(rows), looks=(_incomplete("interfaces", missing=missing, problems=problems),), problems=tuple(problems[:50]))


def _idle(record: Record, plain: str) -> bool:
    """Loopback, and the addresses that a card without cable would give itself: ipconfig does not list them either."""
    if plain == "::1" or plain.startswith("127."):
        return True
    return (record.get("AddressState") or "").lower() in _TENTATIVE and plain.startswith(("169.254.", "fe80:"))


def read_adapters(piece: Piece, context: Context) -> Parsed:
    """Return a row per card. Hidden adapters (dial-up, built-in VPN) are not listed, addresses not told."""
    records = _records(piece)
    missing = list(_NO_ADDRESS)
    rows = []
    for record in records.rows:
        name, description, status = record.get("Name") or "", record.get("InterfaceDescription") or "", record.get("Status") or ""
        hardware = mac(record.get("MacAddress", "LinkLayerAddress"))
        up = _up(status)
        rows.append(Interface(name=name[:200], kind=kind("", description, name), mac=hardware, up=up, evidence=str(record.line)))
        missing += [column for column, value in (("mac", hardware), ("up", up)) if value is None]
    named = (("name", "Name"), ("kind", "InterfaceDescription"), ("mac", "MacAddress"))
    missing += [column for column, name in named if name in records.cut_names]
    look = _incomplete("interfaces", missing=missing, problems=records.problems)
    return Parsed(rows=tuple(rows), looks=(look,), problems=records.problems, identifiers=identifiers_of(rows))


def _up(status: str) -> bool | None:
    """Whether a card is connected, by the word for its state (the same in every language)."""
    word = status.lower()
    return True if word == "up" else False if word in _DOWN else None


def read_servers(piece: Piece, context: Context) -> Parsed:
    """Return the name servers of all adapters; proxy, time and update servers stand elsewhere."""
    problems: list[Problem] = []
    rows: dict[str, OutboundSetting] = {}
    for line, text in _server_texts(piece, problems):
        if text.rstrip("}").endswith(("...", "\u2026")):
            problems.append(_cut_off(line, "every name server", "すべてのDNSサーバー"))
        for word in re.split(r"[{},\s]+", text):
            row = name_server(word, _SERVERS, line)
            if row is not None:
                rows.setdefault(row.value, row)
    return Parsed(rows=tuple(rows.values()), looks=(_incomplete("outbound_settings", problems=problems),), problems=tuple(problems[:50]))


def _server_texts(piece: Piece, problems: list[Problem]) -> Iterator[tuple[int, str]]:
    """The column of the servers: of a list by its name, of the table with two lines of headings by its place."""
    lines = piece.lines
    if not (lines and _DNS_HEADING.match(lines[0].text)):
        records = _records(piece)
        problems += records.problems
        yield from ((record.line, record.get("ServerAddresses") or "") for record in records.rows)
        return
    place = next((index for index, line in enumerate(lines[:4]) if _DASHES.match(line.text)), None)
    if place is None:
        problems.append(Problem(lines[-1].number, "a line of dashes below the headings", "見出しの下の「---」の行"))
        return
    body = [line for line in lines[place + 1 :] if line.text.strip()]
    values = cut([line.text.rstrip() for line in body], spans(lines[place].text))
    for line, value in zip(body, values, strict=True):
        if " ".join(value).split() == line.text.split():
            yield line.number, value[3]
        else:
            problems.append(Problem(line.number, "columns below their headings", "見出しの下に揃った列"))


def read_configuration(piece: Piece, context: Context) -> Parsed:
    """Return addresses and name servers of the adapters that Get-NetIPConfiguration shows (not all there are)."""
    rows: list[Interface] = []
    servers: dict[str, OutboundSetting] = {}
    missing = ["prefix", "network_first", "network_last", "dhcp"]
    name = ""
    for block in _configurations(piece.lines):
        said = {key: values for key, values in block.items() if values}
        name = said["ComputerName"][0][1] if "ComputerName" in said else name
        alias = said.get("InterfaceAlias")
        if alias is None:
            continue
        words = {key: values[0][1] for key, values in said.items()}
        status = words.get("NetAdapter.Status")
        hardware = mac(words.get("NetAdapter.LinkLayerAddress"))
        missing += [column for column, value in (("mac", hardware), ("kind", words.get("InterfaceDescription"))) if not value]
        found = [(line, plain) for key in ("IPv4Address", "IPv6Address") for line, text in said.get(key, ()) if (plain := address(text))]
        up = True if found else _up(status or "")
        if up is None:
            missing.append("up")
        gateway = bool(said.get("IPv4DefaultGateway"))
        base = Interface(
            name=alias[0][1][:200],
            kind=kind("", words.get("InterfaceDescription", ""), gateway=gateway),
            mac=hardware,
            up=up,
            evidence=str(alias[0][0]),
        )
        rows += rows_of(base, [(line, plain, None, None) for line, plain in found])
        for line, text in said.get("DNSServer", ()):
            row = name_server(text, "Get-NetIPConfiguration", line)
            if row is not None:
                servers.setdefault(row.value, row)
    looks = (_incomplete("interfaces", missing=missing), _incomplete("outbound_settings"))
    return Parsed(rows=(*rows, *servers.values()), looks=looks, identifiers=identifiers_of(rows, name))


def _configurations(lines: Sequence[Line]) -> Iterator[dict[str, list[tuple[int, str]]]]:
    block: dict[str, list[tuple[int, str]]] = {}
    last = ""
    for line in lines:
        found = _PAIR.match(line.text) if line.text[:1].strip() else None
        if found:
            last = found[1]
            if last in block or (last == "InterfaceAlias" and block and "ComputerName" not in block):
                yield block
                block = {}
            block.setdefault(last, [])
            if found[2].strip():
                block[last].append((line.number, found[2].strip()))
        elif line.text.strip() and line.text[:1] == " " and last:
            block[last].append((line.number, line.text.strip()[:2000]))
    yield block


def _is_configuration(lines: Sequence[str]) -> bool:
    return any(re.match(r"(?:NetProfile\.Name|IPv[46]DefaultGateway|NetAdapter\.Status)\s{1,40}:", text) for text in lines[:20])


FORMS = (
    Form(
        name="get_net_ip_address",
        command="Get-NetIPAddress",
        tables=("interfaces",),
        read=read_addresses,
        properties=(
            frozenset({"IPAddress", "InterfaceAlias", "PrefixLength"}),
            frozenset({"ifIndex", "IPAddress", "PrefixLength"}),
        ),
        source="Microsoft Learn, NetTCPIP: Get-NetIPAddress",
    ),
    Form(
        name="get_net_adapter",
        command="Get-NetAdapter",
        tables=("interfaces",),
        read=read_adapters,
        properties=(
            frozenset({"Name", "InterfaceDescription", "Status", "MacAddress"}),
            frozenset({"Name", "InterfaceDescription", "ifIndex", "Status"}),
        ),
        source="Microsoft Learn, NetAdapter: Get-NetAdapter",
    ),
    Form(
        name="get_dns_client_server_address",
        command=_SERVERS,
        tables=("outbound_settings",),
        read=read_servers,
        heading=_DNS_HEADING,
        again=_DNS_HEADING,
        properties=(frozenset({"InterfaceAlias", "ServerAddresses"}),),
        source="Microsoft Learn, DnsClient: Get-DnsClientServerAddress",
    ),
    Form(
        name="get_net_ip_configuration",
        command="Get-NetIPConfiguration",
        tables=("interfaces", "outbound_settings"),
        read=read_configuration,
        heading=_CONFIGURATION,
        again=_CONFIGURATION,
        confirm=_is_configuration,
        source="Microsoft Learn, NetTCPIP: Get-NetIPConfiguration",
    ),
)
