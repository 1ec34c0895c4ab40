"""The sick hospital: every condition of the published incidents is found, and the whole report is compared.

`OMAMORI_UPDATE=1 pytest tests/hospitals/test_sick.py` writes expected.json anew; read the difference before you keep it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent / "sick"
CONDITIONS: dict[str, Any] = yaml.safe_load((HERE / "conditions.yaml").read_text(encoding="utf-8"))


def test_every_condition_of_the_incidents_is_listed() -> None:
    assert sorted(CONDITIONS) == [f"C{number:02d}" for number in range(1, 27)]
    for name, said in CONDITIONS.items():
        assert said["found"], name
        assert bool(said.get("windows")) != bool(said.get("not_on_windows")), f"{name}: a Windows machine shows it, or why none can"


@pytest.mark.parametrize("name", sorted(CONDITIONS))
def test_the_condition_is_found(name: str, sick) -> None:  # type: ignore[no-untyped-def]
    failed = {(verdict.check_id, verdict.subject, verdict.finding_key) for verdict in sick.verdicts if verdict.verdict == "fail"}
    for wanted in CONDITIONS[name].get("found", ()):
        check, subject, key = wanted["check"], wanted["subject"], wanted.get("key")
        assert any(found[:2] == (check, subject) and key in (None, found[2]) for found in failed), wanted


@pytest.mark.parametrize("name", sorted(name for name, said in CONDITIONS.items() if "windows" in said))
def test_a_windows_machine_shows_the_condition_in_its_kit_result(name: str, sick) -> None:  # type: ignore[no-untyped-def]
    found = {
        (host, verdict.check_id, verdict.subject, key)
        for verdict in sick.verdicts
        if verdict.verdict == "fail" and (address := (verdict.evidence or "").partition(":")[0])
        for blob, host in sick.kits.items()
        if blob.startswith(address)
        for key in (None, verdict.finding_key)
    }
    for wanted in CONDITIONS[name]["windows"]:
        assert (wanted["machine"].lower(), wanted["check"], wanted["subject"], wanted.get("key")) in found, wanted


def test_nearly_every_windows_check_is_seen_to_fail_and_in_a_kit_result(sick) -> None:  # type: ignore[no-untyped-def]
    """A floor, not a duty of each new check: what it shows nobody needs to believe on its examples alone."""
    windows = {check.id for check in sick.checks if check.scope and "'windows'" in check.scope}
    failed = [verdict for verdict in sick.verdicts if verdict.verdict == "fail" and verdict.check_id in windows]
    blobs = tuple(sick.kits)
    by_kit = {
        verdict.check_id
        for verdict in failed
        if (address := (verdict.evidence or "").partition(":")[0]) and any(blob.startswith(address) for blob in blobs)
    }
    assert len({verdict.check_id for verdict in failed}) >= 145, windows - {verdict.check_id for verdict in failed}
    assert len(by_kit) >= 145, windows - by_kit


def test_every_kind_of_windows_machine_came_as_a_kit_result_and_some_were_typed(sick, healthy) -> None:  # type: ignore[no-untyped-def]
    twins = {
        "ad01": "ad1",
        "fs01": "fs2",
        "ts01": "jump1",
        "bk02": "bk2",
        "karte-pc31": "karte-pc2",
        "karte-pc32": "karte-pc3",
        "ct-console": "ct1",
    }
    # Nobody keeps a Windows without updates in good health, nor a notebook from a shop: these have no twin.
    assert set(sick.kits.values()) == {*twins, "lab-old", "naishi-rec", "ikyoku-note"}
    assert set(healthy.kits.values()) == set(twins.values())
    subjects = {verdict.subject for verdict in sick.verdicts} & {verdict.subject for verdict in healthy.verdicts}
    assert {"認証サーバ", "CT操作卓", "バックアップサーバ2"} <= subjects


def test_the_whole_report(sick) -> None:  # type: ignore[no-untyped-def]
    lines = sorted(
        json.dumps([v.check_id, v.subject, v.finding_key, v.verdict, v.severity, v.reason], ensure_ascii=False) for v in sick.verdicts
    )
    text = "[\n" + ",\n".join(lines) + "\n]\n"
    path = HERE / "expected.json"
    if os.environ.get("OMAMORI_UPDATE"):
        path.write_text(text, encoding="utf-8")
    expected = path.read_text(encoding="utf-8").split("\n")
    changed = sorted(set(text.split("\n")) ^ set(expected))
    assert changed == [], f"{len(changed)} verdicts differ; if that is meant: OMAMORI_UPDATE=1 pytest {Path(__file__).name}"


def test_what_changed_since_the_visit_before_is_known(sick) -> None:  # type: ignore[no-untyped-def]
    since = {verdict.since for verdict in sick.verdicts if verdict.verdict == "fail"}
    assert len(since) == 2, "some findings are old, some are new"


def test_the_machine_with_a_new_name_is_still_one_machine(sick) -> None:  # type: ignore[no-untyped-def]
    subjects = {verdict.subject for verdict in sick.verdicts}
    assert "医事会計ORCA" in subjects
    assert not {"orca", "orca-new"} & subjects


def test_two_machines_with_one_name_stay_two(sick) -> None:  # type: ignore[no-untyped-def]
    subjects = {verdict.subject for verdict in sick.verdicts}
    assert {"部門サーバ", "画像参照端末1"} <= subjects
    assert "srv01" not in subjects
