"""What the forms of Microsoft's Security Update Guide (CVRF, CSAF) say alike: a flaw, its products and the updates that repair it, as facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from omamori.model.facts import Advisory, AdvisoryFlaw, Exploited, Fact, WindowsFix, WindowsReplaced
from omamori.parse.feeds.microsoft_words import FEED, build_of, flaw_name, replaced_numbers, update_number

_PAGE = "https://msrc.microsoft.com/update-guide/vulnerability/"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One update for some products, as the guide words it: `article` is its number, or words such as `Release Notes`."""

    article: str
    products: tuple[str, ...]
    replaces: str = ""
    kind: str = ""
    build: str = ""
    place: str = ""


@dataclass(slots=True)
class Entry:
    """A flaw of the guide. `severity` and `impact`: product → as Microsoft words it."""

    flaw: str
    title: str = ""
    component: str = ""
    published: date | None = None
    modified: date | None = None
    cvss: float | None = None
    vector: str | None = None
    exploited: bool = False
    severity: dict[str, str] = field(default_factory=dict)
    impact: dict[str, str] = field(default_factory=dict)
    remedies: list[Remedy] = field(default_factory=list)
    place: str = ""

    def scored(self, score: str | float | None, vector: str | None) -> None:
        """Take a CVSS score; of several (one for each product) the highest counts."""
        try:
            value = float(score) if score is not None else None
        except (TypeError, ValueError):
            return
        if value is not None and 0 <= value <= 10 and (self.cvss is None or value > self.cvss):
            self.cvss, self.vector = value, (vector or "").strip() or None


def said_exploited(status: str | None) -> bool:
    """Return whether an exploit status says so: `Publicly Disclosed:No;Exploited:Yes;Latest Software Release:…`."""
    return any(part.strip().lower() == "exploited:yes" for part in (status or "")[:400].split(";"))


def facts_of(entry: Entry, names: Mapping[str, str]) -> Iterator[Fact]:
    """Yield the facts of a flaw; `names`: number of a product → its name. A remedy without a number of an update is no match."""
    flaw = flaw_name(entry.flaw)
    if flaw is None:
        return
    worst = _worst(entry.severity.values())
    yield Advisory(
        advisory=flaw,
        feed=FEED,
        title=entry.title or None,
        published=entry.published,
        modified=entry.modified,
        severity=worst,
        cvss=entry.cvss,
        vector=entry.vector,
        url=_PAGE + flaw,
        place=entry.place,
    )
    yield AdvisoryFlaw(advisory=flaw, feed=FEED, flaw=flaw)
    if entry.exploited:
        yield Exploited(flaw=flaw, feed=FEED, name=entry.title or None, added=entry.published, place=entry.place)
    for remedy in entry.remedies:
        update = update_number(remedy.article)
        build = build_of(remedy.build)
        for product in remedy.products:
            name = " ".join(names.get(product, product).split())
            yield WindowsFix(
                flaw=flaw,
                feed=FEED,
                update=update,
                product=name,
                component=entry.component,
                posted=entry.published,
                severity=entry.severity.get(product),
                impact=entry.impact.get(product),
                kind=(remedy.kind if update else remedy.article) or None,
                build=build,
                place=remedy.place,
            )
            for number in replaced_numbers(remedy.replaces) if update else ():
                if number != update:
                    yield WindowsReplaced(update=update or "", replaces=number, feed=FEED, product=name, place=remedy.place)


def _worst(words: Iterable[str]) -> str | None:
    order = ("critical", "important", "moderate", "low")
    return min(words, key=lambda word: order.index(word.lower()) if word.lower() in order else len(order), default=None)
