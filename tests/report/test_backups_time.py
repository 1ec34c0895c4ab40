"""The generations by day: marks, gaps, the last clean one and the newest proven one."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.report.backup_rows import NOW, ROWS

from omamori.model.backup import BackupDamage, BackupGeneration, BackupRepository, BackupSign, RestoreProof
from omamori.model.backup_posture import BackupPosture
from omamori.report.backups_time import MOST, read_lanes
from omamori.snapshot.database import Database


def lanes(rows=ROWS, moment: datetime = NOW, important=()):
    with Database() as database:
        database.insert(rows)
        return read_lanes(database, moment, important)


def nights(count: int, **more) -> list[BackupGeneration]:
    return [
        BackupGeneration(asset="a", job="j", generation=f"{n:08x}", finished=NOW - timedelta(days=count - 1 - n), **more)
        for n in range(count)
    ]


def test_every_state_has_its_mark() -> None:
    night, other = lanes()
    assert [night.count(kind) for kind in ("there", "gone", "damaged", "trace", "unfinished")] == [17, 3, 2, 2, 1]
    assert (night.clean, night.proven) == (NOW - timedelta(days=4, hours=8), NOW - timedelta(days=7, hours=8))
    assert night.signs == ("looks-encrypted",) and night.where == "バックアップNAS" and night.troubled
    assert other.count("there") == 3 and other.gaps == () and not other.troubled
    assert "\x1b" not in other.where + other.job


def test_a_time_of_more_than_twice_the_usual_one_is_a_gap_also_up_to_now() -> None:
    (one,) = lanes([row for row in nights(10) if row.generation not in ("00000004", "00000005")])
    assert one.gaps == ((NOW - timedelta(days=6), NOW - timedelta(days=3)),)
    (late,) = lanes(nights(10), NOW + timedelta(days=5))
    assert late.gaps == ((NOW, NOW + timedelta(days=5)),)
    assert lanes(nights(2), NOW + timedelta(days=50))[0].gaps == (), "of two nobody knows what is usual"


def test_an_unfinished_run_does_not_close_a_gap() -> None:
    rows = [row for row in nights(10) if row.generation != "00000005"]
    rows += [BackupGeneration(asset="a", job="j", generation="00000005", finished=NOW - timedelta(days=4), ok=False)]
    rows = [row for row in rows if row.generation != "00000004"]
    (one,) = lanes(rows)
    assert len(one.gaps) == 1 and one.count("unfinished") == 1


def test_short_identifiers_of_damage_are_those_of_the_generation() -> None:
    rows = [
        BackupGeneration(asset="a", job="j", generation="0123456789abcdef", finished=NOW, repository="r"),
        BackupGeneration(asset="a", job="j", generation="0123466789abcdef", finished=NOW, repository="r"),
        BackupDamage(asset="a", job="j", repository="r", part="p", generations="01234567"),
    ]
    assert [mark.kind for mark in lanes(rows)[0].marks] == ["damaged", "there"]


def test_only_a_restore_that_matched_whole_is_flagged_and_repositories_are_held_apart() -> None:
    rows = [
        *nights(3, repository="r"),
        BackupRepository(asset="a", job="j", repository="other", clean_finished=NOW),
        RestoreProof(asset="a", job="j", repository="r", generation="x", generation_finished=NOW, result="incomplete"),
        RestoreProof(asset="b", job="j", repository="r", generation="x", generation_finished=NOW, result="whole"),
    ]
    (one,) = lanes(rows)
    assert one.proven is None and one.clean is None


def test_what_has_no_moment_is_left_out_and_of_very_many_the_newest_are_kept() -> None:
    rows = nights(MOST + 5)
    rows.append(BackupGeneration(asset="b", job="j", generation="x"))
    (one,) = lanes(rows)
    assert len(one.marks) == MOST and one.older == 5 and one.marks[-1].finished == NOW


def test_trouble_stands_first_then_what_care_depends_on() -> None:
    rows = [BackupGeneration(asset=name, job="j", generation="1", finished=NOW, gone=name == "c") for name in "abc"]
    assert [lane.asset for lane in lanes(rows, important={"b"})] == ["c", "b", "a"]


def test_a_generation_listed_in_short_is_the_one_a_sign_names_in_full() -> None:
    rows = [
        BackupGeneration(asset="a", job="j", generation="01234567", finished=NOW),
        BackupGeneration(asset="a", job="j", generation="0123", finished=NOW - timedelta(days=1)),
        BackupSign(asset="a", job="j", generation="0123456789abcdef", kind="renamed"),
    ]
    assert [mark.kind for mark in lanes(rows)[0].marks] == ["there", "trace"], "four letters are too few to be the same"


def test_the_machine_that_keeps_it_has_the_ledgers_name_where_that_is_known() -> None:
    rows = [*nights(2, repository="r"), BackupRepository(asset="a", job="j", repository="r", kept_on="10.1.0.9")]
    assert lanes(rows)[0].where == "10.1.0.9"
    assert lanes([*rows, BackupPosture(asset="a", job="j", kept_on="NAS")])[0].where == "NAS"
