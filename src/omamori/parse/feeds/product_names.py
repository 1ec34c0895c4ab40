"""Names of products in any publisher's tree, where no vendor's own way of naming is known. Pure."""

from __future__ import annotations

import re

from omamori.parse.feeds.cpe import ANY, NONE, CpeError, read_cpe
from omamori.parse.feeds.documents import Item, Named
from omamori.parse.feeds.ranges import ranges


def generic_name(identifier: str, item: Item | None) -> Named | None:
    """Return what a product of any publisher's tree means: its CPE, else the publisher's words (of medium confidence)."""
    if item is None:
        return Named(vendor="", product=identifier, ranges=None, said=identifier)
    try:
        cpe = read_cpe(item.cpe) if item.cpe else None
    except CpeError:
        cpe = None
    if cpe is not None and ANY not in (cpe.vendor, cpe.product):
        version = item.version or (cpe.version if cpe.version not in (ANY, NONE) and "version" not in cpe.wildcards else "")
        said = f"{item.vendor} {item.product} {version}".strip() or item.full
        return Named(cpe.vendor, cpe.product, ranges(version) if version else None, said, part=cpe.part)
    product = item.product or item.full or identifier
    said = item.full or f"{product} {item.version}".strip()
    return Named(item.vendor, product, ranges(item.version) if item.version else None, said, sure=False)


def slug(words: str) -> str:
    """Return words as the CPE dictionary usually writes them: a guess, for lack of a known name."""
    bare = re.sub(r"\([^()]{0,80}\)|\s+software$", "", words.lower().strip())
    return re.sub(r"[^a-z0-9.-]+", "_", bare).strip("_")
