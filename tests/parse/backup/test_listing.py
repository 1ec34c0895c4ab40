"""Lists and logs of backup programs: the expected rows, names of files never stored, cut anywhere, damaged anyhow. No code per case.

A sample is `data/CASE.txt`; `data/CASE.json` holds what must come out. `OMAMORI_WRITE_EXPECTED=1` writes these anew; read the difference before you
commit it. Those of restic, borg and rsync were printed by the programs themselves; the others are written from the makers' pages.
"""

from __future__ import annotations

import dataclasses
import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.model.look import REASONS, Parsed
from omamori.model.tables import TABLES, table_of
from omamori.parse.backup.form import forms
from omamori.parse.backup.listing import KIND, PARSERS, recognise
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers

DATA = Path(__file__).parent / "data"
SAMPLES = sorted(DATA.glob("*.txt"))
NOW = datetime(2026, 11, 30, 12)
CODES = {reason.code for reason in REASONS}
NAMES_OF_FILES = ("山田太郎", "鈴木花子", "patient-yamada", "referral.pdf")
REAL = Path.home() / ".cache" / "omamori-data" / "backups" / "restic"


def parse(data: bytes, file_name: str) -> Parsed:
    return PARSERS[0].parse(data, Context(KIND, NOW, NOW, file_name=file_name))


def shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def as_json(parsed: Parsed) -> dict[str, Any]:
    tables: dict[str, list[dict[str, Any]]] = {}
    for row in parsed.rows:
        kept = {name: shown(value) for name, value in dataclasses.asdict(row).items() if value not in (None, "") and name != "gone"}
        tables.setdefault(table_of(row).name, []).append(kept)
    looks = {}
    for look in parsed.looks:
        missing = f", without {' '.join(look.missing)}" if look.missing else ""
        looks[f"{look.asset}:{look.table}"] = f"{'complete' if look.complete else f'incomplete: {look.reason}'}{missing}"
    problems = [f"{problem.line}: {problem.expected}" for problem in parsed.problems]
    claims = {name: list(identifiers) for name, identifiers in parsed.claims}
    return {"speaker": parsed.speaker, "claims": claims, "looks": looks, "problems": problems, "rows": tables}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample(path: Path) -> None:
    data = path.read_bytes()
    found = as_json(parse(data, path.name))
    expected = path.with_suffix(".json")
    if os.environ.get("OMAMORI_WRITE_EXPECTED"):
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(expected.read_text(encoding="utf-8"))
    assert recognise(data[: 64 * 1024], path.name)
    takers = [parser.kind for parser in parsers().values() if parser.recognise and parser.recognise(data, path.name) and not parser.last]
    assert takers == [KIND]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_is_stored_says_the_same_and_names_no_file(path: Path) -> None:
    data = path.read_bytes()
    stored = redact_for(PARSERS[0], data).data
    assert stored.count(b"\n") == data.count(b"\n")
    assert as_json(parse(stored, path.name)) == as_json(parse(data, path.name))
    assert redact_for(PARSERS[0], stored).data == stored
    text = stored.decode("utf-8")
    assert not any(name in text for name in NAMES_OF_FILES)
    assert "hqlhbGdvcml0aG2" not in text  # the key in a repository's config file


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", ["cp932", "utf-16", "utf-8-sig"])
def test_windows_encodings(path: Path, encoding: str) -> None:
    data = path.read_text(encoding="utf-8").replace("\n", "\r\n").encode(encoding)
    assert as_json(parse(data, path.name)) == as_json(parse(path.read_bytes(), path.name))
    assert as_json(parse(redact_for(PARSERS[0], data).data, path.name)) == as_json(parse(path.read_bytes(), path.name))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(chance=st.data())
def test_damaged(path: Path, chance: st.DataObject) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(chance.draw(st.integers(1, 6))):
        data[chance.draw(st.integers(0, len(data) - 1))] = chance.draw(st.integers(0, 255))
    cut = bytes(data[: chance.draw(st.integers(0, len(data)))])
    recognise(cut, "x")
    stored = redact_for(PARSERS[0], cut).data
    try:
        parsed = parse(stored, path.name)
    except EvidenceError:
        return
    for row in parsed.rows:
        assert TABLES[table_of(row).name].row is type(row)
        assert row.evidence.isdecimal() and row.asset
    for look in parsed.looks:
        assert (look.complete and not look.missing) or look.reason in CODES
        assert (
            any(row.asset == look.asset and table_of(row).name == look.table for row in parsed.rows)
            or not look.complete
            or (look.table == "backup_damage")
        )


