"""Products known by the services they install → security_products, firewall_profiles, log_settings, scheduled_backups. Pure.

On servers Windows keeps no list of what protects them (no Security Center): there the services tell. A product that
is not in `products.yaml` is not seen: so services are never the whole of it on a client, which has that list, nor where
something unknown has a name that sounds like protection.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from omamori.model.access import LogSetting, SecurityProduct
from omamori.model.host import Host, ScheduledBackup, Service, Software
from omamori.model.look import Look, Parsed
from omamori.model.network import FirewallProfile

DEFENDER = "defender"
_SOUNDS = re.compile(
    r"anti-?(?:virus|malware|ransom)|virus ?scan|ウイルス|ウィルス|マルウェア|マルウエア|internet security|endpoint (?:security|protection)"
    r"|\b[EX]DR\b",
    re.IGNORECASE,
)
_PROTECTION = ("antivirus", "edr", "audit", "device-control")
_UNTOLD = ("version", "real_time", "behaviour", "mode", "signatures", "tamper_protected")
_UNTOLD_BACKUP = ("schedule", "target", "target_kind", "last_run", "last_result")


@dataclass(frozen=True, slots=True)
class Product:
    """A product: its services, how Security Center names it, and the services by which it rules the firewall."""

    name: str
    kind: str
    services: tuple[str, ...]
    shown: re.Pattern[str] | None
    firewall: tuple[str, ...]


@cache
def products() -> tuple[Product, ...]:
    """Return what `products.yaml` holds."""
    said = yaml.safe_load(files("omamori.parse.windows").joinpath("products.yaml").read_text(encoding="utf-8"))
    return tuple(
        Product(
            name=one["name"],
            kind=one["kind"],
            services=tuple(name.casefold() for name in one["services"]),
            shown=re.compile(one["shown"], re.IGNORECASE) if "shown" in one else None,
            firewall=tuple(name.casefold() for name in one.get("firewall", ())),
        )
        for one in said
    )


def usual_name(shown: str) -> str:
    """Return the name this program uses for a product that Security Center shows under one of its many names.

    Names nobody here knows stay as they are, at most 120 letters of them.
    """
    return next((one.name for one in products() if one.shown is not None and one.shown.search(shown)), shown[:120])


def by_services(found: Parsed) -> list[Parsed]:
    """Return what the services of one machine (rows already joined) tell about its products, and who rules its firewall."""
    services = {row.name.casefold(): row for row in found.rows if isinstance(row, Service)}
    parts: list[Parsed] = []
    look = next((one for one in found.looks if one.table == "services"), None)
    if look is not None and services:
        whole = look.complete and not {"state", "start"} & set(look.missing)
        whole = whole and _server(found.rows) and not any(_stranger(text) for text in _names(found.rows))
        told = {(row.name, row.kind) for row in found.rows if isinstance(row, SecurityProduct)}
        present = [(one, service) for one in products() if (service := _first(services, one.services)) is not None]
        parts += [*_protection(present, told, whole=whole), _forwarders(present), _backups(present)]
    walls = _firewalls(services, found.rows)
    # What the product's console rules is not for us to read: empty columns say so, `managed_by` says who.
    parts.append(Parsed(rows=tuple(walls), looks=(_look("firewall_profiles"),) if walls else ()))
    return [one for one in parts if one.looks]


def _look(table: str, missing: Iterable[str] = (), *, whole: bool = False) -> Look:
    unread = tuple(missing)
    return Look(table, complete=whole, missing=unread, reason="not_collected" if unread or not whole else None)


def _first(services: Mapping[str, Service], names: Iterable[str]) -> Service | None:
    for name in names:
        found = services.get(name)
        if name.endswith("*"):
            found = next((row for key, row in services.items() if key.startswith(name[:-1])), None)
        if found is not None:
            return found
    return None


def _server(rows: Iterable[Any]) -> bool:
    return any(isinstance(row, Host) and row.role == "server" for row in rows)


def _names(rows: Iterable[Any]) -> Iterator[str]:
    """What services and installed programs call themselves to people."""
    for row in rows:
        if isinstance(row, Service):
            yield row.display_name or row.name
        elif isinstance(row, Software):
            yield row.name


def _stranger(text: str) -> bool:
    """Whether a name sounds like a product that protects and is none of those known here: then the known ones are not all."""
    return _SOUNDS.search(text) is not None and usual_name(text) == text[:120]


def _running(service: Service) -> bool | None:
    return None if service.state is None else service.state == "running"


def _protection(present: Sequence[tuple[Product, Service]], told: set[tuple[str, str]], *, whole: bool) -> Iterator[Parsed]:
    """Guards that stand there but of which no list says more. An EDR has no signatures, and watches while it runs."""
    rows: list[SecurityProduct] = []
    guarded = any(one.kind == "antivirus" and one.name != DEFENDER and _running(service) for one, service in present)
    for one, service in present:
        running = _running(service)
        if one.kind not in _PROTECTION or (one.name, one.kind) in told:
            continue
        if one.name == DEFENDER and running:
            # Its service also runs while it only watches beside another product.
            if guarded:
                continue
            running = None
        row = SecurityProduct(name=one.name, kind=one.kind, running=running, evidence=service.evidence)
        if one.kind == "edr" and running is not None:
            row = dataclasses.replace(row, behaviour=running, mode="active" if running else "disabled")
        rows.append(row)
    unknown = ("running",) if any(row.running is None for row in rows) else ()
    watching = [row for row in rows if row.kind != "antivirus"]
    others = [row for row in rows if row.kind == "antivirus"]
    if watching:
        yield Parsed(rows=tuple(watching), looks=(_look("security_products", ("version", "tamper_protected", *unknown), whole=whole),))
    if others or not watching:
        missing = (*_UNTOLD, *unknown) if others else ()
        yield Parsed(rows=tuple(others), looks=(_look("security_products", missing, whole=whole),))


def _forwarders(present: Sequence[tuple[Product, Service]]) -> Parsed:
    rows = [
        LogSetting(
            log=one.name,
            active=_running(service),
            persistent=True,
            forwarded_to=one.name if _running(service) else None,
            evidence=service.evidence,
        )
        for one, service in present
        if one.kind == "log"
    ]
    missing = ("active", "forwarded_to") if any(row.active is None for row in rows) else ()
    return Parsed(rows=tuple(rows), looks=(_look("log_settings", missing),) if rows else ())


def _backups(present: Sequence[tuple[Product, Service]]) -> Parsed:
    rows = [
        ScheduledBackup(
            job=service.name[:200],
            product=one.name,
            enabled=None if service.start is None else service.start != "disabled",
            evidence=service.evidence,
        )
        for one, service in present
        if one.kind == "backup"
    ]
    if not rows:
        return Parsed()
    return Parsed(rows=tuple(rows), looks=(_look("scheduled_backups", _UNTOLD_BACKUP),))


def _firewalls(services: Mapping[str, Service], rows: Iterable[Any]) -> list[FirewallProfile]:
    """Firewalls that a product rules: Security Center names it, or the service for it runs."""
    found: dict[str, FirewallProfile] = {}
    for row in rows:
        if isinstance(row, SecurityProduct) and row.kind == "firewall" and row.running:
            found[row.name] = FirewallProfile(product=row.name, profile="all", enabled=True, managed_by=row.name, evidence=row.evidence)
    for one in products():
        service = _first(services, one.firewall)
        if service is not None and _running(service):
            wall = FirewallProfile(product=one.name, profile="all", enabled=True, managed_by=one.name, evidence=service.evidence)
            found.setdefault(one.name, wall)
    return list(found.values())
