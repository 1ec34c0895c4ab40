"""What the picture says of ways in: the steps in words, what takes them away, and what to do first. Lines of text, no coordinates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from omamori.map.ways_in import Change, Path, Stride, WayIn, WaysIn
from omamori.map.words import ENTRIES, JEWEL_WORDS, W
from omamori.model.look import COST_WORDS
from omamori.model.text import Language

ALL = "all"
"""Stands for every entry."""
_MOST_NAMES = 8
_MANY = 4
"""So many entries that lead to the same machines are told by their names alone."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line: its words, the style of its letters, and how far it stands in."""

    words: str
    kind: str = ""
    indent: int = 0


def chosen_ways(ways: WaysIn, wanted: str) -> tuple[WayIn, ...]:
    """Return the entries a word means: `ALL`, an entry's name, a line's, or a device's; none where it means nothing."""
    if wanted == ALL:
        return ways.entries
    exact = tuple(way for way in ways.entries if wanted in (way.name, way.line))
    return exact or tuple(way for way in ways.entries if wanted in (way.device, way.machine))


def told(ways: WaysIn, wanted: str, language: Language, lines: Mapping[str, str]) -> tuple[Told, ...]:
    """Return the lines for the entries asked for. `lines` are evidence lines by reference; one that is not there is named by its reference."""
    chosen = chosen_ways(ways, wanted)
    found = list(_supposed(ways, language))
    if not ways.entries:
        found.append(Told(W["w_unknown"].say(language), "m-soft"))
    elif len(chosen) == 1:
        found += _one(ways, chosen[0], language, lines)
        found += _changes(ways, {change for path in ways.of(chosen[0].name) if not path.cut for change in path.changes}, language)
    else:
        found.append(Told(W["w_all"].say(language), "m-strong m-ink"))
        found += _summaries(ways, chosen, language)
        found += _first(ways, language)
    return tuple(found)


def entry_head(way: WayIn, language: Language) -> str:
    """Return an entry's name with its kind, who comes in by it, and what is known of it."""
    kind = ENTRIES[way.kind].say(language) if way.kind in ENTRIES else way.kind
    parts = [kind, way.vendor, W[f"w_{way.state}"].say(language)]
    between = "、" if language == "ja" else ", "
    inner = between.join(part for part in parts if part)
    return f"{way.name}({inner})" if language == "ja" else f"{way.name} ({inner})"


def _supposed(ways: WaysIn, language: Language) -> Iterator[Told]:
    if ways.supposed:
        cut = sum(path.cut for path in ways.paths)
        names = ("、" if language == "ja" else "; ").join(one.say(language) for one in ways.supposed)
        yield Told(W["w_supposed"].say(language).format(changes=names, cut=cut, left=len(ways.paths) - cut), "m-strong")


def _one(ways: WaysIn, way: WayIn, language: Language, lines: Mapping[str, str]) -> Iterator[Told]:
    yield Told(W["w_from"].say(language).format(entry=entry_head(way, language)), "m-strong m-ink")
    paths = ways.of(way.name)
    if not paths:
        yield Told(W["w_none"].say(language), "m-soft", 1)
    before: tuple[Stride, ...] = ()
    for path in paths:
        yield Told(goal(path, language), "m-strong", 1)
        if path.cut:
            continue
        pairs = enumerate(zip(before, path.strides, strict=False))
        same = next((number for number, (one, other) in pairs if one != other), min(len(before), len(path.strides)))
        same = min(same, len(path.strides) - 1)
        if same > 0:
            yield Told(W["w_same"].say(language).format(n=same), "m-soft", 2)
        for number, step in enumerate(path.strides[max(same, 0) :], max(same, 0) + 1):
            yield from _step(ways, step, number, language, lines)
        if not path.changes:
            yield Told(W["w_uncut"].say(language), "m-soft", 2)
        before = path.strides


def _step(ways: WaysIn, step: Stride, number: int, language: Language, lines: Mapping[str, str]) -> Iterator[Told]:
    doubt = "" if step.certain else W["w_doubt"].say(language)
    yield Told(f"{number} {step.told.say(language)}{doubt}", "", 2)
    if step.evidence:
        yield Told(W["w_evidence"].say(language).format(line=lines.get(step.evidence) or step.evidence), "m-soft", 3)
    change = ways.told(step.change)
    if change is not None:
        yield Told(W["w_takes"].say(language).format(change=change.say(language)), "m-ink", 3)


def goal(path: Path, language: Language) -> str:
    """Return where a path ends, its length, and whether it is certain or cut."""
    jewel = JEWEL_WORDS[path.jewel].say(language) if path.jewel in JEWEL_WORDS else path.jewel
    words = W["w_goal"].say(language).format(asset=path.asset, jewel=jewel, n=len(path.strides))
    if path.cut:
        return f"{words}{': ' if language == 'en' else ':'}{W['w_cut'].say(language)}"
    return words if path.certain else words + W["w_possible"].say(language)


def _summaries(ways: WaysIn, chosen: Sequence[WayIn], language: Language) -> Iterator[Told]:
    """Yield where the entries lead; those that lead to the same machines are told together."""
    alike: dict[tuple[tuple[str, ...], ...], list[WayIn]] = {}
    for way in chosen:
        paths = ways.of(way.name)
        certain = [path.asset for path in paths if path.certain and not path.cut]
        possible = [path.asset for path in paths if not path.certain and not path.cut]
        alike.setdefault((tuple(certain), tuple(possible), tuple(path.asset for path in paths if path.cut)), []).append(way)
    for reached, ways_of in sorted(alike.items(), key=lambda one: (-len(one[0][0]), -len(one[0][1]), one[1][0].name)):
        between = "、" if language == "ja" else "; "
        names_of = [entry_head(way, language) for way in ways_of] if len(ways_of) < _MANY else [way.name for way in ways_of]
        yield Told(between.join(names_of), "m-strong", 1)
        heads = ("", W["w_possible_head"].say(language), f"{W['w_cut'].say(language)}: ")
        for head, names, kind in zip(heads, reached, ("", "m-soft", "m-soft"), strict=True):
            if names:
                yield Told(f"→ {head}{_names(names, language)}", kind, 2)
        if not any(reached):
            yield Told(W["w_none"].say(language), "m-soft", 2)


def _names(names: Sequence[str], language: Language) -> str:
    rest = len(names) - _MOST_NAMES
    joined = ("、" if language == "ja" else ", ").join(names[:_MOST_NAMES])
    return f"{joined} {W['more'].say(language).format(n=rest)}" if rest > 0 else joined


def _first(ways: WaysIn, language: Language) -> Iterator[Told]:
    first = [change for change in ways.first if change.told not in ways.supposed]
    if first and ways.paths:
        yield Told(W["w_first"].say(language), "m-strong m-ink")
        yield from (Told(f"{number}. {change_line(change, language)}", "", 1) for number, change in enumerate(first, 1))


def _changes(ways: WaysIn, names: Collection[str], language: Language) -> Iterator[Told]:
    found = [change for change in ways.changes if change.change in names]
    if found:
        yield Told(W["w_cheapest"].say(language), "m-strong m-ink")
        yield from (
            Told(f"- {change_line(change, language)}", "", 1) for change in sorted(found, key=lambda one: (one.rank or 999, one.change))
        )


def change_line(change: Change, language: Language) -> str:
    """Return a change in words, with what it costs and whom to ask."""
    cost = COST_WORDS[change.cost].say(language) if change.cost in COST_WORDS else change.cost
    return f"{change.told.say(language)} ({cost}, {change.who or W['w_hospital'].say(language)})"
