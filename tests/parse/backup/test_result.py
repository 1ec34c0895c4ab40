from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.model.backup import BackupDamage, BackupGeneration, BackupRepository, RestoreProof
from omamori.model.look import REASONS, Parsed
from omamori.parse.backup.result import KIND, ONLY_SAID, PARSERS, recognise
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers

DOCS = Path(__file__).resolve().parents[3] / "docs"
NOW = datetime(2026, 11, 30, 12)
SMALL: dict[str, Any] = {
    "omamori_backup_result": 1,
    "written_by": "Yamada",
    "written_on": "2026-11-29",
    "copies": [{"machine": "emr", "product": "NetBackup", "generations": [{"finished": "2026-11-28 02:00", "ok": True}]}],
}


def example(name: str) -> bytes:
    found = re.search(r"```json\n(.*?)```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1].encode()


def parse(data: bytes | dict[str, Any]) -> Parsed:
    raw = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False, indent=1).encode()
    return PARSERS[0].parse(redact_for(PARSERS[0], raw).data, Context(KIND, NOW, NOW, file_name="result.json"))


def told(data: dict[str, Any]) -> tuple[str, str]:
    with pytest.raises(EvidenceError) as error:
        parse(data)
    return error.value.text.ja, error.value.text.en


@pytest.mark.parametrize(("name", "machine"), [("backup-result.md", "emr-db01"), ("backup-result.ja.md", "電子カルテDB")])
@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_the_example_of_the_manual(name: str, machine: str, encoding: str) -> None:
    data = example(name).decode().encode(encoding)
    assert [one.kind for one in parsers().values() if one.recognise and not one.last and one.recognise(data, "result.json")] == [KIND]
    parsed = parse(data)
    assert parsed.problems == () and parsed.claims == ((machine, (f"name:{machine}",)),)
    assert parsed.said_on == date(2026, 11, 29) and parsed.speaker == f"arcserve:\\\\NAS1\\emr@{machine}"
    generations = [row for row in parsed.rows if isinstance(row, BackupGeneration)]
    assert [(row.generation, row.finished, row.ok, row.size) for row in generations] == [
        ("s0000000101", datetime(2026, 11, 27, 17, 40), True, 53687091200),
        ("s0000000102", datetime(2026, 11, 28, 17, 41), False, None),
    ]
    (store,) = (row for row in parsed.rows if isinstance(row, BackupRepository))
    assert (store.kept_on, store.locked_until, store.lock_renewed, store.append_only) == ("NAS1", None, False, None)
    assert (store.structure_ok, store.parts_read, store.deleters, store.readable, store.whole_since) == (True, 40, "nas-admin", None, None)
    (proof,) = (row for row in parsed.rows if isinstance(row, RestoreProof))
    assert (proof.result, proof.compared_with, proof.seconds, proof.database_ok) == ("told", "manifest", 5400.0, None)
    assert proof.said_by is not None and "result file" in proof.said_by
    assert len({row.evidence for row in parsed.rows}) == 4


def test_every_key_of_the_manual_is_read_and_every_key_read_is_in_the_manual() -> None:
    from omamori.parse.backup import result

    known = {
        name for names in (result._TOP, result._COPY, result._GENERATION, result._INTEGRITY, result._LOCK, result._TEST) for name in names
    }
    for name in ("backup-result.md", "backup-result.ja.md"):
        words = set(re.findall(r'[`"]([a-z_]+)[`"]', (DOCS / name).read_text(encoding="utf-8")))
        assert known <= words, known - words


def test_nobodys_yes_shows_that_a_copy_is_cut_off_or_came_back() -> None:
    """It is kept as words: no check and no analyzer can pass by it. A "no" is believed."""
    parsed = parse(example("backup-result.md"))
    (look,) = (one for one in parsed.looks if one.table == "backup_repositories")
    assert set(ONLY_SAID) <= set(look.missing) and look.reason == "to_confirm"
    (store,) = (row for row in parsed.rows if isinstance(row, BackupRepository))
    assert store.append_only_because == (
        "told by Yamada, IT: append only; retention lock of the volume; locked until 2026-12-27; lock of 30 days"
    )
    test = {"ended": "2026-11-28 11:00", "result": "differs", "database_ok": False}
    copy = {"machine": "emr", "product": "x", "append_only": False, "lock": {"renewed": True}, "restore_tests": [test]}
    store, proof = (row for row in parse({**SMALL, "copies": [copy]}).rows)
    assert (store.append_only, store.lock_renewed, proof.result, proof.database_ok) == (False, None, "differs", False)


def test_what_is_left_out_is_not_known() -> None:
    parsed = parse(SMALL)
    looks = {look.table: look for look in parsed.looks}
    assert not looks["backup_generations"].complete and looks["backup_generations"].reason == "to_confirm"
    assert "restore_proofs" not in looks and not looks["backup_damage"].complete
    (store,) = (row for row in parsed.rows if isinstance(row, BackupRepository))
    assert (store.structure_ok, store.encrypted, store.append_only, store.product) == (None, None, None, "netbackup")
    assert all(look.covers_until == datetime(2026, 11, 29, 14, 59, 59) for look in parsed.looks)


