"""What a run of the block would do, cut by cut: sent by the tool, or done by a person, and why. Nothing is sent here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from omamori.gate.approval import Refused
from omamori.model.block import BlockDevice
from omamori.model.text import Text
from omamori.pipeline.error import UserError
from omamori.pipeline.isolate_approval import Approved
from omamori.respond.isolate.device import text_digest, undo_text
from omamori.respond.isolate.parts import Block, Cut, Written
from omamori.respond.isolate.prepare import NoSuchCut
from omamori.respond.isolate.prepare import chosen as cuts_of
from omamori.respond.isolate.sendable import NotSendable, OwnTable, sendable
from omamori.respond.isolate.write.written import cable_words

_NO_APPROVAL = Text("承認のファイル(--approval)がありません", "no approval was given (--approval)")


@dataclass(frozen=True, slots=True)
class Step:
    """A cut of a run. `table` and `device` are there where the tool sends it; else `why` says why not, and it is done by hand."""

    written: Written
    table: OwnTable | None = None
    device: BlockDevice | None = None
    why: Text | None = None

    @property
    def cut(self) -> Cut:
        """What is cut."""
        return self.written.cut

    @property
    def sent(self) -> bool:
        """Whether the tool sends it."""
        return self.table is not None and self.device is not None

    @property
    def digest(self) -> str:
        """The hash of what is sent."""
        return text_digest(self.written.apply or "")


def chosen(block: Block, words: Sequence[str]) -> tuple[Written, ...]:
    """Return the cuts of stages (by number) and cuts (by name), in the order of the stages. UserError where a word names nothing."""
    try:
        cuts = cuts_of(block, words)
    except NoSuchCut as error:
        names = ", ".join(cut.name for cut in block.cuts) or "-"
        raise UserError(
            f"「{error}」という段階(1〜5)も切る所もありません。あるもの: {names}",
            f"{error} is no stage (1 to 5) and no cut. There are: {names}",
        ) from error
    return tuple(block.written_of(cut) or Written(cut, None, None) for cut in sorted(cuts, key=lambda one: one.stage))


def steps_of(written: Sequence[Written], approved: Approved | None, purpose: str) -> tuple[Step, ...]:
    """Return what would be done with each cut."""
    return tuple(_step(one, approved, purpose) for one in written)


def _step(written: Written, approved: Approved | None, purpose: str) -> Step:
    cut = written.cut
    try:
        table = sendable(written)
        if approved is None:
            return Step(written, table, why=_NO_APPROVAL)
        device = approved.permission.check(int(cut.stage), cut.name, cut.device or "", text_digest(written.apply or ""), purpose)
        return Step(written, table, device)
    except NotSendable as error:
        return Step(written, why=written.why or (cable_words(cut.cable) if written.apply is None else error.text))
    except Refused as error:
        return Step(written, table, why=error.text)


def steps_json(steps: Sequence[Step]) -> str:
    """Return what would be sent, for a program."""
    told = [
        {
            "stage": int(step.cut.stage), "cut": step.cut.name, "subject": step.cut.subject, "device": step.cut.device,
            "sent_by_the_tool": step.sent, "why_not": {"ja": step.why.ja, "en": step.why.en} if step.why else None,
            "to": step.device.ssh if step.device else None, "sha256": step.digest if step.written.apply else None,
            "needs": [{"ja": need.ja, "en": need.en} for need in step.cut.needs],
            "apply": step.written.apply, "undo": undo_text(step.table) if step.table else step.written.undo,
        }
        for step in steps
    ]  # fmt: skip
    return json.dumps({"steps": told, "sent": False}, ensure_ascii=False, indent=1)
