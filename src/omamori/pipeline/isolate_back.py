"""`omamori isolate undo`, `confirm`, `status`: the way back, from any machine that has the approval's file. Its time does not matter for them."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from omamori.gate.ssh import SshOptions
from omamori.gate.ssh_hold import Held
from omamori.gate.ssh_words import SshFailure
from omamori.model.block import BlockAction, BlockDevice
from omamori.model.text import Text
from omamori.pipeline.clock import exact_now
from omamori.pipeline.error import UserError
from omamori.pipeline.isolate_approval import Approved
from omamori.pipeline.isolate_heard import hear
from omamori.pipeline.isolate_record import Record
from omamori.pipeline.isolate_told import because
from omamori.pipeline.observer import Observer
from omamori.respond.isolate.device import Answer, OnDevice, Order, by_our_clock, read_answer, script
from omamori.respond.isolate.names import plainly

_FAR = timedelta(minutes=1)
"""A clock that is so far off is told."""


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
    """What came of a cut on a device. `outcome`: off, gone (was no longer there), kept, lost (not in the kernel any more), failed, none,
    unknown (none, but another device did not answer). `asked`: the word it was asked for by."""

    device: str
    cut: str
    outcome: str
    seconds: float
    on: OnDevice | None = None
    asked: str = ""


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
    found = _Found()
    with Held(devices, request.options, observer.told) as held:
        names = [device.name for device in devices if device.name not in held.failures]
        # All at once: one that hangs must not keep the others cut.
        with ThreadPoolExecutor(max(1, len(names))) as pool:
            for _ in pool.map(lambda name: _one(request, held, name, found, record, observer), names):
                pass
        found.backs.sort(key=lambda one: names.index(one.device))
        found.blocks.sort(key=lambda one: names.index(one[0]))
        found.failures += [failure.text for failure in held.failures.values()]
    return BackResult(
        _once(found.backs, sure=not found.failures), tuple(found.blocks), tuple(found.failures), tuple(found.as_before), found.heard
    )


@dataclass(slots=True)
class _Found:
    """What came of it so far; written to with the lock held."""

    backs: list[Back] = field(default_factory=list)
    blocks: list[tuple[str, OnDevice]] = field(default_factory=list)
    failures: list[Text] = field(default_factory=list)
    as_before: list[tuple[str, bool]] = field(default_factory=list)
    heard: int = 0
    lock: Lock = field(default_factory=Lock)


def _one(request: BackRequest, held: Held, name: str, found: _Found, record: Record, observer: Observer) -> None:
    """Do the step on a device. Where cuts are named it is asked first what stands there: a person types a stage, or a name in another case."""
    cuts = {"": ""}
    if request.cuts:
        asked = _asked(held, name, Order("status", secrets.token_hex(8)), found)
        if asked is None:
            return
        with found.lock:
            found.blocks += [(name, one) for one in asked[0].blocks]
            found.backs += [Back(name, word, "none", asked[1], asked=word) for word in request.cuts if not meant_by(word, asked[0])]
        cuts = {cut: word for word in request.cuts for cut in meant_by(word, asked[0])}
    for cut, word in cuts.items():
        began = exact_now()
        done = _asked(held, name, Order(request.step, secrets.token_hex(8), cut), found)
        if done is not None:
            with found.lock:
                _came(request, name, (cut, word), done, began, found, record, observer)


def _came(
    request: BackRequest, name: str, order: tuple[str, str], done: tuple[Answer, float], began: datetime, found: _Found, record: Record,
    observer: Observer,
) -> None:  # fmt: skip
    """Keep what a device answered. In: the order's cut and the word it was asked for by, the answer and the seconds it took."""
    answer, ahead = by_our_clock(done[0], exact_now())
    if abs(ahead) >= _FAR:
        observer.told(_other_clock(name, ahead.total_seconds()))
    known = {one.id for device, one in found.blocks if device == name}
    found.blocks += [(name, one) for one in answer.blocks if one.id not in known]
    for one in _backs(name, order[0], answer, done[1]):
        found.backs.append(replace(one, asked=order[1]))
        _keep(record, request, one, began)
    if (same := answer.one("as_before")) != "":
        found.as_before.append((name, same == "yes"))
    if request.step == "status":
        found.heard += hear(record, request.site, name, answer, exact_now(), request.said_by)


def _asked(held: Held, name: str, order: Order, found: _Found) -> tuple[Answer, float] | None:
    """Return the whole answer and the seconds it took; None where there was none, which is told."""
    begin = time.monotonic()
    try:
        done = held.run(name, script(order))
    except SshFailure as failure:
        found.failures.append(failure.text)
        return None
    answer = read_answer(done.stdout)
    if why := because(answer, done.stderr, name):
        found.failures.append(why)
        return None
    return answer, time.monotonic() - begin


def meant_by(word: str, answer: Answer) -> tuple[str, ...]:
    """Return the names of the cuts that stand on a device and that a word means: a stage (1 to 5), a name in any case, `all`."""
    said = plainly(word)
    names = [one.cut for one in answer.blocks if said == str(one.stage) or said in (plainly(one.cut), "all")]
    return tuple(dict.fromkeys(name for name in names if name))


def _other_clock(name: str, seconds: float) -> Text:
    minutes = max(1, round(abs(seconds) / 60))
    ja, en = ("進んで", "fast") if seconds > 0 else ("遅れて", "slow")
    return Text(
        f"{name} の時計は約 {minutes} 分{ja}います。時刻はこの端末の時計に直して示します",
        f"the clock of {name} is about {minutes} min {en}; moments are shown by the clock of this machine",
    )


def _once(backs: Sequence[Back], *, sure: bool) -> tuple[Back, ...]:
    """Of a cut that stands on one device the others say that they know of none: that is no failure. Where a device did not answer, none is not known."""
    done = {one.asked for one in backs if one.outcome != "none"}
    missing = {one.asked: one for one in backs if one.outcome == "none" and one.asked not in done}
    told = missing.values() if sure else (replace(one, outcome="unknown") for one in missing.values())
    return (*(one for one in backs if one.outcome != "none"), *told)


def _devices(request: BackRequest) -> tuple[BlockDevice, ...]:
    known = request.approved.file.devices
    if unknown := [name for name in request.devices if request.approved.file.device(name) is None]:
        raise UserError(
            f"機器「{unknown[0]}」は承認の devices に書かれていません", f"the device {unknown[0]} is not under `devices` of the approval"
        )
    return tuple(one for one in known if not request.devices or one.name in request.devices)


def _backs(device: str, cut: str, answer: Answer, seconds: float) -> Iterator[Back]:
    on = {one.id: one for one in answer.blocks}
    gone = dict(zip(answer.said.get("off", ()), answer.said.get("was", ()), strict=False))
    for word in ("off", "kept", "lost", "failed", "none"):
        for one in answer.said.get(word, ()):
            outcome = "gone" if word == "off" and gone.get(one) == "gone" else word
            known = on.get(one)
            yield Back(device, known.cut if known else cut, outcome, seconds, known or _unknown(one))


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
        session=about.get("session", ""), purpose="drill" if about.get("purpose") == "drill" else "real", stage=stage, cut=cut, device=device, step=step, result=result,
        began=began, ended=ended, seconds=None if seconds is None else round(seconds, 4), approval=about.get("approval"),
        approved_by=about.get("approved_by"), said_by=about.get("who"),
    )  # fmt: skip


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
