"""The kit's list of machines, read by Wine's cmd: the kit's own lines, and the same answers as over WinRM."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from omamori.collect.windows.consent import read_machines
from omamori.collect.windows.script import collection_files

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("windows kit")]

AROUND = r"""@echo off
setlocal EnableExtensions DisableDelayedExpansion
set "KIT=%~1\"
set "WORK=%~1"
set "COMPUTERNAME=%~2"
set "MACHINE="
{unattended}
:collect
echo looked at
exit /b 0
:not_listed
echo not listed
exit /b 1
:no_consent
echo no consent
exit /b 1
{listed}
"""
AGREED = "Ms Sato & Co. (100%) >x 2026"
ALL = "*;ordinary;IT"
CASES = [
    ("PC1", "# PC1;medical;\nPC2;medical;\n" + ALL, "ordinary", "IT"),
    ("PC1", f"pc1;Vendor;{AGREED}\n{ALL}", "vendor", AGREED),
    ("PC1", f"PC1;vendor;\n{ALL}", None, ""),
    ("PC1", "PC1;ordinary", "ordinary", ""),
    ("PC1", "", None, ""),
    ("CT-CONSOLE", f"CT-CONSOLE.hosp.local;medical;\n{ALL}", None, ""),
    ("CT-CONSOLE", f"ct-console.hosp.local;medical;{AGREED}\n{ALL}", "medical", AGREED),
    ("CT", f"CT-CONSOLE.hosp.local;medical;\n{ALL}", "ordinary", "IT"),
    ("XRAY", f"XRAY;medcial;\n{ALL}", None, ""),
    ("XRAY", f"XRAY;medcial;{AGREED}\n{ALL}", None, ""),
    ("XRAY", f"XRAY\n{ALL}", None, ""),
    ("XRAY", f"XRAY;;{AGREED}\n{ALL}", None, ""),
    ("XRAY", f"XRAY;vendor agreed;x\n{ALL}", None, ""),
    ("CT2", f'"CT2";medical;\n{ALL}', None, ""),
    ("CT2", f'"CT2";"medical";{AGREED}\n{ALL}', "medical", AGREED),
    ("CT2", f" CT2 ; medical ; {AGREED}\n{ALL}", "medical", AGREED),
    ("CT2", f"CT2;medical; \n{ALL}", None, ""),
    ("ECHO", f"ECHO.a.local;ordinary;x\nECHO.b.local;vendor;\n{ALL}", None, ""),
    ("ECHO", f"ECHO.a.local;ordinary;x\nECHO.b.local;vendor;{AGREED}\n{ALL}", "vendor", AGREED),
    ("ECHO", f"ECHO;ordinary;x\nECHO;else;x\n{ALL}", None, ""),
    ("PC1", "*;medical;Maker", None, ""),
    ("PC1", "*;medical;Maker\n*;ordinary;IT", None, ""),
    ("PC1", "*.hosp.local;ordinary;IT", None, ""),
    ("PC1", "*;odd;IT\n*;ordinary;IT", None, ""),
]


@contextmanager
def wine(prefix: Path) -> Iterator[dict[str, str]]:
    """Yield the environment of a Windows made by Wine."""
    prefix.mkdir()
    own = {"PATH": os.environ["PATH"], "HOME": str(prefix.parent), "LANG": "C.UTF-8"}
    environment = own | {"WINEPREFIX": str(prefix), "WINEARCH": "win64", "WINEDEBUG": "-all"}
    try:
        nothing = subprocess.DEVNULL
        subprocess.run(["wine", "wineboot", "-i"], env=environment, stdin=nothing, stdout=nothing, stderr=nothing, check=True, timeout=180)
        yield environment
    finally:
        subprocess.run(["wineserver", "--kill"], env=environment, timeout=60)


def between(text: str, label: str, end: str) -> str:
    """The kit's lines from one label up to another."""
    return text[text.index(f"\r\n{label}\r\n") : text.index(f"\r\n{end}\r\n")]


def test_the_kit_and_winrm_read_a_list_alike(tmp_path: Path) -> None:
    kit = collection_files("1", "2026-01-01")["collect.cmd"].decode("ascii")
    unattended, listed = between(kit, ":unattended", ":collect"), between(kit, ":listed", ":say")
    one = AROUND.replace("\n", "\r\n").replace("{unattended}", unattended).replace("{listed}", listed)
    (tmp_path / "one.cmd").write_text(one, encoding="ascii", newline="")
    calls = ["@echo off"]
    for number, (name, lines, _, _) in enumerate(CASES):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "machines.txt").write_text(lines, encoding="ascii", newline="\r\n")
        calls.append(f"call one.cmd {number} {name} >{number}.txt 2>&1")
    (tmp_path / "all.cmd").write_text("\r\n".join([*calls, ""]), encoding="ascii", newline="")
    with wine(tmp_path / "prefix") as environment:
        subprocess.run(["wine", "cmd", "/d", "/c", "all.cmd"], cwd=tmp_path, env=environment, check=False, timeout=300, capture_output=True)
    for number, (name, lines, machine, agreed) in enumerate(CASES):
        said = (tmp_path / f"{number}.txt").read_text(encoding="ascii").strip()
        found = read_machines(lines.encode()).of(name)
        assert (found.machine if found else None, found.agreed if found else "") == (machine, agreed), (name, lines)
        if machine is None:
            assert said in ("not listed", "no consent"), (name, lines, said)
            continue
        assert said == "looked at", (name, lines, said)
        told = (tmp_path / f"{number}" / "consent").read_text(encoding="ascii").splitlines()
        consent = [f"consent={agreed}"] if agreed else []
        assert [line.rstrip() for line in told] == ["OMAMORI-CONSENT 1", f"machine={machine}", "answered_by=machines.txt", *consent]
    assert not list(tmp_path.rglob("x"))
