"""What became of a file that was handed over, in words."""

from __future__ import annotations

from collections.abc import Sequence
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


def problem_text(count: int, first: Sequence[Text] = ()) -> Text:
    """Return the words for places that were not understood, with the first of them spelled out; empty when there is none."""
    if not count:
        return Text("", "")
    if first:
        ja, en = " / ".join(text.ja for text in first), " / ".join(text.en for text in first)
        return Text(
            f"。読み取れない箇所 {count}: {ja}(すべては報告書に表示)", f"; {count} places not understood: {en} (all of them in the report)"
        )
    return Text(f"。読み取れない箇所 {count}(報告書に表示)", f"; {count} places not understood (told in the report)")
