from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.proof.record import approval_json
from omamori.parse.backup.scratch import PARSERS, Approved, parse, read_approval, recognise
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.redact import redact_for

NOW = datetime(2026, 6, 1)
APPROVED = Approved(NOW, "/var/lib/omamori/戻す", "encrypted", "ext4, encrypted disk", "福井", datetime(2027, 6, 1))


def test_what_was_written_is_read() -> None:
    data = approval_json(APPROVED)
    assert redact_for(PARSERS[0], data).data == data
    assert read_approval(data) == APPROVED
    assert recognise(data[:100], "x")
    assert parse(data, Context("backup.scratch", NOW, NOW)).rows == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("folder", ""),
        ("protection", "usb"),
        ("approved_by", " "),
        ("made", None),
        ("until", 3),
        ("omamori_backup_scratch", 2),
        ("seen", None),
    ],
)
def test_what_is_no_whole_approval_approves_nothing(name: str, value: object) -> None:
    said = json.loads(approval_json(APPROVED)) | {name: value}
    with pytest.raises(EvidenceError):
        read_approval(json.dumps(said).encode())


@given(st.binary(max_size=100))
def test_hostile_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(EvidenceError):
        read_approval(data)
