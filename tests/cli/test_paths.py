"""`omamori paths` on a judged site, in both languages, for people and programs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pipeline.site_with_ways import site_with_ways

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_with_ways(tmp_path_factory.mktemp("site"))


def test_a_person_reads_entry_steps_jewel_evidence_and_what_to_do(omamori: Run, site: Path) -> None:
    done = omamori("paths", "--site", str(site), lang="ja")
    assert done.returncode == 0, done.stderr
    told = done.stdout
    assert "まずやること" in told
    places = [
        told.index(word)
        for word in (
            "■ PACS保守VPN (外部からの回線、画像テック)",
            "→ PACSサーバ(画像(PACS)): 1歩",
            "パスワードを尋ねません",
            "[pacs:5]",
        )
    ]
    assert places == sorted(places)
    assert "判断できない" in told and "届くおそれ" in told


def test_a_supposed_change_is_told_first(omamori: Run, site: Path) -> None:
    done = omamori("paths", "--site", str(site), "--without", "PACS保守VPN")
    assert done.returncode == 0 and done.stdout.startswith("With entry:PACS保守VPN:")
    assert "cut: PACS保守VPN -> PACSサーバ" in done.stdout


def test_json_is_one_document(omamori: Run, site: Path) -> None:
    done = omamori("paths", "--site", str(site), "--json")
    assert done.returncode == 0 and {"entries", "changes", "cheapest", "not_reached"} <= json.loads(done.stdout).keys()


def test_what_is_wrong_is_one_line(omamori: Run, site: Path) -> None:
    nothing = omamori("paths", "--site", "nowhere")
    assert nothing.returncode == 3 and "omamori check" in nothing.stderr
    wrong = omamori("paths", "--site", str(site), "--without", "no-such-change")
    assert wrong.returncode == 3 and "no-such-change" in wrong.stderr and "Traceback" not in wrong.stderr


def test_no_other_command_waits_for_numpy() -> None:
    code = "import sys; from omamori.cli.commands import command_line; command_line(); import omamori.pipeline.check; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
