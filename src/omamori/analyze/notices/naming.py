"""Whether a product as a notice names it is one as it is called here. Pure.

Notices name products by CPE (`fortinet:fortios`, CPE Naming 2.3, NISTIR 7695) or in words; machines by what the installer wrote. Names that
agree but for the maker, the version and the machine's architecture are the *same*; where the notice's name is only a part of ours, a person
has to confirm it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from omamori.knowledge.facts import Product
from omamori.knowledge.pack import Pack

Fit = Literal["same", "part"]

_LONGEST = 300
_BETWEEN = re.compile(r"[^0-9a-z\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_VERSION = re.compile(r"v?\d[0-9a-z]*")
_NOISE = frozenset(
    {
        *("x64", "x86", "x32", "amd64", "arm64", "aarch64", "i386", "i686", "noarch", "bit", "64bit", "32bit", "edition", "version"),
        *("ja", "jp", "en", "us", "japanese", "english", "the", "for", "software", "firmware"),
    }
)
_COMPANY = frozenset(
    {"inc", "corp", "corporation", "ltd", "co", "llc", "gmbh", "ag", "sa", "foundation", "project", "systems", "technologies"}
)
_COMMON = frozenset(
    {"server", "client", "manager", "agent", "system", "viewer", "service", "tools", "driver", "update", "web", "data", "core"}
)
"""Words too many products are called by: one of them alone names nothing."""


@dataclass(frozen=True, slots=True)
class Ours:
    """A product as it is called here, and who makes it where that was told."""

    name: str
    maker: str | None = None


def tokens(text: str | None) -> tuple[str, ...]:
    """Return the words of a name, folded: full-width letters, case, `_` and `-` make no difference."""
    folded = unicodedata.normalize("NFKC", (text or "")[:_LONGEST]).casefold()
    return tuple(word for word in _BETWEEN.split(folded) if word)


def fit(vendor: str | None, product: str | None, ours: Ours) -> Fit | None:
    """Return how well a notice's product fits one of ours; None when it is another one.

    `same`: the words agree but for maker, version and architecture, and the makers do not differ. `part`: it has to be confirmed.
    """
    maker = frozenset(tokens(vendor)) - _COMPANY
    asked = _product(product, maker)
    if not asked:
        return None
    have = tokens(ours.name)
    rest = tuple(
        word for word in have if word in asked or not (word in maker or word in _NOISE or word in _COMPANY or _VERSION.fullmatch(word))
    )
    if not _inside(asked, rest):
        return None
    known = frozenset(tokens(ours.maker)) - _COMPANY
    other_maker = bool(maker and known and maker.isdisjoint(known) and maker.isdisjoint(have))
    if rest == asked and not other_maker:
        return "same"
    return "part" if _telling(asked) else None


@dataclass(frozen=True, slots=True)
class Device:
    """A network product of the pack that a notice names, and the one model it is about (empty: all of them)."""

    product: Product
    model: str = ""

    def is_model(self, model: str | None) -> bool:
        """Return whether a device of `model` is meant."""
        return not self.model or self.model in "".join(tokens(model))


def device_named(vendor: str | None, product: str | None, pack: Pack) -> Device | None:
    """Return the pack's network product that a notice names, by its CPE names or in words; None when the pack does not know it."""
    devices = [one for one in pack.products if one.kind in ("device", "firmware")]
    if not tokens(product):
        return None
    for one in devices:
        for name in one.cpe:
            if (model := _by_cpe(name, vendor, product)) is not None:
                return Device(one, model)
    # By the product's own words: a maker's name alone would make every product of the maker one.
    found = pack.product_named((product or "")[:_LONGEST].replace("_", " "), firmware=True)
    if found is not None and found in devices and _telling(tokens(product)):
        return Device(found) if set(tokens(product)) - (frozenset(tokens(vendor)) | _COMPANY) else None
    return next((Device(one) for one in devices if fit(vendor, product, Ours(one.label)) == "same"), None)


def _by_cpe(name: str, vendor: str | None, product: str | None) -> str | None:
    """Return the model in a CPE name such as `yamaha:{model}_firmware`, empty where the name holds none; None when it is another product."""
    maker, _, pattern = name.partition(":")
    said = "_".join(tokens(product))
    if "_".join(tokens(vendor)) != "_".join(tokens(maker)):
        return None
    before, held, behind = pattern.partition("{model}")
    first, last = "_".join(tokens(before)), "_".join(tokens(behind))
    if not held:
        return "" if said == first else None
    middle = said.removeprefix(f"{first}_" if first else "").removesuffix(f"_{last}" if last else "")
    whole = "_".join(part for part in (first, middle, last) if part) == said
    return middle.replace("_", "") if whole and middle else None


@dataclass(frozen=True)
class Index:
    """Names of ours by their words, so that thousands of names need not be compared with thousands of products."""

    by_word: Mapping[str, frozenset[Ours]]

    @classmethod
    def of(cls, names: Iterable[Ours]) -> Index:
        """Index `names`."""
        found: dict[str, set[Ours]] = defaultdict(set)
        for one in names:
            for word in tokens(one.name):
                found[word].add(one)
        return cls({word: frozenset(held) for word, held in found.items()})

    def fitting(self, vendor: str | None, product: str | None) -> Iterator[tuple[Ours, Fit]]:
        """Yield the names of ours a notice's product fits, in order, and how well."""
        asked = _product(product, frozenset(tokens(vendor)) - _COMPANY)
        if not asked:
            return
        nobody: frozenset[Ours] = frozenset()
        fewest = min((self.by_word.get(word, nobody) for word in asked), key=len)
        for one in sorted(fewest, key=lambda item: (item.name, item.maker or "")):
            if (how := fit(vendor, product, one)) is not None:
                yield one, how


def _product(product: str | None, maker: frozenset[str]) -> tuple[str, ...]:
    """The words that name the product: without its maker's, unless nothing else is left."""
    words = tokens(product)
    own = tuple(word for word in words if word not in maker and word not in _NOISE)
    return own or words


def _inside(asked: tuple[str, ...], have: tuple[str, ...]) -> bool:
    return any(have[at : at + len(asked)] == asked for at in range(len(have) - len(asked) + 1))


def _telling(words: tuple[str, ...]) -> bool:
    """Whether words are enough to recognise a product by them among others."""
    own = [word for word in words if word not in _COMMON and not _VERSION.fullmatch(word)]
    return sum(len(word) * (1 if word.isascii() else 2) for word in own) >= 3
