"""The record of a canary file."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.backup.canary import PARSERS, read_canary, recognise
from omamori.parse.interface import Context, EvidenceError

GOOD = {
    "omamori_backup_canary": 1, "made": "2026-05-01T01:02:03", "machine": "電子カルテDB", "job": "", "path": "C:\\data\\omamori-12.txt",
    "sha256": "a" * 64, "size": 300,
}  # fmt: skip


def test_it_is_read_and_recognised() -> None:
    data = json.dumps(GOOD).encode()
    told = read_canary(data)
    assert (told.made, told.machine, told.name, told.size) == (datetime(2026, 5, 1, 1, 2, 3), "電子カルテDB", "omamori-12.txt", 300)
    assert recognise(data, "") and PARSERS[0].parse(data, Context("backup.canary", told.made, told.made)).rows == ()


@given(st.binary(max_size=60) | st.sampled_from([json.dumps(GOOD | {key: 5}).encode() for key in ("made", "sha256")]))
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(EvidenceError):
        read_canary(data)
