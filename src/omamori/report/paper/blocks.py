"""What a paper is made of. Typst prints it and Word gets it to edit: both from the same blocks, so that they cannot differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from omamori.model.text import Language, Text


@dataclass(frozen=True, slots=True)
class Gap:
    """Something nobody filled in yet: what it is. Shown marked, as 「未記入: …」."""

    what: Text


Cell = str | Text | Gap


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 or 2."""

    text: Cell
    level: int = 1


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of parts in a row. `quiet` is small print."""

    parts: tuple[Cell, ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with numbers where the order counts; every item is a row of parts."""

    items: tuple[tuple[Cell, ...], ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `widths` are shares of the line, one for each column; a `whole` one stands on one page, a `tall` one has room to write in."""

    columns: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    whole: bool = False
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Station:
    """A box of the call diagram: who, by what name and number."""

    duty: Cell
    name: Cell
    phone: Cell


@dataclass(frozen=True, slots=True)
class Calls:
    """Who calls whom: `chain` inside the hospital from first to last, then the groups outside with their stations."""

    chain: tuple[Station, ...]
    outside: tuple[tuple[Text, tuple[Station, ...]], ...]


@dataclass(frozen=True, slots=True)
class Boxes:
    """A few stations side by side."""

    stations: tuple[Station, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two boxes that stand against each other: what to do, what to leave. `warns`: the second kind."""

    title: Text
    items: tuple[Text, ...]
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """Boxes side by side that are read from a distance."""

    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A cable to cut: `kind` (of `CUT_KINDS`) and `name` of what is cut off, on which device and port, which cable, in which room, who may, what stops by it."""

    kind: str
    name: Cell
    device: Cell
    port: Cell
    cable: Cell
    room: Cell
    who: Cell
    stops: Cell


@dataclass(frozen=True, slots=True)
class Cuts:
    """The cables in the order in which they are cut, drawn: the network, the cable with scissors, what is cut off. `words` are its labels."""

    cuts: tuple[Cut, ...]
    kinds: Mapping[str, Text]
    words: Mapping[str, Text]


Block = Heading | Para | Items | Grid | Calls | Boxes | Sides | Cuts


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its short name, title, how it came about, and its blocks. `wide` papers lie on their side; `wall` papers hang there: narrow margins, no long preface."""

    name: str
    title: Text
    about: tuple[Cell, ...]
    blocks: tuple[Block, ...]
    wide: bool = False
    wall: bool = False


MISSING = Text("未記入", "to be filled in")
_KINDS = {Heading: "heading", Para: "para", Items: "items", Grid: "grid", Calls: "calls", Boxes: "boxes", Sides: "sides", Cuts: "cuts"}
_PARTS = (Station, Side, Cut)


def gap(ja: str, en: str) -> Gap:
    """Return a gap."""
    return Gap(Text(ja, en))


def filled(value: object, ja: str, en: str) -> Cell:
    """Return what a person wrote, or the gap it leaves."""
    return str(value) if value not in (None, "") else gap(ja, en)


def gaps_in(value: Any) -> int:
    """Return how many gaps are left in a paper or a part of one."""
    if isinstance(value, Gap):
        return 1
    if isinstance(value, (tuple, list)):
        return sum(gaps_in(one) for one in value)
    if isinstance(value, (Station, Cut)):
        return gaps_in(tuple(getattr(value, name) for name in value.__slots__))
    parts = {
        Paper: lambda: gaps_in(value.blocks),
        Heading: lambda: gaps_in(value.text),
        Para: lambda: gaps_in(value.parts),
        Items: lambda: gaps_in(value.items),
        Grid: lambda: gaps_in(value.rows),
        Boxes: lambda: gaps_in(value.stations),
        Cuts: lambda: gaps_in(value.cuts),
        Calls: lambda: gaps_in(value.chain) + gaps_in([stations for _, stations in value.outside]),
    }
    return parts[type(value)]() if type(value) in parts else 0


def spoken(value: Any, language: Language) -> Any:
    """Return a block, a cell or several in one language, as what JSON can hold; a gap is `{"gap": words}`."""
    if isinstance(value, Text):
        return value.say(language)
    if isinstance(value, Gap):
        return {"gap": f"{MISSING.say(language)}: {value.what.say(language)}"}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [spoken(one, language) for one in value]
    if type(value) in _KINDS or isinstance(value, _PARTS):
        held = {name: spoken(getattr(value, name), language) for name in value.__slots__}
        return held | ({"kind": _KINDS[type(value)]} if type(value) in _KINDS else {})
    if isinstance(value, Mapping):
        return {key: spoken(inner, language) for key, inner in value.items()}
    return value
