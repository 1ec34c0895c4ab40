"""The portable edition: built as a user builds it, unpacked where nothing can be written, and run by Wine.

Wine is no Windows: what it shows is that the program starts from its zip, writes only where it says, and judges the
same evidence to the same bytes as on Linux.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.system

ROOT = Path(__file__).resolve().parents[2]
EVIDENCE = (ROOT / "src/omamori/example/sick/2026-06-01", ROOT / "tests/hospitals/healthy/raw")
KIT = re.compile(r"omamori-windows-[^\r\n]+")
SETTINGS = "max_age_days = 3650\n"
"""So that the evidence of the golden hospitals is judged, and not only called old."""


@dataclass
class Windows:
    """A Windows made by Wine, in a mount namespace of its own. `folder` is its home, `holder` keeps the namespace."""

    folder: Path
    program: Path
    holder: subprocess.Popen[bytes]

    @property
    def stick(self) -> Path:
        """The folder the zip was unpacked into."""
        return self.program.parent

    def serve(self) -> None:
        """Make the prefix, and keep Wine's server and services up: one that a command started would hold its pipes open."""
        (self.folder / "prefix").mkdir()
        quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(self.command("wineserver", "--persistent"), env=self.environment, check=True, timeout=60, **quiet)
        subprocess.run(self.command("wine", "wineboot", "-i"), env=self.environment, check=True, timeout=120, **quiet)

    def run(self, *words: str, lines: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        """Run a command of Windows to its end."""
        return self.inside("wine", *words, lines=lines)

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the user's own home is touched."""
        own = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8"}
        return own | {"WINEPREFIX": str(self.folder / "prefix"), "WINEARCH": "win64", "WINEDEBUG": "-all"}

    def command(self, *words: str) -> list[str]:
        """The command in the namespace."""
        return ["nsenter", f"--mount=/proc/{self.holder.pid}/ns/mnt", f"--wd={self.folder}", *words]

    def inside(self, *words: str, lines: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        """Run a program in the namespace to its end."""
        # Wine wants pipes, or nothing at all, and no file.
        source: dict[str, Any] = {"stdin": subprocess.DEVNULL} if lines is None else {"input": lines}
        return subprocess.run(self.command(*words), env=self.environment, capture_output=True, timeout=600, **source)

    def omamori(self, *words: str, lines: bytes | None = None) -> str:
        """Start omamori.cmd as a person does; returns what it printed."""
        done = self.run("cmd", "/c", drive(self.program / "omamori.cmd"), *words, lines=lines)
        assert done.returncode == 0, (words, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
        return done.stdout.decode("utf-8")


def drive(path: Path) -> str:
    """The name Wine has for a path of this machine."""
    return "Z:" + str(path).replace("/", "\\")


def forwarder(name: str, exports: Mapping[str, str]) -> bytes:
    """A DLL of nothing but forwarded names. Wine 8 lacks one that every Windows from 10 on has."""
    base, names = 0x1000, sorted(exports)
    table = base + 40
    place = table + 10 * len(names)
    texts = [name, *names, *(exports[one] for one in names)]
    places = [place + sum(len(other) + 1 for other in texts[:number]) for number in range(len(texts))]
    own, said, goes = places[0], places[1 : 1 + len(names)], places[1 + len(names) :]
    count = len(names)
    data = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, own, 1, count, count, table, table + 4 * count, table + 8 * count)
    data += struct.pack(f"<{count}I{count}I{count}H", *goes, *said, *range(count)) + b"".join(text.encode() + b"\0" for text in texts)
    section = data.ljust(-(-len(data) // 512) * 512, b"\0")
    head = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64) + b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x2022)
    head += struct.pack("<HBBIIIII", 0x20B, 0, 0, 0, len(section), 0, 0, base)
    head += struct.pack("<QIIHHHHHHIIII", 0x180000000, 0x1000, 512, 6, 0, 0, 0, 6, 0, 0, 0x2000, 512, 0)
    head += struct.pack("<HHQQQQII", 3, 0x100, 0x100000, 0x1000, 0x100000, 0x1000, 0, 16) + struct.pack("<II", base, len(data)) + bytes(120)
    head += b".edata\0\0" + struct.pack("<IIIIIIHHI", len(data), base, len(section), 512, 0, 0, 0, 0, 0x40000040)
    return head.ljust(512, b"\0") + section


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip, built twice from what git keeps, in two places at once: the bytes must be the same."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    clones = [tmp_path_factory.mktemp(f"clone{number}") for number in (1, 2)]
    for clone in clones:
        for name in filter(None, names):
            if (ROOT / name).is_file():
                (clone / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, clone / name)
    builds = [subprocess.Popen([sys.executable, "tools/windows_zip.py"], cwd=clone, stdout=subprocess.DEVNULL) for clone in clones]
    assert [build.wait(300) for build in builds] == [0, 0]
    first, second = (clone / "dist" / "omamori-windows.zip" for clone in clones)
    assert first.read_bytes() == second.read_bytes()
    return first


@pytest.fixture(scope="module")
def windows(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    """Windows with the zip unpacked into a folder with Japanese letters and a blank, where the program cannot be changed."""
    folder = tmp_path_factory.mktemp("windows")
    stick = folder / "共有 フォルダ"
    with zipfile.ZipFile(built) as archive:
        archive.extractall(stick)
    program = stick / "omamori"
    hold = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && echo ready && exec sleep 3600'
    with subprocess.Popen(["unshare", "--mount", "sh", "-c", hold, "sh", str(program)], stdout=subprocess.PIPE) as holder:
        made = Windows(folder, program, holder)
        try:
            assert holder.stdout is not None and holder.stdout.readline() == b"ready\n"
            made.serve()
            library = folder / "prefix" / "drive_c" / "windows" / "system32" / "bcryptprimitives.dll"
            library.write_bytes(forwarder(library.name, {"ProcessPrng": "advapi32.SystemFunction036"}))
            assert made.inside("touch", str(program / "x")).returncode != 0
            yield made
        finally:
            made.inside("wineserver", "--kill")
            holder.terminate()


@pytest.fixture(scope="module")
def judged(windows: Windows, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The report of both golden hospitals' evidence as one site, made on Linux and on Windows."""
    here, there = tmp_path_factory.mktemp("linux"), windows.stick
    moment = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT00:00:00")
    for place in (here / "site", there / "omamori-site"):
        place.mkdir()
        (place / "omamori.toml").write_text(SETTINGS)
    told = []
    for words in (("import", *map(str, EVIDENCE), "--lang", "ja"), ("check", "--moment", moment, "--out", str(here / "report"))):
        command = [sys.executable, "-m", "omamori", *words, "--site", str(here / "site")]
        told.append(subprocess.run(command, check=True, capture_output=True, timeout=300).stdout.decode())
    said = windows.omamori("import", *map(drive, EVIDENCE), "--lang", "ja")
    assert re.search(r"\b(\d+) 件のうち \1 件を取り込みました", said), said
    # Of every kit result the same is told: how many outputs, which of them printed nothing, what the machine is.
    kits = {path.name for folder in EVIDENCE for path in folder.glob("omamori-windows-*.kit")}
    assert len(kits) >= 15 and {line.partition(":")[0] for line in KIT.findall(said)} == kits
    assert sorted(KIT.findall(said)) == sorted(KIT.findall(told[0]))
    # Of two quoted words cmd /c takes the first and the last quote away, so only the program's folder has a blank.
    report = windows.folder / "報告"
    windows.omamori("check", "--moment", moment, "--out", drive(report))
    return here / "report", report


def verdicts(folder: Path) -> str:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    found, today = report["verdicts"], report["moment"][:10]
    assert {verdict["verdict"] for verdict in found} >= {"pass", "fail", "unknown"} and len(found) > 1000
    # What has no time of its own is of the minute it was taken in, and the two take it in one after the other. All other times stay.
    return re.sub(rf"({today}) \d\d:\d\d", r"\1", json.dumps(found, ensure_ascii=False, sort_keys=True))


def test_it_starts_and_tells_size_and_time(windows: Windows, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    times = []
    for _ in range(3):
        began = time.monotonic()
        assert windows.omamori("--version").startswith("omamori ")
        times.append(time.monotonic() - began)
    with capsys.disabled():
        size = built.stat().st_size / 1e6
        print(  # noqa: T201 - for whoever runs the test
            f"\nomamori-windows.zip: {size:.1f} MB; omamori.cmd --version under Wine: {', '.join(f'{one:.1f}' for one in times)} s"
        )


def test_this_pc_is_looked_at_and_what_it_does_not_tell_is_not_collected(windows: Windows, tmp_path: Path) -> None:
    """Wine answers little more than the registry and ipconfig: the rest must come out as not collected, never as nothing found."""
    site, out = tmp_path / "here", tmp_path / "report"
    said = windows.omamori("check", "--here", "--site", drive(site), "--out", drive(out), "--lang", "ja", "--format", "json")
    assert "機器 1 台のうち 1 台の実機を見て" in said
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    (asset,) = report["assets"]
    assert (asset["platform"], asset["observed"]) == ("windows", True)
    cells = {cell["group"]: cell for cell in report["coverage"]}
    assert {"firewall_rules", "patches", "security_products"} <= {table for cell in cells.values() for table in cell["tables_not_whole"]}
    judged = {verdict["check"] for verdict in report["verdicts"] if verdict["verdict"] in ("fail", "pass")}
    assert judged & {"system.uac_off", "support.os_ended"}, "the registry is read"
    silent = {"updates.windows_never", "firewall.windows_profile_off", "protection.real_time_off", "logging.windows_security_small"}
    verdicts = {verdict["check"]: verdict["verdict"] for verdict in report["verdicts"] if verdict["check"] in silent}
    assert verdicts == dict.fromkeys(silent, "unknown")


def test_the_example_is_the_same_to_the_byte(windows: Windows, tmp_path: Path) -> None:
    said = windows.omamori("menu", "example", drive(tmp_path / "there"), "--no-open")
    assert "見た範囲で見つかったもの" in said and drive(tmp_path / "there" / "report.html") in said
    command = [sys.executable, "-m", "omamori", "example", "--lang", "ja", "--out", str(tmp_path / "here")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for name in ("report.json", "report.html", "report.xlsx"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes(), name


def test_the_same_evidence_gives_the_same_verdicts(judged: tuple[Path, Path]) -> None:
    here, there = judged
    assert verdicts(there) == verdicts(here)
    assert sorted(path.name for path in there.iterdir()) == ["report.html", "report.json", "report.xlsx"]


def test_the_menu_takes_choices_typed_and_makes_everything_beside_the_site(windows: Windows, judged: tuple[Path, Path]) -> None:
    said = windows.omamori("menu", "--no-open", lines="５\r\n4\r\n2\r\n\r\n0\r\n".encode())
    assert drive(windows.stick / "omamori-site") in said and "終わり" in said
    assert (windows.stick / "omamori-kit" / "collect-linux.sh").read_bytes().startswith(b"#!/bin/sh\n")
    assert (windows.stick / "daicho.xlsx").stat().st_size > 10_000
    assert sorted(path.name for path in windows.stick.iterdir()) == ["daicho.xlsx", "omamori", "omamori-kit", "omamori-site"]


def test_what_is_dragged_onto_it_is_taken_in(windows: Windows, tmp_path: Path) -> None:
    note = tmp_path / "メモ.txt"
    note.write_text("x")
    said = windows.omamori(drive(note), lines=b"0\n")
    assert "メモ.txt" in said and "判定と報告書" in said


def test_beside_a_read_only_share_the_site_goes_to_the_documents(windows: Windows, judged: tuple[Path, Path]) -> None:
    share = str(windows.stick)
    assert windows.inside("mount", "--rbind", share, share).returncode == 0
    assert windows.inside("mount", "-o", "remount,bind,ro", share).returncode == 0
    try:
        said = windows.omamori("menu", lines=b"0\n")
    finally:
        windows.inside("umount", "-l", share)
    assert "Documents\\omamori-site" in said


PROBE = """
import json, sys, time
from pathlib import Path
from omamori.gate.process import run
from omamori.snapshot.files import private_folder, write_whole
place = private_folder(Path(sys.argv[1]) / "a" / "b")
busy = place / "report.xlsx"
write_whole(busy, b"1")
found = {}
with busy.open("rb"):
    try:
        write_whole(busy, b"2")
    except PermissionError as error:
        found["busy"] = Path(error.filename2).name
found["kept"] = [path.read_bytes().decode() for path in place.iterdir()]
try:
    private_folder(Path("Q:/gone/site"))
except FileNotFoundError as error:
    found["drive"] = error.filename
child = "import time, sys, pathlib; time.sleep(4); pathlib.Path(sys.argv[1]).touch()"
parent = "import subprocess, sys; subprocess.run([sys.executable, '-c', *sys.argv[1:]])"
done = run((sys.executable, "-c", parent, child, str(place / "survived")), timeout=1.5)
time.sleep(4)
found["stopped"] = [done.timed_out, (place / "survived").exists()]
print(json.dumps(found))
"""


def test_files_in_use_missing_drives_and_children_are_as_on_linux(windows: Windows, tmp_path: Path) -> None:
    script = tmp_path / "probe.py"
    script.write_text(PROBE)
    done = windows.run(str(windows.program / "program" / "python.exe"), "-X", "utf8", "-B", drive(script), drive(tmp_path))
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert json.loads(done.stdout) == {"busy": "report.xlsx", "kept": ["1"], "drive": "Q:\\", "stopped": [True, False]}
    assert (tmp_path / "a").stat().st_mode & 0o007 == 0


def test_the_monthly_pack_is_made_of_files_dragged_onto_it_and_taken_in(windows: Windows, tmp_path: Path) -> None:
    """Fetching was never tried on a Windows: Wine's own certificates and proxies are not those of a PC."""
    (tmp_path / "files").mkdir()
    rows = (
        "DatePosted,CVE,BulletinKB,Title,AffectedProduct,AffectedComponent,Severity,Impact,Supersedes,Exploits",
        "20260512,CVE-2026-1001,5060001,一,Windows 10 Version 22H2 for x64-based Systems,Kernel,Critical,Spoofing,5050001,",
    )
    (tmp_path / "files" / "CVEs_20260601.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = windows.run("cmd", "/c", drive(windows.program / "omamori-pack.cmd"), drive(tmp_path / "files"), lines=b"\r\n")
    assert done.returncode == 0, (done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
    packs, keys = windows.stick / "omamori-packs", windows.stick / "omamori-key"
    try:
        (pack,) = packs.glob("*.omamori-pack")
        page = (packs / "fingerprint.txt").read_text(encoding="utf-8-sig")
        fingerprint = "".join(re.findall(r"\b[0-9a-f]{4}\b", page)[:8])
        assert len(fingerprint) == 32 and (keys / "omamori-pack.key").is_file()
        site, carried = tmp_path / "site", tmp_path / "new.omamori-pack"
        shutil.copyfile(pack, carried)
        said = windows.omamori("feeds", "import", drive(carried), "--fingerprint", fingerprint, "--site", drive(site), "--lang", "ja")
        assert "取り込みました" in said
        told = json.loads(windows.omamori("feeds", "status", "--site", drive(site), "--json"))
        command = [sys.executable, "-m", "omamori", "feeds", "status", "--site", str(site), "--json"]
        assert told == json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)
        assert {one["feed"]: one["records"] for one in told["sources"]}["microsoft"] == 1
    finally:
        for folder in (packs, keys):
            shutil.rmtree(folder, ignore_errors=True)
