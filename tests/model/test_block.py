"""What an approval of the block names, and that its record's codes have words in both languages."""

from __future__ import annotations

from datetime import date, datetime

from omamori.model.block import BLOCK_RESULTS, BLOCK_STEPS, PURPOSES, BlockApprovalFile, BlockDevice


def test_an_approval_knows_its_name_its_devices_and_what_may_be_cut() -> None:
    device = BlockDevice("fw", "root@10.0.0.1", ("SHA256:x",), sudo=False, line=3)
    moment = datetime(2026, 1, 1)
    file = BlockApprovalFile(
        "abcdef0123456789", "", "a", "b", date(2026, 1, 1), moment, moment, "1", "real", (1,), ("4-pump",), (), (device,), 10
    )
    assert file.identifier == "abcdef012345"
    assert file.device("fw") is device and file.device("other") is None
    assert file.names(1, "x") and file.names(4, "4-pump") and not file.names(4, "x")


def test_every_code_has_words_and_stands_once() -> None:
    for values in (PURPOSES, BLOCK_STEPS, BLOCK_RESULTS):
        assert len({value.code for value in values}) == len(values)
        assert all(value.label.ja and value.label.en for value in values)
