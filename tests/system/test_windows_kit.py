"""The batch part of the Windows kit, run by Wine's cmd: kit → result → import → verdicts.

Wine has real answers for little more than the registry and ipconfig. So this shows the flow, the packing and the
questions, and that everything Wine has not comes out as not collected.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from omamori.collect.windows.commands import commands
from omamori.parse.kit_result import KitResult, read_kit_result

pytestmark = pytest.mark.system
OMAMORI = Path(sys.executable).with_name("omamori")
PAUSE = 1.0
"""Seconds between two answers: Wine's `set /p` takes everything a pipe holds at that moment for one answer."""


@dataclass
class Wine:
    """A Windows made by Wine. Its home and its folder for temporary files lie in `folder`."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        own = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8"}
        return own | {"WINEPREFIX": str(self.folder / "prefix"), "WINEARCH": "win64", "WINEDEBUG": "-all"}

    def start(self) -> None:
        (self.folder / "prefix").mkdir()
        quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["wineserver", "--persistent"], env=self.environment, check=True, timeout=60, **quiet)
        subprocess.run(["wine", "wineboot", "-i"], env=self.environment, check=True, timeout=120, **quiet)

    def kit(self, script: Path, *words: str, answers: Sequence[str] = ()) -> tuple[int, str]:
        """Run a script of the kit and type the answers; returns how it ended and what it showed."""
        line = ["wine", "cmd", "/d", "/c", "Z:" + str(script).replace("/", "\\"), *words]
        with subprocess.Popen(
            line, cwd=self.folder, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as run:
            assert run.stdin is not None and run.stdout is not None
            typist = threading.Thread(target=self._type, args=(run, answers), daemon=True)
            typist.start()
            shown = run.stdout.read()
            return run.wait(300), shown.decode("utf-8", "replace")

    @staticmethod
    def _type(run: subprocess.Popen[bytes], answers: Sequence[str]) -> None:
        """Answer each question when it is asked at the latest, then press Enter until the window closes."""
        assert run.stdin is not None
        waiting = [*answers]
        while run.poll() is None:
            time.sleep(PAUSE * 3 if len(waiting) == len(answers) else PAUSE)
            try:
                run.stdin.write((waiting.pop(0) if waiting else "").encode() + b"\n")
                run.stdin.flush()
            except (OSError, ValueError):
                return  # the window closed meanwhile

    def leftovers(self) -> list[Path]:
        return [path for path in (self.folder / "prefix").rglob("omamori-*") if path.is_dir()]


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    made = Wine(tmp_path_factory.mktemp("wine"))
    made.start()
    yield made
    subprocess.run(["wineserver", "--kill"], env=made.environment, check=False)


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A kit as a person makes it, in a folder with a blank in its name."""
    folder = tmp_path / "omamori kit"
    omamori("kit", folder)
    return folder


def omamori(*words: str | Path) -> None:
    subprocess.run([OMAMORI, *words], check=True, stdout=subprocess.DEVNULL)


def only_result(folder: Path) -> tuple[Path, KitResult]:
    (path,) = folder.glob("*.kit")
    return path, read_kit_result(path.read_bytes())


def test_from_the_kit_to_the_verdicts(wine: Wine, kit: Path, tmp_path: Path) -> None:
    code, shown = wine.kit(kit / "collect-en.cmd", answers=["1", "Tanaka & Co"])
    assert code == 0, shown
    path, result = only_result(kit)
    asked = {command.file for command in commands() if command.only_on in (None, "client")} | {"consent.txt", "clock.txt"}
    assert result.problems == () and result.visit.machine == "ordinary"
    (item,) = result.items
    assert {output.name for output in item.outputs} == asked and item.complete
    by_name = {output.name: output for output in item.outputs}
    assert b"answered_by=Tanaka & Co" in by_name["consent.txt"].data
    assert by_name["version.txt"].data.startswith(b"C:\\>reg query") and by_name["lsa.reg"].data.startswith(b"\xff\xfeW\0i\0")
    assert by_name["tasks.txt"].data == b"" and "automatic logon" in shown
    assert "not encrypted" in shown and path.name in shown and wine.leftovers() == []

    site, out = tmp_path / "site", tmp_path / "report"
    omamori("import", path, "--site", site)
    omamori("check", "--site", site, "--out", out, "--format", "json")
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    (asset,) = report["assets"]
    seen = {cell["group"]: cell["state"] for cell in report["coverage"] if cell["asset"] == asset["name"]}
    assert "complete" not in {seen[group] for group in ("services", "firewall", "accounts", "updates") if group in seen}, seen
    of_unseen = [one for one in report["verdicts"] if one["check"] in ("logging.windows_logons_not_audited", "accounts.guest_enabled")]
    assert of_unseen and {one["verdict"] for one in of_unseen} == {"unknown"}


def test_a_medical_device_is_not_looked_at_without_consent(wine: Wine, kit: Path) -> None:
    code, shown = wine.kit(kit / "collect-en.cmd", answers=["3", "Tanaka", ""])
    assert code == 1 and "no recorded consent" in shown
    assert not list(kit.glob("*.kit")) and wine.leftovers() == []
    code, shown = wine.kit(kit / "collect-en.cmd", answers=["3", "Tanaka", "Sato of the maker 2026-02-25"])
    _, result = only_result(kit)
    (item,) = result.items
    consent = next(output.data for output in item.outputs if output.name == "consent.txt")
    assert code == 0 and result.visit.machine == "medical" and b"consent=Sato of the maker 2026-02-25" in consent


def test_unattended_only_machines_of_the_list_are_looked_at(wine: Wine, kit: Path, tmp_path: Path) -> None:
    name = subprocess.run(["wine", "hostname"], env=wine.environment, capture_output=True, check=True).stdout.decode().strip()
    drop = tmp_path / "drop"
    drop.mkdir()
    words = ("/auto", "/drop", "Z:" + str(drop).replace("/", "\\"))
    assert wine.kit(kit / "collect-en.cmd", *words)[0] == 1
    for line in ("OTHER;ordinary;", f"{name};medical;", f"*;ordinary;Tanaka\r\n{name};vendor;"):
        (kit / "machines.txt").write_bytes(line.encode() + b"\r\n")
        assert wine.kit(kit / "collect-en.cmd", *words)[0] == 1, line
        assert not list(drop.iterdir())
    (kit / "machines.txt").write_bytes(b"# name;kind;consent\r\n*;ordinary;decided by Tanaka\r\n")
    code, shown = wine.kit(kit / "collect-en.cmd", *words)
    assert code == 0, shown
    assert only_result(drop)[1].visit.machine == "ordinary" and not list(kit.glob("*.kit"))


def test_from_a_folder_that_cannot_be_written_to_in_japanese(wine: Wine, kit: Path) -> None:
    subprocess.run(["mount", "--bind", kit, kit], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", kit], check=True)
        before = sorted(path.name for path in kit.iterdir())
        code, shown = wine.kit(kit / "collect.cmd", answers=["1", "Tanaka"])
        assert code == 0, shown
        assert sorted(path.name for path in kit.iterdir()) == before
    finally:
        subprocess.run(["umount", kit], check=True)
    (place,) = re.findall(r'"([^"]+\.kit)"', shown)
    path = Path(subprocess.run(["winepath", "-u", place], env=wine.environment, capture_output=True, check=True).stdout.decode().strip())
    assert path.parent != kit and read_kit_result(path.read_bytes()).problems == ()
    path.unlink()


def test_the_kit_is_there() -> None:
    assert shutil.which("wine") and shutil.which("wineserver"), "make test-system installs Wine"
