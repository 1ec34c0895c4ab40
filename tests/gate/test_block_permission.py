"""A device is changed only within an approval that stands: by stage or cut, device, text, purpose and time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from omamori.gate.approval import Refused
from omamori.gate.block_permission import BlockPermission, permit_block
from omamori.model.block import BlockApprovalFile, BlockDevice

NOW = datetime(2026, 1, 15)
FW = BlockDevice("fw", "root@10.94.9.1", ("SHA256:x",), sudo=False, line=9)
FILE = BlockApprovalFile(
    digest="d" * 64, number="", approved_by="director", position="director", approved_on=date(2026, 1, 10), since=datetime(2026, 1, 10),
    until=datetime(2026, 2, 10), stop_contact="1", purpose="real", stages=(1,), cuts=("2-line",), texts=(("2-line", "abcdef012345"),), devices=(FW,),
    minutes=10,
)  # fmt: skip


def permission(file: BlockApprovalFile = FILE) -> BlockPermission:
    made, mistakes = permit_block(file)
    assert made is not None, mistakes
    return made


def test_what_is_named_is_allowed() -> None:
    assert permission().check(1, "1-backup", "fw", "0" * 64, "real", NOW) == FW
    assert permission().check(2, "2-line", "fw", "abcdef012345" + "0" * 52, "real", NOW) == FW


@pytest.mark.parametrize(
    ("stage", "cut", "device", "text", "purpose", "now", "said"),
    [
        (3, "3-border", "fw", "0", "real", NOW, "is not in this approval"),
        (1, "1-backup", "other", "0", "real", NOW, "is not under `devices`"),
        (2, "2-line", "fw", "0" * 64, "real", NOW, "is not what was approved"),
        (1, "1-backup", "fw", "0", "drill", NOW, "use one with purpose: drill"),
        (1, "1-backup", "fw", "0", "real", datetime(2026, 1, 9), "before the approval begins"),
        (1, "1-backup", "fw", "0", "real", datetime(2026, 2, 10), "has ended"),
    ],
)
def test_everything_else_is_refused_with_the_reason(
    stage: int, cut: str, device: str, text: str, purpose: str, now: datetime, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        permission().check(stage, cut, device, text, purpose, now)


def test_a_drill_allows_no_real_block() -> None:
    with pytest.raises(Refused, match="allows no real block"):
        permission(replace(FILE, purpose="drill")).check(1, "1-backup", "fw", "0", "real", NOW)


def test_a_target_that_is_none_is_told_with_its_line() -> None:
    made, mistakes = permit_block(replace(FILE, devices=(replace(FW, ssh="-oProxyCommand=x"),)))
    assert made is None and [one.line for one in mistakes] == [9]


def test_nobody_else_makes_a_permission() -> None:
    with pytest.raises(TypeError):
        BlockPermission(object(), FILE)
