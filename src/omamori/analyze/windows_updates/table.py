"""Reads from the attached facts what Microsoft's table says of some products: its updates, and which replace which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from omamori.analyze.windows_updates.products import Products
from omamori.knowledge.version import key
from omamori.snapshot.database import Database


@dataclass(frozen=True, slots=True)
class Update:
    """One update of a product: what it closes, and the build it brings the machine to where the pack knows it.

    `posted`: the day most of its rows are of, since a row is dated anew when its flaw is described anew. `own`: whether the table
    names it for this architecture, not only for others of the same version. `products`: as the table writes them.
    """

    number: str
    posted: date
    flaws: frozenset[str] = frozenset()
    own: bool = True
    title: str | None = None
    kind: str = ""
    build: str | None = None
    components: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    feed: str = ""
    place: str = ""

    @property
    def build_key(self) -> tuple[int, ...] | None:
        """The build as numbers."""
        return key("windows", self.build)


@dataclass(frozen=True, slots=True)
class Updates:
    """The updates of a product by number, and update → what it replaces."""

    known: Mapping[str, Update]
    replaces: Mapping[str, frozenset[str]] = field(default_factory=dict)
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Where the pack says that an update replaces another."""


def joined(one: Updates, other: Updates) -> Updates:
    """Return the updates of both; of an update in both the flaws, components and products of both."""
    known = {**one.known, **other.known}
    for number in one.known.keys() & other.known.keys():
        first, second = one.known[number], other.known[number]
        known[number] = replace(
            second,
            flaws=first.flaws | second.flaws,
            components=first.components | second.components,
            products=first.products | second.products,
        )
    return Updates(known, {**one.replaces, **other.replaces}, {**one.places, **other.places})


_UPDATES = """
with asked as (select unnest($own::varchar[]) as product, true as own union all select unnest($others::varchar[]), false),
found as (
    select update, own, product, posted, flaw, title, kind, build, build_key, component, feed, place
    from facts.windows_fixes join asked using (product) where update is not null and posted is not null
), days as (
    -- Of days that are named equally often the earliest.
    select update, arg_max(posted, rows * 100000 - date_diff('day', date '1970-01-01', posted)) as posted
    from (select update, posted, count(*) as rows from found group by update, posted) group by update
)
select f.update, bool_or(own) as own, any_value(d.posted) as posted,
  list(distinct flaw) filter (flaw is not null and own) as flaws,
  list(distinct flaw) filter (flaw is not null and not own) as flaws_elsewhere,
  min(title) as title, max(kind) as kind, arg_max(build, build_key) filter (starts_with(build, $branch)) as build,
  list(distinct component) as components, list(distinct product) as products, min(feed) as feed, min(place) as place
from found f join days d using (update)
group by f.update order by f.update
"""


def read_updates(database: Database, own: Sequence[str], others: Sequence[str] = (), branch: str = "") -> Updates:
    """Return the updates of the products `own`, with those named only for `others`; `branch`: builds that count begin with it."""
    words: dict[str, str] = {}
    known = {}
    for number, mine, posted, flaws, elsewhere, title, kind, build, components, products, feed, place in database.select(
        _UPDATES, {"own": list(own), "others": list(others), "branch": f"{branch}."}
    ):
        known[number] = Update(
            number=number,
            posted=posted,
            flaws=frozenset(words.setdefault(flaw, flaw) for flaw in (flaws if mine else elsewhere) or ()),
            own=bool(mine),
            title=title,
            kind=kind or "",
            build=build,
            components=frozenset(components or ()),
            products=frozenset(words.setdefault(product, product) for product in products or ()),
            feed=feed or "",
            place=place or "",
        )
    replaces: dict[str, set[str]] = defaultdict(set)
    places = {}
    query = (
        "select update, replaces, min(place) from facts.windows_replaced "
        "where product in (select unnest($names::varchar[])) group by update, replaces"
    )
    for newer, older, place in database.select(query, {"names": [*own, *others]}):
        replaces[newer].add(older)
        places[newer, older] = place or ""
    return Updates(known, {newer: frozenset(older) for newer, older in replaces.items()}, places)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the whole table knows: its products, every number in it, the day of its newest row, and products with an update of no day."""

    products: Products
    numbers: frozenset[str]
    newest: date | None
    undated: frozenset[str] = frozenset()

    @classmethod
    def read(cls, database: Database, installed: Collection[str], today: date | None = None) -> Numbers:
        """Read the names of products and, of the numbers `installed`, those the table knows at all.

        A row dated after `today` (a slip of the pen, or a moment of the past) makes the table no newer than it is.
        """
        names = tuple(str(name) for (name,) in database.select("select distinct product from facts.windows_fixes where update is not null"))
        query = (
            "select distinct i.number from (select unnest($installed::varchar[]) as number) i where i.number in (select update from "
            "facts.windows_fixes) or i.number in (select replaces from facts.windows_replaced)"
        )
        known = frozenset(str(number) for (number,) in database.select(query, {"installed": sorted(installed)}))
        days = "select coalesce(max(posted) filter ($today is null or posted <= $today), min(posted)) from facts.windows_fixes"
        newest = database.select(days, {"today": today})[0][0]
        query = (
            "select distinct product from (select product, update from facts.windows_fixes where update is not null "
            "group by product, update having count(posted) = 0)"
        )
        return cls(Products(names), known, newest, frozenset(str(product) for (product,) in database.select(query)))
