"""The facts a pack holds, and how its CSV rows are read.

Every fact names its source (the publisher's page) and the day it was as stated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from omamori.knowledge.version import SCHEMES, key

CONFIDENCE = ("high", "medium", "low")
"""How sure a fact is; only a high one decides."""

Rows = Sequence[tuple[int, Mapping[str, str]]]


class PackError(Exception):
    """A pack cannot be used: names file, line and what was expected."""


@dataclass(frozen=True, slots=True)
class SupportFact:
    """When the maker's support of a product's cycle ends; `edition` is empty for all editions not named.

    `confidence` is high where a collection of facts was compared, medium where only the maker's page is named.
    """

    product: str
    cycle: str
    edition: str
    label: str
    released: date | None
    ends: date | None
    extended_ends: date | None
    as_of: date
    source: str
    confidence: str = "high"

    @property
    def told(self) -> str:
        """Where the dates come from, of which day they are, and how sure, for people."""
        return f"{self.source} ({self.as_of}{'' if self.confidence == 'high' else f', {self.confidence}'})"


@dataclass(frozen=True, slots=True)
class Flaw:
    """A published flaw: versions from `since` (empty: the first) to before `before` (empty: all later ones) are affected.

    `fixed_in` is the repaired version, empty when the branch got none. Versions that hold the text
    `undecided_if` (a maker's hot fixes) cannot be told from the range alone. `release` names the
    distribution release a repair was made for (`debian 10`), empty for the maker's own versions.
    `patches` are Windows updates of which any one repairs it; then the range only tells which builds are meant.
    `confidence` is high (a published record or feed, named in `source`, was compared and agrees), medium (only the
    publisher's advisory is named; nobody compared it) or low (versions nobody could tell about from the sources).
    """

    flaw: str
    name: str
    product: str
    scheme: str
    release: str
    since: str
    before: str
    fixed_in: str
    undecided_if: str
    exploited: bool
    ransomware: bool
    patches: tuple[str, ...]
    confidence: str
    as_of: date
    source: str

    @property
    def sure(self) -> bool:
        """Whether the fact alone decides; else a person has to confirm what it says."""
        return self.confidence == "high"

    @property
    def fixed(self) -> str | None:
        """First version that is not affected, for people; None when there is none."""
        if self.patches:
            return "KB" + self.patches[0]
        return self.fixed_in or None

    def affects(self, version: str | None) -> bool | None:
        """Return whether `version` is in the range; None when it cannot be compared."""
        seen = key(self.scheme, version)
        if seen is None:
            return None
        low, high = key(self.scheme, self.since), key(self.scheme, self.before)
        inside = (low is None or seen >= low) and (high is None or seen < high)
        if inside and self.undecided_if and self.undecided_if in (version or ""):
            return None
        return inside


@dataclass(frozen=True, slots=True)
class Product:
    """A product of a device, program or package family: the words people and packages use for it, and how its versions compare.

    `kind` is device (a line's or network device), application (a program with its own support dates), package, or firmware (a device
    of which only flaws are known, from feeds). `cpe`: the names publishers of flaws use, as `vendor:product`; `{model}` stands for the
    device's model.
    """

    product: str
    kind: str
    label: str
    scheme: str
    aliases: tuple[str, ...]
    packages: re.Pattern[str] | None
    source: str
    cpe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemoteProduct:
    """A program by which somebody elsewhere can operate or reach a machine, and how it is recognised.

    Names may hold `*`. A port counts only where nobody saw which program listens there.
    """

    product: str
    label: str
    kind: str
    packages: tuple[str, ...]
    processes: tuple[str, ...]
    services: tuple[str, ...]
    interfaces: tuple[str, ...]
    ports: tuple[tuple[str, int], ...]
    source: str


def read_support(file: str, rows: Rows) -> tuple[SupportFact, ...]:
    """Read support.csv; PackError names the line."""
    return tuple(
        SupportFact(
            product=_need(file, line, row, "product"),
            cycle=_need(file, line, row, "cycle"),
            edition=row.get("edition", ""),
            label=_need(file, line, row, "label"),
            released=_day(file, line, row, "released"),
            ends=_day(file, line, row, "ends"),
            extended_ends=_day(file, line, row, "extended_ends"),
            as_of=_known_day(file, line, row, "as_of"),
            source=_need(file, line, row, "source"),
            confidence=_confidence(file, line, row.get("confidence") or "high"),
        )
        for line, row in rows
    )


def read_flaws(file: str, rows: Rows) -> tuple[Flaw, ...]:
    """Read flaws.csv; a version that its own scheme cannot read is an error."""
    return tuple(_flaw(file, line, row) for line, row in rows)


def _flaw(file: str, line: int, row: Mapping[str, str]) -> Flaw:
    scheme = _need(file, line, row, "scheme")
    if scheme not in SCHEMES:
        raise PackError(f"{file}: line {line}: scheme {scheme!r}: expected one of {', '.join(SCHEMES)}")
    for column in ("since", "before"):
        if row.get(column) and key(scheme, row[column]) is None:
            raise PackError(f"{file}: line {line}: {column} {row[column]!r} is not a {scheme} version")
    return Flaw(
        flaw=_need(file, line, row, "flaw"),
        name=row.get("name", ""),
        product=_need(file, line, row, "product"),
        scheme=scheme,
        release=row.get("release", ""),
        since=row.get("since", ""),
        before=row.get("before", ""),
        fixed_in=row.get("fixed", ""),
        undecided_if=row.get("undecided_if", ""),
        exploited=_truth(file, line, row, "exploited"),
        ransomware=_truth(file, line, row, "ransomware"),
        patches=_words(row, "patches"),
        confidence=_confidence(file, line, _need(file, line, row, "confidence")),
        as_of=_known_day(file, line, row, "as_of"),
        source=_need(file, line, row, "source"),
    )


def read_products(file: str, rows: Rows) -> tuple[Product, ...]:
    """Read products.csv; `packages` is a regular expression over package names whose group `cycle`, if any, is the version."""
    found = []
    for line, row in rows:
        scheme = _need(file, line, row, "scheme")
        if scheme not in SCHEMES:
            raise PackError(f"{file}: line {line}: scheme {scheme!r}: expected one of {', '.join(SCHEMES)}")
        try:
            packages = re.compile(row["packages"], re.IGNORECASE) if row.get("packages") else None
        except re.error as error:
            raise PackError(f"{file}: line {line}: packages: {error}") from error
        found.append(
            Product(
                product=_need(file, line, row, "product"),
                kind=_need(file, line, row, "kind"),
                label=_need(file, line, row, "label"),
                scheme=scheme,
                aliases=tuple(alias.lower() for alias in _words(row, "aliases")),
                packages=packages,
                source=_need(file, line, row, "source"),
                cpe=_words(row, "cpe"),
            )
        )
    return tuple(found)


def read_remote(file: str, rows: Rows) -> tuple[RemoteProduct, ...]:
    """Read remote_software.csv; ports are written `5900/tcp`."""
    return tuple(
        RemoteProduct(
            product=_need(file, line, row, "product"),
            label=_need(file, line, row, "label"),
            kind=_need(file, line, row, "kind"),
            packages=_words(row, "packages"),
            processes=_words(row, "processes"),
            services=_words(row, "services"),
            interfaces=_words(row, "interfaces"),
            ports=tuple(_port(file, line, word) for word in _words(row, "ports")),
            source=_need(file, line, row, "source"),
        )
        for line, row in rows
    )


def _port(file: str, line: int, word: str) -> tuple[str, int]:
    number, _, protocol = word.partition("/")
    if not number.isdigit() or not 0 < int(number) < 65536 or protocol not in ("tcp", "udp"):
        raise PackError(f"{file}: line {line}: port {word!r}: expected for example 5900/tcp")
    return protocol, int(number)


def _need(file: str, line: int, row: Mapping[str, str], column: str) -> str:
    value = (row.get(column) or "").strip()
    if not value:
        raise PackError(f"{file}: line {line}: {column} is empty: every fact needs one")
    return value


def _confidence(file: str, line: int, value: str) -> str:
    if value not in CONFIDENCE:
        raise PackError(f"{file}: line {line}: confidence {value!r}: expected one of {', '.join(CONFIDENCE)}")
    return value


def _words(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in (row.get(column) or "").split("|") if word.strip())


def _truth(file: str, line: int, row: Mapping[str, str], column: str) -> bool:
    value = row.get(column, "")
    if value not in ("yes", "no"):
        raise PackError(f"{file}: line {line}: {column} is {value!r}: expected yes or no")
    return value == "yes"


def _day(file: str, line: int, row: Mapping[str, str], column: str) -> date | None:
    text = (row.get(column) or "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PackError(f"{file}: line {line}: {column} is {text!r}: expected a day such as 2026-01-31") from error


def _known_day(file: str, line: int, row: Mapping[str, str], column: str) -> date:
    day = _day(file, line, row, column)
    if day is None:
        raise PackError(f"{file}: line {line}: {column} is empty: every fact needs the day it was as stated")
    return day
