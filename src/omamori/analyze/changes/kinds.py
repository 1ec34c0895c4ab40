"""The kinds of change on the network, and one change with the evidence of both sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from omamori.model.text import Value, values

KINDS: tuple[Value, ...] = values(
    ("new", "新しく応答した機器", "new device"),
    ("reappeared", "再び応答した機器", "answers again"),
    ("not_seen", "応答がなくなった機器", "not seen since"),
    ("retired", "台帳から外した機器", "taken out of the ledger"),
    ("opened", "新しく開いたポート", "port newly open"),
    ("closed", "開いていたポート", "port no longer open"),
    ("service", "別のサービスになったポート", "another service"),
    ("version", "版が変わったサービス", "another version"),
    ("zone", "別のゾーンに移った機器", "moved to another zone"),
    ("address", "IPアドレスが変わった機器", "another address"),
    ("switch_port", "スイッチの口が変わった機器", "another switch port"),
    ("renamed", "コンピュータ名が変わった機器", "another computer name"),
    ("known_as", "名前が分かった機器", "now known as"),
    ("conflict", "同じIPアドレスの2台", "two machines at one address"),
)
"""In the order in which they are told: what somebody should look at first comes first."""

ORDER: dict[str, int] = {kind.code: place for place, kind in enumerate(KINDS)}

UNTOLD: tuple[Value, ...] = values(
    ("no_earlier_scan", "前の時点にはネットワークの調査がありません", "there was no scan of the network at the earlier moment"),
    ("no_scan", "ネットワークの調査はまだ取り込まれていません", "no scan of the network was taken in yet"),
    ("no_new_scan", "前の時点のあとに新しい調査がありません", "no scan was made since"),
    ("first_look", "前の時点では調べていなかったネットワークの機器", "machines in networks nobody had asked at the earlier moment"),
    ("not_asked", "今回は調べていない機器(または最後まで調べていない機器)", "machines that were not asked this time, or not to the end"),
    ("other_stand", "調べた場所が違うため、比べていない機器", "machines that are not compared: the scanner stood elsewhere"),
    (
        "ports_not_asked",
        "前に開いていたが、今回は調べていないポートのある機器",
        "machines with ports that were open and were not asked this time",
    ),
)
"""Why something could not be compared. What is told here is not a change, and not the absence of one."""


@dataclass(frozen=True, slots=True)
class NetworkChange:
    """One change. `asset` by its present name; `zone` empty where none is known.

    `item`: the port, address or switch it is about. `before` and `after`: what was there. `since`: of what is not seen, the moment
    it was seen last; of what is new, the moment at which it was asked before and did not answer. `nameless`: only an address is known of it.
    """

    kind: str
    asset: str
    zone: str = ""
    item: str = ""
    before: str = ""
    after: str = ""
    since: datetime | None = None
    declared: bool | None = None
    hands_off: bool = False
    role: str = ""
    nameless: bool = False
    evidence_before: str = ""
    evidence_after: str = ""

    @property
    def key(self) -> tuple[str, int, str, str, str, str]:
        """The order in which changes are told: by zone, then by kind."""
        return (self.zone, ORDER[self.kind], self.asset, self.item, self.before, self.after)


@dataclass(frozen=True, slots=True)
class Uncompared:
    """What could not be compared, for one reason: the machines, by name."""

    reason: str
    machines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkChanges:
    """What changed on the network between two snapshots, and what could not be compared. `scanned_before`, `scanned_after`: their newest scans."""

    since: datetime
    until: datetime
    changes: tuple[NetworkChange, ...] = ()
    uncompared: tuple[Uncompared, ...] = ()
    scanned_before: datetime | None = None
    scanned_after: datetime | None = None


def kinds_by_asset(changes: NetworkChanges | None) -> dict[str, str]:
    """Return asset → the first of its kinds of change, in the order of `KINDS`: what a picture marks a machine with."""
    found: dict[str, str] = {}
    for change in changes.changes if changes is not None else ():
        if change.asset not in found or ORDER[change.kind] < ORDER[found[change.asset]]:
            found[change.asset] = change.kind
    return found
