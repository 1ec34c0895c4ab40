"""From real repositories of restic and borg to the verdicts of `omamori check`: damage, a wrong password, an attack, generations gone."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from .hospital_files import a_day, encrypt, make
from .test_backup_verify import OMAMORI, Repo, three

pytestmark = pytest.mark.system
GRAVE = (
    "damaged_part",
    "password_wrong",
    "traces_certain",
    "generations_gone",
    "few_generations",
    "structure_broken",
    "no_clean_generation",
)


@pytest.fixture(params=["restic", "borg"])
def four(request: pytest.FixtureRequest, tmp_path: Path) -> Repo:
    """A repository of four generations."""
    one = Repo(request.param, tmp_path)
    one.init()
    make(one.source)
    three(one)
    a_day(one.source, 3)
    one.backup("last")
    return one


def look(repo: Repo, *words: str, **environment: str) -> int:
    """Verify it and return the exit code; nothing of it may change."""
    command = [*OMAMORI, "backup", "verify", str(repo.place), "--machine", "ehr-db", "--job", "nightly", "--share", "all", *words]
    before = repo.hashes()
    done = subprocess.run(
        [*command, "--site", str(repo.folder / "site")],
        env=repo.environment | environment, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert repo.hashes() == before, "the repository was changed"
    return done.returncode


def judged(repo: Repo) -> dict[str, list[dict[str, Any]]]:
    """The verdicts on the machine by check and whether it failed: `damaged_part`."""
    out = repo.folder / "out"
    command = [*OMAMORI, "check", "--site", str(repo.folder / "site"), "--format", "json", "--out", str(out)]
    done = subprocess.run(command, env=repo.environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in json.loads((out / "report.json").read_text(encoding="utf-8"))["verdicts"]:
        if one["subject"] == "ehr-db":
            found[one["check"].removeprefix("backup.")].append(one)
    return found


def words(found: dict[str, list[dict[str, Any]]], check: str) -> set[str]:
    return {one["verdict"] for one in found[check]}


def test_a_whole_repository_gives_no_finding(four: Repo) -> None:
    assert look(four) == 0
    found = judged(four)
    assert not [one for check in GRAVE for one in found[check] if one["verdict"] == "fail"]
    for check in ("not_read_whole", "structure_broken", "damaged_part", "password_wrong", "no_clean_generation", "traces_certain"):
        assert words(found, check) == {"pass"}, check


def test_a_damaged_part_is_told_with_the_files_that_do_not_come_back(four: Repo) -> None:
    part = max((path for path in (four.place / "data").rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)
    part.chmod(0o600)
    with part.open("r+b") as stream:
        stream.seek(part.stat().st_size // 3)
        stream.write(b"\0" * 64)
    look(four)
    found = judged(four)
    assert words(found, "damaged_part") == {"fail"}
    (harm,) = found["damaged_part"]
    assert part.name in harm["key"] and harm["evidence"]


def test_a_wrong_password_is_critical_and_what_lies_behind_it_unknown(four: Repo) -> None:
    look(four, RESTIC_PASSWORD="wrong", BORG_PASSPHRASE="wrong")
    found = judged(four)
    assert words(found, "password_wrong") == {"fail"}
    for check in ("no_clean_generation", "contents_not_looked_into", "structure_broken", "few_generations"):
        assert "fail" not in words(found, check) and "pass" not in words(found, check), check


def test_an_attack_is_critical_and_a_clean_generation_is_left(four: Repo) -> None:
    encrypt(four.source)
    four.backup("encrypted")
    assert look(four) in (0, 1)
    found = judged(four)
    assert "fail" in words(found, "traces_certain")
    assert words(found, "no_clean_generation") == {"pass"}


def test_generations_that_go_out_of_order_are_told(four: Repo) -> None:
    look(four)
    if four.kind == "restic":
        newest = json.loads(four.program("restic", "snapshots", "--json"))[-2:]
        four.program("restic", "forget", *(one["id"] for one in newest))
    else:
        four.program("borg", "delete", f"{four.place}::last")
        four.program("borg", "delete", f"{four.place}::nightly-3")
    look(four)
    found = judged(four)
    assert words(found, "generations_gone") >= {"fail"}
    assert "fail" in words(found, "few_generations")
