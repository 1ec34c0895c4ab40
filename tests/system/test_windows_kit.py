"""The Windows kit, run by Wine's cmd for real: made as a user makes it, answered as a person answers, taken in and judged.

Wine tells little more than its registry and its addresses, and its PowerShell does nothing: what this shows is the way from the
kit to the verdict, and that whatever did not come is not collected. The answers are typed one after the other, since Wine's
`set /p` takes all that lies in the pipe.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from omamori.parse.kit_result import KitResult, read_kit_result

pytestmark = pytest.mark.system

ASKS = b"1/2/3> "
MORE = b"> "
CLOSES = b"Press Enter to close."
NEVER_FROM_WINE = {"systeminfo.txt", "firewall.txt", "tasks.txt", "userwmi.txt", "svcwmi.txt"}
"""What this Wine has no answer to."""


@dataclass
class Wine:
    """A Windows made by Wine in a mount namespace of its own. `kit` can be written to, `fixed` is the same kit where nothing can."""

    folder: Path
    kit: Path
    fixed: Path
    holder: subprocess.Popen[bytes]

    @property
    def environment(self) -> dict[str, str]:
        own = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8"}
        return own | {"WINEPREFIX": str(self.folder / "prefix"), "WINEARCH": "win64", "WINEDEBUG": "-all"}

    def command(self, *words: str) -> list[str]:
        return ["nsenter", f"--mount=/proc/{self.holder.pid}/ns/mnt", f"--wd={self.folder}", *words]

    def quiet(self, *words: str) -> None:
        nothing = subprocess.DEVNULL
        subprocess.run(self.command(*words), env=self.environment, stdin=nothing, stdout=nothing, stderr=nothing, check=True, timeout=180)

    def collect(self, kit: Path, *words: str, answers: Sequence[tuple[bytes, str]] = ()) -> tuple[int, bytes]:
        """Run collect.cmd; each answer is typed when its prompt stands there. Returns exit code and what was shown."""
        command = self.command("wine", "cmd", "/d", "/c", "call", drive(kit / "collect.cmd"), *words)
        shown = b""
        seen = 0
        with subprocess.Popen(
            command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as running:
            assert running.stdin is not None and running.stdout is not None
            for prompt, answer in answers:
                while prompt not in shown[seen:]:
                    if not select.select([running.stdout], [], [], 120)[0]:
                        running.kill()
                        raise AssertionError((prompt, shown))
                    piece = os.read(running.stdout.fileno(), 65536)
                    assert piece, (prompt, shown)
                    shown += piece
                seen = len(shown)
                running.stdin.write(answer.encode("ascii") + b"\r\n")
                running.stdin.flush()
            rest, _ = running.communicate(timeout=300)
        return running.returncode, shown + rest

    def temporary(self) -> list[str]:
        """The files the kit left in the user's temporary folders. (An empty folder stays where Wine's own processes stand in it.)"""
        users = self.folder / "prefix" / "drive_c" / "users"
        return sorted(str(path) for folder in users.rglob("omamori-*") if folder.is_dir() for path in folder.iterdir())


def drive(path: Path) -> str:
    """The name Wine has for a path of this machine."""
    return "Z:" + str(path).replace("/", "\\")


def omamori(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "omamori", *words], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    folder = tmp_path_factory.mktemp("wine")
    kit, fixed = folder / "kit (A B)", folder / "kit ro"
    omamori("kit", str(kit))
    shutil.copytree(kit, fixed)
    (fixed / "machines.txt").write_text("# one line each\r\nCT-CONSOLE;medical;\r\n*;ordinary;decided by IT 2026-11-20\r\n")
    hold = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && echo ready && exec sleep 3600'
    with subprocess.Popen(["unshare", "--mount", "sh", "-c", hold, "sh", str(fixed)], stdout=subprocess.PIPE) as holder:
        made = Wine(folder, kit, fixed, holder)
        try:
            assert holder.stdout is not None and holder.stdout.readline() == b"ready\n"
            (folder / "prefix").mkdir()
            made.quiet("wineserver", "--persistent")
            made.quiet("wine", "wineboot", "-i")
            yield made
        finally:
            subprocess.run(made.command("wineserver", "--kill"), env=made.environment, timeout=60)
            holder.terminate()


def results(folder: Path) -> list[Path]:
    return sorted(folder.rglob("omamori-windows-*.kit"))


def read(path: Path) -> KitResult:
    result = read_kit_result(path.read_bytes())
    (item,) = result.items
    assert (item.kind, item.complete, item.exit_code) == ("windows.commands", True, 0)
    return result


def test_a_person_runs_it_and_the_result_is_judged(wine: Wine, tmp_path: Path) -> None:
    code, shown = wine.collect(wine.kit, answers=[(ASKS, "1"), (CLOSES, "")])
    assert code == 0, shown
    (path,) = results(wine.kit)
    result = read(path)
    (item,) = result.items
    assert not [problem for problem in result.problems if problem.expected.startswith(("probe", "`end`", "`done"))]
    assert result.visit.host and result.visit.built is not None
    taken = dict(re.findall(r"^  (\S+) (\d+)\r?$", shown.decode("ascii", "replace"), re.MULTILINE))
    missing = dict(re.findall(r"^  (\S+) \[(\d+)\]\r?$", shown.decode("ascii", "replace"), re.MULTILINE))
    assert {"ipconfig.txt", "version.txt", "smb.reg"} <= set(taken) and set(missing) >= NEVER_FROM_WINE
    assert not set(taken) & set(missing)
    outputs = {output.name: output for output in item.outputs}
    assert {"consent.txt", "clock.txt"} <= set(outputs) and set(taken) | set(missing) <= set(outputs)
    assert {name: len(outputs[name].data) for name in taken} == {name: int(size) for name, size in taken.items()}
    assert outputs["consent.txt"].data.split() == [b"OMAMORI-CONSENT", b"1", b"machine=ordinary"]
    assert outputs["smb.reg"].data.startswith(b"\xff\xfe"), "an export comes as it was written"
    assert b"not encrypted" in shown and path.name.encode() in shown
    assert wine.temporary() == []

    site, report = tmp_path / "site", tmp_path / "report"
    said = omamori("import", str(path), "--site", str(site), "--lang", "en")
    assert "printed nothing" in said
    omamori("check", "--site", str(site), "--out", str(report), "--format", "json")
    judged = json.loads((report / "report.json").read_text(encoding="utf-8"))
    (asset,) = judged["assets"]
    assert (asset["platform"], asset["observed"]) == ("windows", True)
    verdicts = {verdict["check"]: verdict["verdict"] for verdict in judged["verdicts"]}
    assert {"fail", "pass"} & set(verdicts.values()), "the registry is read"
    silent = ("updates.windows_never", "firewall.windows_profile_off", "protection.real_time_off", "logging.windows_security_small")
    assert {name: verdicts[name] for name in silent} == dict.fromkeys(silent, "unknown")


def test_in_japanese_it_says_the_same(wine: Wine, tmp_path: Path) -> None:
    code, shown = wine.collect(wine.fixed, "/auto", "/lang:ja", f"/out:{drive(tmp_path)}")
    assert code == 0, shown
    # Wine's console has another code page than Japanese Windows, so its letters come changed: that they are no English can be seen.
    assert b"Omamori collection kit" not in shown and b"addresses" not in shown and b"Taken" not in shown
    steps = re.findall(rb"^(\d+)/(\d+) \S", shown, re.MULTILINE)
    assert len(steps) > 50 and steps[0][0] == b"1" and len({total for _, total in steps}) == 1
    assert read(results(tmp_path)[0]).visit.privileged is False


@pytest.mark.parametrize("kind", ["2", "3"])
def test_without_consent_nothing_is_looked_at(wine: Wine, tmp_path: Path, kind: str) -> None:
    before = sorted(wine.kit.iterdir())
    code, shown = wine.collect(wine.kit, f"/out:{drive(tmp_path)}", answers=[(ASKS, kind), (MORE, ""), (CLOSES, "")])
    assert code == 1 and b"No consent is recorded" in shown and b"ipconfig" not in shown
    assert list(tmp_path.iterdir()) == [] and sorted(wine.kit.iterdir()) == before and wine.temporary() == []


def test_no_answer_is_no_consent(wine: Wine, tmp_path: Path) -> None:
    answers = [(ASKS, "yes"), (ASKS, "4"), (ASKS, ""), (CLOSES, "")]
    code, shown = wine.collect(wine.kit, f"/out:{drive(tmp_path)}", answers=answers)
    assert code == 1 and b"Nothing was collected" in shown and list(tmp_path.iterdir()) == []


def test_consent_is_kept_as_it_was_typed(wine: Wine, tmp_path: Path) -> None:
    answers = [(ASKS, "3"), (MORE, "Ms Sato & Co. (100%) 2026-11-18 >x"), (MORE, "Tanaka"), (CLOSES, "")]
    code, _ = wine.collect(wine.kit, f"/out:{drive(tmp_path)}", answers=answers)
    assert code == 0
    (path,) = results(tmp_path)
    result = read(path)
    said = next(output.data for output in result.items[0].outputs if output.name == "consent.txt").decode().splitlines()
    assert [line.rstrip() for line in said] == [
        "OMAMORI-CONSENT 1", "machine=medical", "consent=Ms Sato & Co. (100%) 2026-11-18 >x", "answered_by=Tanaka",
    ]  # fmt: skip
    assert b"machine=medical\r\n" in path.read_bytes()[:400]
    assert not (wine.kit / "x").exists()


def test_alone_it_stops_where_the_machine_is_not_listed(wine: Wine, tmp_path: Path) -> None:
    code, shown = wine.collect(wine.kit, "/auto", f"/drop:{drive(tmp_path)}")
    assert code == 1 and b"machines.txt" in shown
    (note,) = tmp_path.iterdir()
    assert note.name.startswith("omamori-stopped-") and b"machines.txt" in note.read_bytes()


def test_alone_from_where_nothing_can_be_written_it_drops_the_result(wine: Wine, tmp_path: Path) -> None:
    assert subprocess.run(wine.command("touch", str(wine.fixed / "x")), capture_output=True).returncode != 0
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in wine.fixed.iterdir()}
    for _ in range(2):
        code, shown = wine.collect(wine.fixed, "/auto", f"/drop:{drive(tmp_path)}")
        assert code == 0, shown
    first, second = sorted(tmp_path.glob("*-omamori-windows-*.kit"))
    assert read(first).visit.host == read(second).visit.host
    consent = next(output.data for output in read(first).items[0].outputs if output.name == "consent.txt")
    assert b"consent=decided by IT 2026-11-20" in consent
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in wine.fixed.iterdir()} == sums
    assert wine.temporary() == []


def test_beside_a_kit_that_cannot_be_written_the_desktop_takes_the_result(wine: Wine) -> None:
    code, shown = wine.collect(wine.fixed, answers=[(ASKS, "1"), (CLOSES, "")])
    assert code == 0, shown
    (place,) = re.findall(rb"Z:[^\r\n]*\.kit|[A-Z]:[^\r\n]*(?:Desktop|Temp)[^\r\n]*\.kit", shown)
    assert b"Desktop" in place or b"Temp" in place
    # Wine lets the desktop be a folder of this machine's user.
    found = [path for path in results(wine.folder) if wine.kit not in path.parents]
    assert read(found[0])


def test_a_kit_that_seals_says_so_where_it_could_not(wine: Wine, tmp_path: Path) -> None:
    """Wine's PowerShell does nothing: the result stays in clear, and that is said."""
    kit = wine.folder / "sealing"
    omamori("kit", str(kit), "--seal", "--site", str(tmp_path / "site"))
    code, shown = wine.collect(kit, f"/out:{drive(tmp_path)}", answers=[(ASKS, "1"), (CLOSES, "")])
    assert code == 0 and b"would encrypt" in shown and b"The result is encrypted" not in shown
    assert read(results(tmp_path)[0])
