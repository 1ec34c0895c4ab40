"""Cuts of the outside lines: the interface each comes in by, the machine a program lets somebody in to, or a plug."""

from __future__ import annotations

from dataclasses import replace

from omamori.model.text import Text
from omamori.model.ways_in import Entry
from omamori.respond.bastion.parts import Side
from omamori.respond.bastion.sides import MOVED, group
from omamori.respond.isolate.facts import Facts
from omamori.respond.isolate.machines import ask_first, system_of
from omamori.respond.isolate.names import typed
from omamori.respond.isolate.parts import Crossing, Cut, StageNumber
from omamori.respond.isolate.points import settled
from omamori.respond.isolate.zones import MANAGED

_STAGE = StageNumber.LINES
_PROGRAMS = (*MOVED, "remote-software")


def line_cuts(facts: Facts) -> list[Cut]:
    """Return a cut for every interface somebody comes in by, every line nobody has looked at, every program that lets somebody in."""
    sides, elsewhere, unseen = group(facts.network)
    programs = [entry for entry in elsewhere if entry.kind in _PROGRAMS and entry.machine]
    return [
        *(_side(facts, side) for side in sides),
        *(_program(facts, entry) for entry in programs),
        *(_unseen(facts, entry) for entry in unseen),
    ]


def _side(facts: Facts, side: Side) -> Cut:
    cut = Cut(
        stage=_STAGE,
        name=typed(_STAGE, side.name),
        subject=side.name,
        device=side.device,
        system=facts.network.systems.get(side.device, ""),
        crossings=(Crossing(None, None, side.interface),),
        evidence=tuple(dict.fromkeys(entry.evidence for entry in side.entries if entry.evidence)),
        limits=(MANAGED,),
    )
    names = [name for entry in side.entries for name in (entry.entry, entry.line) if name]
    return settled(facts, cut, names, side.interface)


def _program(facts: Facts, entry: Entry) -> Cut:
    machine = facts.machines.get(entry.machine or "")
    known = machine is not None and machine.addresses
    # Nothing is written for a medical device or a machine others run: they are asked.
    ours = machine is not None and not machine.hands_off
    cut = Cut(
        stage=_STAGE,
        name=typed(_STAGE, entry.entry),
        subject=entry.entry,
        device=entry.machine if ours else None,
        system=system_of(machine) if ours and machine else "",
        crossings=(Crossing(machine.addresses, facts.outside()),) if known and machine else (),
        evidence=(entry.evidence,) if entry.evidence else (),
        needs=tuple(ask_first(machine)) if machine else (),
        limits=(
            Text(
                f"{entry.machine} と院外の間だけを止めます。プログラムは動いたままです",
                f"only what passes between {entry.machine} and the outside is stopped; the program goes on running",
            ),
        ),
    )
    return settled(facts, cut, [entry.entry, entry.line or ""])


def _unseen(facts: Facts, entry: Entry) -> Cut:
    where = entry.device or "?"
    settled_cut = settled(
        facts,
        Cut(
            stage=_STAGE,
            name=typed(_STAGE, entry.entry),
            subject=entry.entry,
            device=None,
            system="",
            crossings=(),
            evidence=(entry.evidence,) if entry.evidence else (),
        ),
        [entry.entry, entry.line or ""],
    )
    if settled_cut.cable is not None:
        return settled_cut
    whom = (entry.vendor or "その回線の業者", entry.vendor or "the vendor of the line")
    need = Text(
        f"この回線が入る機器({where})とインターフェースを見ていません。{whom[0]} に設定を求めて取り込むか、抜くケーブルを「切る場所」に書いてください",
        f"the device this line ends on ({where}) or its interface was not looked at: ask {whom[1]} for the configuration and import it, or enter its "
        "plug in the sheet of places to cut",
    )
    return replace(settled_cut, needs=(need, *settled_cut.needs))
