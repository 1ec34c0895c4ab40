"""Fills `vulnerabilities`: published flaws that concern what was seen on an asset, or declared of a line's device.

A distribution repairs flaws without changing the maker's version number. So the distribution's own repaired
version decides; where the pack has none, an old version number alone makes a flaw *undecided*, never certain.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.lines import Firmware, LineEnds, line_device, version_in
from omamori.knowledge.facts import Flaw
from omamori.knowledge.names import os_of_host, release_of, windows_build
from omamori.knowledge.pack import Match, Pack
from omamori.knowledge.version import key
from omamori.model.declared import RemoteLine
from omamori.model.derived import Vulnerability
from omamori.model.host import Host, Software
from omamori.snapshot.database import Database

_SCHEME = {"dpkg": "dpkg", "rpm": "rpm", "apk": "apk"}
_SOFTWARE = ("name", "version", "source_package", "manager")
_KERNEL = re.compile(r"^(linux-image-(unsigned-)?\d|kernel$|kernel-core$)")
_KERNEL_SOURCES = re.compile(r"^(linux|linux-signed|linux-signed-(amd64|arm64|i386))$")


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the flaws of every asset and line, and how completely they could be judged."""
    coverage = Coverage.read(database)
    hosts = {row.asset: row for row in database.rows("hosts")}
    declared = {row.asset: row for row in database.rows("ledger_assets") if row.os}
    software = _newest(database, moment.pack)
    patches = _patches(database)
    ends = LineEnds.read(database, coverage, moment.pack)
    for asset in database.rows("assets"):
        name, host = asset.asset, hosts.get(asset.asset)
        told = ends.firmware.get(name)
        if host is None and told is not None:
            view = coverage.view("device_facts", name)
            yield from _of_firmware(name, "asset", told, [Input(view, ("system", "version"))], moment.pack)
            continue
        views = {table: coverage.view(table, name) for table in ("hosts", "software", "patches")}
        inputs = [Input(views["hosts"], ("platform", "os_id", "os_version", "os_build"))]
        windows = host is not None and host.platform == "windows"
        # The flaws of Windows are judged by its build and its updates alone.
        inputs.append(Input(views["patches"], ("patch_id",)) if windows else Input(views["software"], _SOFTWARE))
        if host is not None and windows:
            yield from _of_windows(host, patches.get(name, {}), views["patches"].knows("patch_id"), moment.pack)
        elif host is not None:
            yield from _of_packages(host, software.get(name, {}), moment.pack)
        elif name in declared:
            yield from _of_device(name, declared[name].os, declared[name].evidence, moment.pack)
        yield derived_look(name, "vulnerabilities", ANALYZER.name, inputs)
    for line in database.rows("remote_lines"):
        shown, rests = ends.of(line.line)
        if shown is not None:
            view = coverage.view("remote_lines", line.line)
            yield from _of_firmware(line.line, "line", shown, [Input(view, ("line", "kind")), *rests], moment.pack)
        else:
            yield from _of_line(line, moment.pack, coverage, rests)


def _newest(database: Database, pack: Pack) -> Mapping[str, Mapping[str, Software]]:
    """Return asset → product → the newest installed package of it: of kernels the older ones stay installed."""
    products = sorted({flaw.product for flaw in pack.flaws})
    query = (
        "select asset, name, version, manager, source_package, publisher, origin, evidence from software "
        "where list_contains($products, name) or list_contains($products, source_package) "
        "or source_package like 'linux-signed%' order by all"
    )
    found: dict[str, dict[str, Software]] = defaultdict(dict)
    names = ("asset", "name", "version", "manager", "source_package", "publisher", "origin", "evidence")
    for values in database.select(query, {"products": products}):
        row = Software(**dict(zip(names, values, strict=True)))
        product = _product(row, products)
        if product is None:
            continue
        before = found[row.asset].get(product)
        if before is None or _later(row, before):
            found[row.asset][product] = row
    return found


def _product(row: Software, products: list[str]) -> str | None:
    source = row.source_package or row.name
    if _KERNEL_SOURCES.match(source) or source == "kernel":
        return ("kernel" if source == "kernel" else "linux") if _KERNEL.match(row.name) else None
    return source if source in products else row.name if row.name in products else None


def _later(row: Software, before: Software) -> bool:
    scheme = _SCHEME.get(row.manager or "", "dotted")
    new, old = key(scheme, row.version), key(scheme, before.version)
    return old is None or (new is not None and new > old)


