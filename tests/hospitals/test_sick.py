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
        assert bool(said.get("found")) or bool(said.get("not_shown")), name


@pytest.mark.parametrize("name", sorted(CONDITIONS))
def test_the_condition_is_found(name: str, sick) -> None:  # type: ignore[no-untyped-def]
    failed = {(verdict.check_id, verdict.subject, verdict.finding_key) for verdict in sick.verdicts if verdict.verdict == "fail"}
    for wanted in CONDITIONS[name].get("found", ()):
        check, subject, key = wanted["check"], wanted["subject"], wanted.get("key")
        assert any(found[:2] == (check, subject) and key in (None, found[2]) for found in failed), wanted


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
