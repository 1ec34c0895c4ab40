"""Writes `collect.cmd`, in Japanese and in English, and `collect.ps1` from the list of commands (`commands.yaml`).

The batch file runs with what every Windows since 7 has. Only what CIM, WMI or ADSI alone tells is asked by
PowerShell, in the style of version 2.0, in one process; where that is blocked the rest still comes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

import yaml
from jinja2 import Environment, StrictUndefined

from omamori.collect.windows.commands import Command, commands
from omamori.model.text import Language

CODE_PAGES = {"ja": "cp932", "en": "ascii"}
"""How a batch file is stored: cmd reads it in the console's code page, on a Japanese Windows 932."""
NAMES = {"ja": "collect.cmd", "en": "collect-en.cmd"}
_SPECIAL = re.compile(r"[&|<>^]")


_KINDS = {None: "", "server": "s c", "client": "w", "controller": "c"}
"""Kinds of Windows a command is for, as the batch file calls them: w client, s server, c controller of a domain."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command as it stands in the batch file: on which kinds of Windows it is asked (empty: all), and its lines."""

    file: str
    title: str
    kinds: str
    lines: tuple[str, ...]


def batch(language: Language, *, version: str, built: str) -> bytes:
    """Return `collect.cmd`: lines end as on Windows, words in the code page of the language's console."""
    folder = files(__package__)
    words = yaml.safe_load(folder.joinpath("words.yaml").read_text(encoding="utf-8"))
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False, keep_trailing_newline=True)  # noqa: S701 - no page
    text = environment.from_string(folder.joinpath("collect.cmd.j2").read_text(encoding="utf-8")).render(
        say=lambda word: words[word][language],
        commands=[_step(command, language) for command in commands()],
        name=NAMES[language],
        version=version,
        built=built,
    )
    return text.replace("\n", "\r\n").encode(CODE_PAGES[language])


def shell_script() -> bytes:
    """Return `collect.ps1`. ASCII, so that no version of PowerShell can read it wrong."""
    head = files(__package__).joinpath("collect.ps1").read_text(encoding="ascii")
    asked = [f"Save '{command.file}' {{\n{query}}}\n" for command in commands() if (query := query_of(command))]
    return "".join((head, *asked)).replace("\n", "\r\n").encode("ascii")


def seal_script() -> bytes:
    """Return `seal.ps1`, which encrypts a result for the site that made the kit."""
    return files(__package__).joinpath("seal.ps1").read_text(encoding="ascii").replace("\n", "\r\n").encode("ascii")


def owner_page(language: Language) -> bytes:
    """Return the page for whoever is responsible for a machine: what is looked at and what is not, with room for the consent."""
    folder = files(__package__)
    pages = yaml.safe_load(folder.joinpath("owner.yaml").read_text(encoding="utf-8"))
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=True)
    template = environment.from_string(folder.joinpath("owner.html.j2").read_text(encoding="utf-8"))
    return template.render(page=pages[language], language=language).encode()


def query_of(command: Command) -> str:
    """Return what `collect.ps1` asks for a command; empty where the command line asks it."""
    own = files(__package__).joinpath("queries", f"{command.file.rpartition('.')[0]}.ps1")
    text = own.read_text(encoding="ascii") if own.is_file() else f"{command.run[-1]}\n" if command.run[0] == "powershell" else ""
    return "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())


def _step(command: Command, language: Language) -> Step:
    return Step(command.file, _echoed(command.title.say(language)), _KINDS[command.only_on], tuple(_lines(command)))


def _lines(command: Command) -> list[str]:
    """Return the lines that leave a command's output in the file `out` and how it ended in RC."""
    shell = f'if exist shell\\{command.file} move /y shell\\{command.file} out >nul && set "RC=0"'
    if command.run[0] == "powershell":
        return ['set "RC=1"', shell]
    if command.run[:2] == ("reg", "query"):
        return _query(command)
    lines = [_run(command.run), 'set "RC=%ERRORLEVEL%"']
    if command.other:
        lines.append(f'if not "%RC%"=="0" {_run(command.other)} && set "RC=0"')
    if query_of(command):
        # wmic, say, which the newest Windows has no more.
        lines += ["call :size", f'if "%SIZE%"=="0" {shell}']
    return lines


def _query(command: Command) -> list[str]:
    """A question to the registry: that a key is not there is an answer, if the question stands with it, as in a copy of the console."""
    asked = [f">out echo C:\\^>{_echoed(command.line)}"]
    if command.secret:
        noted = command.noted.strip("\r\n").split("\r\n")
        asked += [f"{_words(command.run)} <nul >nul 2>>out", 'set "RC=%ERRORLEVEL%"']
        asked += ['if "%RC%"=="0" >>out echo.', *(f'if "%RC%"=="0" >>out echo {_echoed(line)}' for line in noted)]
        asked.append('if "%RC%"=="0" >>out echo.')
    else:
        asked += [f"{_words(command.run)} <nul >>out 2>&1", 'set "RC=%ERRORLEVEL%"']
    return [*asked, ">>out echo C:\\^>"]


def _run(words: tuple[str, ...]) -> str:
    return f"{_words(words)} <nul {'>nul' if '{file}' in words else '>out'} 2>nul"


def _words(words: tuple[str, ...]) -> str:
    """Return a command line; every character cmd would take for its own stands between quotation marks."""
    places = {"{file}": '"%WORK%\\out"', "{log}": '"%WORK%\\log"'}
    return " ".join(places.get(word) or (f'"{word}"' if set(word) & set(" &|<>^()") else word) for word in words)


def _echoed(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"^{found[0]}", text).replace("%", "%%")
