"""The permission to change a device for the block: made of an approval that stands. It names cuts and devices, and ends with the approval.

Taking a cut back needs none of it: who may log in may always undo.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from omamori.gate.approval import Refused
from omamori.gate.ssh import Target
from omamori.gate.ssh_words import SshFailure
from omamori.model.block import BlockApprovalFile, BlockDevice
from omamori.model.permission import Mistake

_KEY = object()


class BlockPermission:
    """What a valid approval of the block allows. Only `permit_block` makes one."""

    def __init__(self, key: object, file: BlockApprovalFile) -> None:
        """Not for callers: `key` is what `permit_block` holds."""
        if key is not _KEY:
            raise TypeError("a permission comes from gate.block_permission.permit_block")
        self.file = file

    def check(self, stage: int, cut: str, device: str, text: str, purpose: str, now: datetime | None = None) -> BlockDevice:
        """Return the device a cut may be applied to now. Raises Refused with the reason.

        In: `text` is the SHA-256 of what would be sent; `purpose` real or drill; `now` in UTC without zone.
        """
        file = self.file
        if file.purpose != purpose and file.purpose == "drill":
            raise Refused("この承認は訓練用です。本番の遮断には使えません", "this approval is for a drill: it allows no real block")
        if file.purpose != purpose:
            raise Refused(
                "この承認は本番用です。訓練には、訓練用の承認(purpose: drill)を使ってください",
                "this approval is for the real block: for a drill use one with purpose: drill",
            )
        if not file.names(stage, cut):
            raise Refused(f"「{cut}」(段階 {stage})は、この承認に書かれていません", f"{cut} (stage {stage}) is not in this approval")
        approved = dict(file.texts).get(cut)
        if approved is not None and not text.startswith(approved):
            raise Refused(
                f"「{cut}」で送る内容が、承認されたとき({approved[:12]})から変わっています({text[:12]})。内容を見直して、承認をもらい直してください",
                f"what would be sent for {cut} ({text[:12]}) is not what was approved ({approved[:12]}): look at it and have it approved anew",
            )
        found = file.device(device)
        if found is None:
            raise Refused(
                f"機器「{device}」は、この承認の devices に書かれていません", f"the device {device} is not under `devices` of this approval"
            )
        self._check_time(now or datetime.now(UTC).replace(tzinfo=None))
        return found

    def _check_time(self, now: datetime) -> None:
        if now < self.file.since:
            raise Refused("この承認の開始日時(from)より前です。何も送っていません", "before the approval begins (`from`): nothing was sent")
        if now >= self.file.until:
            raise Refused(
                "この承認の期限(until)が過ぎています。何も送っていません。新しい承認をもらってください",
                "the approval has ended (`until`): nothing was sent. Get a new approval",
            )


def permit_block(file: BlockApprovalFile) -> tuple[BlockPermission | None, tuple[Mistake, ...]]:
    """Return the permission an approval gives, or every reason why it gives none. The time is asked for with every cut."""
    mistakes = tuple(_wrong_targets(file))
    return (None if mistakes else BlockPermission(_KEY, file)), mistakes


def _wrong_targets(file: BlockApprovalFile) -> Iterator[Mistake]:
    for device in file.devices:
        try:
            Target.read(device.ssh)
        except SshFailure as failure:
            yield Mistake(device.line, failure.text)
