"""What became of a file that was handed over, in words."""

from __future__ import annotations

from dataclasses import dataclass

from omamori.model.text import Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: taken in, already there, or refused and why."""

    name: str
    status: str
    text: Text
    kinds: tuple[str, ...] = ()


def already(name: str, kinds: tuple[str, ...]) -> Outcome:
    """Return the outcome of a file whose content is here already."""
    return Outcome(name, "already", Text("同じ内容をすでに取り込んであります", "the same content is already here"), kinds)


def problem_text(count: int) -> Text:
    """Return the words for places that were not understood; empty when there is none."""
    if not count:
        return Text("", "")
    return Text(f"。読み取れない箇所 {count}(報告書に表示)", f"; {count} places not understood (told in the report)")
