"""The commands asked of a Windows machine (`commands.yaml`): for the page a person types from, and for `check --here`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from omamori.model.text import Text

NOTED = "[secret: password, set]"
"""What stands in place of a registry value of which only that it is there may be noted."""
SOURCES = "Microsoft Learn, Windows Commands: {}"
"""The page of a program of Windows, for a command that names no other."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `run` holds program and arguments, `other` those to run instead where these fail; `file` is where a person saves it.

    `administrator`: it shows more, or anything at all, only as administrator. `only_on`: server or client.
    `by_hand` False: only the program asks it. `short`: what a person types where that is shorter. `hidden`: of the registry value
    it asks for only that it stands there may be noted. `source`: the maker's page it was written from.
    The rest is for the kit. `slow`: seconds it is waited for (0: to its end). `each`: words that stand for `{each}` one after the
    other; `under`: a registry key whose subkeys do.
    """

    file: str
    run: tuple[str, ...]
    title: Text
    other: tuple[str, ...] = ()
    administrator: bool = False
    only_on: str | None = None
    by_hand: bool = True
    short: str = ""
    slow: int = 0
    each: tuple[str, ...] = ()
    under: str = ""
    hidden: bool = False
    source: str = ""

    @property
    def writes(self) -> bool:
        """Whether the command writes its file itself."""
        return "{file}" in self.run

    @property
    def typed(self) -> str:
        """The line a person types, with the file it is saved to."""
        if self.short:
            return self.short if self.writes else f"{self.short} > {self.file}"
        return _typed(self.run, self.file)

    @property
    def line(self) -> str:
        """The command as a console would show it behind its prompt."""
        return self.short or _typed(self.run, self.file).removesuffix(f" > {self.file}")

    @property
    def query(self) -> str:
        """What the kit asks of PowerShell, in the style of version 2.0; empty where the command line asks it."""
        if self.run[0] != "powershell":
            return ""
        if not self.query_file:
            return self.run[-1]
        return files(__package__).joinpath("queries", self.query_file).read_text(encoding="ascii").strip()

    @property
    def query_file(self) -> str:
        """The file in `queries` that holds what the kit asks of PowerShell; empty where it asks what the list says."""
        name = f"{self.file.rpartition('.')[0]}.ps1"
        return name if self.run[0] == "powershell" and files(__package__).joinpath("queries", name).is_file() else ""

    @property
    def full_key(self) -> str:
        """The registry key a `reg query` asks for, as an answer names it."""
        return self.run[2].replace("HKLM\\", "HKEY_LOCAL_MACHINE\\", 1)

    @property
    def noted(self) -> str:
        """What stands in place of the answer of a query for a hidden value: that it is there, in the registry's own form."""
        return f"\r\n{self.full_key}\r\n    {self.run[-1]}    REG_SZ    {NOTED}\r\n\r\n"

    @property
    def typed_otherwise(self) -> str:
        """The line to type where the first shows nothing without an administrator; empty when there is none."""
        return _typed(self.other, self.file) if self.other else ""


def _typed(run: tuple[str, ...], file: str) -> str:
    words = [file if word == "{file}" else f'"{word}"' if set(word) & set(' |&"') else word for word in run]
    return " ".join(words) if "{file}" in run else f"{' '.join(words)} > {file}"


def typed_line(words: tuple[str, ...]) -> str:
    """Return program and arguments as a person would type them."""
    return _typed(words, "").removesuffix(" > ")


def commands() -> tuple[Command, ...]:
    """Return every command that a person types or `check --here` asks, in the order of the list."""
    return tuple(command for command, kit in _listed() if kit != "only")


def all_commands() -> tuple[Command, ...]:
    """Return every command that anybody asks, in the order of the list."""
    return tuple(command for command, _ in _listed())


def kit_commands() -> tuple[Command, ...]:
    """Return every command the kit asks, in the order of the list."""
    return tuple(command for command, kit in _listed() if kit is not False)


@cache
def _listed() -> tuple[tuple[Command, str | bool], ...]:
    listed = yaml.safe_load(files(__package__).joinpath("commands.yaml").read_text(encoding="utf-8"))
    return tuple((_command(entry), entry.get("kit", True)) for entry in listed)


def _command(entry: dict[str, Any]) -> Command:
    each = entry.get("each", ())
    return Command(
        file=entry["file"],
        run=tuple(entry["run"]),
        title=Text(entry["ja"], entry["en"]),
        other=tuple(entry.get("other", ())),
        administrator=entry.get("administrator", False),
        only_on=entry.get("only"),
        by_hand=entry.get("page", True),
        short=entry.get("typed", ""),
        slow=entry.get("slow", 0),
        each=(each,) if isinstance(each, str) else tuple(each),
        under=entry.get("under", ""),
        hidden=entry.get("hidden", False),
        source=entry.get("source") or SOURCES.format(entry["run"][2] if entry["run"][0] == "cmd" else entry["run"][0]),
    )
