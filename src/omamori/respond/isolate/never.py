"""What a block lets through in any case: the ledger's words as addresses. What cannot be understood is told, never dropped unsaid."""

from __future__ import annotations

from collections.abc import Iterator

from omamori.model.text import Text
from omamori.respond.isolate.facts import Facts
from omamori.respond.isolate.parts import NeverBlocked


def never_blocked(facts: Facts) -> tuple[tuple[NeverBlocked, ...], tuple[Text, ...]]:
    """Return what is never blocked, and what is missing for it to hold; nothing is missing where every entry was understood."""
    held: list[NeverBlocked] = []
    lacking: list[Text] = []
    for row in facts.never:
        sources, targets = facts.ranges(row.sender), facts.ranges(row.receiver)
        if sources is None or targets is None:
            word = row.sender if sources is None else row.receiver
            lacking.append(
                Text(
                    f"止めない通信「{row.flow}」の「{word or '空欄'}」がどのアドレスか分かりません。台帳の機器名・ゾーン名・IPアドレスで書いてください"
                    f"(聞く相手: {row.decided_by or '決めた人'})",
                    f'"{row.flow}" of the sheet of what is never blocked: nothing known is called "{word or "(empty)"}". Write a machine, zone or address '
                    f"of the ledger (ask {row.decided_by or 'whoever decided it'})",
                )
            )
            continue
        held.append(NeverBlocked(row.flow, sources, targets, row.protocol, row.port, row.why or "", row.evidence))
    return tuple(held), (*lacking, *_undecided(facts))


def _undecided(facts: Facts) -> Iterator[Text]:
    if not facts.never:
        yield Text(
            "台帳の「止めない通信」に何も書かれていません。何を切っても止めてはいけない通信を、診療の責任者と決めて書いてください",
            "the ledger's sheet of what is never blocked is empty: decide with who answers for the care, and enter it",
        )
    elif not facts.never_known:
        yield Text(
            "台帳の「止めない通信」は書きかけか、読めない行があります。書き終えてから作り直してください",
            "the ledger's sheet of what is never blocked is not finished or has rows nobody could read: finish it and prepare anew",
        )