def _of_packages(host: Host, packages: Mapping[str, Software], pack: Pack) -> Iterator[Vulnerability]:
    release = release_of(host)
    for product, row in packages.items():
        by_release = {flaw.flaw for flaw in pack.flaws_about(product, release)} if release else set()
        for match in pack.flaws_of(product, row.version, release) if release else ():
            yield _row(host.asset, "asset", match, row.version, row.evidence)
        upstream = re.sub(r"^\d+:", "", row.version or "").partition("-")[0].split("+")[0]
        for match in pack.flaws_of(product, upstream):
            if match.flaw.flaw not in by_release:
                certain = row.manager not in _SCHEME and not match.undecided
                yield _row(host.asset, "asset", Match(match.flaw, undecided=not certain), row.version, row.evidence)


def _patches(database: Database) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for asset, patch, evidence in database.select("select asset, upper(patch_id), evidence from patches"):
        found[str(asset)][str(patch).removeprefix("KB")] = str(evidence or "")
    return found


def _of_windows(host: Host, patches: Mapping[str, str], all_seen: bool, pack: Pack) -> Iterator[Vulnerability]:
    """A flaw of Windows is repaired by any one of its updates; a later update than the pack knows may hold it too."""
    named = os_of_host(host)
    build = windows_build(host)
    if named is None or build is None:
        return
    newest = max((int(number) for number in patches if number.isdigit() and len(number) < 10), default=0)
    for flaw in pack.flaws_about(named[0], build):
        if patches.keys().isdisjoint(flaw.patches):
            undecided = not flaw.sure or not all_seen or newest > max(int(number) for number in flaw.patches)
            yield _row(host.asset, "asset", Match(flaw, undecided), host.os_build, host.evidence)


def _of_device(asset: str, text: str | None, evidence: str, pack: Pack) -> Iterator[Vulnerability]:
    """A network device the ledger names with its firmware, such as `FortiOS 7.2.4`."""
    product = pack.product_named(text)
    found = re.search(r"\d+\.\d[\w.()-]*", text or "")
    version = version_in(product, found[0]) if product is not None and found else None
    for match in pack.flaws_of(product.product, version) if product is not None and version else ():
        yield _row(asset, "asset", match, version, evidence)


def _of_firmware(subject: str, kind: str, firmware: Firmware, inputs: list[Input], pack: Pack) -> Iterator[Any]:
    """What the version a device itself shows means; a device or version the pack cannot judge stays to be confirmed."""
    if firmware.product is not None and firmware.version is not None:
        for match in pack.flaws_of(firmware.product.product, firmware.version):
            yield _row(subject, kind, match, firmware.version, firmware.evidence)
    yield derived_look(subject, "vulnerabilities", ANALYZER.name, inputs, undecided=firmware.product is None or firmware.version is None)


def _of_line(line: RemoteLine, pack: Pack, coverage: Coverage, rests: tuple[Input, ...]) -> Iterator[Any]:
    device = line_device(line, pack)
    if device.product is not None and device.version:
        for match in pack.flaws_of(device.product.product, device.version):
            yield _row(line.line, "line", match, device.version, line.evidence)
    inputs = [Input(coverage.view("remote_lines", line.line), ("line", "kind", "device", "product", "firmware")), *rests]
    yield derived_look(line.line, "vulnerabilities", ANALYZER.name, inputs, undecided=not device.known)


def _row(subject: str, kind: str, match: Match, version: str | None, evidence: str) -> Vulnerability:
    flaw: Flaw = match.flaw
    return Vulnerability(
        asset=subject,
        subject_kind=kind,
        flaw=flaw.flaw,
        product=flaw.product,
        version=version,
        fixed=flaw.fixed,
        exploited=flaw.exploited,
        ransomware=flaw.ransomware,
        undecided=match.undecided,
        name=flaw.name or None,
        fact=f"{flaw.source} ({flaw.as_of}, {flaw.confidence})",
        source=ANALYZER.name,
        evidence=evidence,
    )


ANALYZER = Analyzer(
    name="analyze.vulnerabilities",
    reads=("assets", "hosts", "ledger_assets", "software", "patches", "remote_lines", "device_facts", "entries", "collected"),
    fills=("vulnerabilities",),
    run=run,
)
"""The analyzer of this module."""
