from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.proof.record import Database, Proof, proof_json
from omamori.parse.backup.proof import PARSERS, parse, read_proof, recognise
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.redact import redact_for
from omamori.parse.registry import recognise as recognised

NOW = datetime(2026, 6, 1, 3)
JSON = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.lists(st.integers(), max_size=2)
CONTEXT = Context("backup.proof", seen=NOW, received=NOW)
PROOF = Proof(
    machine="電子カルテDB", job="毎晩NASへ", repository_kind="restic", repository_id="ab12", repository_target="/mnt/nas/restic",
    generation="c0ffee", generation_finished=datetime(2026, 5, 31, 18), generation_host="ehr-db", began=NOW, ended=datetime(2026, 6, 1, 3, 5),
    result="differs", because=None, compared_with="manifest", manifest_sha256="00" * 32, scope="sample", files=10, files_same=9, files_differ=1,
    files_lacking=2, uncompared=0, bytes=1000, share=0.25, seconds=12.5, restore_seconds=10.0, whole_seconds=40.0, whole_files=40, whole_bytes=4000,
    begun_at=0.2, done_to=0.25, round_began=NOW, database=Database("postgresql", "15.18", True, "ff" * 32, True, True, "as-expected"),
    protection="encrypted", seen="ext4, encrypted disk", approved_by="福井", wiped=True, said_by="福井 花子",
)  # fmt: skip


def test_what_was_written_is_read() -> None:
    data = proof_json(PROOF)
    assert redact_for(PARSERS[0], data).data == data
    parsed = parse(data, CONTEXT)
    row = parsed.rows[0]
    assert (row.asset, row.job, row.repository, row.generation) == ("電子カルテDB", "毎晩NASへ", "ab12", "c0ffee")
    assert (row.generation_finished, row.began, row.ended) == (datetime(2026, 5, 31, 18), NOW, datetime(2026, 6, 1, 3, 5))
    assert (row.result, row.because, row.compared_with, row.scope) == ("differs", None, "manifest", "sample")
    assert (row.files, row.files_same, row.files_differ, row.files_lacking, row.bytes) == (10, 9, 1, 2, 1000)
    assert (row.share, row.seconds, row.whole_seconds, row.database, row.database_ok) == (0.25, 12.5, 40.0, "postgresql 15.18", True)
    assert (row.wiped, row.said_by) == (True, "福井 花子")
    assert parsed.claims == (("電子カルテDB", ("name:電子カルテdb",)),)
    assert parsed.looks[0].covers_since == NOW
    assert parsed.looks[0].complete


def test_without_a_machine_the_host_of_the_generation_speaks() -> None:
    parsed = parse(proof_json(replace(PROOF, machine="", job="")), CONTEXT)
    assert (parsed.rows[0].asset, parsed.rows[0].job, parsed.claims) == ("ehr-db", "restic", (("ehr-db", ("name:ehr-db",)),))


def test_it_is_recognised_and_a_foreign_version_is_refused() -> None:
    data = proof_json(PROOF)
    assert recognise(data[:4096], "x")
    known = recognised(data[:4096], "x.json")
    assert known is not None
    assert known.kind == "backup.proof"
    with pytest.raises(EvidenceError):
        parse(data.replace(b'"omamori_backup_proof": 1', b'"omamori_backup_proof": 2'), CONTEXT)


@pytest.mark.parametrize("name", ["result", "scope", "compared_with", "ended"])
def test_a_value_nobody_knows_makes_no_row_and_no_complete_look(name: str) -> None:
    said = json.loads(proof_json(PROOF)) | {name: "perfect"}
    parsed = parse(json.dumps(said).encode(), CONTEXT)
    assert not parsed.rows
    assert not parsed.looks[0].complete


@given(st.sampled_from(sorted(json.loads(proof_json(PROOF)))), JSON)
def test_any_value_anywhere_breaks_nothing(name: str, value: object) -> None:
    said = json.loads(proof_json(PROOF)) | {name: value}
    try:
        parsed = parse(json.dumps(said).encode("utf-8", "backslashreplace"), CONTEXT)
    except EvidenceError:
        return
    for row in parsed.rows:
        assert row.files is None or row.files >= 0


@given(st.binary(max_size=200))
def test_hostile_bytes_are_refused_or_hold_nothing(data: bytes) -> None:
    try:
        said = read_proof(b'{"omamori_backup_proof": 1' + data)
    except EvidenceError:
        return
    assert said["omamori_backup_proof"] == 1 and not parse(b'{"omamori_backup_proof": 1' + data, CONTEXT).rows


@pytest.mark.parametrize("number", ["1" + "0" * 400, "1e999", "NaN", "-1"])
def test_a_number_no_float_can_hold_is_none(number: str) -> None:
    data = proof_json(PROOF).replace(b'"seconds": 12.5', b'"seconds": ' + number.encode())
    (row,) = parse(data, CONTEXT).rows
    assert row.seconds is None and row.whole_seconds == 40.0
