"""The hardening plan of the newest judgement, as files a person reads, runs and can take back; and how its promises stand later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from omamori.model.text import Language, Text
from omamori.pipeline.clock import local_zone
from omamori.pipeline.error import UserError
from omamori.pipeline.newest import read_newest
from omamori.pipeline.observer import Observer
from omamori.respond.harden.document import document, folded
from omamori.respond.harden.facts import Facts, read_facts
from omamori.respond.harden.kept_rules import kept_rights, kept_rules
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.page import render_page
from omamori.respond.harden.parts import File, Plan, Promise
from omamori.respond.harden.plan import NoSuchGroup, make_plan
from omamori.respond.harden.registry import KINDS
from omamori.respond.harden.verify import STATES, Kept, verify
from omamori.respond.harden.write.registry import writable, write_files
from omamori.respond.told import Line
from omamori.snapshot.database import Database
from omamori.snapshot.files import private_folder, write_whole
from omamori.snapshot.site import Site

_NEEDED = ("assets", "hosts", "verdicts", "collected", "ledger_assets", "vendor_answers", "declared_backups", "backup_media")
_FORM = "omamori harden 1"
TITLES = {kind.name: kind.title for kind in KINDS}


@dataclass(frozen=True, slots=True)
class HardenRequest:
    """Which site, for which machines (words of `group_of`), which kinds of measure (none: all), and where to write (None: nothing).

    `days`: how far back traffic counts as use.
    """

    site: Path
    language: Language
    group: tuple[str, ...] = ("all",)
    kinds: tuple[str, ...] = ()
    days: int = 30
    out: Path | None = None
    zone: tzinfo = field(default_factory=local_zone)


@dataclass(frozen=True, slots=True)
class HardenResult:
    """The plan, its words, its files and those that were written."""

    plan: Plan
    told: tuple[Line, ...]
    files: tuple[File, ...]
    written: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """A plan's promises held against a later judgement."""

    snapshot: str
    moment: datetime
    planned: datetime
    kept: tuple[Kept, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many promises stand how, in the order of `STATES`."""
        return {state: sum(one.state == state for one in self.kept) for state in STATES}


def harden(request: HardenRequest, observer: Observer) -> HardenResult:
    """Make the plan and write its files; `UserError` when nothing was judged yet or a word names nobody. No machine is touched."""
    kinds = _kinds(request.kinds)
    if request.out is not None and (request.out / "plan.json").exists():
        # Its undo files and promises belong to machines that may have been changed, and a machine may be in it that must not be by now.
        raise UserError(
            f"「{request.out}」には前の計画があります。別のフォルダーを選んでください(前の計画は、戻すときと --verify に要ります)",
            f"{request.out} holds an earlier plan: choose another folder (the earlier one is needed to undo, and for --verify)",
        )
    newest, _ = read_newest(request.site, lambda database: None)
    observer.step(Text("計画を作っています", "making the plan"))
    read = partial(_read, request=request, name=newest.id, moment=newest.manifest.moment, kinds=kinds)
    _, plan = read_newest(request.site, read)
    plan = replace(plan, measures=writable(plan.measures))
    files = write_files(plan.measures)
    told = document(plan, TITLES, files)
    result = HardenResult(plan, told, files)
    if request.out is None:
        return result
    observer.step(Text("計画を書いています", "writing the plan"))
    return replace(result, written=_write(request, result))


def _kinds(names: Sequence[str]) -> tuple[Kind, ...]:
    known = {kind.name: kind for kind in KINDS}
    for name in names:
        if name not in known:
            raise UserError(
                f"「{name}」という対策はありません。あるのは: {'、'.join(known)}", f"{name} is no measure; there are: {', '.join(known)}"
            )
    return tuple(known[name] for name in names) or KINDS


def _read(database: Database, *, request: HardenRequest, name: str, moment: datetime, kinds: Sequence[Kind]) -> Plan:
    if not all(database.has(table) for table in _NEEDED):
        raise UserError(
            f"{name} は古い版で作られています。omamori check をもう一度実行してください",
            f"{name} was made by an earlier version: run omamori check again",
        )
    try:
        return make_plan(facts_of(request.site, database, moment, request.days), name, request.group, kinds)
    except NoSuchGroup as error:
        raise UserError(
            f"「{error}」に当たる機器はありません。all、pcs、servers、zone:ゾーン名、domain:ドメイン名、vendor:業者名、または機器の名前を書いてください",
            f"{error} names no machine: write all, pcs, servers, zone:NAME, domain:NAME, vendor:NAME or a machine's name",
        ) from error


def facts_of(site: Path, database: Database, moment: datetime, days: int = 30) -> Facts:
    """Return what plans are made from: a judged snapshot, and what its evidence says word for word of rules and rights."""
    store = Site(site).evidence
    return read_facts(database, moment, days, rules=kept_rules(database, store), rights=kept_rights(database, store))


def _write(request: HardenRequest, result: HardenResult) -> tuple[Path, ...]:
    out = request.out or Path()
    if not out.exists():
        private_folder(out)
    page = render_page(result.plan, TITLES, result.files, request.language, request.zone)
    contents = {"plan.html": page.encode(), "plan.json": plan_json(result).encode()}
    contents |= {one.name: one.content for one in result.files}
    for name, content in contents.items():
        path = out / name
        if not path.parent.exists():
            private_folder(path.parent)
        write_whole(path, content)
    return tuple(out / name for name in contents)


def plan_json(result: HardenResult) -> str:
    """Return the plan for a program, and for `verify_plan`."""
    plan = result.plan
    told: dict[str, Any] = {
        "form": _FORM,
        "snapshot": plan.snapshot,
        "moment": plan.moment.isoformat(),
        "group": plan.group,
        "machines": [one.asset for one in plan.machines],
        "unseen": list(plan.unseen),
        "measures": [_measure(one) for one in folded(plan.measures)],
        "promises": [asdict(promise) for promise in dict.fromkeys(p for one in plan.measures for p in one.promises)],
        "questions": [
            {"kind": one.kind, "machine": one.machine.asset, "vendor": one.machine.vendor, "ask": asdict(one.ask)} for one in plan.questions
        ],
        "left": [{"kind": one.kind, "machine": one.machine.asset, "why": asdict(one.why)} for one in plan.left],
        "observed": [
            {
                "machine": one.machine, "days": one.days, "looks": one.looks,
                "since": one.since.isoformat() if one.since else None, "until": one.until.isoformat() if one.until else None,
            }
            for one in plan.observed
        ],
        "files": [one.name for one in result.files],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _measure(one: Any) -> dict[str, Any]:
    return {
        "kind": one.kind, "what": asdict(one.what), "why": asdict(one.why), "stops": asdict(one.stops), "machines": list(one.machines),
        "checks": list(one.checks), "by_hand": one.by_hand, "menu": asdict(one.menu), "notes": [asdict(note) for note in one.notes],
        "evidence": list(one.evidence),
    }  # fmt: skip


def verify_plan(site: Path, plan: Path, observer: Observer) -> Verified:
    """Hold a written plan (its `plan.json`) against the newest judgement; `UserError` where the file is no plan."""
    planned, promises = _promises(plan)
    observer.step(Text("約束と照らしています", "holding the plan's promises against the newest look"))
    newest, kept = read_newest(site, lambda database: verify(database, promises, planned))
    return Verified(newest.id, newest.manifest.moment, planned, kept)


def _promises(path: Path) -> tuple[datetime, tuple[Promise, ...]]:
    try:
        held = json.loads(path.read_bytes())
        if held["form"] != _FORM:
            raise ValueError(held["form"])
        promises = tuple(Promise(str(one["check"]), str(one["subject"]), str(one["key"]), str(one["evidence"])) for one in held["promises"])
        return datetime.fromisoformat(held["moment"]), promises
    except OSError as error:
        raise UserError(f"「{path}」が読めません: {error.strerror}", f"cannot read {path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError(
            f"「{path}」は計画のファイルではありません。omamori harden --out で書かれた plan.json を選んでください",
            f"{path} is no plan: choose the plan.json that omamori harden --out wrote",
        ) from error


def verified_json(result: Verified) -> str:
    """Return the result of `verify_plan` for a program."""
    told = {
        "snapshot": result.snapshot,
        "moment": result.moment.isoformat(),
        "planned": result.planned.isoformat(),
        "counts": dict(result.counts),
        "promises": [asdict(one.promise) | {"state": one.state, "why": asdict(one.why), "seen_in": one.evidence} for one in result.kept],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
