"""A backup with the domain administrator's account, from what people type on Windows to the verdict: found; without a look never passed."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from omamori.pipeline.check import CheckRequest, run_check
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent

DATA = Path(__file__).parents[1] / "parse" / "windows" / "forms" / "data"
CHECK = "backup.domain_administrator"
NOW = datetime(2026, 6, 1, 9)


def sample(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


TASKS = sample("schtasks/csv_ja.txt")
WBADMIN = sample("wbadmin/versions_ja.txt")
GROUPS = sample("net_localgroup_name/two_ja.txt")


def judged(folder: Path, **typed: dict[str, str]) -> list[dict[str, str]]:
    """In: machine → file → text, as somebody saved them. Out: the verdicts of the check."""
    for machine, files in typed.items():
        (folder / "typed" / machine).mkdir(parents=True)
        for name, text in files.items():
            (folder / "typed" / machine / f"{name}.txt").write_bytes(text.replace("\n", "\r\n").encode("cp932"))
    for outcome in take_in(folder / "site", [folder / "typed"], Silent(), received=NOW):
        assert outcome.status == "stored", (outcome.name, outcome.text.en)
    run_check(CheckRequest(site=folder / "site", out=folder / "report", moment=NOW, language="en", formats=("json",)), Silent())
    told = json.loads((folder / "report" / "report.json").read_text(encoding="utf-8"))
    return [one for one in told["verdicts"] if one["check"] == CHECK]


def server(account: str) -> dict[str, str]:
    return {
        "systeminfo": sample("systeminfo/server_ja.txt"),
        "tasks": TASKS.replace('"SYSTEM","無効","72', f'"{account}","無効","72'),
        "wbadmin": WBADMIN,
    }


@pytest.mark.parametrize("account", ["HOSPITAL\\Administrator", "Administrator@hospital.example"])
def test_a_backup_that_runs_as_the_domains_administrator_is_found(tmp_path: Path, account: str) -> None:
    found = [one for one in judged(tmp_path, **{"PACS-SV": server(account)}) if one["verdict"] == "fail"]
    assert found and all(one["subject"] == "pacs-sv" for one in found)
    assert all(account in one["message"]["en"] for one in found), "the account is named"


def test_a_nas_the_domains_administrators_administer_is_found(tmp_path: Path) -> None:
    verdicts = judged(tmp_path, **{"PACS-SV": server("SYSTEM"), "NAS01": {"groups": GROUPS}})
    found = [one for one in verdicts if one["verdict"] == "fail"]
    assert [one["subject"] for one in found] == ["pacs-sv"] and "HOSP\\Domain Admins" in found[0]["message"]["en"]


def test_where_the_nas_was_not_looked_at_an_account_of_its_own_is_no_proof(tmp_path: Path) -> None:
    verdicts = judged(tmp_path, **{"PACS-SV": server("PACS-SV\\backup")})
    assert verdicts and {one["verdict"] for one in verdicts} == {"unknown"}
