"""`omamori isolate undo`, `confirm`, `status`: the way back, from any machine that has the approval's file. Its time does not matter for them."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from omamori.gate.ssh import SshOptions
from omamori.gate.ssh_hold import Held
from omamori.gate.ssh_words import SshFailure
from omamori.model.block import BLOCK_STEPS, BlockAction, BlockDevice
from omamori.model.text import Text
from omamori.pipeline.clock import exact_now
from omamori.pipeline.error import UserError
from omamori.pipeline.isolate_approval import Approved
from omamori.pipeline.isolate_record import Record, recorded
from omamori.pipeline.isolate_told import because
from omamori.pipeline.observer import Observer
from omamori.respond.isolate.device import Answer, Event, OnDevice, Order, cut_id, read_answer, script

_STEPS = tuple(value.code for value in BLOCK_STEPS)


@dataclass(frozen=True, kw_only=True, slots=True)
class BackRequest:
    """Which step (undo, confirm, status), of which cuts (none: all that stand), on which devices of the approval (none: all)."""

    site: Path
    approved: Approved
    step: str
    options: SshOptions
    said_by: str
    cuts: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Back:
    """What came of a cut on a device. `outcome`: off, gone (was no longer there), kept, lost (not in the kernel any more), failed, none."""

    device: str
    cut: str
    outcome: str
    seconds: float
    on: OnDevice | None = None


@dataclass(frozen=True, slots=True)
class BackResult:
    """What came of it; `blocks` what stood on each device (before an undo), `failures` devices that did not answer.

    `as_before`: device → whether its rule set is the one from before the first cut, where nothing is cut any more.
    """

    backs: tuple[Back, ...]
    blocks: tuple[tuple[str, OnDevice], ...]
    failures: tuple[Text, ...]
    as_before: tuple[tuple[str, bool], ...]
    heard: int = 0

    @property
    def whole(self) -> bool:
        """Whether every device answered and did what was asked."""
        return not self.failures and all(one.outcome in ("off", "gone", "kept") for one in self.backs)


def take_back(request: BackRequest, observer: Observer) -> BackResult:
    """Run the step on the devices. Raises UserError for a device the approval does not name; one that fails costs only itself."""
    devices = _devices(request)
    observer.step(Text(f"機器につないでいます({len(devices)} 台)", f"Connecting to {len(devices)} device{'s' * (len(devices) != 1)}"))
    record = Record(request.site, observer)
    backs: list[Back] = []
    blocks: list[tuple[str, OnDevice]] = []
    failures: list[Text] = []
    as_before: list[tuple[str, bool]] = []
    events: list[tuple[str, Answer]] = []
    with Held(devices, request.options, observer.told) as held:
        orders = [(device.name, cut) for device in devices for cut in request.cuts or ("",)]
        for name, cut in orders:
            if name in held.failures:
                continue
            begin, began = time.monotonic(), exact_now()
            try:
                done = held.run(name, script(Order(request.step, secrets.token_hex(8), cut)))
            except SshFailure as failure:
                failures.append(failure.text)
                continue
            seconds, answer = time.monotonic() - begin, read_answer(done.stdout)
            if why := because(answer, done.stderr, name):
                failures.append(why)
                continue
            events.append((name, answer))
            blocks += [(name, one) for one in answer.blocks if (name, one) not in blocks]
            found = list(_backs(name, answer, seconds))
            backs += found
            if (same := answer.one("as_before")) != "":
                as_before.append((name, same == "yes"))
            for one in found:
                _keep(record, request, one, began)
        failures += [failure.text for failure in held.failures.values()]
    heard = sum(_hear(record, request.site, name, answer) for name, answer in events) if request.step == "status" else 0
    named = {cut_id(cut): cut for cut in request.cuts}
    told = tuple(Back(one.device, one.cut or named.get(one.on.id if one.on else "", ""), one.outcome, one.seconds, one.on) for one in backs)
    return BackResult(_once(told), tuple(blocks), tuple(failures), tuple(as_before), heard)


def _once(backs: Sequence[Back]) -> tuple[Back, ...]:
    """Of a cut that stands on one device the others say that they know of none: that is no failure."""
    done = {one.cut for one in backs if one.outcome != "none"}
    missing = {one.cut: one for one in backs if one.outcome == "none" and one.cut not in done}
    return (*(one for one in backs if one.outcome != "none"), *missing.values())


def _devices(request: BackRequest) -> tuple[BlockDevice, ...]:
    known = request.approved.file.devices
    if unknown := [name for name in request.devices if request.approved.file.device(name) is None]:
        raise UserError(
            f"機器「{unknown[0]}」は承認の devices に書かれていません", f"the device {unknown[0]} is not under `devices` of the approval"
        )
    return tuple(one for one in known if not request.devices or one.name in request.devices)


def _backs(device: str, answer: Answer, seconds: float) -> Iterator[Back]:
    on = {one.id: one for one in answer.blocks}
    gone = dict(zip(answer.said.get("off", ()), answer.said.get("was", ()), strict=False))
    for word in ("off", "kept", "lost", "failed", "none"):
        for one in answer.said.get(word, ()):
            outcome = "gone" if word == "off" and gone.get(one) == "gone" else word
            known = on.get(one)
            yield Back(device, known.cut if known else "", outcome, seconds, known or _unknown(one))


def _unknown(cut: str) -> OnDevice:
    return OnDevice(cut, "", None, "", None, None, present=False, ticking=False, restarted=False, token="", about={})


def _keep(record: Record, request: BackRequest, one: Back, began: datetime) -> None:
    if one.outcome == "none" or one.on is None:
        return
    result = "done" if one.outcome in ("off", "kept", "gone") else "failed"
    step = "gone" if one.outcome == "gone" else request.step
    action = _action(one.device, one.on.about, one.cut, one.on.stage, step, result, began, exact_now(), one.seconds)
    record.add(replace(action, said_by=request.said_by), order=one.on.token)


def _action(
    device: str, about: Any, cut: str, stage: int | None, step: str, result: str, began: datetime, ended: datetime, seconds: float | None
) -> BlockAction:
    return BlockAction(
        session=about.get("session", ""), purpose=about.get("purpose", "real"), stage=stage, cut=cut, device=device, step=step, result=result,
        began=began, ended=ended, seconds=None if seconds is None else round(seconds, 4), approval=about.get("approval"),
        approved_by=about.get("approved_by"), said_by=about.get("who"),
    )  # fmt: skip


def _hear(record: Record, site: Path, device: str, answer: Answer) -> int:
    """Keep what the device's own log tells and the site does not know yet: above all what its clock did; return how much that was."""
    known = {(one.beside.get("order", ""), one.action.step) for one in recorded(site)}
    count = 0
    for event in answer.log:
        about = answer.past.get(event.token)
        if about is None or event.what not in _STEPS or (event.token, event.what) in known or (event.token, "gone") in known:
            continue
        if event.what == "undo" and event.outcome == "gone":
            continue
        stage = about.get("stage", "")
        number = int(stage) if stage.isascii() and stage.isdigit() and len(stage) < 3 else None
        action = _action(device, about, about.get("cut", ""), number, event.what, _result(event), event.moment, event.moment, None)
        record.add(replace(action, said_by=None) if event.what in ("timer", "gone") else action, order=event.token, told_by="device")
        count += 1
    return count


def _result(event: Event) -> str:
    return "failed" if event.outcome == "failed" else "done"


def back_json(result: BackResult) -> str:
    """Return what came of it, for a program."""
    told = {
        "done": [{"device": one.device, "cut": one.cut, "outcome": one.outcome, "seconds": round(one.seconds, 4)} for one in result.backs],
        "on": [
            {
                "device": device, "cut": one.cut, "stage": one.stage, "state": one.state, "since": _said(one.since), "until": _said(one.until),
                "in_the_kernel": one.present, "clock_runs": one.ticking, "restarted_since": one.restarted, **dict(one.about),
            }
            for device, one in result.blocks
        ],
        "as_before": dict(result.as_before),
        "failures": [{"ja": text.ja, "en": text.en} for text in result.failures],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1)


def _said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
