"""The commands asked of a Windows machine (`commands.yaml`): for the page a person types from, and for `check --here`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from omamori.model.text import Text


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `run` holds program and arguments, `other` those to run instead where these fail; `file` is where a person saves it.

    `administrator`: it shows more, or anything at all, only as administrator. `only_on`: server, client or controller.
    `by_hand` False: only the program asks it. `short`: what a person types where that is shorter. `secret`: of which
    kind the value is, where only that it stands there may be noted.
    """

    file: str
    run: tuple[str, ...]
    title: Text
    other: tuple[str, ...] = ()
    administrator: bool = False
    only_on: str | None = None
    by_hand: bool = True
    short: str = ""
    secret: str = ""

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
    def noted(self) -> str:
        """What stands in place of the answer of a query for a secret value: that it is there, in the registry's own form."""
        key, name = self.run[2].replace("HKLM\\", "HKEY_LOCAL_MACHINE\\"), self.run[-1]
        return f"\r\n{key}\r\n    {name}    REG_SZ    [secret: {self.secret}, set]\r\n\r\n"

    @property
    def typed_otherwise(self) -> str:
        """The line to type where the first shows nothing without an administrator; empty when there is none."""
        return _typed(self.other, self.file) if self.other else ""


def _typed(run: tuple[str, ...], file: str) -> str:
    words = [file if word == "{file}" else f'"{word}"' if set(word) & set(' |&"') else word for word in run]
    return " ".join(words) if "{file}" in run else f"{' '.join(words)} > {file}"


@cache
def commands() -> tuple[Command, ...]:
    """Return every command in the order of the list."""
    listed = yaml.safe_load(files(__package__).joinpath("commands.yaml").read_text(encoding="utf-8"))
    return tuple(
        Command(
            file=entry["file"],
            run=tuple(entry["run"]),
            title=Text(entry["ja"], entry["en"]),
            other=tuple(entry.get("other", ())),
            administrator=entry.get("administrator", False),
            only_on=entry.get("only"),
            by_hand=entry.get("page", True),
            short=entry.get("typed", ""),
            secret=entry.get("secret", ""),
        )
        for entry in listed
    )
