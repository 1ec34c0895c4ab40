"""How far an intruder gets at the newest judgement, and what a change would take away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omamori.model.look import Collected
from omamori.model.text import Text
from omamori.model.ways_in import CrownJewel, Entry
from omamori.pipeline.error import UserError
from omamori.pipeline.newest import read_newest
from omamori.pipeline.observer import Observer
from omamori.snapshot.database import Database

if TYPE_CHECKING:
    # These load numpy, which only the one who asks for paths shall wait for.
    from omamori.analyze.paths.answer import Answer
    from omamori.analyze.paths.answer import Path as Found
    from omamori.analyze.paths.parts import Parts


@dataclass(frozen=True, slots=True)
class PathsRequest:
    """Which site, and the changes to suppose: identifiers of changes, names of lines or entries, rules of devices."""

    site: Path
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreached:
    """A crown jewel no way of an entry was found to; `reason` says why that could not be told, None where everything was seen."""

    entry: str
    asset: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class PathsResult:
    """The ways as they are, and as they would be with the changes supposed (the same where none are)."""

    snapshot: str
    moment: datetime
    entries: tuple[Entry, ...]
    jewels: Mapping[str, CrownJewel]
    before: Answer
    after: Answer
    supposed: tuple[str, ...]
    unreached: tuple[Unreached, ...]
    entries_known: bool

    @property
    def removed(self) -> tuple[Found, ...]:
        """The paths the supposed changes take away."""
        left = {(path.entry, path.asset) for path in self.after.paths}
        return tuple(path for path in self.before.paths if (path.entry, path.asset) not in left)


def find_paths(request: PathsRequest, observer: Observer) -> PathsResult:
    """Return the paths of the site's newest snapshot. Raises `UserError` when nothing was judged yet or a change is not known."""
    newest, _ = read_newest(request.site, lambda database: None)
    observer.step(Text("侵入の経路をたどっています", "following the ways of an intruder"))
    moment = newest.manifest.moment
    _, result = read_newest(request.site, partial(_ask, name=newest.id, moment=moment, without=request.without))
    return result


def _ask(database: Database, *, name: str, moment: datetime, without: Sequence[str]) -> PathsResult:
    from omamori.analyze.paths.answer import answer
    from omamori.analyze.paths.gather import gather

    if not all(database.has(table) for table in ("entries", "reached_services", "crown_jewels")):
        raise UserError(
            f"{name} は古い版で作られています。omamori check をもう一度実行してください",
            f"{name} was made by an earlier version: run omamori check again",
        )
    parts = gather(database, moment.date())
    entries = tuple(sorted(database.rows("entries"), key=lambda one: one.entry))
    supposed = tuple(dict.fromkeys(change for word in without for change in named(word, parts, entries)))
    before = answer(parts)
    after = answer(parts, supposed) if supposed else before
    looks = {look.asset: look for look in database.rows("collected", table_name="attack_paths")}
    known = any(look.complete for look in database.rows("collected", table_name="entries"))
    return PathsResult(
        snapshot=name,
        moment=moment,
        entries=entries,
        jewels={row.asset: row for row in database.rows("crown_jewels")},
        before=before,
        after=after,
        supposed=supposed,
        unreached=tuple(_unreached(parts, after, looks)),
        entries_known=known,
    )


def named(word: str, parts: Parts, entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the changes a word means: an identifier, an entry, a line, a rule or `DEVICE CHAIN: RULE`; `UserError` when it means none."""
    if word in parts.proposals:
        return (word,)
    lines = tuple(f"entry:{one.entry}" for one in entries if word in (one.entry, one.line))
    if lines:
        return lines
    rules = tuple(name for name in parts.proposals if name.startswith("rule:") and word in (name, name[5:], name.rpartition(": ")[2]))
    if rules:
        return rules
    near = sorted(name for name in parts.proposals if word.lower() in name.lower())[:5]
    ja = f"「{word}」という変更・回線・規則はありません。" + (
        f"もしかして: {'、'.join(near)}" if near else "omamori paths で一覧を見てください"
    )
    en = f"no change, line or rule is called {word}; " + (f"did you mean {', '.join(near)}?" if near else "omamori paths lists them")
    raise UserError(ja, en)


def _unreached(parts: Parts, found: Answer, looks: Mapping[str, Collected]) -> Iterable[Unreached]:
    reached = {(path.entry, path.asset) for path in found.paths}
    for entry in parts.entries:
        for asset in sorted(parts.jewels):
            if (entry, asset) not in reached:
                look = looks.get(asset)
                seen = look is not None and look.complete
                yield Unreached(entry, asset, None if seen else (look.reason if look is not None else None) or "not_collected")


def paths_json(result: PathsResult) -> str:
    """Return the result for a program."""
    told = {
        "snapshot": result.snapshot,
        "moment": result.moment.isoformat(),
        "without": list(result.supposed),
        "entries": [_entry(result, one) for one in result.entries],
        "changes": [
            {
                "change": one.proposal.change,
                "told": {"ja": one.proposal.ja, "en": one.proposal.en},
                "cost": one.proposal.cost,
                "who": one.proposal.vendor,
                "cuts": one.cuts,
                "rank": one.rank,
                "evidence": one.proposal.evidence,
            }
            for one in result.after.changes
        ],
        "cheapest": {"cost": result.after.cost, "at_least": result.after.at_least, "exact": result.after.exact},
        "not_cut_by_any_change": [{"entry": entry, "asset": asset} for entry, asset in result.after.uncut],
        "removed": [{"entry": path.entry, "asset": path.asset} for path in result.removed],
        "not_reached": [{"entry": one.entry, "asset": one.asset, "could_not_be_told": one.reason} for one in result.unreached],
        "jewels": [
            {"asset": one.asset, "jewel": one.jewel, "recognised_by": one.recognised_by, "detail": one.detail, "certain": one.certain}
            for _, one in sorted(result.jewels.items())
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _entry(result: PathsResult, entry: Entry) -> dict[str, Any]:
    return {
        "entry": entry.entry,
        "kind": entry.kind,
        "line": entry.line,
        "vendor": entry.vendor,
        "paths": [_path(path) for path in result.after.paths if path.entry == entry.entry],
    }


def _path(path: Found) -> dict[str, Any]:
    return {
        "asset": path.asset,
        "jewel": path.jewel,
        "certain": path.certain,
        "changes": list(path.changes),
        "steps": [
            {
                "start": step.start,
                "asset": step.asset,
                "kind": step.kind,
                "service": step.service or None,
                "told": {"ja": step.told.ja, "en": step.told.en},
                "certain": step.certain,
                "change": step.change,
                "evidence": step.evidence,
            }
            for step in path.steps
        ],
    }
