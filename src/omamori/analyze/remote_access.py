"""Fills `remote_access`: programs on a host by which somebody elsewhere can operate or reach it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import translate
from typing import Any

from omamori.analyze.addresses import addresses_of, split_addresses
from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.knowledge.facts import RemoteProduct
from omamori.knowledge.pack import Pack
from omamori.model.declared import RemoteLine
from omamori.model.derived import RemoteAccess
from omamori.snapshot.database import Database

_USES = {
    "software": ("name",),
    "processes": ("name",),
    "services": ("name", "state"),
    "listeners": ("protocol", "port", "loopback"),
    "interfaces": ("name", "up"),
}
_PLACES = (
    ("software", "name", "false", "packages"),
    ("processes", "name", "true", "processes"),
    ("services", "name", "state = 'running'", "services"),
    ("interfaces", "name", "up is not false", "interfaces"),
    ("listeners", "process", "true", "processes"),
)
"""Table, column of the name, whether a row means it is running, attribute of the product."""
_VPN_LINES = ("ssl-vpn", "ipsec-vpn", "ip-vpn", "lte", "partner", "other")
_PROGRAM_LINES = ("remote-software", "other")
"""Kinds of line that declare a VPN, and those that declare another program, on the machine they end on."""
_LINE_KINDS = ("ssl-vpn", "ipsec-vpn", "ip-vpn", "lte", "remote-software", "partner", "eligibility", "other")


@dataclass(slots=True)
class _Found:
    """One product on one asset: whether it runs, and the evidence (a running one before an installed one)."""

    running: bool
    evidence: str


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield one row per asset and product, and one look per asset."""
    coverage = Coverage.read(database)
    lines = list(database.rows("remote_lines"))
    addresses = addresses_of(database)
    names = {str(asset): str(name or "") for asset, name in database.select("select asset, hostname from assets")}
    products = {product.product: product for product in moment.pack.remote_products()}
    for (asset, product), found in sorted(_found(database, moment.pack).items()):
        looked = coverage.view("remote_lines", asset).knows("kind", "product", "device", "device_address", "purpose")
        declared = any(_names(line, products[product], (asset, names.get(asset, "")), addresses.get(asset, ())) for line in lines)
        yield RemoteAccess(
            asset=asset,
            product=product,
            kind=products[product].kind,
            running=found.running,
            declared=declared or None if not looked else declared,
            source=ANALYZER.name,
            evidence=found.evidence,
        )
    for asset in sorted(names):
        inputs = [Input(coverage.view(table, asset), columns) for table, columns in _USES.items()]
        inputs.append(Input(coverage.view("remote_lines", asset), ("kind", "product", "device", "device_address"), ("declared",)))
        yield derived_look(asset, "remote_access", ANALYZER.name, inputs)


def _found(database: Database, pack: Pack) -> Mapping[tuple[str, str], _Found]:
    found: dict[tuple[str, str], _Found] = {}
    for asset, product, running, evidence in _hits(database, pack):
        before = found.get((asset, product))
        if before is None or (running and not before.running):
            found[(asset, product)] = _Found(running, evidence)
    return found


def _hits(database: Database, pack: Pack) -> Iterator[tuple[str, str, bool, str]]:
    """Yield (asset, product, running, evidence) for every name that means a product."""
    for table, column, running, attribute in _PLACES:
        match = _matcher(pack.remote_products(), attribute)
        # Few distinct names on many machines: match each name once.
        named: dict[str, str] = {}
        for (name,) in database.select(f"select distinct {column} from {table}"):  # noqa: S608 - our own names
            product = match(str(name or ""))
            if product is not None:
                named[str(name)] = product
        rows = f"select asset, {column}, coalesce({running}, false), evidence from {table}"  # noqa: S608 - our own names
        for asset, name, runs, evidence in database.select(
            f"{rows} where list_contains($names, {column}) order by all", {"names": list(named)}
        ):
            yield str(asset), named[name], bool(runs), str(evidence or "")
    yield from _ports(database, pack.remote_products())


def _matcher(products: tuple[RemoteProduct, ...], attribute: str) -> Callable[[str], str | None]:
    words = [(product.product, getattr(product, attribute)) for product in products]
    patterns = [(product, re.compile("|".join(translate(word.lower()) for word in names))) for product, names in words if names]
    # Nearly all names mean no product: one look instead of one for each.
    known = re.compile("|".join(pattern.pattern for _, pattern in patterns) or r"(?!)")

    def match(name: str) -> str | None:
        lowered = name.lower().removesuffix(".exe").removesuffix(".service")
        if not known.fullmatch(lowered):
            return None
        return next((product for product, pattern in patterns if pattern.fullmatch(lowered)), None)

    return match


def _ports(database: Database, products: tuple[RemoteProduct, ...]) -> Iterator[tuple[str, str, bool, str]]:
    by_port = {port: product.product for product in products for port in product.ports}
    query = "select asset, protocol, port, evidence from listeners where process is null and loopback is not true"
    for asset, protocol, port, evidence in database.select(query):
        if (protocol, port) in by_port:
            yield str(asset), by_port[protocol, port], True, str(evidence or "")


def _names(line: RemoteLine, product: RemoteProduct, names: tuple[str, str], addresses: tuple[str, ...]) -> bool:
    """Whether a declared line means this program or ends on this machine."""
    if line.kind not in _LINE_KINDS:
        return False
    text = " ".join(part or "" for part in (line.line, line.product, line.device, line.purpose)).lower()
    words = (product.product, product.label.lower())
    if any(word and word in text for word in words):
        return True
    # A VPN or eligibility line that ends on a machine does not declare another program by which somebody operates it.
    if line.kind not in (_VPN_LINES if product.kind == "vpn" else _PROGRAM_LINES):
        return False
    inside = set(split_addresses(line.device_address))
    return not inside.isdisjoint(addresses) or (line.device or "").lower() in {name.lower() for name in names if name}


ANALYZER = Analyzer(
    name="analyze.remote_access",
    reads=(
        "assets",
        "software",
        "processes",
        "services",
        "listeners",
        "interfaces",
        "remote_lines",
        "ledger_assets",
        "identity",
        "collected",
    ),
    fills=("remote_access",),
    run=run,
)
"""The analyzer of this module."""
