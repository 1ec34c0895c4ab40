"""Plays `secedit` and `auditpol` for Wine, which has neither: what Microsoft's pages say they do, on a state kept in a JSON file.

Wine does not wait for a program of this machine, so scripts of the same names start it and wait for the file `played`, which holds what it printed.
Called as: PREFIX STATE NAME ARGUMENTS…
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HIDDEN_WITHOUT_LOCKOUT = ("LockoutDuration", "ResetLockoutCount")


SCRIPT = """@echo off
if exist {here}\\played del {here}\\played
start /unix {player} %~n0 %*
:again
if not exist {here}\\played ping -n 1 127.0.0.1 >nul
if not exist {here}\\played goto again
type {here}\\played
"""


def main(prefix: Path, state: Path, name: str, words: list[str]) -> None:
    said = json.loads(state.read_text())
    shown = {"secedit": secedit, "auditpol": auditpol}[name](said, prefix, [word.strip('"') for word in words])
    state.write_text(json.dumps(said, sort_keys=True))
    part = state.with_name("part")
    part.write_text(shown + "\r\n")
    part.rename(state.with_name("played"))


def place(prefix: Path, path: str) -> Path:
    drive, _, rest = path.replace("\\", "/").partition(":/")
    return (prefix / "drive_c" if drive.lower() == "c" else Path("/")) / rest


def secedit(said: dict[str, dict[str, str]], prefix: Path, words: list[str]) -> str:
    """An export leaves out how long an account is locked where none is; a template changes what it names.

    The real one writes UTF-16, which the `type` of Windows turns into the letters of the console; that of Wine does not.
    """
    template = place(prefix, words[words.index("/cfg") + 1])
    if words[0] == "/export":
        lines = ["[Unicode]", "Unicode=yes"]
        for section in ("System Access", "Privilege Rights"):
            values = said[section]
            hidden = HIDDEN_WITHOUT_LOCKOUT if values.get("LockoutBadCount") == "0" else ()
            lines += [f"[{section}]", *(f"{name} = {value}" for name, value in values.items() if name not in hidden)]
        template.write_bytes(("\r\n".join([*lines, "[Version]", 'signature="$CHICAGO$"', "Revision=1", ""])).encode("ascii"))
        return ""
    section, seen = "", []
    for line in template.read_text("ascii").splitlines():
        if line.startswith("["):
            section = line[1:-1]
            seen.append(section)
        elif section in ("System Access", "Privilege Rights"):
            key, _, value = line.partition(" = ")
            said[section][key] = value
    assert "Version" in seen and len(seen) == len(set(seen))
    return ""


def auditpol(said: dict[str, dict[str, str]], prefix: Path, words: list[str]) -> str:
    if words[0] == "/backup":
        head = "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value"
        rows = [f"PC,System,x,{{{guid.upper()}}},words,,{number}" for guid, number in said["audit"].items()]
        rows.append("PC,S-1-5-21-1-2-3-1001,x,{0CCE9215-69AE-11D9-BED3-505054503030},words,,2")
        place(prefix, words[1].partition(":")[2]).write_text("\r\n".join([head, *rows, ""]))
        return ""
    guid = words[1].partition(":")[2].strip("{}").lower()
    number = int(said["audit"][guid])
    for word in words[2:]:
        bit = 1 if word.startswith("/success:") else 2
        number = number | bit if word.endswith(":enable") else number & ~bit
    said["audit"][guid] = str(number)
    return ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
