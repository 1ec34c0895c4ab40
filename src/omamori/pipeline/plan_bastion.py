"""The plan of the move to one door, from the newest judgement, as files a person reads, loads and can take back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from omamori.analyze.reach.ranges import written
from omamori.map.hospital import Hospital, Line
from omamori.map.picture import picture
from omamori.map.read import read_hospital
from omamori.model.clean import clean
from omamori.model.text import Language, Text
from omamori.pipeline.clock import local_zone
from omamori.pipeline.error import UserError
from omamori.pipeline.newest import read_newest
from omamori.pipeline.observer import Observer
from omamori.respond.bastion.document import Line as Told
from omamori.respond.bastion.document import document
from omamori.respond.bastion.facts import read_facts
from omamori.respond.bastion.order import steps
from omamori.respond.bastion.parts import Leak, Plan
from omamori.respond.bastion.plan import make_plan
from omamori.respond.bastion.target import NoSuchTarget
from omamori.respond.bastion.text import Configuration, configurations
from omamori.snapshot.database import Database
from omamori.snapshot.files import private_folder, write_whole

_NEEDED = ("entries", "reachability", "reached_services", "device_chains")


@dataclass(frozen=True, slots=True)
class BastionRequest:
    """Which site, where the door shall be (a zone, machine or address; None: chosen), the folder to write to (None: nothing is written)."""

    site: Path
    language: Language
    to: str | None = None
    out: Path | None = None
    zone: tzinfo = field(default_factory=local_zone)


@dataclass(frozen=True, slots=True)
class PathsCount:
    """Attack paths from the lines that are moved: now, and with their ways closed."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class BastionResult:
    """The plan of a snapshot, its configuration texts, its words, and the files that were written."""

    snapshot: str
    moment: datetime
    plan: Plan
    files: tuple[Configuration, ...]
    told: tuple[Told, ...]
    paths: PathsCount | None
    written: tuple[Path, ...] = ()


def plan_bastion(request: BastionRequest, observer: Observer) -> BastionResult:
    """Make the plan and write its files; raises `UserError` when nothing was judged yet or `to` means nothing.

    No machine is touched: what is written is for a person to read and load.
    """
    newest, _ = read_newest(request.site, lambda database: None)
    observer.step(Text("横の入口を、届く先まで調べています", "working out what each side door reaches"))
    moment = newest.manifest.moment
    _, (plan, files, paths, hospital) = read_newest(request.site, partial(_read, name=newest.id, moment=moment, to=request.to))
    names = _names(files)
    told = tuple(document(plan, files, names))
    result = BastionResult(newest.id, moment, plan, files, told, paths)
    if request.out is None:
        return result
    observer.step(Text("計画を書いています", "writing the plan"))
    return replace(result, written=_write(request, result, names, hospital))


def _read(
    database: Database, *, name: str, moment: datetime, to: str | None
) -> tuple[Plan, tuple[Configuration, ...], PathsCount | None, Hospital]:
    if not all(database.has(table) for table in _NEEDED):
        raise UserError(
            f"{name} は古い版で作られています。omamori check をもう一度実行してください",
            f"{name} was made by an earlier version: run omamori check again",
        )
    try:
        plan = make_plan(database, to)
    except NoSuchTarget as error:
        raise UserError(
            f"「{error}」というゾーン・機器・ゾーンの中のアドレスはありません。台帳の名前かアドレスを書いてください",
            f"{error} is no zone, no machine and no address within a zone: write a name of the ledger, or an address",
        ) from error
    files = tuple(configurations(plan.edits, read_facts(database)))
    return plan, files, _paths(database, plan, moment), read_hospital(database, moment=moment, changes=None)


def _paths(database: Database, plan: Plan, moment: datetime) -> PathsCount | None:
    """Count the attack paths of the lines now, and with every way of theirs closed that the plan closes wholly."""
    from omamori.analyze.paths.answer import answer  # loads numpy, which nobody else shall wait for
    from omamori.analyze.paths.gather import gather

    if not plan.edits or not database.has("crown_jewels"):
        return None
    parts = gather(database, moment.date())
    moved = {one.entry for side in plan.sides if not plan.outcome[side.name].left for one in side.entries}
    closed = [f"entry:{entry}" for entry in sorted(moved) if f"entry:{entry}" in parts.proposals]
    entries = {one.entry for side in plan.sides for one in side.entries}
    before, after = answer(parts), answer(parts, closed)
    return PathsCount(*(sum(path.entry in entries for path in found.paths) for found in (before, after)))


def _names(files: Sequence[Configuration]) -> dict[str, tuple[str, str]]:
    """Return device → the names of its two files: of letters any system takes, told apart by a number."""
    found = {}
    for number, one in enumerate(files, 1):
        if one.apply is not None:
            word = re.sub(r"[^\w.-]+", "-", one.device).strip("-.")[:40] or "device"
            found[one.device] = (f"{number}-{word}.apply{one.suffix}", f"{number}-{word}.undo{one.suffix}")
    return found


