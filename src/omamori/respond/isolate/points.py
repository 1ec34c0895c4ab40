"""Finds, in the ledger's sheet of places to cut, the one that stands for a cut: its plug, who may, who decides, which paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from omamori.model.declared import CutPoint
from omamori.model.text import Text
from omamori.respond.isolate.facts import Facts
from omamori.respond.isolate.parts import Cable, Cut, StageNumber

KIND = {
    StageNumber.BACKUP: "backup",
    StageNumber.LINES: "line",
    StageNumber.BORDERS: "border",
    StageNumber.DEPARTMENTS: "border",
    StageNumber.MACHINE: "machine",
}
"""Which kind of place stands for which stage."""


def settled(facts: Facts, cut: Cut, names: Sequence[str], interface: str | None = None) -> Cut:
    """Return the cut with its plug and people, and with what is missing to do it. `names` are what it cuts off, by all its names."""
    point = _point(facts, cut, [name.casefold() for name in names if name], interface)
    kin = [one for one in facts.points if one.kind == KIND[cut.stage]]
    ordered = [point, *kin] if point is not None else kin
    cable = cut.cable or (_cable(point) if point is not None else None)
    done = replace(
        cut,
        cable=cable,
        who=next((one.who for one in ordered if one.who), "") or facts.may_cut,
        decides=next((one.decides for one in ordered if one.decides), ""),
        paper=next((one.paper for one in ordered if one.paper), ""),
        evidence=(*cut.evidence, *([point.evidence] if point is not None and point.evidence else [])),
    )
    return replace(done, needs=(*done.needs, *_needs(done)))


def _point(facts: Facts, cut: Cut, names: Sequence[str], interface: str | None) -> CutPoint | None:
    same = [one for one in facts.points if one.kind == KIND[cut.stage] or (one.cuts or "").casefold() in names]
    by_name = [one for one in same if (one.cuts or "").casefold() in names or one.place.casefold() in names]
    # Without the name of what it cuts off, a place stands for the interface it names, never for a device as a whole.
    by_port = [one for one in same if not one.cuts and interface and one.device == cut.device and one.port == interface]
    return next(iter([*by_name, *by_port]), None)


def _cable(point: CutPoint) -> Cable | None:
    if not (point.cable or point.port or point.room):
        return None
    return Cable(point.device or "", point.port or "", point.cable or "", point.room or "")


def _needs(cut: Cut) -> Iterator[Text]:
    if not cut.who:
        yield Text(
            "切ってよい人(夜間・休日も)が決まっていません。院長と決め、「切る場所」に書いてください",
            "nobody is named who may cut it, nights and holidays included: settle it with the director and enter it in the sheet of places to cut",
        )
    if not cut.decides:
        yield Text(
            "切ると決める人が決まっていません。診療の責任者と決め、「切る場所」に書いてください",
            "nobody is named who decides: settle it with who answers for the care and enter it in the sheet of places to cut",
        )
    if not cut.paper:
        yield Text(
            "その日に要る書類が書かれていません。要らなければ「なし」と書いてください",
            "the paper needed on the day is not entered: write `none` when none is needed",
        )