@pytest.mark.parametrize("path", [path for path in SAMPLES if "check" in path.stem], ids=lambda path: path.stem)
def test_a_check_cut_off_anywhere_is_never_fine(path: Path) -> None:
    """Only the last line says that nothing was found; without it nothing is said."""
    lines = path.read_bytes().split(b"\n")
    for end in range(len([line for line in lines if line])):
        try:
            parsed = parse(b"\n".join(lines[:end]), path.name)
        except EvidenceError:
            continue
        oks = [row.structure_ok for row in parsed.rows if hasattr(row, "structure_ok")]
        final = b"\n".join(lines[end:])
        assert True not in oks or (b"no errors were found" not in final and b"complete, no problems found" not in final)


def test_whose_it_is_must_be_told() -> None:
    data = (DATA / "emr-db01_restic_check_half.txt").read_bytes()
    with pytest.raises(EvidenceError) as told:
        parse(data, "restic_check.txt")
    assert "MACHINE_restic_check" in told.value.text.en and "機器名_restic_check" in told.value.text.ja
    with pytest.raises(EvidenceError) as told:
        parse(b"hello", "emr.txt")
    assert "backup-result" in told.value.text.en


def test_only_reading_everything_is_a_whole_check() -> None:
    looks = {}
    for name in ("restic_check_half", "restic_check_group", "borg_check_part", "borg_check_archives"):
        parsed = parse((DATA / f"emr-db01_{name}.txt").read_bytes(), f"emr-db01_{name}.txt")
        looks[name] = [look.complete for look in parsed.looks if look.table == "backup_damage"]
        assert not any(getattr(row, "whole_since", None) for row in parsed.rows)
    assert set(map(tuple, looks.values())) == {(False,)}


@pytest.mark.skipif(not REAL.is_dir(), reason="real captures are not here")
def test_real_outputs_of_restic() -> None:
    found = {
        path.name: as_json(parse(path.read_bytes(), f"emr_{path.name}")) for path in REAL.iterdir() if recognise(path.read_bytes(), "")
    }
    assert set(found) == {
        "backup_1.jsonl", "backup_2.jsonl", "backup_3.jsonl", "check_ok.txt", "check_read_data_corrupted.txt", "snapshots.json", "snapshots.txt",
        "stats.json", "wrong_password.txt",
    }  # fmt: skip
    hosts = [row["asset"] for row in found["snapshots.json"]["rows"]["backup_generations"]]
    assert hosts == ["pacs01", "emr-db01", "emr-db01"]
    (good,) = found["check_ok.txt"]["rows"]["backup_repositories"]
    assert good["structure_ok"] is True and good["parts_read"] == 0
    (bad,) = found["check_read_data_corrupted.txt"]["rows"]["backup_repositories"]
    assert (bad["structure_ok"], bad["damaged_parts"], bad["parts"]) == (False, 1, 6)
    (wrong,) = found["wrong_password.txt"]["rows"]["backup_repositories"]
    assert (wrong["readable"], wrong["unreadable_because"]) == (False, "wrong-password")


def test_forms_are_described() -> None:
    assert all(form.source and form.command for form in forms().values())
    assert {form.name for form in forms().values() if not form.captured} == {
        "robocopy", "veeam_sessions", "veeam_points", "veeam_agent", "s3_object_lock", "s3_retention",
    }  # fmt: skip


def rank(look: Any) -> tuple[bool, int]:
    """How a look stands against others of one repository; of equal ones the newest counts."""
    return look.complete, -len(look.missing)


@pytest.mark.parametrize(
    ("program", "good", "bad"),
    [
        ("restic_check", "emr-db01@NAS1_restic_check", "emr-db01_restic_check_damaged"),
        ("borg_check", "emr-db01_borg_check", "emr-db01_borg_check_damaged"),
    ],
)
def test_a_good_check_never_hides_a_bad_one_that_came_later(program: str, good: str, bad: str) -> None:
    """And a bad one is only put aside by a good one that read everything."""
    looks = {name: {look.table: look for look in parse((DATA / f"{name}.txt").read_bytes(), "emr.txt").looks} for name in (good, bad)}
    for table in ("backup_repositories", "backup_damage"):
        assert rank(looks[bad][table]) >= rank(looks[good][table])
    assert rank(looks[bad]["backup_repositories"]) == rank(looks[good]["backup_repositories"])
    if program == "restic_check":
        plain = {look.table: look for look in parse((DATA / "emr-db01_restic_check_half.txt").read_bytes(), "emr.txt").looks}
        assert all(rank(plain[table]) < rank(looks[bad][table]) for table in plain)
        named_none = parse(b"load indexes\ncheck all packs\nFatal: repository contains errors\n", "emr.txt")
        assert all(rank(look) >= rank(looks[good][look.table]) for look in named_none.looks)
        assert [row.part for row in named_none.rows if hasattr(row, "part")] == ["?"]