def _write(request: BastionRequest, result: BastionResult, names: Mapping[str, tuple[str, str]], hospital: Hospital) -> tuple[Path, ...]:
    out = request.out or Path()
    if not out.exists():
        private_folder(out)
    contents: dict[str, str] = {"plan.md": markdown(result, request.language), "plan.json": bastion_json(result)}
    for one in result.files:
        if one.device in names:
            do, undo = names[one.device]
            contents[do], contents[undo] = one.apply or "", one.undo or ""
    if result.plan.edits:
        for name, shown in (("before.svg", hospital), ("after.svg", after_the_move(hospital, result.plan))):
            contents[name] = picture(shown, request.language, "a3", request.zone)
    for name, content in contents.items():
        write_whole(out / name, content.encode())
    return tuple(out / name for name in contents)


def after_the_move(hospital: Hospital, plan: Plan) -> Hospital:
    """Return the hospital with its lines landing at the door; those nobody declared are lines then, and no doors of their own any more."""
    lines = [side for side in plan.sides if side.line and not plan.outcome[side.name].left]
    moved = {clean(side.name, 120) for side in lines}
    declared = {line.name for line in hospital.lines}
    zone = clean(plan.target.zone or "", 120)
    found = [
        Line(
            clean(side.name, 120), vendor=clean(side.entry.vendor or "", 120), device=clean(side.device, 80), lands_in=zone,
            machine=clean(side.device, 120), seen=True,
        )
        for side in lines if clean(side.name, 120) not in declared
    ]  # fmt: skip
    kept = [replace(line, lands_in=zone) if line.name in moved else line for line in hospital.lines]
    devices = {clean(side.device, 120) for side in lines}
    doors = tuple(door for door in hospital.doors if not (door.kind == "vpn" and door.machine in devices))
    return replace(hospital, lines=(*kept, *found), doors=doors)


def markdown(result: BastionResult, language: Language) -> str:
    """Return the plan as a file to read and print."""
    title = Text("入口を一つにする計画", "Plan: the move to one door")
    lines = [f"# {title.say(language)}", "", f"{result.moment.isoformat()} · {result.snapshot}", ""]
    if result.paths is not None:
        lines += [paths_line(result.paths).say(language), ""]
    for one in result.told:
        text = escaped(clean(one.text.say(language)))
        lines += [f"\n## {text}\n"] if one.level == 1 else [f"{'  ' * (one.level - 2)}- {text}"]
    return "\n".join((*lines, ""))


def paths_line(paths: PathsCount) -> Text:
    """Return what the plan does to the attack paths."""
    return Text(
        f"守るべき機器への侵入経路(これらの回線から): いま {paths.before}、計画のあと {paths.after}",
        f"Ways of an intruder to the crown jewels, from these lines: {paths.before} now, {paths.after} with the plan",
    )


def escaped(text: str) -> str:
    """Nothing a machine said becomes a link, an image or HTML in whatever shows the file."""
    return re.sub(r"([\\`*_<>\[\]|#!])", r"\\\1", text)


def bastion_json(result: BastionResult) -> str:
    """Return the plan for a program."""
    plan = result.plan
    told: dict[str, Any] = {
        "snapshot": result.snapshot,
        "moment": result.moment.isoformat(),
        "door": {
            "zone": plan.target.zone, "asset": plan.target.asset, "address": plan.target.address, "ports": list(plan.target.ports),
            "proposed": plan.target.proposed, "needs": [_both(one) for one in plan.target.needs],
        },
        "standing": [
            {"line": one.name, "state": one.state, "evidence": one.evidence, "reaches": [_leak(leak) for leak in one.leaks]} for one in plan.standing
        ],
        "lines": [_side(plan, number) for number in range(len(plan.sides))],
        "lost": [asdict(one) for one in plan.lost],
        "devices": [
            {
                "device": one.device, "system": one.system, "apply": one.apply, "undo": one.undo, "tried_on_a_real_device": one.tried,
                "by_hand": _both(one.why) if one.why else None, "going": list(plan.going.get(one.device, ())),
                "coming": [
                    {key: value for key, value in asdict(rule).items() if value not in (None, "", False)}
                    for edit in plan.edits if edit.device == one.device for rule in edit.rules
                ],
            }
            for one in result.files
        ],
        "order": [{"device": one.device, "do": _both(one.what), "test": _both(one.test), "undo": _both(one.back)} for one in steps(plan)],
        "not_planned": [one.entry for one in plan.unseen],
        "not_over_a_device": [one.entry for one in plan.elsewhere],
        "attack_paths": asdict(result.paths) if result.paths else None,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1, default=str)


def _both(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}


def _side(plan: Plan, number: int) -> dict[str, Any]:
    side = plan.sides[number]
    outcome = plan.outcome[side.name]
    return {
        "line": side.name, "vendor": side.entry.vendor, "device": side.device, "interface": side.interface, "zone": side.entry.zone,
        "moves_to_door": side.line, "declared": side.entry.declared, "entries": [one.entry for one in side.entries],
        "may_pass": [asdict(one) for one in side.passing], "may_reach_device": [asdict(one) for one in side.admitted],
        "before": {"machines": outcome.machines_before, "services": outcome.services_before, "door": outcome.to_door_before},
        "after": {
            "machines": outcome.machines_after, "services": outcome.services_after, "door": outcome.to_door,
            "not_certain": [_leak(leak) for leak in outcome.left],
        },
    }  # fmt: skip


def _leak(leak: Leak) -> dict[str, Any]:
    return {
        "addresses": written(leak.addresses), "services": leak.services, "reach": leak.reach, "through": list(leak.through),
        "rules": list(leak.rules), "doubt": leak.doubt, "evidence": leak.evidence,
    }  # fmt: skip
