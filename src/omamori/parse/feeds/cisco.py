"""Cisco's advisories in CSAF and CVRF, one file each, and Cisco's names of products. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from omamori.model.text import Text
from omamori.parse.feeds.csaf import published_by
from omamori.parse.feeds.cvrf import looks_like_cvrf
from omamori.parse.feeds.documents import Item, Named
from omamori.parse.feeds.interface import FeedParser
from omamori.parse.feeds.product_names import slug
from omamori.parse.feeds.ranges import single
from omamori.parse.feeds.vendor_files import csaf_reader, cvrf_reader

_PRODUCTS: Mapping[str, tuple[str, str | None]] = {
    # Cisco's words, without `Cisco` → product and part in the CPE dictionary.
    "ios": ("ios", "o"),
    "ios software": ("ios", "o"),
    "ios xe software": ("ios_xe", "o"),
    "ios xr software": ("ios_xr", "o"),
    "nx-os software": ("nx-os", "o"),
    "firepower extensible operating system (fxos)": ("fxos", "o"),
    "adaptive security appliance (asa) software": ("adaptive_security_appliance_software", None),
    "secure firewall adaptive security appliance (asa) software": ("adaptive_security_appliance_software", None),
    "firepower threat defense software": ("firepower_threat_defense", None),
    "secure firewall threat defense (ftd) software": ("firepower_threat_defense", None),
    "firepower management center": ("firepower_management_center", None),
    "secure firewall management center (fmc)": ("firepower_management_center", None),
    "identity services engine software": ("identity_services_engine", None),
    "unified communications manager": ("unified_communications_manager", None),
    "wireless lan controller (wlc)": ("wireless_lan_controller_software", "o"),
}
_NAMED = re.compile(r"^(?P<product>.*?\S)(?:\s+v?(?P<version>\d[\w.()-]{0,60}))?$")
TITLE = Text("Ciscoの勧告", "Cisco advisories")
"""Name of the feed for people."""


def csaf_name(_identifier: str, item: Item | None) -> Named | None:
    """Return what a product of Cisco's trees (CSAF, CVRF) means."""
    if item is None:
        return None
    if item.version:
        return _named(item.product, item.version)
    return name_in_words(item.full)


def name_in_words(said: str) -> Named | None:
    """Return the product and release in words such as `Cisco IOS 15.1(2)SY`; without a release nothing can be compared."""
    found = _NAMED.match(said.strip())
    return _named(found["product"], found["version"] or "") if found and said.strip() not in ("", "NA") else None


def _named(product: str, version: str) -> Named:
    word = " ".join(product.lower().removeprefix("cisco ").split())
    name, part = _PRODUCTS.get(word, ("", None))
    return Named(
        vendor="cisco",
        product=name or slug(word),
        ranges=(single(version),) if version and version[0].isdigit() else None,
        said=f"{product} {version}".strip(),
        part=part,
        sure=bool(name),
    )


FEEDS = (
    FeedParser(
        feed="cisco",
        form="csaf",
        title=TITLE,
        recognise=published_by("cisco.com"),
        read=csaf_reader("cisco", csaf_name),
        url="https://sec.cloudapps.cisco.com/security/center/publicationListing.x",
    ),
    FeedParser(
        feed="cisco",
        form="cvrf",
        title=TITLE,
        recognise=lambda _name, beginning: looks_like_cvrf(beginning) and b"psirt@cisco.com" in beginning[:8192],
        read=cvrf_reader("cisco", csaf_name),
        url="https://sec.cloudapps.cisco.com/security/center/publicationListing.x",
    ),
)
"""Cisco serves one file per advisory."""
