"""`omamori plan bastion` on a judged site, in both languages, for people and programs."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.respond.bastion.small import LINE, judged_site

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return judged_site(tmp_path_factory.mktemp("site"))


def test_a_person_reads_door_state_losses_rules_and_order(omamori: Run, site: Path) -> None:
    done = omamori("plan", "bastion", "--site", str(site), lang="ja")
    assert done.returncode == 0, done.stderr
    words = ("■ 一つの入口", f"まだ開いています: {LINE}", "■ なくなる通信と、確かめる相手", "■ 機器 vpn", "■ 順番", "機器に何も入れません")
    places = [done.stdout.index(word) for word in words]
    assert places == sorted(places)


def test_a_folder_gets_the_files(omamori: Run, site: Path, tmp_path: Path) -> None:
    done = omamori("plan", "bastion", "--site", str(site), "--to", "jump-01", "--out", str(tmp_path / "plan"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "plan/2-vpn.undo.nft").read_text() == "delete table inet omamori_bastion\n"


def test_json_is_one_document(omamori: Run, site: Path) -> None:
    done = omamori("plan", "bastion", "--site", str(site), "--json")
    assert done.returncode == 0 and {"door", "standing", "lines", "lost", "devices", "order"} <= json.loads(done.stdout).keys()


def test_what_is_wrong_is_one_line(omamori: Run, site: Path) -> None:
    wrong = omamori("plan", "bastion", "--site", str(site), "--to", "no-such-zone")
    assert wrong.returncode == 3 and "no-such-zone" in wrong.stderr and "Traceback" not in wrong.stderr
