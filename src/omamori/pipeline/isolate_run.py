"""`omamori isolate run`: puts cuts on over SSH within an approval, with a clock on each device that undoes them unless confirmed."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from omamori.gate.approval import Refused
from omamori.gate.ssh import SshOptions
from omamori.gate.ssh_hold import SESSIONS, Held, Ready
from omamori.gate.ssh_words import SshFailure
from omamori.model.block import BlockAction
from omamori.model.text import Text
from omamori.pipeline.clock import exact_now
from omamori.pipeline.error import UserError
from omamori.pipeline.isolate_approval import Approved
from omamori.pipeline.isolate_record import Record
from omamori.pipeline.isolate_steps import Step
from omamori.pipeline.isolate_told import because, cut_off, unreachable
from omamori.pipeline.observer import Observer
from omamori.respond.isolate.device import READY, Order, read_answer, script
from omamori.respond.isolate.own_way import login_of, stays
from omamori.respond.isolate.parts import NeverBlocked

MOST_READY = 4 * SESSIONS
"""Orders that wait on one device at once; more of a stage are put on the slower way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RunRequest:
    """What is put on, by whose word. `minutes` None: as long as the approval allows. `go` is asked before each stage; False ends the run.

    `rely_on_timer`: a cut may cut off the operator's own way; the device then undoes it by its clock.
    """

    site: Path
    approved: Approved
    steps: tuple[Step, ...]
    options: SshOptions
    said_by: str
    purpose: str = "real"
    minutes: int | None = None
    rely_on_timer: bool = False
    never: tuple[NeverBlocked, ...] = ()
    go: Callable[[int, Sequence[Step]], bool] = lambda stage, steps: True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a cut. `seconds` from the command to the device's answer; `reverts` by the device's clock, UTC."""

    step: Step
    result: str
    because: Text | None = None
    seconds: float = 0.0
    reverts: datetime | None = None
    token: str = ""
    began: datetime = field(default_factory=exact_now)


@dataclass(frozen=True, slots=True)
class StageTime:
    """How long a stage took, from the go to the last device's answer."""

    stage: int
    seconds: float
    cuts: int


@dataclass(frozen=True, slots=True)
class RunResult:
    """The outcomes in order, the time of each stage, and whether the operator ended it early."""

    session: str
    outcomes: tuple[Outcome, ...]
    stages: tuple[StageTime, ...]
    ended: bool = False

    @property
    def whole(self) -> bool:
        """Whether every cut that the tool was to send is on."""
        return not self.ended and all(one.result in ("done", "by hand") for one in self.outcomes)


@dataclass(frozen=True, slots=True)
class Session:
    """A run under way."""

    request: RunRequest
    held: Held
    record: Record
    observer: Observer
    session: str
    refused: dict[str, Text] = field(default_factory=dict)
    """Cut → why it cannot be put on."""
    ready: dict[str, tuple[str, Ready]] = field(default_factory=dict)
    """Cut → the order that waits for its word on the device."""


def run_block(request: RunRequest, observer: Observer) -> RunResult:
    """Put the cuts on, stage by stage. Raises Refused where the approval allows none of them, UserError; nothing was sent then.

    A cut that fails costs only itself. What was put on is recorded at once.
    """
    sent = [step for step in request.steps if step.sent]
    if not sent:
        refused = next((step.why for step in request.steps if step.why), None) or Text("切るものがありません", "there is nothing to cut")
        raise Refused(refused.ja, refused.en)
    devices = tuple({step.device.name: step.device for step in sent if step.device}.values())
    observer.step(Text(f"機器につないでいます({len(devices)} 台)", f"Connecting to {len(devices)} device{'s' * (len(devices) != 1)}"))
    with Held(devices, request.options, observer.told) as held:
        session = Session(request, held, Record(request.site, observer), observer, secrets.token_hex(6))
        session.record.approval(request.approved)
        for failure in held.failures.values():
            observer.told(failure.text)
        if len(held.failures) == len(devices):
            raise UserError(
                "どの機器にもつながりません。何も切っていません。印刷した手順で、ケーブルを抜いてください",
                "none of the devices can be reached; nothing was cut. Pull the cables, as printed",
            )
        session.refused.update(_looked(session, sent))
        return _stages(session)


