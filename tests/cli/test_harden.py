"""`omamori harden` on a judged site, in both languages, for people and programs."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.respond.harden.small import judged_site

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return judged_site(tmp_path_factory.mktemp("site"))


def test_a_person_reads_what_to_do_what_to_ask_and_the_order(omamori: Run, site: Path) -> None:
    done = omamori("harden", "--site", str(site), "--measure", "own-antivirus", lang="ja")
    assert done.returncode == 0, done.stderr
    words = ("■ この計画", "ふるまい監視を入れる", "■ 業者に聞くこと", "■ この計画にないもの", "■ 順番")
    places = [done.stdout.index(word) for word in words]
    assert places == sorted(places)


def test_written_and_verified(omamori: Run, site: Path, tmp_path: Path) -> None:
    done = omamori("harden", "zone:ward", "--site", str(site), "--out", str(tmp_path / "plan"))
    assert done.returncode == 0 and "plan.html" in done.stdout, done.stderr
    held = omamori("harden", "--verify", str(tmp_path / "plan/plan.json"), "--site", str(site))
    assert held.returncode == 0 and "not looked at since the plan: 1" in held.stdout
    told = json.loads(omamori("harden", "--verify", str(tmp_path / "plan/plan.json"), "--site", str(site), "--json").stdout)
    assert told["counts"]["not-seen"] == 1


def test_what_is_wrong_is_one_line(omamori: Run, site: Path) -> None:
    wrong = omamori("harden", "zone:nowhere", "--site", str(site))
    assert wrong.returncode == 3 and "zone:nowhere" in wrong.stderr and "Traceback" not in wrong.stderr
