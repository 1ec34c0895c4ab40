"""System list with an order of recovery: what the ledger names, and what should come back first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from omamori.model.declared import DeclaredBackup, LedgerAsset
from omamori.model.host import ROLES
from omamori.model.text import Text
from omamori.report.paper.blocks import Cell, Grid, Heading, Paper, Para, filled, gap
from omamori.report.paper.declared import Declared
from omamori.report.paper.parts import cut
from omamori.report.paper.uses import use_of
from omamori.report.paper.words import LEFT_OUT, YES_NO_WORDS

TITLE = Text("システム一覧と復旧の順番", "Systems and the order of recovery")
_ROLE = {value.code: value.label for value in ROLES}
MOST = 120
"""So many systems are listed; the workbook has all."""
_IMPORTANT = ("server", "medical", "network")


@dataclass(frozen=True, slots=True)
class System:
    """Machines of one use: its place in the suggested order, what it is, its machines and backups."""

    place: int
    purpose: str
    effect: Text
    machines: tuple[LedgerAsset, ...]
    backups: tuple[DeclaredBackup, ...]

    @property
    def important(self) -> bool:
        """True when care stops without one of its machines."""
        return any(machine.important == "yes" for machine in self.machines)

    @property
    def decided(self) -> int | None:
        """Its place in the order the ledger gives, the earliest of its machines'; None where nobody decided."""
        return _least(machine.recovery_order for machine in self.machines)

    @property
    def hours(self) -> int | None:
        """Hours within which it should be back: the shortest of its machines'."""
        return _least(machine.recovery_hours for machine in self.machines)

    @property
    def loss(self) -> int | None:
        """Hours of records that may be lost: the shortest of its machines'."""
        return _least(machine.loss_hours for machine in self.machines)

    @property
    def instead(self) -> str:
        """What is done while it is down, as its machines say."""
        return "、".join(dict.fromkeys(machine.instead for machine in self.machines if machine.instead))


def _least(values: Iterable[int | None]) -> int | None:
    return min((value for value in values if value is not None), default=None)


def by_decision(systems: Iterable[System]) -> tuple[System, ...]:
    """Return systems in the order the ledger gives, and behind them in the suggested one those without."""
    last = float("inf")
    return tuple(sorted(systems, key=lambda one: (last if one.decided is None else one.decided, one.place)))


def systems_of(declared: Declared) -> tuple[System, ...]:
    """Return the systems of the ledger in a suggested order: those care depends on first, then by what needs what."""
    groups: dict[str, list[LedgerAsset]] = defaultdict(list)
    for machine in declared.machines:
        if machine.important == "yes" or machine.role in _IMPORTANT or machine.recovery_order is not None:
            groups[machine.purpose or machine.asset].append(machine)
    backups: dict[str, list[DeclaredBackup]] = defaultdict(list)
    for backup in declared.backups:
        backups[backup.asset].append(backup)
    found = []
    for purpose, machines in groups.items():
        use = use_of(purpose)
        held = tuple(backup for machine in machines for backup in backups.get(machine.asset, ()))
        found.append(System(use.recovery, purpose, use.effect, tuple(machines), held))
    ordered = sorted(found, key=lambda one: (not one.important, one.place, one.purpose))
    return tuple(System(place, one.purpose, one.effect, one.machines, one.backups) for place, one in enumerate(ordered, 1))


def systems_paper(declared: Declared, about: tuple[Cell, ...]) -> Paper:
    """Return the paper."""
    systems = by_decision(systems_of(declared))
    return Paper(
        "systems",
        TITLE,
        about,
        (
            Para((ORDER,)),
            recovery_grid(systems[:MOST]),
            *left_out(len(systems) - MOST),
            Heading(Text("機器ごとの控え", "Machine by machine")),
            Grid(
                (
                    Text("機器", "Machine"),
                    Text("区分", "Class"),
                    Text("OS", "System"),
                    Text("ゾーン・場所", "Zone, place"),
                    Text("保守業者", "Vendor"),
                    Text("止まると診療が止まる", "Care stops"),
                ),
                tuple(_machine(machine) for system in systems for machine in system.machines)[:MOST]
                or ((gap("台帳の「機器」シート", "the sheet of machines"), "", "", "", "", ""),),
                (5, 3, 4, 4, 4, 3),
            ),
            *left_out(sum(len(system.machines) for system in systems) - MOST),
        ),
        wide=True,
    )


ORDER = Text(
    "順番は案です。認証とネットワーク、バックアップ、電子カルテ、検査・薬、画像、会計の順に、止まると診療が止まるものを先にしました。"
    "診療部門と話し合い、「決めた順」に書き直してください。",
    "The order is a suggestion: what care depends on first, and among it login and network, backups, records, laboratory and pharmacy, images, billing. "
    "Talk it over with the clinical departments and write the order you decide on.",
)


def recovery_grid(systems: tuple[System, ...]) -> Grid:
    """Return the table of systems in order, with a blank for the order that is decided."""
    rows: list[tuple[Cell, ...]] = [
        (
            str(system.place),
            filled(system.decided, "決定", "decide"),
            ("◎ " if system.important else "") + cut(system.purpose, 60),
            cut("、".join(machine.asset for machine in system.machines), 120),
            cut("、".join(sorted({machine.vendor for machine in system.machines if machine.vendor})), 60) or gap("保守業者", "vendor"),
            _backup(system.backups),
            hours_words(system.hours) or gap("目標時間", "time"),
        )
        for system in systems
    ]
    return Grid(
        (
            Text("案", "Draft"),
            Text("決めた順", "Decided"),
            Text("システム(◎ 診療が止まる)", "System (◎ care stops)"),
            Text("機器", "Machines"),
            Text("保守業者", "Vendor"),
            Text("バックアップ", "Backup"),
            Text("いつまでに戻すか", "Back within"),
        ),
        tuple(rows) or ((gap("台帳の「機器」シート", "the sheet of machines"), "", "", "", "", "", ""),),
        (1, 3, 5, 6, 4, 7, 3),
    )


def hours_words(hours: int | None) -> Text | None:
    """Return `24時間` for hours the ledger gives, in days where they are whole and more than two; None for None."""
    if hours is None:
        return None
    if hours <= 0:
        return Text("すぐ", "at once")
    if hours > 48 and hours % 24 == 0:
        return Text(f"{hours // 24}日", f"{hours // 24} days")
    return Text(f"{hours}時間", f"{hours} hours" if hours != 1 else "1 hour")


def left_out(count: int) -> tuple[Para, ...]:
    """Return the line that says how many rows were left out; nothing when none was."""
    return (Para((Text(LEFT_OUT.ja.format(n=count), LEFT_OUT.en.format(n=count)),), quiet=True),) if count > 0 else ()


def _backup(backups: tuple[DeclaredBackup, ...]) -> Cell:
    if not backups:
        return gap("バックアップの方法", "how it is backed up")
    told = []
    for backup in backups[:3]:
        parts = [backup.job, f"→{backup.target}" if backup.target else "", f"({backup.generations}世代)" if backup.generations else ""]
        told.append("".join(part for part in parts if part))
    return cut("、".join(told), 120)


def _machine(machine: LedgerAsset) -> tuple[Cell, ...]:
    place = " / ".join(part for part in (machine.zone, machine.place) if part)
    return (
        machine.asset,
        _ROLE.get(machine.role or "", gap("区分", "class")),
        filled(machine.os, "OS", "system"),
        filled(place, "場所", "place"),
        filled(machine.vendor, "保守業者", "vendor"),
        YES_NO_WORDS.get(machine.important or "", gap("はい・いいえ", "yes or no")),
    )
