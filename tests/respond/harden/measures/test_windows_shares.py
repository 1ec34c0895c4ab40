"""Shares: closed only when nobody came, rights only smaller, denials never lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.respond.harden.small_traffic import MOMENT, facts_of, looked, machine, row

from omamori.parse.windows.registry.descriptor import CHANGE, FULL, READ, Entry
from omamori.respond.harden.changes import ShareClosed, ShareRights
from omamori.respond.harden.facts import KeptRights
from omamori.respond.harden.measures.windows_shares import propose
from omamori.respond.harden.parts import Left, Measure

EHR = "10.1.2.5"
EVERYONE, USERS, ADMINS, SIGNED_IN = "S-1-1-0", "S-1-5-32-545", "S-1-5-32-544", "S-1-5-11"
READS, WRITES = "sharing.windows_everyone_reads", "sharing.windows_everyone_writes"
WEEK = (0, 1, 3, 5, 9)
SEEN = b"as seen"


def allow(sid: str, mask: int) -> Entry:
    return Entry(sid, allow=True, mask=mask)


def proposed(
    *checks: str,
    entries: tuple[Entry, ...] = (allow(EVERYONE, READ),),
    days: tuple[int, ...] = WEEK,
    rows: tuple[Any, ...] = (),
    seen: bool = True,
) -> list[Any]:
    base = [*machine("ehr", EHR, "server"), *(looked("ehr", "connections", days_ago=ago) for ago in days), *rows]
    base += [row("verdicts", check_id=check, subject="ehr", finding_key="ehr | forms", verdict="fail", evidence="v:1") for check in checks]
    with facts_of(base) as facts:
        found = replace(facts, rights={"ehr": (KeptRights("Forms", entries, "k:1", SEEN if seen else b""),)})
        return list(propose(found, found.machines["ehr"]))


def test_readers_have_to_log_in_and_nobody_else_changes() -> None:
    (made,) = proposed(READS, entries=(allow(EVERYONE, READ), allow(ADMINS, FULL), allow("S-1-5-21-1-2-3-1105", CHANGE)), days=(0,))
    assert isinstance(made, Measure) and made.evidence == ("v:1", "k:1")
    assert made.changes == (ShareRights("forms", ((SIGNED_IN, "read"), (ADMINS, "full"), ("S-1-5-21-1-2-3-1105", "change")), SEEN),)


@pytest.mark.parametrize(
    "entries",
    [
        (Entry("S-1-5-21-1-2-3-1105", allow=False, mask=FULL), allow(EVERYONE, READ)),
        (allow(EVERYONE, READ), allow(ADMINS, 0x1200A8)),
        (allow(EVERYONE, READ), allow(EVERYONE, CHANGE)),
        (allow(ADMINS, FULL),),
    ],
)
def test_rights_that_cannot_be_written_the_same_way_are_left(entries: tuple[Entry, ...]) -> None:
    (left,) = proposed(READS, entries=entries)
    assert isinstance(left, Left) and "change them in the window" in left.why.en


def test_without_the_bytes_that_were_seen_nothing_can_be_compared_so_nothing_is_written() -> None:
    (left,) = proposed(READS, seen=False)
    assert isinstance(left, Left)


def test_who_writes_must_be_known_before_writing_ends() -> None:
    entries = (allow(USERS, CHANGE), allow(ADMINS, FULL))
    (short,) = proposed(WRITES, entries=entries, days=(0,))
    assert isinstance(short, Left) and "not known who writes" in short.why.en
    (made,) = proposed(WRITES, entries=entries)
    assert made.changes == (ShareRights("forms", ((USERS, "read"), (ADMINS, "full")), SEEN),) and "writing" in made.stops.en


def test_a_share_is_closed_when_nobody_came_and_then_its_rights_do_not_matter() -> None:
    (made,) = proposed("sharing.drive_shared", WRITES)
    assert made.changes == (ShareClosed("forms"),) and len(made.promises) == 2
    came = row(
        "connections", asset="ehr", seen=MOMENT, protocol="tcp", direction="in", local_address=EHR, local_port=445, peer_address="10.1.1.9",
        peer_port=50000,
    )  # fmt: skip
    used, writes = proposed("sharing.drive_shared", WRITES, rows=(came,))
    assert "10.1.1.9" in used.why.en and isinstance(writes, Left)
    short, _ = proposed("sharing.drive_shared", WRITES, days=(0,))
    assert "not watched long enough" in short.why.en
