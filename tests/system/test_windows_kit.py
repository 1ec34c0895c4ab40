"""The Windows kit, run by Wine's cmd for real: made as a user makes it, answered as a person answers, taken in and judged.

Wine tells little more than its registry and its addresses, and its PowerShell does nothing: what this shows is the way from the
kit to the verdict, and that whatever did not come is not collected. The answers are typed one after the other, since Wine's
`set /p` takes all that lies in the pipe. A run waits more than it works, so the four whole ones go on beside each other.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from omamori.parse.kit_result import KitResult, read_kit_result

pytestmark = pytest.mark.system

ASKS = b"1/2/3> "
MORE = b"> "
CLOSES = b"Press Enter to close."
NEVER_FROM_WINE = {"systeminfo.txt", "firewall.txt", "tasks.txt", "userwmi.txt", "svcwmi.txt"}
"""What this Wine has no answer to."""
CONSENT = "Ms Sato & Co. (100%) 2026-11-18 >x"
CERTUTIL = """@echo off
start /unix {sum} %CD%\\%2
:again
if not exist %2.sum ping -n 2 127.0.0.1 >nul
if not exist %2.sum goto again
echo SHA256 hash of %2:
type %2.sum
del %2.sum
echo CertUtil: -hashfile command completed successfully.
"""
"""Wine's certutil says nothing: this one says what Microsoft's page on `certutil -hashfile` shows, of the same file."""
SUM = """#!/bin/sh
path="$WINEPREFIX/dosdevices/$(printf %s "$1" | tr '\\\\' / | sed 's/^./\\L&/')"
sha256sum <"$path" | cut -c1-64 | sed '{spelled}' >"$path.part" && mv "$path.part" "$path.sum"
"""
SPELLED = {"windows-10": "", "windows-7": "s/../& /g;s/ $//"}
"""How versions write the sum: as one word, or in pairs."""


@dataclass
class Wine:
    """A Windows made by Wine in a mount namespace of its own. `kit` can be written to, `fixed` seals and lies where nothing can."""

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

    def collect(self, kit: Path, *words: str, answers: Sequence[tuple[bytes, str]] = (), certutil: str = "") -> Run:
        """Run collect.cmd; each answer is typed when its prompt stands there. `certutil`: which version's there is."""
        command = self.command("wine", "cmd", "/d", "/c", "call", drive(kit / "collect.cmd"), *words)
        found = {"WINEPATH": drive(self.folder / certutil)} if certutil else {}
        # Into a file: what goes on in the background would hold a pipe open.
        with (
            tempfile.NamedTemporaryFile() as screen,
            subprocess.Popen(
                command, env=self.environment | found, stdin=subprocess.PIPE, stdout=screen, stderr=subprocess.STDOUT
            ) as running,
        ):
            assert running.stdin is not None
            shown, seen = Path(screen.name), 0
            for prompt, answer in answers:
                end = time.monotonic() + 300
                while (place := shown.read_bytes().find(prompt, seen)) < 0:
                    if running.poll() is not None or time.monotonic() > end:
                        running.kill()
                        raise AssertionError((prompt, shown.read_bytes()))
                    time.sleep(0.05)
                seen = place + len(prompt)
                running.stdin.write(answer.encode("ascii") + b"\r\n")
                running.stdin.flush()
            running.stdin.close()
            return Run(running.wait(timeout=600), shown.read_bytes())

    def temporary(self) -> list[Path]:
        """The kit's folders among the user's temporary files."""
        users = self.folder / "prefix" / "drive_c" / "users"
        return sorted(path for path in users.rglob("omamori-*") if path.is_dir())

    def stand_in(self, folder: Path) -> subprocess.Popen[bytes]:
        """A cmd that stands in a folder until its input ends, as a command that has not ended would."""
        standing = subprocess.Popen(
            self.command("wine", "cmd", "/d"), env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert standing.stdin is not None and standing.stdout is not None
        place = str(folder).partition("drive_c")[2].replace("/", "\\")
        standing.stdin.write(f"cd /d C:{place}\r\n".encode())
        standing.stdin.flush()
        return standing


@dataclass
class Run:
    """One run of the kit: its exit code and what was shown."""

    code: int
    shown: bytes

    @property
    def number(self) -> str:
        """Its number: Wine's kit knows no better name for its result."""
        return re.findall(r"-(\d+)\.kit \[", self.shown.decode("ascii", "replace"))[0]


@dataclass
class Runs:
    """The whole runs. `held`: the folder a program of ours stood in while its run ended."""

    person: Run
    vendor: Run
    dropped: tuple[Run, Run]
    drop: Path
    held: str
    left: list[str] = field(default_factory=list)


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
    omamori("kit", str(fixed), "--seal", "--site", str(folder / "site"))
    (fixed / "machines.txt").write_text("# one line each\r\nCT-CONSOLE;medical;\r\n*;ordinary;decided by IT 2026-11-20\r\n")
    for version, spelled in SPELLED.items():
        (folder / version).mkdir()
        program = folder / version / "sum.sh"
        program.write_text(SUM.format(spelled=spelled))
        program.chmod(0o755)
        (folder / version / "certutil.cmd").write_text(CERTUTIL.format(sum=program).replace("\n", "\r\n"))
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


@pytest.fixture(scope="module")
def runs(wine: Wine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    """A person at an ordinary PC; the same at a vendor's, with a kit that seals and cannot be written to; and twice nobody."""
    drop = tmp_path_factory.mktemp("drop")
    vendor = [(ASKS, "3"), (MORE, CONSENT), (MORE, "Tanaka"), (CLOSES, "")]
    alone = ("/auto", f"/drop:{drive(drop)}")
    with ThreadPoolExecutor(4) as pool:
        started = [
            pool.submit(wine.collect, wine.kit, answers=[(ASKS, "1"), (CLOSES, "")], certutil="windows-10"),
            pool.submit(wine.collect, wine.fixed, answers=vendor),
            pool.submit(wine.collect, wine.fixed, *alone, certutil="windows-7"),
            pool.submit(wine.collect, wine.fixed, *alone, "/lang:ja"),
        ]
        end = time.monotonic() + 120
        while len(folders := wine.temporary()) < len(started) and time.monotonic() < end:
            time.sleep(0.1)
        held = folders[0]
        standing = wine.stand_in(held)
        person, of_vendor, first, second = (one.result() for one in started)
    made = Runs(person, of_vendor, (first, second), drop, held.name.removeprefix("omamori-"))
    made.left = [path.name for path in wine.temporary() if held != path] + [str(path) for path in held.glob("*")]
    assert held.is_dir()
    standing.communicate(b"exit\r\n", timeout=60)
    yield made


def results(folder: Path) -> list[Path]:
    return sorted(folder.rglob("omamori-windows-*.kit"))


def read(path: Path) -> KitResult:
    result = read_kit_result(path.read_bytes())
    (item,) = result.items
    assert (item.kind, item.complete, item.exit_code) == ("windows.commands", True, 0)
    return result


def consent(result: KitResult) -> list[str]:
    said = next(output.data for output in result.items[0].outputs if output.name == "consent.txt")
    return [line.rstrip() for line in said.decode().splitlines()]


def gone(wine: Wine) -> bool:
    """Whether no temporary folder is there, or none is after a while: what stood in one may still be closing."""
    end = time.monotonic() + 90
    while wine.temporary() and time.monotonic() < end:
        time.sleep(0.2)
    return not wine.temporary()


def test_a_person_runs_it_and_the_result_is_judged(wine: Wine, runs: Runs, tmp_path: Path) -> None:
    code, shown = runs.person.code, runs.person.shown
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
    assert outputs["autopass.txt"].data and b"[secret" not in outputs["autopass.txt"].data, "no password is there, so none is noted"
    assert b"not encrypted" in shown and b"would encrypt" not in shown and path.name.encode() in shown

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


def test_the_sum_by_certutil_is_that_of_the_result_as_either_version_writes_it(wine: Wine, runs: Runs) -> None:
    """And where nobody can make one, as with Wine's own certutil and PowerShell, the result comes without."""
    first, second = sorted(runs.drop.glob("*.kit"), key=lambda path: path.name.startswith(runs.dropped[1].number))
    (person,) = results(wine.kit)
    assert [read(path).intact for path in (person, first, second)] == [True, True, None]


def test_in_japanese_it_says_the_same(runs: Runs) -> None:
    shown = runs.dropped[1].shown
    # Wine's console has another code page than Japanese Windows, so its letters come changed: that they are no English can be seen.
    assert b"Omamori collection kit" not in shown and b"addresses" not in shown and b"Taken" not in shown
    steps = re.findall(rb"^(\d+)/(\d+) \S", shown, re.MULTILINE)
    assert len(steps) > 50 and steps[0][0] == b"1" and len({total for _, total in steps}) == 1
    (path,) = runs.drop.glob(f"{runs.dropped[1].number}-*.kit")
    assert read(path).visit.privileged is False


def test_nothing_is_left_behind_but_where_something_has_not_ended_and_then_it_goes_by_itself(wine: Wine, runs: Runs) -> None:
    """All four started in one second, so Wine's cmd drew the same numbers for them."""
    every = (runs.person, runs.vendor, *runs.dropped)
    assert len({run.number for run in every}) == 4 and runs.left == []
    (held,) = (run for run in every if run.number == runs.held)
    said = [b"has not ended yet" in run.shown for run in every if run is not runs.dropped[1]]
    assert (b"has not ended yet" in held.shown or held is runs.dropped[1]) and sum(said) <= 1
    assert gone(wine)


@pytest.mark.parametrize("kind", ["2", "3"])
def test_without_consent_nothing_is_looked_at(wine: Wine, runs: Runs, tmp_path: Path, kind: str) -> None:
    assert gone(wine)
    before = sorted(wine.kit.iterdir())
    run = wine.collect(wine.kit, f"/out:{drive(tmp_path)}", answers=[(ASKS, kind), (MORE, ""), (CLOSES, "")])
    assert run.code == 1 and b"No consent is recorded" in run.shown and b"ipconfig" not in run.shown
    assert list(tmp_path.iterdir()) == [] and sorted(wine.kit.iterdir()) == before and gone(wine)


def test_no_answer_is_no_consent(wine: Wine, tmp_path: Path) -> None:
    answers = [(ASKS, "yes"), (ASKS, "4"), (ASKS, ""), (CLOSES, "")]
    run = wine.collect(wine.kit, f"/out:{drive(tmp_path)}", answers=answers)
    assert run.code == 1 and b"Nothing was collected" in run.shown and list(tmp_path.iterdir()) == []


def test_consent_is_kept_as_it_was_typed(wine: Wine, runs: Runs) -> None:
    assert runs.vendor.code == 0, runs.vendor.shown
    (path,) = (path for path in results(wine.folder) if runs.vendor.number in path.name)
    assert consent(read(path)) == ["OMAMORI-CONSENT 1", "machine=medical", f"consent={CONSENT}", "answered_by=Tanaka"]
    assert b"machine=medical\r\n" in path.read_bytes()[:400]
    assert not (wine.kit / "x").exists() and not list(wine.folder.rglob("x"))


def test_alone_it_stops_where_the_machine_is_not_listed(wine: Wine, tmp_path: Path) -> None:
    run = wine.collect(wine.kit, "/auto", f"/drop:{drive(tmp_path)}")
    assert run.code == 1 and b"machines.txt" in run.shown
    (note,) = tmp_path.iterdir()
    assert note.name.startswith("omamori-stopped-") and b"machines.txt" in note.read_bytes()


def test_alone_from_where_nothing_can_be_written_it_drops_the_result(wine: Wine, runs: Runs) -> None:
    assert subprocess.run(wine.command("touch", str(wine.fixed / "x")), capture_output=True).returncode != 0
    assert [run.code for run in runs.dropped] == [0, 0], runs.dropped
    first, second = sorted(runs.drop.glob("*-omamori-windows-*.kit"))
    assert sorted(runs.drop.iterdir()) == [first, second]
    assert read(first).visit.host == read(second).visit.host
    assert "consent=decided by IT 2026-11-20" in consent(read(first))
    listed = dict(line.split("  ")[::-1] for line in (wine.fixed / "SHA256SUMS").read_text().splitlines())
    assert {name: hashlib.sha256((wine.fixed / name).read_bytes()).hexdigest() for name in listed} == listed
    assert {path.name for path in wine.fixed.iterdir()} == {*listed, "SHA256SUMS", "machines.txt"}


def test_beside_a_kit_that_cannot_be_written_the_desktop_takes_the_result(wine: Wine, runs: Runs) -> None:
    (place,) = re.findall(rb"Z:[^\r\n]*\.kit|[A-Z]:[^\r\n]*(?:Desktop|Temp)[^\r\n]*\.kit", runs.vendor.shown)
    assert b"Desktop" in place or b"Temp" in place
    # Wine lets the desktop be a folder of this machine's user.
    (found,) = (path for path in results(wine.folder) if wine.kit not in path.parents)
    assert read(found)


def test_a_kit_that_seals_says_so_where_it_could_not(runs: Runs) -> None:
    """Wine's PowerShell does nothing: the result stays in clear, and that is said."""
    assert b"would encrypt" in runs.vendor.shown and b"The result is encrypted" not in runs.vendor.shown
