"""What a block lets through in any case: the ledger's words as addresses. What cannot be understood is told, never dropped unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from omamori.analyze.addresses import networks_of
from omamori.analyze.reach.ranges import Ranges, joined, written
from omamori.model.declared import NeverBlockedFlow
from omamori.model.text import Text
from omamori.respond.isolate.facts import Facts
from omamori.respond.isolate.parts import NeverBlocked


def never_blocked(facts: Facts) -> tuple[tuple[NeverBlocked, ...], tuple[Text, ...], tuple[Text, ...]]:
    """Return what is never blocked, what is missing for it to hold, and what somebody should know of it.

    Nothing is missing where every entry was understood. A machine that was seen last at another address than the ledger's is let through at both.
    """
    held: list[NeverBlocked] = []
    lacking: list[Text] = []
    told: list[Text] = []
    for row in facts.never:
        sources, targets = facts.ranges(row.sender), facts.ranges(row.receiver)
        if row.protocol not in (None, "tcp", "udp") or (row.port is not None and not 0 < row.port < 2**16):
            lacking.append(_no_service(row))
            continue
        if sources is None or targets is None:
            lacking.append(_not_understood(row, (row.sender if sources is None else row.receiver) or ""))
            continue
        told += [*_moved(facts, row), *_sixes(facts, row)]
        sides = _also(facts, row.sender, sources), _also(facts, row.receiver, targets)
        held.append(NeverBlocked(row.flow, *sides, row.protocol, row.port, row.why or "", row.evidence))
    return tuple(held), (*lacking, *_undecided(facts)), tuple(told)


def _also(facts: Facts, words: str | None, ranges: Ranges) -> Ranges:
    return joined([*ranges, *(span for machine in facts.machines_named(words) for span in machine.elsewhere)])


def _not_understood(row: NeverBlockedFlow, word: str) -> Text:
    whom = (row.decided_by or "決めた人", row.decided_by or "whoever decided it")
    if any(one.first.version == 6 for one in networks_of(word)):
        return Text(
            f"止めない通信「{row.flow}」の「{word}」はIPv6です。遮断で守れるのはIPv4だけです。IPv4のアドレスで書いてください(聞く相手: {whom[0]})",
            f'"{row.flow}" of the sheet of what is never blocked: "{word}" is IPv6, and a block keeps IPv4 only. Write its IPv4 address (ask {whom[1]})',
        )
    return Text(
        f"止めない通信「{row.flow}」の「{word or '空欄'}」がどのアドレスか分かりません。台帳の機器名・ゾーン名・IPアドレスで書いてください"
        f"(聞く相手: {whom[0]})",
        f'"{row.flow}" of the sheet of what is never blocked: nothing known is called "{word or "(empty)"}". Write a machine, zone or address '
        f"of the ledger (ask {whom[1]})",
    )


def _no_service(row: NeverBlockedFlow) -> Text:
    """It would be written into the text of a device as it stands."""
    return Text(
        f"止めない通信「{row.flow}」のプロトコル({row.protocol})かポート({row.port})が読めません。tcp か udp と、1〜65535 の番号を書いてください",
        f'"{row.flow}" of the sheet of what is never blocked: its protocol ({row.protocol}) or port ({row.port}) is none. Write tcp or udp, and 1 to 65535',
    )


def _moved(facts: Facts, row: NeverBlockedFlow) -> Iterator[Text]:
    for machine in (*facts.machines_named(row.sender), *facts.machines_named(row.receiver)):
        if machine.elsewhere:
            where, known = written(machine.elsewhere), written(machine.addresses) or "-"
            yield Text(
                f"止めない通信「{row.flow}」: {machine.asset} は台帳({known})と違うアドレス {where} で見えました。両方を止めません。台帳を確かめてください",
                f'"{row.flow}" of what is never blocked: {machine.asset} was seen at {where}, not at the address of the ledger ({known}). Both are let '
                "through; put the ledger right",
            )


def _sixes(facts: Facts, row: NeverBlockedFlow) -> Iterator[Text]:
    """Say where both ends could also talk by IPv6, which no text lets through."""
    sides = [[machine for machine in facts.machines_named(words) if machine.ipv6] for words in (row.sender, row.receiver)]
    if all(sides):
        names = re.sub(r"\s+", " ", f"{sides[0][0].asset} {sides[0][0].ipv6[0]}, {sides[1][0].asset} {sides[1][0].ipv6[0]}")
        yield Text(
            f"止めない通信「{row.flow}」の両側はIPv6のアドレスも持っています({names})。遮断が通すのはIPv4だけなので、IPv6で話していると止まります。"
            "どちらで話しているか確かめてください",
            f'both ends of "{row.flow}" of what is never blocked have addresses of IPv6, too ({names}). Only IPv4 is let through: if they talk by IPv6, '
            "that stops. See which they use",
        )


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
