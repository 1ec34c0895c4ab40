"""What is cut in an emergency and in which order: the ledger's places to cut, and where there are none what it knows of them."""

from __future__ import annotations

from collections.abc import Iterable

from omamori.model.declared import CUT_KINDS, CutPoint, LedgerAsset
from omamori.model.text import Text
from omamori.report.paper.blocks import Cell, Cut, Cuts, filled, gap
from omamori.report.paper.declared import Declared
from omamori.report.paper.parts import cut

KINDS = {value.code: value.label for value in CUT_KINDS}
_RANK = {code: place for place, code in enumerate(KINDS)}
_LAST = len(KINDS)
_WIDEST = 60
_MOST_TARGETS, _MOST_DEVICES, _MOST_ZONES = 3, 4, 6
WORDS = {
    "inside": Text("院内のネットワーク", "Network of the hospital"),
    "outside": Text("外(インターネット・業者)", "Outside (Internet, vendors)"),
    "copies": Text("控え(バックアップ)", "Copies (backups)"),
    "zones": Text("ほかの区画", "Other zones"),
    "machines": Text("広がった機器", "Machines that are hit"),
    "kind": Text("切り離すもの", "What is cut off"),
    "name": Text("(札の名前)", "(name on the label)"),
    "device": Text("ここで抜く: 機器", "Pull here: device"),
    "port": Text("ポート", "port"),
    "cable": Text("ケーブル", "Cable"),
    "room": Text("部屋", "room"),
    "who": Text("切ってよい人", "who may"),
    "stops": Text("止まるもの", "what stops"),
}


def cuts(declared: Declared, most: int) -> tuple[Cuts, int]:
    """Return the cables to cut in order, at most `most`, and how many were left out.

    The ledger's own order counts; where it has none: the backup network, outside lines, borders of zones, machines. A kind without
    a place to cut is filled with what the ledger knows of it, the rest marked as a gap.
    """
    points = sorted(declared.cut_points, key=_place)
    told = [_declared(point) for point in points]
    for kind in KINDS:
        if all(point.kind != kind for point in points):
            before = next((place for place, one in enumerate(told) if _rank(one.kind) > _rank(kind)), len(told))
            told[before:before] = _known(declared, kind)
    shown = tuple(told[:most])
    return Cuts(shown, {one.kind: KINDS[one.kind] for one in shown if one.kind in KINDS}, WORDS), max(len(told) - most, 0)


def _place(point: CutPoint) -> tuple[float, int, str]:
    return (float("inf") if point.position is None else point.position, _rank(point.kind), point.place)


def _rank(kind: str | None) -> int:
    return _RANK.get(kind or "", _LAST)


def _declared(point: CutPoint) -> Cut:
    return Cut(
        kind=point.kind or "",
        name=cut(point.place, _WIDEST),
        device=_short(point.device, "機器", "device"),
        port=_short(point.port, "番号", "number"),
        cable=_short(point.cable, "色・番号", "colour, number"),
        room=_short(point.room, "部屋", "room"),
        who=_short(point.who, "切ってよい人", "who may cut"),
        stops=_short(point.stops, "止まるもの", "what stops"),
    )


def _known(declared: Declared, kind: str) -> list[Cut]:
    """What the ledger knows of a kind that no place to cut stands for."""
    if kind == "machine":
        return [
            Cut(
                kind=kind,
                name=Text("その機器だけ", "That machine only"),
                device=Text("おかしい機器", "The machine that is hit"),
                port=Text("LANの口", "its LAN socket"),
                cable=Text("LANケーブル", "LAN cable"),
                room=Text("その場", "where it stands"),
                who=Text("気づいた人", "whoever notices"),
                stops=Text("その機器だけ", "that machine only"),
            )
        ]
    if kind == "border":
        zones = [zone.zone for zone in declared.zones]
        name = cut("、".join(zones[:_MOST_ZONES]), _WIDEST) if zones else gap("台帳の「ゾーン」シート", "the sheet of zones")
        return [_open(declared, kind, name, gap("スイッチ・ルータ", "switch or router"), None)]
    if kind == "line":
        return _lines(declared)
    targets = sorted(
        {one.target for one in declared.backups if one.target and one.offline != "yes" and one.medium != "same-server"},
    )
    if not targets:
        return [
            _open(declared, kind, gap("バックアップの保存先", "where the copies are"), gap("保存先の機器", "device that keeps them"), None)
        ]
    return [
        _open(declared, kind, cut(target, _WIDEST), cut(target, _WIDEST), _machine(declared, target)) for target in targets[:_MOST_TARGETS]
    ]


def _lines(declared: Declared) -> list[Cut]:
    devices: dict[str, list[str]] = {}
    for line in declared.lines:
        if line.device:
            devices.setdefault(line.device, []).append(line.line)
    if not devices:
        names = cut("、".join(line.line for line in declared.lines[:_MOST_DEVICES]), _WIDEST)
        return [_open(declared, "line", names or gap("外部の回線", "outside lines"), gap("接続機器", "device of the line"), None)]
    address = {line.device: line.device_address for line in declared.lines}
    return [
        _open(declared, "line", cut("、".join(lines), _WIDEST), cut(device, _WIDEST), _machine(declared, device, address.get(device)))
        for device, lines in list(devices.items())[:_MOST_DEVICES]
    ]


def _open(declared: Declared, kind: str, name: Cell, device: Cell, machine: LedgerAsset | None) -> Cut:
    """A place to cut nobody described: what is known, and gaps for the rest."""
    return Cut(
        kind=kind,
        name=name,
        device=device,
        port=gap("番号", "number"),
        cable=gap("色・番号", "colour, number"),
        room=_short(machine.place if machine else None, "部屋", "room"),
        who=who_may(declared),
        stops=gap("止まるもの", "what stops"),
    )


def who_may(declared: Declared) -> Cell:
    """Return who may cut, nights and holidays included, as answered; else the gap."""
    row = declared.answer("who-may-cut")
    known = row.remark if row is not None and row.answer == "yes" else None
    return _short(known, "切ってよい人", "who may cut")


def cut_words(declared: Declared, kind: str) -> str:
    """Return the places to cut of a kind in a row, `place(cable, room)`; empty where the ledger has none."""
    points = [point for point in sorted(declared.cut_points, key=_place) if point.kind == kind]
    return "、".join(_with(point.place, (point.cable, point.room)) for point in points[:8])


def _with(name: str, more: Iterable[str | None]) -> str:
    told = "、".join(cut(one, 30) for one in more if one)
    return cut(name, _WIDEST) + (f"({told})" if told else "")


def _machine(declared: Declared, name: str, address: str | None = None) -> LedgerAsset | None:
    """The machine of the ledger a device is, by its name or address."""
    for machine in declared.machines:
        if machine.asset == name or (address and address in (machine.address or "").split()):
            return machine
    return None


def _short(value: str | None, ja: str, en: str) -> Cell:
    return filled(cut(value, _WIDEST) if value else None, ja, en)
