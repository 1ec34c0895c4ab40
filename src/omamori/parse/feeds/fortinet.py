"""Fortinet's advisories (fortiguard.fortinet.com/psirt): CSAF and CVRF, one file each. Pure.

Fortinet's CSAF words a version inside the name of its branch (`FortiOS/>=7.4.0|<=7.4.3`, `FortiOS/ 7.6 all versions`, `FortiOS 5.0.0`) and
names repaired versions by identifiers that stand in no tree (`FortiOS-7.4.4`). Its rows speak of one branch each: `7.0.6 and above` ends
with 7.0. Older CVRF files list no product; then the note about affected products is read, clause by clause, and decides nothing alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from omamori.model.text import Text
from omamori.parse.feeds.csaf import published_by
from omamori.parse.feeds.cvrf import looks_like_cvrf
from omamori.parse.feeds.documents import Document, Item, Named
from omamori.parse.feeds.interface import FeedParser
from omamori.parse.feeds.ranges import Range, branch, ranges
from omamori.parse.feeds.vendor_files import csaf_reader, cvrf_reader

_NAMES = {
    # Where the CPE dictionary's word is not the product's own with underscores.
    "ips engine": "fortios_ips_engine",
    "fortigate": "fortios",
    "fortiadcmanager": "fortiadc_manager",
    "fortisiemwindowsagent": "fortisiem_windows_agent",
    "fortisandboxcloud": "fortisandbox_cloud",
    "forticlientems": "forticlient_endpoint_management_server",
    "forticlientwindows": "forticlient",
    "forticlientlinux": "forticlient",
    "forticlientmac": "forticlient",
    "fortianalyzer bigdata": "fortianalyzer_big_data",
    "fortianalyzer-bigdata": "fortianalyzer_big_data",
}
_BARE = re.compile(r"^(?P<product>[A-Za-z].*?)[ /-]+(?P<version>(?:[<>=]|\d).*)$")
_BELOW = re.compile(r"^(?P<product>Forti[A-Za-z0-9 -]{1,60}?) (?P<end>(?P<branch>\d{1,6}\.\d{1,6})\.\d{1,6}) and (?:below|earlier|lower)$")
_LONGEST_NOTE = 20_000
_TITLE = Text("Fortinetの勧告", "Fortinet advisories")


def csaf_name(identifier: str, item: Item | None) -> Named | None:
    """Return what a product identifier of Fortinet's CSAF means, by its branch, else by the identifier itself."""
    if item is None or not item.version:
        found = _BARE.match(identifier)
        return _named(found["product"], found["version"]) if found else None
    product = item.product or item.full
    said = item.version.removeprefix(product).lstrip("/ ").strip()
    # One advisory lists other products below the product it is about: `FortiNAC-F/FortiOS all versions`.
    other = re.match(r"^(Forti[A-Za-z0-9-]+(?: [A-Z][A-Za-z]+)*) (all versions)$", said)
    return _named(other[1], other[2]) if other else _named(product, said)


def cvrf_name(identifier: str, item: Item | None) -> Named | None:
    """Return what a product identifier of Fortinet's CVRF, or a clause of its note, means; versions are listed one by one."""
    if item is not None:
        return _named(item.product or item.full, item.version)
    found = _BARE.match(identifier)
    product = re.match(r"^Forti[A-Za-z0-9-]+", identifier)
    if found:
        return replace(_named(found["product"], found["version"]), sure=False)
    return _named(product[0], identifier.removeprefix(product[0]).strip()) if product else None


def with_note(document: Document) -> Document:
    """Return a document that lists no product with the clauses of its note about affected products instead."""
    if any(flaw.products for flaw in document.flaws) or not document.affected_said:
        return document
    clauses = [one.strip(" .,;") for one in re.split(r"(?=Forti[A-Z])", document.affected_said[:_LONGEST_NOTE])]
    said = [re.sub(r" versions? (?=[0-9])", " ", one) for one in clauses if one.startswith("Forti") and "not affected" not in one]
    products = tuple(("affected", one) for one in _below(said))
    return replace(document, flaws=tuple(replace(flaw, products=products) for flaw in document.flaws))


def _below(clauses: list[str]) -> list[str]:
    """`6.0.4 and below` beside `5.3.5 and below` of one product begins with 6.0: each line of it speaks of its branch."""
    found = [(match, one) for one in clauses for match in [_BELOW.match(one)]]
    lowest = {
        name: min(tuple(map(int, match["end"].split("."))) for match, _ in found if match is not None and match["product"] == name)
        for name in {match["product"] for match, _ in found if match is not None}
    }
    return [
        f"{match['product']} >={match['branch']}.0|<={match['end']}"
        if match is not None and tuple(map(int, match["end"].split("."))) != lowest[match["product"]]
        else one
        for match, one in found
    ]


def _named(product: str, said: str) -> Named:
    word = product.strip().lower()
    name = _NAMES.get(word, re.sub(r"[^a-z0-9.-]+", "_", word).strip("_"))
    scheme = "fortios" if name == "fortios" else "dotted"
    found = ranges(said)
    if found is not None:
        found = tuple(_in_branch(one, scheme, said) for one in found)
    return Named(
        vendor="fortinet",
        product=name,
        ranges=found,
        said=f"{product} {said}".strip(),
        part="o" if name == "fortios" else None,
        scheme=scheme,
    )


def _in_branch(one: Range, scheme: str, said: str) -> Range:
    if one.since and not one.before and not said.startswith(">") and one.since.count(".") >= 2:
        one = replace(one, before=branch(".".join(one.since.split(".")[:2])).before)
    if scheme == "fortios":
        one = replace(one, since=_three(one.since), before=_three(one.before))
    return one


def _three(version: str) -> str:
    return f"{version}.0" if re.fullmatch(r"\d+\.\d+", version) else f"{version}.0.0" if version.isdigit() else version


FEEDS = (
    FeedParser(
        feed="fortinet",
        form="csaf",
        title=_TITLE,
        recognise=published_by("fortinet.com"),
        read=csaf_reader("fortinet", csaf_name),
        url="https://fortiguard.fortinet.com/psirt",
    ),
    FeedParser(
        feed="fortinet",
        form="cvrf",
        title=_TITLE,
        recognise=lambda _name, beginning: looks_like_cvrf(beginning) and b"Fortinet PSIRT" in beginning[:8192],
        read=cvrf_reader("fortinet", cvrf_name, with_note),
        url="https://fortiguard.fortinet.com/psirt",
    ),
)
"""Fortinet serves one file per advisory; there is no file of all of them."""
