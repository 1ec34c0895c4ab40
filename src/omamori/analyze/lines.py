"""The device a line of the ledger ends on."""

from __future__ import annotations

from dataclasses import dataclass

from omamori.knowledge.facts import Product
from omamori.knowledge.pack import Pack
from omamori.knowledge.version import key
from omamori.model.declared import RemoteLine

_WITHOUT_DEVICE = ("remote-software", "isdn")


@dataclass(frozen=True, slots=True)
class LineDevice:
    """What the ledger says of a line's device; `known` when the pack can judge it, or when there is no device to judge."""

    product: Product | None
    version: str | None
    known: bool


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
