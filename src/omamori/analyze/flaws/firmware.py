"""Flaws of network devices and of the devices at the ends of lines, by the version of their firmware.

A flaw the pack's own table is sure of (versions compared by hand, branch by branch) is judged by it; every other one by the feeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.flaws.covering import Covering
from omamori.analyze.flaws.covers import cover
from omamori.analyze.flaws.firmware_facts import FirmwareFacts, Shown
from omamori.analyze.flaws.row import SOURCE, flaw_row
from omamori.analyze.lines import Firmware, line_device, product_of_system, version_in
from omamori.knowledge.facts import Flaw, Product
from omamori.knowledge.pack import Pack
from omamori.model.declared import RemoteLine
from omamori.model.patching import Vulnerability

_Own = tuple[Product | None, str | None]


def of_device(asset: str, text: str | None, evidence: str, pack: Pack, facts: FirmwareFacts | None = None) -> Iterator[Vulnerability]:
    """A network device the ledger names with its firmware, such as `FortiOS 7.2.4`."""
    product = pack.product_named(text)
    found = re.search(r"\d+\.\d[\w.()-]*", text or "")
    version = version_in(product, found[0]) if product is not None and found else None
    told = product or pack.product_named(text, firmware=True)
    shown = Shown(told, version or found[0], text) if told is not None and found else None
    own = _own(product, version, told, found[0] if found else None, pack)
    yield from _flaws(asset, "asset", own, shown, evidence, pack, facts)


def of_firmware(
    subject: str,
    kind: str,
    firmware: Firmware,
    inputs: list[Input],
    pack: Pack,
    covering: Covering,
    facts: FirmwareFacts | None = None,
) -> Iterator[Any]:
    """What the version a device itself shows means; a device or version the pack cannot judge stays to be confirmed.

    Also yields what the pack covers of it (`covering`).
    """
    told = firmware.product or product_of_system(firmware.system, firmware.shown, pack, firmware=True)
    # What the device writes may hold more than the pack's own table compares: a build, a hot fix.
    written = firmware.version if told is not None and told.scheme == "fortios" else firmware.shown
    shown = Shown(told, written or firmware.version, firmware.model) if told is not None and firmware.shown else None
    own = _own(firmware.product, firmware.version, told, firmware.version, pack)
    yield from _flaws(subject, kind, own, shown, firmware.evidence, pack, facts)
    yield from _looked(subject, kind, own, shown, inputs, pack, covering, facts, firmware.evidence)


def of_line(
    line: RemoteLine,
    pack: Pack,
    coverage: Coverage,
    rests: tuple[Input, ...],
    covering: Covering,
    facts: FirmwareFacts | None = None,
) -> Iterator[Any]:
    """Yield the flaws of the device a line ends on, as the ledger names it, how surely it is known, and what the pack covers of it."""
    device = line_device(line, pack)
    told = device.product or pack.product_named(line.product, line.device, firmware=True)
    shown = Shown(told, device.version or line.firmware, line.device) if told is not None and line.firmware else None
    own = _own(device.product, device.version, told, line.firmware, pack)
    yield from _flaws(line.line, "line", own, shown, line.evidence, pack, facts)
    inputs = [Input(coverage.view("remote_lines", line.line), ("line", "kind", "device", "product", "firmware")), *rests]
    if device.known and device.product is None:
        yield derived_look(line.line, "vulnerabilities", SOURCE, inputs)
        yield derived_look(line.line, "knowledge_covers", SOURCE, [])
        return
    yield from _looked(line.line, "line", own, shown, inputs, pack, covering, facts, line.evidence)


def _looked(
    subject: str,
    kind: str,
    own: _Own,
    shown: Shown | None,
    inputs: list[Input],
    pack: Pack,
    covering: Covering,
    facts: FirmwareFacts | None,
    evidence: str,
) -> Iterator[Any]:
    """How completely a device was judged: its version has to be one somebody can compare, and a source of the pack has to speak of it."""
    product = shown.product if shown is not None else own[0]
    records = facts.of(shown) if facts is not None and shown is not None else []
    gap = None
    if product is not None:
        gap = covering.device({row.feed for row in records}, compared=_judged(own, pack), called=product.label)
        yield cover(subject, "device", product.label, gap, subject_kind=kind, evidence=evidence)
    judged = _judged(own, pack) or bool(records)
    why = gap.reason if gap is not None else "to_confirm"
    yield derived_look(subject, "vulnerabilities", SOURCE, inputs, undecided=gap is not None or not judged, why=why)
    yield derived_look(subject, "knowledge_covers", SOURCE, [])


def _own(product: Product | None, version: str | None, told: Product | None, written: str | None, pack: Pack) -> _Own:
    """What the pack's own table can be asked: of a product only flaws are known of, only a branch it speaks about.

    A revision of Yamaha names its model by its first numbers (Rev.15.02 is an RTX830): of other models the table says nothing.
    """
    if product is not None or told is None:
        return product, version
    found = re.search(r"\d[\w.()-]*", written or "")
    return (told, found[0]) if found and _rows(told, found[0], pack) else (None, None)


def _rows(product: Product, version: str, pack: Pack) -> list[Flaw]:
    return [flaw for flaw in pack.flaws_about(product.product) if version == flaw.since or version.startswith(f"{flaw.since}.")]


def _judged(own: _Own, pack: Pack) -> bool:
    """Whether the table decides, whatever it says: a row nobody compared does not."""
    product, version = own
    if product is None or version is None:
        return False
    return product.kind != "firmware" or any(flaw.sure for flaw in _rows(product, version, pack))


def _flaws(
    subject: str,
    kind: str,
    own: _Own,
    shown: Shown | None,
    evidence: str,
    pack: Pack,
    facts: FirmwareFacts | None,
) -> Iterator[Vulnerability]:
    """By the pack's own table, and by the feeds what the table does not know or is not sure of."""
    product, version = own
    feeds = {row.flaw for row in facts.of(shown)} if facts is not None and shown is not None else set()
    table = pack.flaws_about(product.product) if product is not None and version else ()
    left = {flaw.flaw for flaw in table if not flaw.sure} & feeds
    for match in pack.flaws_of(product.product, version) if product is not None and version else ():
        if match.flaw.flaw not in left:
            yield replace(flaw_row(subject, kind, match, version, evidence), kind="device")
    if facts is not None and shown is not None:
        yield from facts.find(subject, kind, shown, evidence, frozenset(flaw.flaw for flaw in table) - left)
