"""Fills `support` and `application_support`: until when the makers look after what was seen or declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.lines import Firmware, LineEnds, line_device, version_in
from omamori.knowledge.names import os_of_host, os_of_text
from omamori.knowledge.pack import Pack
from omamori.model.declared import RemoteLine
from omamori.model.derived import ApplicationSupport, Asset, Support
from omamori.model.host import Host, Software
from omamori.snapshot.database import Database

_HOST_COLUMNS = ("platform", "os_id", "os_name", "os_version", "os_build")
_SOFTWARE_COLUMNS = ("name", "version", "manager", "publisher", "origin")
_FOREIGN = re.compile(
    r"pgdg|sury|nodesource|\+maria~|mysql-community|mongodb-(?:org|enterprise)|\.remi\b|mssql-|oracle-database|(?<!open)jdk-\d|microsoft",
    re.IGNORECASE,
)
_OWN = re.compile(r"debian|ubuntu|canonical|raspbian|red ?hat|centos|rocky|alma|amazon|suse|fedora|alpine", re.IGNORECASE)
_DISTRIBUTION_MANAGERS = ("dpkg", "rpm", "apk", "pacman")


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the dates of every asset's operating system and programs, and of the device of every line."""
    coverage = Coverage.read(database)
    hosts = {row.asset: row for row in database.rows("hosts")}
    declared = {row.asset: row for row in database.rows("ledger_assets") if row.os}
    ends = LineEnds.read(database, coverage, moment.pack)
    for asset in database.rows("assets"):
        host, entry = hosts.get(asset.asset), declared.get(asset.asset)
        told = ends.firmware.get(asset.asset)
        if host is None and told is not None:
            view = coverage.view("device_facts", asset.asset)
            yield from _of_firmware(asset.asset, "os", told, [Input(view, ("system", "version"))], moment.pack)
            yield derived_look(asset.asset, "application_support", ANALYZER.name, [Input(coverage.view("software", asset.asset))])
            continue
        if host is not None:
            yield _of_host(asset, host, moment.pack)
        elif entry is not None:
            yield from _of_text(asset, entry.os or "", entry.evidence, moment.pack)
        yield derived_look(asset.asset, "support", ANALYZER.name, [Input(coverage.view("hosts", asset.asset), _HOST_COLUMNS)])
        # Windows programs come from their makers: no distribution, no origin.
        windows = host is not None and host.platform == "windows"
        used = tuple(name for name in _SOFTWARE_COLUMNS if not (windows and name == "origin"))
        yield derived_look(asset.asset, "application_support", ANALYZER.name, [Input(coverage.view("software", asset.asset), used)])
    yield from _applications(database, moment.pack)
    for line in database.rows("remote_lines"):
        shown, rests = ends.of(line.line)
        if shown is not None:
            view = coverage.view("remote_lines", line.line)
            yield from _of_firmware(line.line, "device", shown, [Input(view, ("line", "kind")), *rests], moment.pack)
        else:
            yield from _of_line(line, moment.pack, coverage, rests)


def _of_host(asset: Asset, host: Host, pack: Pack) -> Support:
    named = os_of_host(host)
    if named is None:
        name = host.os_name or host.os_id
        return Support(
            asset=asset.asset,
            product=host.os_id or "",
            version=host.os_version or "",
            label=name,
            source=ANALYZER.name,
            evidence=host.evidence,
        )
    return _support(asset.asset, *named, host.os_name, "observed", host.evidence, pack)


def _of_text(asset: Asset, text: str, evidence: str, pack: Pack) -> Iterator[Support]:
    """The operating system as the ledger has it: for machines nobody looked at, and devices nothing can be run on."""
    product = pack.product_named(text)
    found = re.search(r"\d+\.\d[\w.()-]*", text)
    version = version_in(product, found[0]) if product is not None and found else None
    named = (product.product, version, "") if product is not None and version else os_of_text(text)
    if named is not None:
        yield _support(asset.asset, *named, text, "declared", evidence, pack)


def _support(asset: str, product: str, version: str, edition: str, name: str | None, basis: str, evidence: str, pack: Pack) -> Support:
    fact = pack.support_of(product, version, edition)
    return Support(
        asset=asset,
        product=product,
        version=version,
        label=fact.label if fact else name,
        ends=fact.ends if fact else None,
        extended_ends=fact.extended_ends if fact else None,
        fact=fact.told if fact else None,
        basis=basis,
        source=ANALYZER.name,
        evidence=evidence,
    )


