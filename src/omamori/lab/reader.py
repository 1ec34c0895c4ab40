"""Reads the description of the lab hospital (`hospital/`, or a folder of the same form) in one of its shapes. Pure but for the files.

The form stands at the head of the files themselves: zones.yaml, lines.yaml, site.yaml, hosts/ehr.yaml, hosts/routers.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

from omamori.lab.description import ANSWERS, SHAPES, Forward, Hospital, Host, Leg, Line, Rule, Shape, Traffic, Zone
from omamori.lab.fields import Fields, LabError, the_port
from omamori.model.declared import LINE_KINDS, OWNERS, ZONE_KINDS
from omamori.model.recognised import MACHINES
from omamori.parse.lined_yaml import Lined, LinedError, read_lined

_ID = re.compile(r"[a-z][a-z0-9-]{0,19}\Z")
_INTERFACE_LENGTH = 15
_MAKER = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){2}\Z")
_PRIVATE = IPv4Network("10.0.0.0/8")
_ALL = ("inside", "outside")


def built_in(shape: Shape) -> Hospital:
    """Return the lab hospital that ships with the product."""
    with resources.as_file(resources.files("omamori.lab") / "hospital") as folder:
        return read_folder(folder, shape)


def read_folder(folder: Path, shape: Shape) -> Hospital:
    """Read a description from a folder; LabError names the file and the line of what is wrong."""
    return read_hospital({path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.yaml"))}, shape)


def read_hospital(files: Mapping[str, str], shape: Shape) -> Hospital:
    """Read a description from the texts of its files, by name. Raises LabError."""
    raw = {name: _mapping(name, text) for name, text in files.items()}
    for name in ("site.yaml", "zones.yaml", "lines.yaml"):
        if name not in raw:
            raise LabError(f"{name}: このファイルがありません", f"{name}: this file is missing")
    site = Fields("site.yaml", "", raw["site.yaml"])
    vendors = {name: site.inner("vendors").text(name) for name in site.mapping("vendors")}
    conditions = {name: site.inner("conditions").text(name) for name in site.mapping("conditions")}
    everyone = [one for file in raw if file.startswith("hosts/") for one in _each(file, raw[file])]
    names = [name for name, _ in everyone]
    for name in names:
        if names.count(name) > 1:
            raise LabError(f"hosts/: 「{name}」が2回書かれています", f"hosts/: {name} is described twice")
    described = [(name, _overlaid(fields, shape)) for name, fields in everyone if _stands(fields, shape)]
    hosts = {name for name, _ in described}
    zones = {name: _zone(name, fields, hosts) for name, fields in _each("zones.yaml", raw["zones.yaml"])}
    known = _Known(zones, frozenset(names), frozenset(hosts), frozenset(vendors), frozenset(conditions))
    hospital = Hospital(
        shape=shape,
        name=site.text("name"),
        beds=site.number("beds", 1, 10_000),
        zones=zones,
        hosts={name: _host(name, fields, known) for name, fields in described},
        lines={name: _line(name, _overlaid(fields, shape), hosts, known) for name, fields in _each("lines.yaml", raw["lines.yaml"])},
        vendors=vendors,
        conditions=conditions,
    )
    site.end()
    _fits(hospital)
    return hospital


@dataclass(frozen=True, slots=True)
class _Known:
    """What may be named: zones, the hosts of either shape and of this one, vendors, conditions."""

    zones: Mapping[str, Zone]
    described: frozenset[str]
    hosts: frozenset[str]
    vendors: frozenset[str]
    conditions: frozenset[str]

    def places(self, fields: Fields, key: str) -> tuple[str, ...]:
        """The zones and hosts a key names, `inside` and `outside` spelt out, without hosts that stand only in the other shape."""
        found: list[str] = []
        for name in fields.words(key, (*_ALL, *self.zones, *self.described)):
            if name in _ALL:
                found += [zone.id for zone in self.zones.values() if zone.outside == (name == "outside")]
            elif name in self.zones or name in self.hosts:
                found.append(name)
        return tuple(found)


def _mapping(name: str, text: str) -> Lined:
    try:
        value = read_lined(text)
    except LinedError as error:
        raise LabError(f"{name}: 読めません({error})", f"{name}: {error}") from None
    if not isinstance(value, Lined):
        raise LabError(f"{name}: {{名前: …}} の形が要ります", f"{name}: a mapping is expected")
    return value


def _each(file: str, raw: Mapping[str, Any]) -> list[tuple[str, Fields]]:
    top = Fields(file, "", raw)
    for name in raw:
        if not _ID.match(name):
            top.wrong(name, "名前は英小文字・数字・ハイフンで20字までです", "a name has small letters, digits and hyphens, 20 at most")
    return [(name, top.inner(name)) for name in raw]


def _stands(fields: Fields, shape: Shape) -> bool:
    return fields.optional("only", SHAPES) in (None, shape)


def _overlaid(fields: Fields, shape: Shape) -> Fields:
    """The mapping with what differs in the shape put over it; what differs in the other shape is not looked at here."""
    over = fields.mapping(shape)
    values = Lined()
    values.update({key: value for key, value in fields.values.items() if key not in (*SHAPES, "only")} | over)
    values.line = fields.line
    return Fields(fields.file, fields.way, values)


def _zone(name: str, fields: Fields, hosts: set[str]) -> Zone:
    network = fields.word("network")
    try:
        parsed = IPv4Network(network)
    except ValueError:
        fields.wrong(
            "network", f"「{network}」はネットワークではありません。例: 10.10.1.0/27", f"{network!r} is no network, such as 10.10.1.0/27"
        )
    if not parsed.subnet_of(_PRIVATE):
        fields.wrong("network", "10.0.0.0/8 の中だけが使えます", "only networks inside 10.0.0.0/8 are used")
    if len(name) > _INTERFACE_LENGTH - 4:
        fields.wrong("", f"ゾーンの名前は{_INTERFACE_LENGTH - 4}字までです", f"a zone's name has {_INTERFACE_LENGTH - 4} letters at most")
    zone = Zone(
        id=name,
        name=fields.text("name"),
        kind=fields.word("kind", _codes(ZONE_KINDS)),
        network=parsed,
        gateway=fields.optional("gateway", hosts),
        outside=fields.flag("outside"),
        internet=fields.flag("internet"),
    )
    fields.end()
    return zone


def _host(name: str, fields: Fields, known: _Known) -> Host:
    router = fields.flag("router")
    answers = fields.word("answers", ANSWERS, default="everything")
    services = {}
    for service, options in fields.mapping("services").items():
        if not isinstance(options, dict):
            fields.wrong(f"services.{service}", "{設定} の形が要ります(なければ {})", "options in braces are expected, {} for none")
        services[service] = _numbered(options)
    host = Host(
        id=name,
        name=fields.text("name"),
        kind=fields.word("kind", _codes(MACHINES)),
        legs=_legs(fields, known.zones, router),
        services=services,
        answers=next(one for one in ANSWERS if one == answers),
        admits=known.places(fields, "admits"),
        owner=fields.word("owner", _codes(OWNERS), default="hospital"),
        vendor=fields.optional("vendor", known.vendors),
        medical=fields.flag("medical"),
        consent=fields.flag("consent"),
        excluded=fields.flag("excluded"),
        important=fields.flag("important"),
        declared=not fields.flag("undeclared"),
        forwards=fields.flag("forwards") or router,
        router=router,
        nat=fields.flag("nat"),
        forward=_forward(fields, known),
        scanner=fields.flag("scanner"),
        conditions=fields.words("conditions", known.conditions),
    )
    fields.end()
    return host


def _numbered(value: Any) -> Any:
    """The options with ports as numbers: a key in YAML is a word here."""
    if isinstance(value, dict):
        return {int(key) if key.isascii() and key.isdigit() else key: _numbered(one) for key, one in value.items()}
    return [_numbered(one) for one in value] if isinstance(value, list) else value


def _legs(fields: Fields, zones: Mapping[str, Zone], router: bool) -> tuple[Leg, ...]:
    maker = fields.word("maker")
    if not _MAKER.match(maker):
        fields.wrong("maker", 'メーカーの3バイトが要ります。例: "00:17:42"', 'three bytes of a maker are expected, such as "00:17:42"')
    at = fields.inner("at")
    legs = []
    for number, name in enumerate(at.values):
        if name not in zones:
            at.wrong(name, "このゾーンはzones.yamlにありません", "zones.yaml has no such zone")
        network = zones[name].network
        address = network.network_address + at.number(name, 1, network.num_addresses - 2)
        mac = maker + "".join(f":{byte:02x}" for byte in address.packed[1:])
        legs.append(Leg(name, name if router else f"eth{number}", address, mac))
    if not legs:
        fields.wrong("at", "立っているゾーンと番号が要ります。例: {ehr: 10}", "a zone and a number are expected, such as {ehr: 10}")
    return tuple(legs)


def _forward(fields: Fields, known: _Known) -> Forward:
    inner = fields.inner("forward")
    log, allowed = inner.flag("log"), inner.get("allow")
    inner.end()
    if allowed is None:
        return Forward(None, log)
    if not isinstance(allowed, list) or not all(isinstance(one, dict) for one in allowed):
        inner.wrong("allow", "規則の一覧が要ります", "a list of rules is expected")
    rules = []
    for number, one in enumerate(allowed, 1):
        rule = Fields(fields.file, f"{inner.way}.allow[{number}]", one)
        for key in ("from", "to"):
            if not rule.values.get(key):
                rule.wrong(key, "ゾーンか機器の名前が要ります", "a zone or a host is expected")
        sources, targets = known.places(rule, "from"), known.places(rule, "to")
        ports = tuple(the_port(rule, "ports", port) for port in rule.words("ports"))
        why = rule.text("why")
        rule.end()
        if sources and targets:
            rules.append(Rule(sources, targets, ports, why))
    return Forward(tuple(rules), log)


def _line(name: str, fields: Fields, hosts: set[str], known: _Known) -> Line:
    if len(name) > _INTERFACE_LENGTH:
        fields.wrong("", f"回線の名前は{_INTERFACE_LENGTH}字までです", f"a line's name has {_INTERFACE_LENGTH} letters at most")
    inner = fields.inner("traffic")
    protocol, port = the_port(inner, "port", inner.word("port"))
    traffic = Traffic(inner.word("from", hosts), inner.word("to", hosts), protocol, port)
    inner.end()
    line = Line(
        id=name,
        name=fields.text("name"),
        kind=fields.word("kind", _codes(LINE_KINDS)),
        vendor=fields.word("vendor", known.vendors),
        source=fields.word("from", hosts),
        target=fields.word("to", hosts),
        port=fields.number("port", 1, 65535),
        lands_in=fields.word("lands_in", known.zones),
        traffic=traffic,
        restricted=fields.flag("restricted"),
        declared=not fields.flag("undeclared"),
    )
    fields.end()
    return line


def _fits(hospital: Hospital) -> None:
    """Refuse what no single entry shows: addresses given twice, a gateway outside its network, no place to scan from."""
    seen: dict[object, str] = {}
    for host in hospital.hosts.values():
        for leg in host.legs:
            if leg.address in seen:
                raise _two(host.id, seen[leg.address], str(leg.address))
            seen[leg.address] = host.id
    for zone in hospital.zones.values():
        if zone.gateway is not None and zone.id not in {leg.zone for leg in hospital.hosts[zone.gateway].legs}:
            raise LabError(
                f"zones.yaml {zone.id}: ゲートウェイ {zone.gateway} がこのゾーンに立っていません",
                f"zones.yaml {zone.id}: its gateway {zone.gateway} has no leg in it",
            )
    if sum(host.scanner for host in hospital.hosts.values()) != 1:
        raise LabError("hosts/: scanner: true の機器が1台要ります", "hosts/: one host with scanner: true is needed")


def _two(one: str, other: str, address: str) -> LabError:
    return LabError(f"hosts/: {one} と {other} が同じアドレス {address} です", f"hosts/: {one} and {other} have the same address {address}")


def _codes(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(value.code for value in values)
