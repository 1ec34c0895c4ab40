"""The device a line of the ledger ends on, and the firmware a device shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from omamori.analyze.coverage import Coverage, Input
from omamori.knowledge.facts import Product
from omamori.knowledge.pack import Pack
from omamori.knowledge.version import key
from omamori.model.declared import RemoteLine
from omamori.model.device import DeviceFact
from omamori.model.look import EVERYWHERE
from omamori.snapshot.database import Database

_WITHOUT_DEVICE = ("remote-software", "isdn")
_NUMBER = re.compile(r"\d[\w.()-]*")
_IOS_XE = re.compile(r"1[6-9]\.")
"""Cisco IOS ended at 15; what calls itself 16 and later is IOS XE (Cisco, "Cisco IOS XE release numbering")."""


@dataclass(frozen=True, slots=True)
class LineDevice:
    """What the ledger says of a line's device; `known` when the pack can judge it, or when there is no device to judge."""

    product: Product | None
    version: str | None
    known: bool


@dataclass(frozen=True, slots=True)
class Firmware:
    """What a device says of its own firmware. `version` is written as the pack compares it, else as the device writes it.

    `system` and `model` are its own words for itself, `shown` its own writing of the version.
    """

    product: Product | None
    version: str | None
    built: date | None
    label: str | None
    evidence: str
    system: str = ""
    model: str | None = None
    shown: str | None = None


def line_device(line: RemoteLine, pack: Pack) -> LineDevice:
    """Return the device of a line as far as the ledger names it."""
    if not (line.product or line.device or line.firmware) and line.kind in _WITHOUT_DEVICE:
        return LineDevice(None, None, known=True)
    product = pack.product_named(line.product, line.device)
    version = version_in(product, line.firmware) if product else None
    return LineDevice(product, version, known=product is not None and version is not None)


def version_in(product: Product, text: str | None) -> str | None:
    """Return the version in a text as the product's scheme reads it (`v7.2.8 build1639` → 7.2.8); None when there is none."""
    seen = key(product.scheme, text)
    if seen is None:
        return None
    return ".".join(str(part) for part in seen) if product.scheme == "fortios" else (text or "").strip().removeprefix("v")


def same_form(text: str | None, product: Product | None) -> str | None:
    """Return a version as `Firmware.version` has it, so that two can be compared: without words and `Rev.` around it."""
    if not text:
        return None
    if product is not None and (version := version_in(product, text)) is not None:
        return version
    found = _NUMBER.search(text)
    return found[0] if found else text.strip()


def firmware_of(database: Database, pack: Pack) -> Mapping[str, Firmware]:
    """Return asset → the firmware its configuration or status shows; hosts, whose systems are judged by their packages, left out."""
    found = {}
    for row in database.rows("device_facts"):
        if row.system in ("", "linux", "windows") or not row.version:
            continue
        product = device_product(row, pack)
        label = " ".join(part for part in (product.label if product else row.system, row.version) if part)
        version = same_form(row.version, product)
        found[row.asset] = Firmware(product, version, row.firmware_built, label, row.evidence, row.system, row.model, row.version)
    return found


@dataclass(frozen=True, slots=True)
class LineEnds:
    """Which device each line ends on, what that device shows, and what stands in doubt while a line's device was not found."""

    devices: Mapping[str, str]
    firmware: Mapping[str, Firmware]
    doubts: tuple[Input, ...]
    coverage: Coverage

    @classmethod
    def read(cls, database: Database, coverage: Coverage, pack: Pack) -> LineEnds:
        """Read them from `entries` and `device_facts`.

        A line whose device nobody recognised is judged by the ledger's word. So the addresses of every device whose facts were
        looked at have to be known: one of them may be the line's.
        """
        query = "select distinct asset from collected where table_name = 'device_facts' and source like 'device.%' order by asset"
        looked = [str(asset) for (asset,) in database.select(query)]
        doubts = [Input(coverage.view("device_interfaces", asset), ("address",)) for asset in looked]
        if looked:
            doubts.append(Input(coverage.view("ledger_assets", EVERYWHERE), ("asset", "address")))
        return cls(line_ends(database), firmware_of(database, pack), tuple(doubts), coverage)

    def of(self, line: str) -> tuple[Firmware | None, tuple[Input, ...]]:
        """Return the firmware the line's device shows, None where it shows none, and what that rests on."""
        device = self.devices.get(line)
        if device is None:
            return None, self.doubts
        shown = self.coverage.view("device_facts", device)
        # The device would have told the version itself: the ledger's word stands in only where it had none to tell.
        return self.firmware.get(device), (Input(shown, ("system", "version")),) if shown.looked else ()


def line_ends(database: Database) -> Mapping[str, str]:
    """Return line → the device it ends on, as `entries` has it."""
    query = "select line, device from entries where asset = line and device is not null order by all"
    return {str(line): str(device) for line, device in database.select(query)}


def device_product(row: DeviceFact, pack: Pack) -> Product | None:
    """Return the pack's product for a device's operating system; None when the pack does not know it."""
    return product_of_system(row.system, row.version, pack)


def product_of_system(system: str, version: str | None, pack: Pack, *, firmware: bool = False) -> Product | None:
    """Return the pack's product for a device's own word for its system; `firmware`: also those of which only flaws are known."""
    name = "cisco-ios-xe" if system == "cisco-ios" and _IOS_XE.match(version or "") else system
    named = next((one for one in pack.products if one.product == name and (firmware or one.kind != "firmware")), None)
    return named or pack.product_named(name.replace("-", " "), firmware=firmware)
