"""A look at a repository as rows: whose they are, what is known, and what a broken record may never say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.look.record import write_record
from omamori.model.look import Parsed
from omamori.parse.backup.look import PARSERS, recognise
from omamori.parse.backup.look_clean import clean_run
from omamori.parse.backup.look_record import (
    BUCKETS,
    Compared,
    Gone,
    Harm,
    Lock,
    LookRecord,
    Place,
    Reading,
    Run,
    Sign,
)  # fmt: skip
from omamori.parse.interface import Context, EvidenceError

NOW = datetime(2026, 5, 4, 3)
SAME = Compared("x", 10)
RUNS = tuple(Run(f"g{day}", datetime(2026, 5, day), "ehr01", "root", 10, 1000, 10, True, SAME) for day in (1, 2, 3))
RECORD = LookRecord(
    made=NOW,
    version="0.8",
    machine="電子カルテDB",
    job="毎晩NASへ",
    place=Place("restic", "restic:1234", "/mnt/nas/restic", "network-mount", "nas1", None, "2", True, None, None, ("root", "everyone")),
    opened=True,
    structure_ok=True,
    locks=(Lock(NOW - timedelta(days=3), "root@ehr01"),),
    runs=RUNS,
    gone=(Gone("g0", datetime(2026, 4, 30), "ehr01"),),
    reading=Reading(10, 10, 1000, 1000, datetime(2026, 5, 1)),
    looked_into=True,
    clean=("g3", datetime(2026, 5, 3)),
)


def parse(record: LookRecord) -> Parsed:
    return PARSERS[0].parse(write_record(record), Context("backup.look", NOW, NOW))


def rows(parsed: Parsed, name: str) -> list[Any]:
    return [row for row in parsed.rows if type(row).__name__ == name]


def looks(parsed: Parsed) -> dict[tuple[str, str], bool]:
    return {(look.asset, look.table): look.complete for look in parsed.looks}


def test_a_whole_look() -> None:
    parsed = parse(RECORD)
    assert parsed.speaker == "restic:1234" and parsed.claims == (("電子カルテDB", ("name:電子カルテDB",)),)
    assert looks(parsed) == {("電子カルテDB", table): True for table in PARSERS[0].tables}
    (one,) = rows(parsed, "BackupRepository")
    assert (one.job, one.product, one.readable, one.locks, one.deleters, one.clean_generation) == (
        "毎晩NASへ",
        "restic",
        True,
        1,
        "root, everyone",
        "g3",
    )
    assert one.stale_lock_since == NOW - timedelta(days=3) and one.damaged_parts == 0
    runs = rows(parsed, "BackupGeneration")
    assert [(run.generation, run.gone, run.ok) for run in runs] == [
        ("g1", False, True),
        ("g2", False, True),
        ("g3", False, True),
        ("g0", True, None),
    ]
    lines = write_record(RECORD).split(b"\n")
    assert all(f'"{run.generation}"'.encode() in lines[int(run.evidence) - 1] for run in runs)


def test_without_a_name_the_hosts_are_the_subjects() -> None:
    two = replace(RECORD, machine="", job="", runs=(*RUNS, replace(RUNS[0], id="h1", host="pacs")))
    parsed = parse(two)
    assert {row.asset for row in parsed.rows} == {"ehr01", "pacs"} and len(rows(parsed, "BackupRepository")) == 2
    assert {(row.asset, row.generation) for row in rows(parsed, "BackupGeneration")} >= {("pacs", "h1"), ("ehr01", "g1")}
    assert rows(parsed, "BackupRepository")[0].job == "restic"


def test_of_several_hosts_the_one_named_is_only_itself() -> None:
    runs = (*RUNS, replace(RUNS[0], id="h1", host="pacs"))
    assert {row.asset for row in parse(replace(RECORD, machine="EHR01", runs=runs)).rows} == {"EHR01", "pacs"}
    assert {row.asset for row in parse(replace(RECORD, runs=runs)).rows} == {"電子カルテDB"}, "a name of the ledger stands for all of it"


def test_what_was_not_read_or_compared_is_not_complete() -> None:
    part = replace(
        RECORD, reading=replace(RECORD.reading, whole_since=None, parts_read=3), runs=(replace(RUNS[0], compared=None), *RUNS[1:])
    )
    told = looks(parse(part))
    assert told["電子カルテDB", "backup_damage"] is False and told["電子カルテDB", "backup_signs"] is False
    assert told["電子カルテDB", "backup_generations"] is True
    assert looks(parse(replace(RECORD, looked_into=False)))["電子カルテDB", "backup_signs"] is False


def test_a_repository_that_could_not_be_opened_says_nothing_of_what_it_holds() -> None:
    shut = replace(RECORD, opened=False, code="wrong-password", runs=(), gone=(), looked_into=False, clean=None)
    parsed = parse(shut)
    assert looks(parsed) == {("電子カルテDB", "backup_repositories"): True}
    assert rows(parsed, "BackupRepository")[0].unreadable_because == "wrong-password"
    hurt = parse(replace(shut, damage=(Harm("data/1", "altered"),)))
    assert looks(hurt)["電子カルテDB", "backup_damage"] is False and len(rows(hurt, "BackupDamage")) == 1


def test_damage_belongs_to_those_who_need_it_and_to_all_where_nobody_knows() -> None:
    runs = (*RUNS, replace(RUNS[0], id="h1", host="pacs"))
    harm = (Harm("data/1", "altered", ("h1",), 3), Harm("data/2", "missing"), Harm("data/3", "altered", ("not-there",)))
    found = rows(parse(replace(RECORD, machine="", runs=runs, damage=harm)), "BackupDamage")
    assert sorted((row.part, row.asset) for row in found) == [
        ("data/1", "pacs"), ("data/2", "ehr01"), ("data/2", "pacs"), ("data/3", "ehr01"), ("data/3", "pacs"),
    ]  # fmt: skip


def test_the_clean_generation_is_the_newest_before_any_trace() -> None:
    def sign(name: str, kind: str = "renamed", *, certain: bool = True, host: str = "ehr01") -> Sign:
        return Sign(name, None, kind, "", None, certain, host)

    assert clean_run(RUNS, ()) == RUNS[2]
    assert clean_run(RUNS, (sign("g2"),)) == RUNS[0]
    assert clean_run(RUNS, (sign("g1"),)) is None
    assert clean_run(RUNS, (sign("g3", "mass-change", certain=False),)) == RUNS[2]
    assert clean_run((RUNS[0], replace(RUNS[1], compared=None)), ()) == RUNS[0], "what was not compared is not called clean"
    assert clean_run(RUNS, (sign("pruned"),)) is None and clean_run(RUNS, (sign("pruned", certain=False),)) == RUNS[2]
    assert clean_run(RUNS, (sign("h1", host="pacs"),)) == RUNS[2]


GOOD = write_record(
    replace(RECORD, damage=(Harm("data/1", "altered", ("g1",), 3),), signs=(Sign("g2", None, "renamed", "9/9 .x", 0.5, True, "ehr01"),))
)


@given(st.integers(0, len(GOOD)), st.binary(max_size=6), st.integers(0, 40))
def test_a_harmed_record_is_refused_or_read_never_a_fault(place: int, put: bytes, cut: int) -> None:
    data = GOOD[:place] + put + GOOD[place + cut :]
    try:
        parsed = PARSERS[0].parse(data, Context("backup.look", NOW, NOW))
    except EvidenceError:
        return
    assert {row.asset for row in parsed.rows} <= {look.asset for look in parsed.looks} | {""}
    if parsed.problems:
        assert not any(look.complete for look in parsed.looks)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"omamori_backup_look": 2, "made": "2026-05-01T00:00:00"}', b"[" * 99999])
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(EvidenceError):
        PARSERS[0].parse(data, Context("backup.look", NOW, NOW))


def test_it_is_recognised_by_its_beginning_and_state_of_another_length_is_unknown() -> None:
    assert recognise(GOOD, "") and not recognise(b'{"omamori_backup_proof": 1', "")
    short = GOOD.replace(b'"buckets": [null, ', b'"buckets": [')
    assert short != GOOD and len(parse(RECORD).rows) > 0 and BUCKETS == 256
