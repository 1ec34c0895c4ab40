"""Reads what measures are made from out of a judged snapshot: machines, their open findings, their rows, how completely they were seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from omamori.analyze.addresses import current_addresses
from omamori.analyze.peers import Places
from omamori.parse.windows.registry.descriptor import Entry
from omamori.respond.harden.parts import Machine, Promise
from omamori.snapshot.database import Database

_MACHINES = """
select a.asset, coalesce(h.platform, a.platform, ''), coalesce(a.role, h.role, ''), coalesce(a.zone, ''), coalesce(a.vendor, ''),
  coalesce(h.domain, ''), coalesce(h.os_build, ''), a.hands_off, a.medical, a.important, a.observed,
  coalesce(h.hostname, ''), coalesce(a.declared, false), coalesce(l.owner, '')
from assets a left join hosts h on h.asset = a.asset
  left join (select asset, any_value(owner) as owner from ledger_assets group by asset) l on l.asset = a.asset
order by a.asset
"""
_AGREED = """
select asset, check_id, vendor from vendor_answers where question = 'finding' group by all having bool_and(coalesce(answer, '') = 'hospital')
"""
_MEDIA = """
select asset, lower(coalesce(target, '')), evidence from declared_backups
  where medium = 'disk' or regexp_matches(lower(concat_ws(' ', method, target)), 'usb|rdx')
union all select asset, '', evidence from backup_media where kind in ('rdx', 'disk') and asset is not null
order by all
"""
_NOBODY = frozenset(["なし", "無し", "無", "-", "ー", "none"])
"""What people write into the vendor's cell where there is none."""


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule of a Windows firewall as its registry holds it: place (local, policy, app), name of the value, text (`v2.30|Action=…|`)."""

    place: str
    name: str
    text: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class KeptRights:
    """The rights of a Windows share as its registry holds them, what is denied among them; `data`: the bytes themselves."""

    share: str
    entries: tuple[Entry, ...]
    evidence: str = ""
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a snapshot tells. `days` is how far back traffic counts as use; `moment` in UTC without zone."""

    database: Database
    moment: datetime
    days: int
    machines: Mapping[str, Machine]
    unseen: frozenset[str]
    findings: Mapping[tuple[str, str], tuple[Promise, ...]]
    looks: Mapping[tuple[str, str], tuple[bool, frozenset[str]]]
    places: Places | None = None
    """Whose address is whose, and the networks of the zones; None: read anew where it is needed."""
    addresses: Mapping[str, tuple[str, ...]] | None = None
    """The addresses every machine has now; None: as above."""
    rules: Mapping[str, tuple[KeptRule, ...]] = field(default_factory=dict)
    """The rules of Windows firewalls word by word (`kept_rules`); a machine that is not in it has none that can be narrowed by a file."""
    rights: Mapping[str, tuple[KeptRights, ...]] = field(default_factory=dict)
    """The rights of Windows shares entry by entry (`kept_rights`); as for rules."""
    vendors: frozenset[str] = frozenset()
    """The names in the ledger's sheet of vendors."""
    agreed: frozenset[tuple[str, str, str]] = frozenset()
    """Asset, check and vendor of findings of which the vendor answered that the hospital may mend them itself."""
    media: Mapping[str, str] = field(default_factory=dict)
    """Machines whose backups go to removable disks or RDX by the ledger, or that keep such copies; with the line that says so."""
    memory: dict[tuple[object, ...], Any] = field(default_factory=dict, compare=False, repr=False)
    """What was worked out from the database already: several measures ask for the flows of one machine."""

    def open(self, machine: Machine, *checks: str) -> tuple[Promise, ...]:
        """Return the open findings (verdict fail) of these checks on a machine."""
        return tuple(found for check in checks for found in self.findings.get((machine.asset, check), ()))

    def rows(self, table: str, machine: Machine) -> Sequence[Any]:
        """Return the rows of a table of a machine, as the model's dataclasses."""
        return tuple(self.database.rows(table, asset=machine.asset))

    def complete(self, machine: Machine, table: str, *columns: str) -> bool:
        """Return whether the machine's table was looked at whole, the columns named included."""
        complete, missing = self.looks.get((machine.asset, table), (False, frozenset()))
        return complete and not missing & set(columns)


def read_facts(
    database: Database,
    moment: datetime,
    days: int = 30,
    rules: Mapping[str, tuple[KeptRule, ...]] | None = None,
    rights: Mapping[str, tuple[KeptRights, ...]] | None = None,
) -> Facts:
    """Return the facts of a judged snapshot; `rules` and `rights` as `kept_rules` reads them out of the stored evidence."""
    machines, unseen = {}, set()
    for asset, system, role, zone, vendor, domain, build, hands_off, medical, important, observed, *rest in database.select(_MACHINES):
        vendor = "" if vendor.lower() in _NOBODY else vendor
        machines[asset] = Machine(asset, system, role, zone, vendor, domain, build, hands_off, medical, important, *rest)
        if not observed:
            unseen.add(asset)
    findings: dict[tuple[str, str], list[Promise]] = {}
    query = "select check_id, subject, finding_key, evidence from verdicts where verdict = 'fail' order by all"
    for check, subject, key, evidence in database.select(query):
        findings.setdefault((subject, check), []).append(Promise(check, subject, key, evidence or ""))
    return Facts(
        database=database,
        moment=moment,
        days=days,
        machines=machines,
        unseen=frozenset(unseen),
        findings={place: tuple(found) for place, found in findings.items()},
        looks=dict(_looks(database)),
        places=Places.read(database),
        addresses=current_addresses(database),
        rules=rules or {},
        rights=rights or {},
        vendors=frozenset(vendor for (vendor,) in database.select("select vendor from vendors")),
        agreed=frozenset((asset, check, vendor) for asset, check, vendor in database.select(_AGREED)),
        media=dict(_media(database, machines)),
    )


def _media(database: Database, machines: Mapping[str, Machine]) -> Iterator[tuple[str, str]]:
    names = {name.lower(): one.asset for one in machines.values() for name in (one.hostname, one.asset) if name}
    for asset, target, evidence in database.select(_MEDIA):
        yield asset, evidence or ""
        # The disk may hang on the machine that keeps the copies: any whose name is in the words for the place.
        yield from ((keeper, evidence or "") for name, keeper in names.items() if name in target)


def _looks(database: Database) -> Iterator[tuple[tuple[str, str], tuple[bool, frozenset[str]]]]:
    for asset, table, complete, missing in database.select(
        "select asset, table_name, bool_and(complete), string_agg(missing, ',') from collected group by all"
    ):
        yield (asset, table), (bool(complete), frozenset(word.strip() for word in (missing or "").split(",") if word.strip()))
