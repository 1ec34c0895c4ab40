"""`omamori isolate` on a judged site, in both languages, for people and programs."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.respond.isolate.ward import prepared_site

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared_site(tmp_path_factory.mktemp("site"))


def test_the_stages_are_listed_with_what_is_missing_and_whom_to_ask(omamori: Run, site: Path) -> None:
    done = omamori("isolate", "--site", str(site), lang="ja")
    assert done.returncode == 0, done.stderr
    places = [done.stdout.index(f"■ {number} ") for number in range(1, 6)]
    assert places == sorted(places) and "足りないもの" in done.stdout and "機器にも触れていません" in done.stdout


def test_a_preview_and_a_folder_and_json(omamori: Run, site: Path, tmp_path: Path) -> None:
    shown = omamori("isolate", "preview", "2-records-VPN", "--site", str(site))
    assert shown.returncode == 0 and "ehr tcp/3389" in shown.stdout
    made = omamori("isolate", "prepare", "--site", str(site), "--out", str(tmp_path / "block"), "--minutes", "3")
    assert made.returncode == 0 and (tmp_path / "block/isolate.json").is_file()
    assert any("timeout 180s" in path.read_text() for path in (tmp_path / "block").glob("*.timed.nft"))
    told = omamori("isolate", "--json", "--site", str(site))
    assert told.returncode == 0 and {"stages", "cuts", "never_blocked", "doubts"} <= json.loads(told.stdout).keys()
    flows = omamori("isolate", "--machine", "ehr", "preview", "5", "--json", "--site", str(site))
    assert flows.returncode == 0 and any(one["stops"] for one in json.loads(flows.stdout))


def test_what_is_wrong_is_one_line(omamori: Run, site: Path) -> None:
    wrong = omamori("isolate", "preview", "9", "--site", str(site))
    assert wrong.returncode == 3 and "9 is no stage" in wrong.stderr and "Traceback" not in wrong.stderr
    assert omamori("isolate", "--machine", "nobody", "--site", str(site)).returncode == 3
