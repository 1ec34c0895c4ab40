"""The pack: published facts a snapshot is judged with, loaded from CSV files.

A starter pack ships inside, so that the first run needs no feed. Facts carry their source and its date;
look-ups never guess: what the pack does not hold, or cannot compare, is `None` or an `undecided` flaw.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib import resources
from types import MappingProxyType

from omamori.knowledge.applications import ApplicationName, read_application_names
from omamori.knowledge.facts import (
    Flaw,
    PackError,
    Product,
    RemoteProduct,
    SupportFact,
    read_flaws,
    read_products,
    read_remote,
    read_support,
)
from omamori.knowledge.makers import Makers, read_makers
from omamori.knowledge.store import Facts
from omamori.knowledge.support_facts import feed_support, newest_support
from omamori.model.facts import Feed

STARTER = "starter"
"""Name of the feed of the facts that ship inside."""
_STARTER_DAYS = 180
FILES = ("support.csv", "flaws.csv", "products.csv", "remote_software.csv", "makers.csv", "maker_kinds.csv", "application_names.csv")
"""The files of a pack."""


@dataclass(frozen=True, slots=True)
class Match:
    """A flaw that concerns a version; `undecided` when the version cannot be compared, or no published record confirms the row."""

    flaw: Flaw
    undecided: bool = False


@dataclass(frozen=True)
class Pack:
    """All facts of a pack. `version` identifies its content, `made` is the day of its newest fact.

    `facts`: what was taken from feeds, as tables; of the pack that ships inside only the row that says how old it is.
    """

    support: tuple[SupportFact, ...]
    flaws: tuple[Flaw, ...]
    products: tuple[Product, ...]
    remote: tuple[RemoteProduct, ...]
    version: str
    made: date
    makers: Makers = Makers()
    facts: Facts = Facts()
    applications: tuple[ApplicationName, ...] = ()

    def support_of(self, product: str, version: str, edition: str = "") -> SupportFact | None:
        """Return the fact about a product's version; None when the pack does not know it.

        The longest cycle that is a prefix of `version` at a dot counts (`13.4` → `13`). Where the pack has a
        fact for the edition (`ltsc`, `enterprise`) it is preferred, else the one for all editions; an `iot-ltsc`
        without its own fact is as `ltsc`. Facts of a feed stand beside those that ship inside; of two about the same the newer counts.
        """
        candidates = [fact for fact in self._support_by_product.get(product, ()) if _in_cycle(version, fact.cycle)]
        if not candidates:
            return None
        longest = max(len(fact.cycle) for fact in candidates)
        by_edition = {fact.edition: fact for fact in candidates if len(fact.cycle) == longest}
        return by_edition.get(edition) or (by_edition.get("ltsc") if edition == "iot-ltsc" else None) or by_edition.get("")

    def flaws_of(self, product: str, version: str | None, release: str = "") -> tuple[Match, ...]:
        """Return the flaws of a product's version, in the order of the pack.

        `release` is the distribution release (`debian 12`) for facts that hold only there. Where the product has a
        flaw but none of its rows fits the version's branch, the version is not affected; where the version cannot
        be read, every flaw of the product is undecided.
        """
        found = []
        for flaw in self._flaws_by_product.get(product, ()):
            if flaw.release != release:
                continue
            affected = flaw.affects(version)
            if affected is not False:
                found.append(Match(flaw, undecided=affected is None or not flaw.sure))
        return tuple(found)

    def flaws_about(self, product: str, release: str = "") -> tuple[Flaw, ...]:
        """Return the flaws the pack holds of `product` for a distribution release or Windows build, whatever the version."""
        return tuple(flaw for flaw in self._flaws_by_product.get(product, ()) if flaw.release == release)

    def remote_products(self) -> tuple[RemoteProduct, ...]:
        """Return the programs by which somebody elsewhere can operate or reach a machine."""
        return self.remote

    def product_named(self, *texts: str | None, firmware: bool = False) -> Product | None:
        """Return the device product a person means by one of `texts`, the first that says one; None when unknown.

        `firmware`: also those of which only flaws are known.
        """
        products = [product for product in self.products if firmware or product.kind != "firmware"]
        for text in texts:
            lowered = (text or "").lower()
            named = [(len(alias), product) for product in products for alias in product.aliases if alias in lowered]
            if named:
                return max(named, key=lambda item: item[0])[1]
        return None

    def age_days(self, today: date) -> int:
        """Return the days between the newest fact and `today`; never negative."""
        return max(0, (today - self.made).days)

    @cached_property
    def _support_by_product(self) -> Mapping[str, tuple[SupportFact, ...]]:
        found: dict[str, list[SupportFact]] = {}
        for fact in newest_support(self.support, feed_support(self.facts)):
            found.setdefault(fact.product, []).append(fact)
        return MappingProxyType({name: tuple(facts) for name, facts in found.items()})

    @cached_property
    def _flaws_by_product(self) -> Mapping[str, tuple[Flaw, ...]]:
        found: dict[str, list[Flaw]] = {}
        for flaw in self.flaws:
            found.setdefault(flaw.product, []).append(flaw)
        return MappingProxyType({name: tuple(flaws) for name, flaws in found.items()})


def _in_cycle(version: str, cycle: str) -> bool:
    return version == cycle or (version.startswith(cycle) and version[len(cycle)] in ".-_")


def read_pack(files: Mapping[str, bytes]) -> Pack:
    """Build a pack from its files (name → content); PackError names file, line and what was expected."""
    missing = [name for name in FILES if name not in files]
    if missing:
        raise PackError(f"the pack lacks {', '.join(missing)}: take the pack again from where it came")
    tables = {name: _rows(name, files[name]) for name in FILES}
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(name.encode() + b"\0" + files[name] + b"\0")
    support = read_support("support.csv", tables["support.csv"])
    flaws = read_flaws("flaws.csv", tables["flaws.csv"])
    made = max((*(fact.as_of for fact in support), *(flaw.as_of for flaw in flaws)), default=date.min)
    return Pack(
        support=support,
        flaws=flaws,
        products=read_products("products.csv", tables["products.csv"]),
        remote=read_remote("remote_software.csv", tables["remote_software.csv"]),
        version=digest.hexdigest()[:16],
        made=made,
        makers=read_makers(files["makers.csv"], tables["makers.csv"], tables["maker_kinds.csv"]),
        facts=Facts(rows=(starter_feed(made, sum(map(len, tables.values()))),)),
        applications=read_application_names("application_names.csv", tables["application_names.csv"]),
    )


def starter_feed(made: date, records: int) -> Feed:
    """Return the source that the files of a pack are: `made` is the day of their newest fact."""
    return Feed(
        feed=STARTER,
        title="Facts that ship with Omamori (end dates, known flaws of devices, product names)",
        title_ja="お守りに付属の情報(サポート期限、機器の既知の脆弱性、製品名)",
        as_of=made,
        files=len(FILES),
        records=records,
        best_before=_STARTER_DAYS,
    )


def _rows(name: str, content: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackError(f"{name}: not UTF-8 at byte {error.start}: save it as UTF-8") from error
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(io.StringIO("\n".join(lines)), strict=True)
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise PackError(f"{name}: line {reader.line_num}: {error}: expected comma-separated values") from error


def starter_files() -> Mapping[str, bytes]:
    """Return the files of the pack that ships inside: name → content."""
    folder = resources.files("omamori.knowledge") / "starter"
    return {name: (folder / name).read_bytes() for name in FILES}


@cache
def starter_pack() -> Pack:
    """Return the pack that ships inside: the smallest there is."""
    return read_pack(starter_files())
