"""Flaws of network devices and of the devices at the ends of lines, by the version of their firmware."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.flaws.row import SOURCE, flaw_row
from omamori.analyze.lines import Firmware, line_device, version_in
from omamori.knowledge.pack import Pack
from omamori.model.declared import RemoteLine
from omamori.model.patching import Vulnerability


def of_device(asset: str, text: str | None, evidence: str, pack: Pack) -> Iterator[Vulnerability]:
    """A network device the ledger names with its firmware, such as `FortiOS 7.2.4`."""
    product = pack.product_named(text)
    found = re.search(r"\d+\.\d[\w.()-]*", text or "")
    version = version_in(product, found[0]) if product is not None and found else None
    for match in pack.flaws_of(product.product, version) if product is not None and version else ():
        yield flaw_row(asset, "asset", match, version, evidence)


def of_firmware(subject: str, kind: str, firmware: Firmware, inputs: list[Input], pack: Pack) -> Iterator[Any]:
    """What the version a device itself shows means; a device or version the pack cannot judge stays to be confirmed."""
    if firmware.product is not None and firmware.version is not None:
        for match in pack.flaws_of(firmware.product.product, firmware.version):
            yield flaw_row(subject, kind, match, firmware.version, firmware.evidence)
    yield derived_look(subject, "vulnerabilities", SOURCE, inputs, undecided=firmware.product is None or firmware.version is None)


def of_line(line: RemoteLine, pack: Pack, coverage: Coverage, rests: tuple[Input, ...]) -> Iterator[Any]:
    """Yield the flaws of the device a line ends on, as the ledger names it, and how surely it is known."""
    device = line_device(line, pack)
    if device.product is not None and device.version:
        for match in pack.flaws_of(device.product.product, device.version):
            yield flaw_row(line.line, "line", match, device.version, line.evidence)
    inputs = [Input(coverage.view("remote_lines", line.line), ("line", "kind", "device", "product", "firmware")), *rests]
    yield derived_look(line.line, "vulnerabilities", SOURCE, inputs, undecided=not device.known)
