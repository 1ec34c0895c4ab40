from __future__ import annotations

from datetime import datetime

import pytest

from omamori.backup.proof.projection import project, time_words, whole_seconds
from omamori.model.backup import RestoreProof
from omamori.model.declared import LedgerAsset, RecoveryNeed


@pytest.mark.parametrize(
    ("seconds", "restored", "whole", "expected"),
    [
        (10.0, (5, 500), (10, 1000), 20.0),
        (10.0, (1, 500), (10, 1000), 100.0),  # many small files are left: their speed counts
        (10.0, (10, 100), (10, 1000), 100.0),
        (10.0, (0, 0), (10, 1000), None),
        (10.0, (3, 0), (3, 0), 10.0),
        (0.0, (0, 0), (0, 0), None),
    ],
)
def test_the_slower_of_both_speeds_counts(
    seconds: float, restored: tuple[int, int], whole: tuple[int, int], expected: float | None
) -> None:
    assert whole_seconds(seconds, restored, whole) == expected


ASSETS = [
    LedgerAsset(asset="ad", recovery_order=1),
    LedgerAsset(asset="ehr", recovery_order=2, recovery_hours=8),
    LedgerAsset(asset="pacs", recovery_order=3),
    LedgerAsset(asset="web"),
]


def proof(asset: str, seconds: float, day: int, result: str = "whole", repository: str = "r") -> RestoreProof:
    return RestoreProof(asset=asset, repository=repository, whole_seconds=seconds, ended=datetime(2026, 6, day), result=result)


def test_machines_before_it_and_what_is_needed_count() -> None:
    needs = [RecoveryNeed(need="key", hours=1, apart="yes"), RecoveryNeed(need="disks", hours=4, apart="yes")]
    proofs = [proof("ad", 600, 1), proof("ad", 1200, 2), proof("ad", 1, 3, result="failed"), proof("pacs", 9999, 1)]
    told = project("ehr", 3600.0, ASSETS, needs, proofs)
    assert told.seconds == 4 * 3600 + 1200 + 3600
    assert told.wanted_hours == 8
    assert len(told.rests_on) == 3
    assert len(told.leaves_out) == 1  # only what nobody ever measures


def test_of_several_copies_the_slowest_counts() -> None:
    proofs = [proof("ad", 600, 1, repository="a"), proof("ad", 1200, 1, repository="b")]
    assert project("ehr", 0.0, ASSETS, [RecoveryNeed(need="x", hours=0, apart="yes")], proofs).seconds == 1200


def test_what_is_not_known_is_said_and_not_guessed() -> None:
    told = project("ehr", 60.0, ASSETS, [RecoveryNeed(need="key", apart="no")], [])
    said = " ".join(text.en for text in told.leaves_out)
    assert "restore of ad was never measured" in said
    assert "1 needed things whose hours" in said
    assert "may be lacking on the day" in said
    assert told.seconds == 60
    assert "order of recovery" in " ".join(text.en for text in project("web", 60.0, ASSETS, [], []).leaves_out)
    assert "does not know this machine" in project("new", 60.0, ASSETS, [], []).leaves_out[0].en
    assert project("ehr", None, ASSETS, [], []).seconds is None


def test_times_for_people() -> None:
    assert [time_words(one).en for one in (3, 600, 9000)] == ["3 s", "10 minutes", "2.5 hours"]