def _looked(session: Session, steps: Sequence[Step]) -> dict[str, Text]:
    """Ask each device whether it would take the text, and whether the way back stays; return cut → why not."""
    session.observer.step(Text("機器に送る前の確認をしています", "Looking before anything is sent"))
    found = {}
    for number, step in enumerate(steps, 1):
        name = _name(step)
        try:
            done = session.held.run(name, script(_order(session, "check", step)))
        except SshFailure as failure:
            found[step.cut.name] = failure.text
            continue
        finally:
            session.observer.progress(number, len(steps))
        answer = read_answer(done.stdout)
        login = login_of(answer.one("client"), answer.one("via"), session.held.client(name))
        if why := because(answer, done.stderr, name):
            found[step.cut.name] = why
        elif not session.request.rely_on_timer and not stays(step.cut.crossings, session.request.never, login):
            found[step.cut.name] = cut_off(step.cut.name, login.client)
        if answer.one("flowtable"):
            session.observer.told(
                Text(
                    f"{name}: 高速転送(flowtable)に載った通信は、終わるまで止まりません",
                    f"{name}: flows carried by its flowtable do not stop before they end",
                )
            )
    return found


def _stages(session: Session) -> RunResult:
    outcomes: list[Outcome] = []
    times: list[StageTime] = []
    for stage, group in groupby(session.request.steps, key=lambda one: int(one.cut.stage)):
        steps = list(group)
        outcomes += [Outcome(step, "by hand", step.why) for step in steps if not step.sent]
        mine = [step for step in steps if step.sent]
        _make_ready(session, mine)
        if mine and not session.request.go(stage, mine):
            return RunResult(session.session, tuple(outcomes), tuple(times), ended=True)
        session.observer.step(Text(f"段階 {stage} を切っています", f"Cutting stage {stage}"))
        begin, began = time.monotonic(), exact_now()
        done = []
        for number, step in enumerate(mine, 1):
            done.append(put_on(session, step))
            session.observer.progress(number, len(mine))
        seconds = time.monotonic() - begin
        # Kept before anything else is waited for: this machine may be gone in a moment.
        for one in done:
            _keep(session, one)
        done = _way_back(session, done)
        outcomes += done
        if mine:
            times.append(StageTime(stage, seconds, sum(one.result == "done" for one in done)))
            result = "done" if all(one.result == "done" for one in done) else "failed"
            session.record.add(_action(session, "stage", stage, result, began, seconds))
    return RunResult(session.session, tuple(outcomes), tuple(times))


def put_on(session: Session, step: Step) -> Outcome:
    """Put one cut on and return what came of it."""
    request, began = session.request, exact_now()
    if (why := session.refused.get(step.cut.name)) is not None:
        return Outcome(step, "refused", why)
    allowed = request.approved.file.minutes
    minutes = min(request.minutes or allowed, allowed)
    token, waiting = session.ready.pop(step.cut.name, ("", None))
    order = _order(session, "apply", step, minutes * 60)
    try:
        # The approval may have ended since.
        request.approved.permission.check(int(step.cut.stage), step.cut.name, step.cut.device or "", step.digest, request.purpose)
        if waiting is None:
            token, prepared = order.token, script(order)
        begin = time.monotonic()
        done = session.held.run(_name(step), prepared) if waiting is None else session.held.go(waiting, f"{minutes * 60}\n".encode())
    except Refused as error:
        return Outcome(step, "refused", error.text)
    except SshFailure as failure:
        return Outcome(step, "unknown", unreachable(step.cut.name, failure.text), token=token, began=began)
    seconds = time.monotonic() - begin
    answer = read_answer(done.stdout)
    on = answer.block(step.cut.name)
    if answer.error == "on":
        return Outcome(step, "refused", because(answer, done.stderr, _name(step)), seconds, on.until if on else None)
    if why := because(answer, done.stderr, _name(step)):
        return Outcome(step, "failed" if answer.whole else "unknown", why, seconds, token=token, began=began)
    if on is None or not on.present or not on.ticking:
        return Outcome(
            step,
            "unknown",
            Text("機器の答えからは切れたと言えません", "by the device's answer it is not certain"),
            seconds,
            token=token,
            began=began,
        )
    return Outcome(step, "done", None, seconds, exact_now() + timedelta(minutes=minutes), token, began)