def _of_firmware(subject: str, kind: str, firmware: Firmware, inputs: list[Input], pack: Pack) -> Iterator[Any]:
    """The dates of the version a device itself shows."""
    if firmware.product is not None and firmware.version is not None:
        row = _support(subject, firmware.product.product, firmware.version, "", firmware.label, "observed", firmware.evidence, pack)
        yield replace(row, kind=kind)
    yield derived_look(subject, "support", ANALYZER.name, inputs, undecided=firmware.product is None or firmware.version is None)


def _of_line(line: RemoteLine, pack: Pack, coverage: Coverage, rests: tuple[Input, ...]) -> Iterator[Any]:
    device = line_device(line, pack)
    if device.product is not None and device.version:
        fact = pack.support_of(device.product.product, device.version)
        yield Support(
            asset=line.line,
            product=device.product.product,
            version=device.version,
            label=fact.label if fact else device.product.label,
            ends=fact.ends if fact else None,
            fact=fact.told if fact else None,
            kind="device",
            basis="declared",
            source=ANALYZER.name,
            evidence=line.evidence,
        )
    view = coverage.view("remote_lines", line.line)
    inputs = [Input(view, ("line", "kind", "device", "product", "firmware")), *rests]
    yield derived_look(line.line, "support", ANALYZER.name, inputs, undecided=not device.known)


def _applications(database: Database, pack: Pack) -> Iterator[ApplicationSupport]:
    products = [product for product in pack.products if product.packages is not None]
    names = [str(name) for (name,) in database.select("select distinct name from software")]
    matching = {name: found for name in names if (found := next((p for p in products if p.packages and p.packages.match(name)), None))}
    for row in _software(database, sorted(matching)):
        if _looked_after_by_the_distribution(row):
            continue
        product = matching[row.name]
        version = _cycle(product.packages, row)
        fact = pack.support_of(product.product, version)
        yield ApplicationSupport(
            asset=row.asset,
            product=product.product,
            version=version,
            label=fact.label if fact else f"{product.label} {version}".strip(),
            ends=fact.ends if fact else None,
            extended_ends=fact.extended_ends if fact else None,
            fact=fact.told if fact else None,
            source=ANALYZER.name,
            evidence=row.evidence,
        )


def _software(database: Database, names: list[str]) -> Iterator[Software]:
    columns = "asset, name, version, publisher, manager, origin, evidence"
    query = f"select {columns} from software where list_contains($names, name) order by all"  # noqa: S608 - our own column names
    for values in database.select(query, {"names": names}):
        yield Software(**dict(zip(columns.split(", "), values, strict=True)))


def comes_from_elsewhere(row: Software) -> bool:
    """Return whether a package is known to come from another repository than the distribution's own, which then does not repair it."""
    if row.origin and _OWN.search(row.origin):
        return False
    return bool(row.origin or _FOREIGN.search(f"{row.version or ''} {row.name}"))


def _looked_after_by_the_distribution(row: Software) -> bool:
    """A distribution repairs its own packages as long as it lives, whatever their makers do."""
    words = f"{row.name} {row.version or ''} {row.origin or ''} {row.publisher or ''}"
    if row.manager not in _DISTRIBUTION_MANAGERS or _FOREIGN.search(f"{row.version or ''} {row.origin or ''} {row.name}"):
        return bool(row.manager in _DISTRIBUTION_MANAGERS and _OWN.search(row.origin or ""))
    return bool(_OWN.search(words)) or not (row.origin or row.publisher)


def _cycle(packages: re.Pattern[str] | None, row: Software) -> str:
    found = packages.match(row.name) if packages else None
    named = next((text for text in found.groupdict().values() if text), None) if found else None
    version = re.sub(r"^\d+:", "", row.version or "")
    return re.sub(r"\s+", "-", named).lower() if named else version


ANALYZER = Analyzer(
    name="analyze.support",
    reads=("assets", "hosts", "ledger_assets", "software", "remote_lines", "device_facts", "entries", "collected"),
    fills=("support", "application_support"),
    run=run,
)
"""The analyzer of this module."""
