"""Writes `collect.cmd`, `collect.ps1` and their messages from the list of commands. The same list gives the same bytes.

Source of what batch does: Microsoft Learn, Windows Commands: cmd, copy, for, set, start. Never run on a real Windows, only by Wine's cmd.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import yaml
from jinja2 import Environment, StrictUndefined

from omamori.collect.windows.commands import NOTED, Command, kit_commands, typed_line

PROGRAMS = ("programs",)
"""The word in `each` that stands for the programs of all services."""

GUARDS = {None: (), "client": ("client",), "server": ("server", "dc"), "dc": ("dc",)}
_GROUP = 25
"""Outputs joined by one `copy`: a line of cmd holds 8191 characters."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One output of the kit: its number (also its file's name while it works), the lines of batch that make it, or PowerShell's query."""

    number: str
    file: str
    guard: tuple[str, ...]
    slow: int
    lines: tuple[str, ...] = ()
    query: str = ""


def collection_files(version: str, built: str) -> dict[str, bytes]:
    """Return the files of the kit that run on Windows and the words they say, by name.

    `version` and `built` (a day) are written into the result. cmd reads its files in the console's code page, so the script
    is ASCII, the Japanese words are CP932, and every line ends as Windows wants it.
    """
    listed = kit_commands()
    ordered = [one for one in listed if one.run[0] != "powershell"] + [one for one in listed if one.run[0] == "powershell"]
    probes = [_probe(f"{place:03}", command) for place, command in enumerate(ordered, 1)]
    numbers = [one.number for one in probes]
    known: dict[str, object] = {
        "version": version,
        "built": built,
        "noted": NOTED,
        "probes": [one for one in probes if one.lines],
        "queries": [one for one in probes if one.query],
        "numbers": numbers,
        "groups": [numbers[place : place + _GROUP] for place in range(0, len(numbers), _GROUP)],
    }
    said = yaml.safe_load(_content("messages.yaml"))
    words = {
        language: "".join(
            [f"{name}={line}\n" for name, entry in said.items() for line in entry[language].rstrip("\n").split("\n")]
            + [f"{probe.number}={command.title.say(language)}\n" for probe, command in zip(probes, ordered, strict=True)]
        )
        for language in ("ja", "en")
    }
    return {
        "collect.cmd": _windows(_render("collect.cmd.j2", known)).encode("ascii"),
        "collect.ps1": _windows(_render("collect.ps1.j2", known)).encode("ascii"),
        "messages.ja.txt": _windows(words["ja"]).encode("cp932"),
        "messages.en.txt": _windows(words["en"]).encode("ascii"),
    }


def _content(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _render(name: str, known: dict[str, object]) -> str:
    # These are programs, not pages: nothing in them is from outside, and nothing may be escaped.
    environment = Environment(autoescape=False, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)  # noqa: S701
    return environment.from_string(_content(name)).render(known)


def _windows(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def _probe(number: str, command: Command) -> Probe:
    guard = GUARDS[command.only_on]
    if command.run[0] == "powershell":
        return Probe(number, command.file, guard, 0, query=command.query)
    if command.each == PROGRAMS:
        lines = _of_programs(number)
    elif command.under:
        lines = _below(number, command)
    elif command.hidden:
        lines = _hidden(number, command)
    elif command.run[:2] == ("reg", "query"):
        lines = _asked(number, command)
    elif command.each:
        lines = _one_by_one(number, command)
    else:
        lines = _once(number, command)
    return Probe(number, command.file, guard, command.slow, tuple(lines))


def _line(words: tuple[str, ...], number: str = "") -> str:
    """One command of batch: a per cent sign stands twice, what cmd would act on stands in quotation marks."""
    quoted = (
        number if word == "{file}" else f"l{number}" if word == "{log}" else f'"{word}"' if set(word) & set(' |&<>()^,;="') else word
        for word in words
    )
    return " ".join(quoted).replace("%", "%%").replace("%%windir%%", "%windir%")


def _prompt(number: str, line: str) -> str:
    """Write the question before its answer, as a copy of the console would have it."""
    return f">>{number} echo C:\\^>{line}"


def _once(number: str, command: Command) -> list[str]:
    run = command.run[2:] if command.run[:2] == ("cmd", "/c") else command.run
    ending = f" >nul 2>e{number} <nul" if command.writes else f" >{number} 2>e{number} <nul"
    first = _line(run, number) + ending
    if not command.other:
        return [first, 'set "RC=%ERRORLEVEL%"']
    second = _line(command.other, number) + ending
    return [f'if "%USERID%"=="0" {first}', f'if not "%USERID%"=="0" {second}', 'set "RC=%ERRORLEVEL%"']


def _one_by_one(number: str, command: Command) -> list[str]:
    """The command once for each word; one that succeeds makes the output."""
    lines = []
    for word in command.each:
        run = tuple(part.replace("{each}", word) for part in command.run)
        lines += [f"{_line(run)} >>{number} 2>>e{number} <nul", "if not errorlevel 1 set RC=0"]
    return lines


def _asked(number: str, command: Command) -> list[str]:
    """`reg query`: that a key or value is not there is an answer (exit code 1), and its message belongs to it."""
    lines = []
    for word in command.each or ("",):
        run = tuple(part.replace("{each}", word) for part in command.run)
        lines += [
            _prompt(number, _quoted(run)),
            f"{_line(run)} >>{number} 2>&1 <nul",
            "if not errorlevel 2 set RC=0",
            f">>{number} echo.",
        ]
    return [*lines, _prompt(number, "")]


def _hidden(number: str, command: Command) -> list[str]:
    """`reg query` whose answer is thrown away: only that there is one is written down, in the form of one."""
    return [
        _prompt(number, _quoted(command.run)),
        f"{_line(command.run)} >nul 2>>{number} <nul",
        # First what the error level decides: in a .cmd, `set` makes it 0.
        f'if not errorlevel 1 call :hidden {number} "{command.full_key}" {command.run[-1]}',
        "if not errorlevel 2 set RC=0",
        f">>{number} echo.",
        _prompt(number, ""),
    ]


def _quoted(words: tuple[str, ...]) -> str:
    return typed_line(words).replace("%", "%%")


def _below(number: str, command: Command) -> list[str]:
    """The command once for every key below one; the names come from the machine, and a variable of `for` is not acted upon."""
    run = tuple(part.replace("{each}", "%%~k") for part in command.run)
    words = " ".join(f'"{word}"' if "%%~k" in word else word for word in run)
    return [
        f"for /f \"delims=\" %%k in ('reg query {command.under} 2^>nul') do >>{number} echo C:\\^>{words}& {words} >>{number} 2>&1 <nul& >>{number} echo.",
        f"if exist {number} set RC=0",
        _prompt(number, ""),
    ]


def _of_programs(number: str) -> list[str]:
    """`icacls` of every program of a service, and of its folder. Windows' own (svchost, drivers, system32) are its own matter.

    A registered path with blanks, arguments and no quotation marks cannot be told from its arguments here; it is left out.
    """
    return [
        "set RC=0",
        'for /f "tokens=2,*" %%a in (\'reg query "HKLM\\SYSTEM\\CurrentControlSet\\Services" /s /v ImagePath 2^>nul'
        ' ^| find /i ".exe" ^| find /v /i "\\system32\\"\') do for /f delims^=^"^ tokens^=1 %%p in ("%%b") do '
        f'if exist "%%p" call :rights {number} "%%p" & call :rights {number} "%%~dpp."',
    ]