def test_several_copies_of_one_machine() -> None:
    copies = [
        {"machine": "emr", "product": "netbackup", "target": "NAS1", "generations": [], "all_generations": True},
        {"machine": "emr", "product": "tape", "medium": "WK01", "generations": [{"finished": "2026-11-20"}]},
        {"machine": "pacs", "product": "tape", "medium": "WK01", "integrity": {"ok": False, "damaged_parts": 2}},
    ]
    parsed = parse({**SMALL, "copies": copies})
    looks = [(look.asset, look.table) for look in parsed.looks]
    assert len(looks) == len(set(looks))
    (generations,) = (look for look in parsed.looks if (look.asset, look.table) == ("emr", "backup_generations"))
    assert not generations.complete
    (damage,) = (row for row in parsed.rows if isinstance(row, BackupDamage))
    assert (damage.asset, damage.part) == ("pacs", "?")
    assert parsed.speaker == "netbackup:NAS1@emr,tape:WK01@emr,tape:WK01@pacs"


def test_a_restore_that_compared_nothing_is_told() -> None:
    copy = {"machine": "emr", "product": "x", "restore_tests": [{"ended": "2026-11-28", "result": "whole"}]}
    (problem,) = parse({**SMALL, "copies": [copy]}).problems
    assert "compared_with" in problem.expected and problem.expected_ja


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"written_by": None}, "written_by"),
        ({"written_on": "2026-13-01"}, "2026-13-01"),
        ({"written_on": "2027-01-01"}, "written_on"),
        ({"omamori_backup_result": 2}, "omamori_backup_result"),
        ({"copies": []}, "copies"),
        ({"copies": ["emr"]}, "copies"),
        ({"copys": []}, "copys"),
        ({"copies": [{"product": "x"}]}, "machine"),
        ({"copies": [{"machine": "emr", "product": "x", "target_kind": "cloud"}]}, "object-storage"),
        ({"copies": [{"machine": "emr", "product": "x", "generations": [{"ok": True}]}]}, "finished"),
        ({"copies": [{"machine": "emr", "product": "x", "generations": [{"finished": "11/29"}]}]}, "11/29"),
        ({"copies": [{"machine": "emr", "product": "x", "generations": [{"finished": "2026-12-29 02:00"}]}]}, "finished"),
        ({"copies": [{"machine": "emr", "product": "x", "generations": [{"finished": "2026-11-28", "size": "5 GB"}]}]}, "5 GB"),
        ({"copies": [{"machine": "emr", "product": "x", "integrity": {"ok": "good"}}]}, "good"),
        ({"copies": [{"machine": "emr", "product": "x", "lock": 30}]}, "lock"),
        ({"copies": [{"machine": "emr", "product": "x", "restore_tests": [{"ended": "2026-11-28", "result": "fine"}]}]}, "fine"),
        (
            {
                "copies": [
                    {
                        "machine": "emr",
                        "product": "x",
                        "restore_tests": [{"began": "2026-11-28 3:00", "ended": "2026-11-28 2:00", "result": "whole"}],
                    }
                ]
            },
            "began",
        ),
    ],
)
def test_a_mistake_names_its_line_and_what_was_expected(change: dict[str, Any], words: str) -> None:
    ja, en = told({**SMALL, **change})
    assert words in ja and words in en and re.search(r"\d+行目", ja) and re.search(r"line \d+", en)


def test_broken_json_names_the_line() -> None:
    data = json.dumps(SMALL, indent=1).replace('"written_by": "Yamada",', '"written_by": "Yamada"')
    with pytest.raises(EvidenceError) as error:
        parse(data.encode())
    assert "4行目" in error.value.text.ja and "line 4" in error.value.text.en


def test_other_files_are_none() -> None:
    assert not recognise(b'{"other": 1}', "x") and not recognise(b"", "x") and not recognise(b"# omamori_backup_result", "x")
    assert recognise(b"omamori_backup_result: 1\nwritten_by: Yamada\n", "x")  # YAML by hand is read as well


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(chance=st.data())
def test_damaged(chance: st.DataObject) -> None:
    data = bytearray(example("backup-result.ja.md"))
    for _ in range(chance.draw(st.integers(1, 6))):
        data[chance.draw(st.integers(0, len(data) - 1))] = chance.draw(st.integers(0, 255))
    try:
        parsed = parse(bytes(data[: chance.draw(st.integers(0, len(data)))]))
    except EvidenceError as error:
        assert error.text.ja and error.text.en
        return
    assert all(row.evidence.isdecimal() for row in parsed.rows)
    assert all((look.complete and not look.missing) or look.reason in {reason.code for reason in REASONS} for look in parsed.looks)