def _way_back(session: Session, done: list[Outcome]) -> list[Outcome]:
    """Log in anew to each device touched, as somebody would who comes to undo; a cut that cut this off is taken back at once."""
    touched = [one for one in done if one.result == "done"]
    lost = {}
    for name in dict.fromkeys(_name(one.step) for one in touched):
        session.observer.step(Text(f"{name}: 戻すための道が残っているか、確かめています", f"{name}: seeing whether the way back is left"))
        try:
            done_there = session.held.anew(name, script(Order("status", secrets.token_hex(8))), seconds=10)
        except SshFailure as failure:
            lost[name] = failure.text
            continue
        # A login alone is no way back: sudo may ask a directory that the cut took away.
        if why := because(read_answer(done_there.stdout), done_there.stderr, name):
            lost[name] = why
    kept = []
    for one in done:
        if _name(one.step) not in lost or one.result != "done":
            kept.append(one)
        elif session.request.rely_on_timer:
            session.observer.told(_by_itself(one))
            kept.append(one)
        else:
            kept.append(_taken_back(session, one))
    return kept


def _by_itself(one: Outcome) -> Text:
    return Text(
        f"{_name(one.step)}: 切ったあと、この端末からは届きません。確認(confirm)がなければ、機器が自分で戻します",
        f"{_name(one.step)}: it cannot be reached from here any more. Unless it is confirmed from elsewhere, the device undoes the cut by itself",
    )


def _taken_back(session: Session, one: Outcome) -> Outcome:
    """Undo over the held connection, where that still lives."""
    why = cut_off(one.step.cut.name, session.held.client(_name(one.step)))
    try:
        done = session.held.run(_name(one.step), script(Order("undo", secrets.token_hex(8), one.step.cut.name)), seconds=10)
        if read_answer(done.stdout).one("off"):
            action = _action(session, "undo", int(one.step.cut.stage), "done", exact_now(), 0.0, one)
            session.record.add(action, order=one.token)
            return Outcome(one.step, "refused", why, one.seconds, token=one.token, began=one.began)
    except SshFailure:
        pass
    session.observer.told(_by_itself(one))
    return one


def _order(session: Session, kind: str, step: Step, seconds: int = 0) -> Order:
    file = session.request.approved.file
    about = {"stage": str(int(step.cut.stage)), "device": _name(step), "who": session.request.said_by, "approval": file.identifier,
             "approved_by": file.approved_by, "purpose": session.request.purpose, "session": session.session}  # fmt: skip
    return Order(kind, secrets.token_hex(8), step.cut.name, step.written.apply or "", step.table, seconds, about)


def _make_ready(session: Session, steps: Sequence[Step]) -> None:
    """Let the cuts of a stage wait for their word on the devices. One that does not is put on the slower way, and told of then."""
    counted: dict[str, int] = {}
    for step in steps:
        name = _name(step)
        if step.cut.name in session.refused or counted.get(name, 0) >= MOST_READY:
            continue
        order = _order(session, "ready", step)
        try:
            found = session.held.ready(name, script(order), READY)
        except SshFailure:
            continue
        if isinstance(found, Ready):
            session.ready[step.cut.name] = order.token, found
            counted[name] = counted.get(name, 0) + 1


def _name(step: Step) -> str:
    return step.device.name if step.device else ""


def _keep(session: Session, one: Outcome) -> None:
    action = _action(session, "apply", int(one.step.cut.stage), one.result, one.began, one.seconds, one)
    target = one.step.device.ssh if one.step.device else ""
    session.record.add(action, order=one.token, text=one.step.digest, target=target)


def _action(
    session: Session, step: str, stage: int, result: str, began: datetime, seconds: float, one: Outcome | None = None
) -> BlockAction:
    file = session.request.approved.file
    return BlockAction(
        session=session.session, purpose=session.request.purpose, stage=stage, cut=one.step.cut.name if one else "",
        device=_name(one.step) if one else "", step=step, result=result, because=one.because.en[:200] if one and one.because else None,
        began=began, ended=exact_now(), seconds=round(seconds, 4), reverts=one.reverts if one and one.result == "done" else None,
        approval=file.identifier, approved_by=file.approved_by, said_by=session.request.said_by,
    )  # fmt: skip


def run_json(result: RunResult) -> str:
    """Return what came of it, for a program."""
    told = {
        "session": result.session,
        "ended_early": result.ended,
        "cuts": [
            {
                "stage": int(one.step.cut.stage), "cut": one.step.cut.name, "device": one.step.cut.device, "result": one.result,
                "because": {"ja": one.because.ja, "en": one.because.en} if one.because else None, "seconds": round(one.seconds, 4),
                "undone_at": one.reverts.isoformat(timespec="seconds") if one.reverts and one.result == "done" else None,
            }
            for one in result.outcomes
        ],
        "stages": [{"stage": one.stage, "seconds": round(one.seconds, 4), "cuts": one.cuts} for one in result.stages],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1)
