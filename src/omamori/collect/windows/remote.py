"""Asks a Windows machine from afar what the kit asks it there: the same list, the same sections, the same exit codes.

Nothing is left on the machine's disk. Instead of `reg export`, which writes a file, `reg query … /s` prints the same keys and
values; `secedit` can only write, so it writes into a folder made for it, which the same line removes, and whether it is gone is
asked afterwards. Output comes in the machine's own OEM code page, as the kit's does. Never run against a real Windows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Protocol

from omamori.collect.windows.commands import Command, kit_commands, typed_line
from omamori.collect.windows.script import GUARDS, PROGRAMS
from omamori.collect.windows.stream import Section
from omamori.gate.process import Completed
from omamori.parse.windows.decode import decode

CODE_PAGE = r"reg query HKLM\SYSTEM\CurrentControlSet\Control\Nls\CodePage /v OEMCP"
NAME = r"reg query HKLM\SYSTEM\CurrentControlSet\Control\ComputerName\ActiveComputerName /v ComputerName"
PRODUCT = r"reg query HKLM\SYSTEM\CurrentControlSet\Control\ProductOptions /v ProductType"
ADMINISTRATOR = r"reg query HKU\S-1-5-19"
IMAGE_PATHS = r"reg query HKLM\SYSTEM\CurrentControlSet\Services /s /v ImagePath"
CLOCK = "[DateTime]::UtcNow.ToString('s', [System.Globalization.CultureInfo]::InvariantCulture)"
_WAIT = 60.0
_POWERSHELL_WAIT = 120.0
_TIMED_OUT = 1460
"""ERROR_TIMEOUT: what the kit notes of a command it did not wait for any longer."""
_TYPES = {"winnt": "client", "servernt": "server", "lanmannt": "dc"}
_PROMPT = b"C:\\>"
_PROGRAM = re.compile(r'"?([A-Za-z]:\\[^"%&|<>^!*?;,=]{1,240}\.exe)(?:"|$)', re.IGNORECASE)
_SUBKEY = re.compile(r"HKEY_USERS\\[A-Za-z0-9._-]{1,200}$")
_AT_ONCE = 15
"""Programs asked for in one line: a line of cmd holds 8191 characters."""
_ASK = """$ErrorActionPreference = 'Stop'
{before}$answer = @(& {{ {query} }})
if ($answer.Count -gt 0) {{
    if ($answer[0] -is [string]) {{ [string]::Join("`r`n", $answer) + "`r`n" }} else {{ $answer | Out-String -Width 4096 }}
}}
"""
_ROLES = "try { Import-Module ServerManager } catch { $null = $_ }\n"


class Asked(Protocol):
    """A machine that answers commands and PowerShell."""

    def open(self, codepage: int) -> None:
        """Let programs print in a code page from now on."""

    def run(self, line: str, *, timeout: float) -> Completed:
        """Run one line of cmd."""

    def ask(self, script: str, *, timeout: float) -> Completed:
        """Ask PowerShell; text in UTF-8."""


@dataclass(slots=True)
class Seen:
    """What is known of a machine so far; it grows while it is asked, so that a look that breaks off keeps what came."""

    host: str = ""
    kind: str = "client"
    privileged: bool = False
    started: datetime | None = None
    sections: list[Section] = field(default_factory=list)
    finished: bool = False
    left: str = ""


def introduce(machine: Asked, seen: Seen) -> str:
    """Ask who the machine is, in its own code page; returns what it said instead of a name (empty: it told one)."""
    page = _value(machine.run(f"{CODE_PAGE} <nul", timeout=_WAIT), "OEMCP")
    if page.isascii() and page.isdigit() and len(page) <= 5:
        machine.open(int(page))
    answer = machine.run(f"{NAME} <nul", timeout=_WAIT)
    seen.host = _value(answer, "ComputerName")
    seen.kind = _TYPES.get(_value(machine.run(f"{PRODUCT} <nul", timeout=_WAIT), "ProductType").lower(), "client")
    seen.privileged = machine.run(f"{ADMINISTRATOR} <nul", timeout=_WAIT).exit_code == 0
    return "" if seen.host else decode((answer.stderr or answer.stdout)[:400]).plain.strip()


def ask_everything(machine: Asked, seen: Seen, *, number: str, step: Callable[[], None]) -> None:
    """Ask what the kit asks; every answer is in `seen.sections` at once. A command that fails costs only itself.

    `number` names the folder `secedit` writes into. `step` is called after each of the `count_of(seen.kind)` questions.
    """
    listed = sorted(_listed(seen.kind), key=lambda one: bool(one.query))
    for command in listed:
        if command.query and seen.started is None:
            seen.started = _moment(machine.ask(CLOCK, timeout=_WAIT))
        seen.sections.append(_section(machine, command, seen, number))
        step()
    seen.finished = True


@cache
def count_of(kind: str = "client") -> int:
    """Return how many questions a machine of a kind is asked."""
    return len(_listed(kind))


def _listed(kind: str) -> list[Command]:
    return [one for one in kit_commands() if not GUARDS[one.only_on] or kind in GUARDS[one.only_on]]


def _section(machine: Asked, command: Command, seen: Seen, number: str) -> Section:
    wait = float(command.slow) or _WAIT
    if command.query:
        before = _ROLES if command.only_on == "server" else ""
        answer = machine.ask(_ASK.format(before=before, query=command.query), timeout=_POWERSHELL_WAIT)
        said = answer.stdout.decode("utf-8", "replace")
        data = said.encode("utf-8-sig") if said.strip() else b""
        return Section(command.file, data if answer.exit_code == 0 else b"", _code(answer))
    if command.each == PROGRAMS:
        return _programs(machine, command, wait)
    if command.under:
        return _below(machine, command, wait)
    if command.run[:2] == ("secedit", "/export"):
        return _in_a_folder(machine, command, seen, wait, number)
    if command.run[:2] in (("reg", "query"), ("reg", "export")):
        return _registry(machine, command, wait)
    if command.each:
        return _one_by_one(machine, command, wait)
    run = command.other if command.other and not seen.privileged else command.run
    answer = machine.run(line_of(run), timeout=wait)
    return Section(command.file, b"" if answer.exit_code is None else answer.stdout, _code(answer))


def line_of(words: tuple[str, ...], after: str = "") -> str:
    """Return one line for cmd: what it would act on stands in quotation marks, and nothing waits for input."""
    run = words[2:] if words[:2] == ("cmd", "/c") else words
    quoted = (f'"{word}"' if set(word) & set(' |&<>()^,;="') else word for word in run)
    return f"{' '.join(quoted)}{after} <nul"


def _code(answer: Completed) -> int:
    return _TIMED_OUT if answer.exit_code is None else answer.exit_code & 0xFFFF


def _registry(machine: Asked, command: Command, wait: float) -> Section:
    """`reg query`: that a key or value is not there is an answer (exit code 1), and its message belongs to it."""
    runs = (
        [("reg", "query", command.run[2], "/s")]
        if command.run[1] == "export"
        else [tuple(part.replace("{each}", word) for part in command.run) for word in command.each or ("",)]
    )
    out, code = b"", 1
    for run in runs:
        # What a hidden value holds goes nowhere, not even over the wire.
        answer = machine.run(line_of(run, " >nul" if command.hidden else ""), timeout=wait)
        if answer.exit_code is None:
            return Section(command.file, b"", _code(answer))
        there = command.hidden and answer.exit_code == 0
        out += _exchange(run, command.noted.encode() if there else answer.stdout + answer.stderr)
        code = 0 if answer.exit_code < 2 else code
    return Section(command.file, out + _PROMPT + b"\r\n", code)


def _exchange(run: tuple[str, ...], said: bytes) -> bytes:
    """Question and answer as a copy of the console has them."""
    return b"".join((_PROMPT, typed_line(run).encode(), b"\r\n", said, b"\r\n"))


def _one_by_one(machine: Asked, command: Command, wait: float) -> Section:
    """The command once for each word; one that succeeds makes the output."""
    out, code = b"", 1
    for word in command.each:
        answer = machine.run(line_of(tuple(part.replace("{each}", word) for part in command.run)), timeout=wait)
        out += b"" if answer.exit_code is None else answer.stdout
        code = 0 if answer.exit_code == 0 else code
    return Section(command.file, out, code)


def _below(machine: Asked, command: Command, wait: float) -> Section:
    """The command once for every key below one. The names come from the machine: those that are no plain name are left out."""
    listed = machine.run(line_of(("reg", "query", command.under)), timeout=wait)
    out = b""
    for key in (line.strip() for line in decode(listed.stdout).lines):
        if not _SUBKEY.match(key):
            continue
        run = tuple(part.replace("{each}", key) for part in command.run)
        answer = machine.run(line_of(run), timeout=wait)
        if answer.exit_code is None:
            return Section(command.file, b"", _code(answer))
        out += _exchange(run, answer.stdout + answer.stderr)
    return Section(command.file, out + _PROMPT + b"\r\n" if out else b"", 0 if out else 1)


def _programs(machine: Asked, command: Command, wait: float) -> Section:
    """`icacls` of every program of a service, and of its folder, as the kit has it."""
    answer = machine.run(f"{IMAGE_PATHS} <nul", timeout=wait)
    if answer.exit_code != 0:
        return Section(command.file, b"", _code(answer))
    paths = list(dict.fromkeys(_paths(decode(answer.stdout).lines)))
    out = b""
    for place in range(0, len(paths), _AT_ONCE):
        asked = " & ".join(f'(if exist "{path}" icacls "{path}" <nul)' for path in paths[place : place + _AT_ONCE])
        answer = machine.run(asked, timeout=wait)
        if answer.exit_code is None:
            return Section(command.file, b"", _code(answer))
        out += answer.stdout
    return Section(command.file, out, 0)


def _paths(lines: list[str]) -> Iterator[str]:
    for line in lines:
        _, found, path = line.partition("ImagePath    REG_EXPAND_SZ    ")
        if not found:
            _, found, path = line.partition("ImagePath    REG_SZ    ")
        program = _PROGRAM.match(path.strip()) if found and "\\system32\\" not in path.lower() else None
        if program and program[1].isprintable():
            yield program[1]
            yield program[1].rpartition("\\")[0] + "\\."


def secedit_line(number: str) -> str:
    """Return the line that lets `secedit` write, prints it, and removes what was written. An older folder is never touched."""
    folder = f'"%TEMP%\\omamori-{number}"'
    work = 'secedit /export /cfg 001 /log l001 >nul <nul & type 001 & cd /d "%TEMP%" & rd /s /q ' + folder
    return f"if defined TEMP md {folder} && cd /d {folder} && ({work})"


def gone_line(number: str) -> str:
    """Return the line that prints something only where the folder is still there."""
    return f'if exist "%TEMP%\\omamori-{number}" echo left'


def remove_line(number: str) -> str:
    """Return the line that removes the folder of a `secedit` that had to be ended."""
    return f'rd /s /q "%TEMP%\\omamori-{number}"'


def _in_a_folder(machine: Asked, command: Command, seen: Seen, wait: float, number: str) -> Section:
    # Told as left until the machine says that it is gone, also where it is lost before that.
    seen.left = f"%TEMP%\\omamori-{number}"
    answer = machine.run(secedit_line(number), timeout=wait)
    if not _gone(machine.run(gone_line(number), timeout=_WAIT)):
        machine.run(remove_line(number), timeout=_WAIT)
        seen.left = "" if _gone(machine.run(gone_line(number), timeout=_WAIT)) else seen.left
    else:
        seen.left = ""
    whole = answer.exit_code is not None and bool(answer.stdout.strip())
    return Section(command.file, answer.stdout if whole else b"", 0 if whole else _code(answer) or 1)


def _gone(answer: Completed) -> bool:
    return answer.exit_code is not None and not answer.timed_out and not answer.stdout.strip()


def _value(answer: Completed, name: str) -> str:
    """Return the one value a `reg query /v` printed."""
    for line in decode(answer.stdout[:8192]).lines:
        words = line.split(None, 2)
        if len(words) == 3 and words[0].lower() == name.lower() and words[1].startswith("REG_"):
            return words[2].strip()
    return ""


def _moment(answer: Completed) -> datetime | None:
    try:
        return datetime.strptime(answer.stdout.decode("ascii", "replace").strip(), "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return None
