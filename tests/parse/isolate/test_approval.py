"""The approval of the block is read strictly: every mistake is told with its line, and nothing is allowed by what is not understood."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from omamori.parse.interface import Context, EvidenceError
from omamori.parse.isolate.approval import parse, read_block_approval, recognise

CONTEXT = Context("isolate.approval", datetime(2026, 12, 1), datetime(2026, 12, 1))
KEY = "SHA256:" + "a" * 43
GOOD = f"""omamori_block_approval: 1
purpose: real
number: ap-7
approved_by: 院長
position: 院長
approved_on: 2026-01-10
from: 2026-01-10 09:00
until: 2026-12-31 17:00
utc_offset: "+09:00"
stop_contact: 内線 1
minutes_unconfirmed: 10
stages:
  - 1
cuts:
  - cut: 2-line
    text: "0123456789abcdef"
  - 4-pump
devices:
  - name: fw
    ssh: root@10.94.9.1:2222
    host_key: {KEY} {KEY}=
    sudo: yes
"""


def test_a_good_one_says_who_what_where_and_how_long() -> None:
    approval, mistakes = read_block_approval(GOOD.encode())
    assert mistakes == () and approval is not None
    assert (approval.identifier, approval.approved_by, approval.approved_on) == ("ap-7", "院長", date(2026, 1, 10))
    assert (approval.since, approval.until) == (datetime(2026, 1, 10), datetime(2026, 12, 31, 8))
    assert (approval.stages, approval.cuts, approval.texts) == ((1,), ("2-line", "4-pump"), (("2-line", "0123456789abcdef"),))
    assert approval.minutes == 10
    assert approval.names(1, "anything") and approval.names(2, "2-line") and not approval.names(2, "other")
    (device,) = approval.devices
    assert (device.name, device.ssh, device.sudo, device.host_keys) == ("fw", "root@10.94.9.1:2222", True, (KEY, KEY))
    assert parse(GOOD.encode(), CONTEXT).rows == () and recognise(GOOD.encode(), "x.yaml")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("omamori_block_approval: 1", "omamori_block_approval: 2", 1),
        ("purpose: real", "purpose: reel", 2),
        ("approved_by: 院長", 'approved_by: ""', 4),
        ("approved_on: 2026-01-10", "approved_on: 2026-01-11", 6),
        ("until: 2026-12-31 17:00", "until: 2027-12-31 17:00", 8),
        ("until: 2026-12-31 17:00", "until: 2026-01-09 17:00", 8),
        ("minutes_unconfirmed: 10", "minutes_unconfirmed: 0", 11),
        ("  - 1\n", "  - 6\n", 13),
        ('text: "0123456789abcdef"', "text: zzz", 16),
        (KEY, "MD5:aa", 21),
        ("    sudo: yes", "    sudo: perhaps", 22),
        ("    sudo: yes", "    sodo: yes", 22),
        ("stop_contact: 内線 1", "stopcontact: 内線 1", 10),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, line: int) -> None:
    data = GOOD.replace(old, new).encode()
    _, mistakes = read_block_approval(data)
    assert line in {one.line for one in mistakes}, mistakes
    with pytest.raises(EvidenceError):
        parse(data, CONTEXT)


def test_a_drill_may_hold_for_a_month_only() -> None:
    assert read_block_approval(GOOD.replace("purpose: real", "purpose: drill").encode())[1]


@pytest.mark.parametrize(
    "data", [b"", b"- a", b"\xff\xfe", b"omamori_block_approval: 1", b"a: [", GOOD.replace("devices:", "devices: x #").encode()]
)
def test_what_is_none_allows_nothing(data: bytes) -> None:
    approval, mistakes = read_block_approval(data)
    assert mistakes and (approval is None or not approval.devices)
