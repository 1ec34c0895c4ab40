"""Drills of the block: the stages with a stopwatch, on the devices or only on paper, and how long it took earlier times."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from omamori.gate.ssh import SshOptions
from omamori.model.block import BlockAction
from omamori.model.text import Text
from omamori.pipeline.clock import exact_now
from omamori.pipeline.isolate_approval import Approved
from omamori.pipeline.isolate_back import BackRequest, BackResult, take_back
from omamori.pipeline.isolate_record import Record, recorded
from omamori.pipeline.isolate_run import RunRequest, RunResult, run_block
from omamori.pipeline.isolate_steps import Step
from omamori.pipeline.observer import Observer
from omamori.respond.isolate.parts import NeverBlocked


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill, or a block for real, by what was recorded: its stages with seconds; `dry`: nothing was sent."""

    session: str
    purpose: str
    began: datetime
    said_by: str
    dry: bool
    stages: tuple[tuple[int, float, bool], ...]
    """Stage, seconds, whether all of it was done."""
    undone_seconds: float | None = None
    approval: str = ""

    @property
    def seconds(self) -> float:
        """Seconds of all stages together."""
        return sum(seconds for _, seconds, _ in self.stages)


@dataclass(frozen=True, slots=True)
class Walked:
    """A drill without sending: each stage's seconds, and whether everybody was asked."""

    session: str
    stages: tuple[tuple[int, float, bool], ...]


def walk(site: Path, steps: Sequence[Step], said_by: str, ask: Callable[[Step], bool], observer: Observer) -> Walked:
    """Go through the stages without sending anything. `ask` returns whether the person did the step; the time is his.

    The record says that nothing was sent.
    """
    record, session = Record(site, observer), secrets.token_hex(6)
    told = []
    for stage, group in groupby(steps, key=lambda one: int(one.cut.stage)):
        begin, began, done = time.monotonic(), exact_now(), True
        for step in group:
            start, started = time.monotonic(), exact_now()
            did = ask(step)
            done = done and did
            record.add(_dry(session, said_by, step, stage, started, time.monotonic() - start, did=did))
        seconds = time.monotonic() - begin
        record.add(_dry(session, said_by, None, stage, began, seconds, did=done))
        told.append((stage, seconds, done))
    return Walked(session, tuple(told))


def _dry(session: str, said_by: str, step: Step | None, stage: int, began: datetime, seconds: float, *, did: bool) -> BlockAction:
    kind = "stage" if step is None else "apply" if step.table is not None else "cable"
    return BlockAction(
        session=session, purpose="drill", stage=stage, cut=step.cut.name if step else "", device=(step.cut.device or "") if step else "",
        step=kind, result="dry" if did else "refused", began=began, ended=exact_now(), seconds=round(seconds, 3), said_by=said_by,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class DrillRequest:
    """A drill on the devices, within an approval for drills."""

    site: Path
    approved: Approved
    steps: tuple[Step, ...]
    options: SshOptions
    said_by: str
    never: tuple[NeverBlocked, ...] = ()
    go: Callable[[int, Sequence[Step]], bool] = lambda stage, steps: True


def drill(request: DrillRequest, observer: Observer) -> tuple[RunResult, BackResult]:
    """Put the cuts on for real, then take all of them back at once; raises what `run_block` raises. The devices' clocks run all the same."""
    run = run_block(
        RunRequest(
            site=request.site, approved=request.approved, steps=request.steps, options=request.options, said_by=request.said_by, purpose="drill",
            never=request.never, go=request.go,
        ),
        observer,
    )  # fmt: skip
    on = tuple(one.step.cut.name for one in run.outcomes if one.result in ("done", "unknown"))
    observer.step(Text("訓練で切ったものを戻しています", "Taking back what the drill cut"))
    back = take_back(
        BackRequest(site=request.site, approved=request.approved, step="undo", options=request.options, said_by=request.said_by, cuts=on)
        if on
        else BackRequest(site=request.site, approved=request.approved, step="status", options=request.options, said_by=request.said_by),
        observer,
    )
    return run, back


def drills(site: Path, *, real: bool = False) -> tuple[Drill, ...]:
    """Return the drills that were recorded, oldest first; `real`: also blocks that were no drill."""
    sessions: dict[str, list[BlockAction]] = {}
    for one in recorded(site):
        if one.action.session and (real or one.action.purpose == "drill"):
            sessions.setdefault(one.action.session, []).append(one.action)
    found = [_drill(name, actions) for name, actions in sessions.items()]
    return tuple(sorted((one for one in found if one.stages), key=lambda one: (one.began, one.session)))


def _drill(session: str, actions: Sequence[BlockAction]) -> Drill:
    stages = sorted(
        (one for one in actions if one.step == "stage" and one.stage), key=lambda one: (one.began or datetime.max, one.stage or 0)
    )
    undone = [one.seconds or 0.0 for one in actions if one.step == "undo" and one.result == "done"]
    return Drill(
        session=session,
        purpose=actions[0].purpose,
        began=min(one.began for one in actions if one.began),
        said_by=next((one.said_by for one in actions if one.said_by), "") or "",
        dry=all(one.result in ("dry", "refused") for one in actions),
        stages=tuple((one.stage or 0, one.seconds or 0.0, one.result in ("done", "dry")) for one in stages),
        undone_seconds=sum(undone) if undone else None,
        approval=next((one.approval for one in actions if one.approval), "") or "",
    )


def before(all_drills: Sequence[Drill], one: Drill, stage: int) -> tuple[float | None, float | None]:
    """Return the seconds a stage took the last time and the best time before this drill, of drills of the same kind; None where there was none."""
    earlier = [
        seconds
        for other in all_drills[: all_drills.index(one)]
        if other.dry == one.dry
        for number, seconds, done in other.stages
        if number == stage and done
    ]
    return (earlier[-1], min(earlier)) if earlier else (None, None)


def drills_json(found: Sequence[Drill]) -> str:
    """Return the drills for a program."""
    told = [
        {
            "session": one.session, "purpose": one.purpose, "began": one.began.isoformat(timespec="seconds"), "by": one.said_by, "dry": one.dry,
            "approval": one.approval, "seconds": round(one.seconds, 2), "undone_seconds": one.undone_seconds,
            "stages": [
                {"stage": stage, "seconds": round(seconds, 2), "whole": done, "last_time": before(found, one, stage)[0],
                 "best_before": before(found, one, stage)[1]}
                for stage, seconds, done in one.stages
            ],
        }
        for one in found
    ]  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1)
