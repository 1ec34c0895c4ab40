"""What a device told when it was asked, kept in the record: what its clock did, and that a cut the record holds for on is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from omamori.model.block import BlockAction
from omamori.pipeline.isolate_record import Record, Recorded, recorded
from omamori.pipeline.isolate_standing import left_on
from omamori.respond.isolate.device import Answer, Event

_HEARD = ("apply", "confirm", "undo", "timer", "gone")
"""Steps a device's log may tell of; whatever else stands there is nobody's step."""
_PURPOSES = ("real", "drill")


def hear(record: Record, site: Path, device: str, answer: Answer, now: datetime, said_by: str) -> int:
    """Keep what the site does not know yet; return how much that was. In: an answer to `status`, its moments by our clock, and when it came.

    A cut that is on by the record and not by the device is over, whether a restart, somebody else or nobody ever put it on: without that it
    would be told as on for ever.
    """
    known = list(recorded(site))
    steps = {(one.beside.get("order", ""), one.action.step) for one in known}
    found = [*_log(device, answer, steps), *_over(known, device, answer, steps, now, said_by)]
    for action, order in found:
        record.add(action, order=order, told_by="device")
    return len(found)


def _log(device: str, answer: Answer, steps: set[tuple[str, str]]) -> Iterator[tuple[BlockAction, str]]:
    for event in answer.log:
        about = answer.past.get(event.token)
        if about is None or event.what not in _HEARD or (event.token, event.what) in steps or (event.token, "gone") in steps:
            continue
        if event.what == "undo" and event.outcome == "gone":
            continue
        steps.add((event.token, event.what))
        # Nobody on our side did what the clock did.
        who = None if event.what in ("timer", "gone") else about.get("who")
        yield _action(device, about, event.what, _result(event), event.moment, event.moment, who), event.token


def _over(
    known: Iterable[Recorded], device: str, answer: Answer, steps: set[tuple[str, str]], now: datetime, said_by: str
) -> Iterator[tuple[BlockAction, str]]:
    mine = [one for one in known if one.action.device == device and one.action.cut]
    told = {event.token for event in answer.log if event.what in ("undo", "timer", "gone")}
    for applied in left_on(one.action for one in mine):
        order = next((one.beside.get("order", "") for one in mine if one.action == applied), "")
        on = answer.block(applied.cut)
        if (on is not None and on.present) or order in told or (order, "gone") in steps:
            continue
        about = {"session": applied.session, "purpose": applied.purpose, "cut": applied.cut, "stage": str(applied.stage or ""),
                 "approval": applied.approval, "approved_by": applied.approved_by}  # fmt: skip
        yield _action(device, about, "gone", "done", now, now, said_by), order


def _action(
    device: str, about: Mapping[str, Any], step: str, result: str, began: datetime, ended: datetime, said_by: str | None
) -> BlockAction:
    stage = about.get("stage", "")
    purpose = about.get("purpose", "")
    return BlockAction(
        session=about.get("session", ""), purpose=purpose if purpose in _PURPOSES else "real",
        stage=int(stage) if stage.isascii() and stage.isdigit() and len(stage) < 3 else None, cut=about.get("cut", ""), device=device,
        step=step, result=result, began=began, ended=ended, seconds=None, approval=about.get("approval"), approved_by=about.get("approved_by"),
        said_by=said_by,
    )  # fmt: skip


def _result(event: Event) -> str:
    return "failed" if event.outcome == "failed" else "done"
