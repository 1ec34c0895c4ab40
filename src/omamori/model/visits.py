"""Derived tables about visits: which machine to go to next, why, and which machines look alike."""

from __future__ import annotations

from dataclasses import dataclass

from omamori.model.host import ROLES
from omamori.model.schema import col, evidence_column, source_column
from omamori.model.text import values

VISIT_REASONS = values(
    ("server", "サーバと記録されている", "it is recorded as a server"),
    ("controller", "ドメインコントローラと見られる", "it seems to be a domain controller"),
    ("line", "外部接続がここで終わっている", "an outside line ends here"),
    ("line_zone", "外部接続が入るゾーンにある", "it stands in a zone an outside line ends in"),
    ("outside", "インターネットに出られることになっている", "it is declared to reach the Internet"),
    ("backup", "バックアップの保存先である", "backups are kept on it"),
    ("important", "止まると診療が止まる", "care stops without it"),
    ("talked_to", "ほかの機器が接続している", "other machines connect to it"),
    ("name_server", "ほかの機器が名前を問い合わせている", "other machines ask it for names"),
    ("neighbour", "ほかの機器の通信相手・隣の機器として現れている", "it appears among the peers or neighbours of other machines"),
    ("undeclared", "台帳にない", "it is not in the ledger"),
    ("new_zone", "まだ一台も見ていないゾーンにある", "it stands in a zone where nothing was looked at yet"),
    ("new_kind", "似た機器をまだ一台も見ていない", "nothing that looks like it was looked at yet"),
    ("old_system", "メーカーのサポートが終わったOSと記録されている", "it is recorded with a system its maker no longer supports"),
    ("listed", "台帳またはドメインにあるが、まだ見ていない", "it stands in the ledger or the domain and was never looked at"),
    ("seen", "外からの調査で応答したが、まだ見ていない", "it answered a scan and was never looked at"),
    ("silent", "長くドメインに入っていない(もうないかもしれない)", "it did not log in to the domain for long and may be gone"),
)
ALIKE_BASES = values(
    ("declared", "台帳の区分・OS・用途・ソフト・業者が同じ", "the ledger gives the same class, system, purpose, software and vendor"),
    (
        "observed",
        "役割・OSの版・メーカー・型番・主なソフトが同じ",
        "same role, version of the system, maker, model and main software, as seen on them",
    ),
    ("name", "名前が番号だけ違い、記録されたOSが同じ", "names differ only in numbers, and the same system is recorded"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitCandidate:
    """A machine that is known from what others say, but was not looked at itself, and how soon a visit is worth it."""

    asset: str = col("Name of the machine; its address where nobody knows its name.", default="")
    place: int = col("Place in the order of visits, 1 first.", default=0)
    score: float = col("Sum of the points of its reasons.", default=0.0)
    role: str | None = col("What it is, as the ledger or the domain says.", values=ROLES)
    os_name: str | None = col("Operating system, as the ledger or the domain says.")
    address: str | None = col("Addresses it is known by, separated by spaces.")
    mac: str | None = col("Hardware address it answers with: a switch knows the port.")
    zone: str | None = col("Zone it stands in.")
    location: str | None = col("Where it stands, from the ledger.")
    vendor: str | None = col("Vendor who looks after it, from the ledger.")
    hands_off: bool = col("Whether somebody must agree before it is looked at (medical, leased or vendor-run).", default=False)
    declared: bool | None = col("Whether the ledger names it; NULL when no ledger was read.")
    alike: str | None = col("Group of machines that look like it; NULL when it cannot be told.")
    stands_for: int = col("How many others of its group were not looked at either.", default=0)
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitReason:
    """One reason why a visit to a machine would tell much."""

    asset: str = col("Name of the machine, as in the list of visits.", default="")
    reason: str = col("The reason.", default="", values=VISIT_REASONS)
    item: str | None = col("What it is about: a line, a zone, a port, a system.")
    number: int | None = col("How many machines say so, or days.")
    points: float = col("What it adds to the order.", default=0.0)
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class LookAlike:
    """A machine and the group it looks like. A machine of a group never speaks for another one."""

    asset: str = col("Name of the machine; its address where nobody knows its name.", default="")
    alike: str = col("Group.", default="")
    basis: str = col("What they have in common.", default="", values=ALIKE_BASES)
    label: str = col("What the group has in common, in the ledger's or the machines' words.", default="")
    role: str | None = col("What the machines of the group are.", values=ROLES)
    looked_at: bool = col("Whether this machine itself was looked at.", default=False)
    build: str | None = col("Build of its operating system; NULL when it was not seen.")
    programs: str | None = col("Short sum of its list of programs: equal for equal lists; NULL when the list is not whole.")
    source: str = source_column()
    evidence: str = evidence_column()
