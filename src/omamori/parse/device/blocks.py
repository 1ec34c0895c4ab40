"""Configurations written as blocks by indentation: which command stands in which block, and what nobody understood.

A command one blank or more further in than the one above it belongs to that one; `!` and `exit` end blocks, comments say nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from omamori.parse.device.draft import Draft, words
from omamori.parse.windows.lines import Line

ANY = None
"""Any word, in a pattern of `Blocks.take`."""
_DEPTH = 8
_NAMED = 2
"""Words that name a block, such as `interface eth1`: what stands in one of them is found without looking at the others."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command and the commands it stands in, the outermost first."""

    line: Line
    words: tuple[str, ...]
    inside: tuple[tuple[str, ...], ...] = ()

    @property
    def evidence(self) -> str:
        """The number of its line."""
        return str(self.line.number)

    @property
    def section(self) -> tuple[str, ...]:
        """The command it stands in; empty at the top."""
        return self.inside[-1] if self.inside else ()


class Blocks:
    """All commands of a configuration in order; taking them marks them as understood."""

    def __init__(self, lines: Sequence[Line], skip: Callable[[str], bool] | None = None) -> None:
        """Read the commands; `skip` tells lines that are none (prompts, headings)."""
        self.all: list[Command] = []
        self._taken: set[int] = set()
        self._first: dict[str, list[Command]] = {}
        self._inside: dict[tuple[str, ...], list[Command]] = {}
        open_blocks: list[tuple[int, tuple[str, ...]]] = []
        for line in lines:
            text = line.text.strip()
            if not text or text.startswith(("!", "#")) or text in ("exit", "end") or (skip and skip(line.text)):
                if text == "!" and not line.text.startswith(" "):
                    open_blocks = []
                continue
            depth = len(line.text) - len(line.text.lstrip(" "))
            open_blocks = [block for block in open_blocks if block[0] < depth][:_DEPTH]
            command = Command(line, tuple(words(text)), tuple(block[1] for block in open_blocks))
            open_blocks.append((depth, command.words))
            self.all.append(command)
            self._first.setdefault(command.words[0], []).append(command)
            self._inside.setdefault(command.section[:2], []).append(command)

    def take(
        self, *pattern: str | None, least: int = 0, inside: tuple[str | None, ...] | None = None
    ) -> Iterator[tuple[Command, tuple[str, ...]]]:
        """Yield the commands that begin with these words, and the words behind; each counts as understood.

        `inside` is the beginning of the command they have to stand in; `()` means at the top, None anywhere.
        """
        size = len(pattern)
        exact = inside is not None and len(inside) == _NAMED and ANY not in inside
        for command in self._inside.get(inside, ()) if exact else self._first.get(pattern[0] or "", ()):  # type: ignore[arg-type]
            fits = inside is None or (begins(command.section, inside) if inside else not command.inside)
            if fits and begins(command.words, pattern) and len(command.words) >= size + least:
                self._taken.add(command.line.number)
                yield command, command.words[size:]

    def last(
        self, *pattern: str | None, least: int = 0, inside: tuple[str | None, ...] | None = None
    ) -> tuple[Command, tuple[str, ...]] | None:
        """Return the last of such commands: the one that counts."""
        found = list(self.take(*pattern, least=least, inside=inside))
        return found[-1] if found else None

    def leave(self, command: Command) -> None:
        """Say that a command that was taken is not understood after all."""
        self._taken.discard(command.line.number)

    def rest(self, draft: Draft, harmless: Callable[[Command], bool], concern: Callable[[Command], str]) -> None:
        """Write down what nobody understood and an answer may depend on, with the table it concerns."""
        for command in self.all:
            if command.line.number not in self._taken and not harmless(command):
                draft.unread(command.line, concern(command), " ".join(command.section)[:100] or None)


def begins(found: Sequence[str], pattern: Sequence[str | None]) -> bool:
    """Return True where `found` begins with the words of `pattern`."""
    return len(found) >= len(pattern) and all(want is ANY or want == have for want, have in zip(pattern, found, strict=False))


def patterns(text: str) -> tuple[tuple[str | None, ...], ...]:
    """Return the patterns of a list of beginnings: one between two commas, `*` for any word."""
    listed = (command for line in text.splitlines() for command in line.split(", "))
    return tuple(tuple(ANY if word == "*" else word for word in command.split()) for command in listed if command.strip())
