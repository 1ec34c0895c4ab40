"""Fills `crown_jewels`: the machines an intruder is after, and what each was recognised by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.model.ways_in import JEWELS, CrownJewel
from omamori.snapshot.database import Database

_ORDER = tuple(value.code for value in JEWELS)
_PURPOSES = (
    ("directory", re.compile(r"認証サーバ|ドメイン|active ?directory|domain controller|ldap|\bad\b", re.IGNORECASE)),
    ("backup", re.compile(r"バックアップ|backup|控え", re.IGNORECASE)),
    ("hypervisor", re.compile(r"仮想(化)?(基盤|サーバ|ホスト)|esxi?|hyper-?v|vcenter|hypervisor|proxmox", re.IGNORECASE)),
    ("pacs", re.compile(r"pacs|画像(管理|サーバ|保管)|医用画像|image (archive|server)", re.IGNORECASE)),
    ("ehr", re.compile(r"電子カルテ|カルテ|オーダ|診療(記録|情報)|\b(ehr|emr|his)\b|electronic (health|medical) record", re.IGNORECASE)),
)
_NO_SERVER = ("client", "network", "medical")
"""Roles of machines that use records or images and do not keep them."""


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield one row per machine that is one, and one look per asset."""
    found: dict[str, CrownJewel] = {}
    for row in (*_of_ledger(database), *_of_machines(database)):
        before = found.get(row.asset)
        if before is None or _rank(row) < _rank(before):
            found[row.asset] = row
    yield from (found[asset] for asset in sorted(found))
    coverage = Coverage.read(database)
    for asset, role in database.select("select asset, role from assets order by asset"):
        inputs = [Input(coverage.view("ledger_assets", asset), ("purpose", "role", "zone", "important"))]
        if asset not in found and role not in _NO_SERVER:
            # A server nobody looked at may be a domain controller.
            inputs.append(Input(coverage.view("hosts", asset), ("domain_role",), touches=("jewel",)))
        yield derived_look(str(asset), "crown_jewels", ANALYZER.name, inputs)


def _rank(row: CrownJewel) -> tuple[bool, int, str, str]:
    return (not row.certain, _ORDER.index(row.jewel), row.recognised_by, row.detail or "")


def _of_ledger(database: Database) -> Iterator[CrownJewel]:
    query = (
        "select a.asset, a.role, l.purpose, z.kind, a.important, coalesce(l.evidence, a.evidence) from assets a "
        "left join ledger_assets l on l.asset = a.asset left join zones z on z.zone = a.zone order by all"
    )
    for asset, role, purpose, zone_kind, important, evidence in database.select(query):
        if role not in _NO_SERVER:
            # The copies of the records are copies: the first that fits counts.
            jewel = next((jewel for jewel, words in _PURPOSES if words.search(purpose or "")), None)
            if jewel is not None:
                yield _row(asset, jewel, "purpose", purpose, evidence)
            if zone_kind == "backup":
                yield _row(asset, "backup", "zone", zone_kind, evidence)
        if important:
            yield _row(asset, "important", "important", purpose, evidence)
    named = (
        "select a.asset, b.target, b.evidence from declared_backups b join assets a on a.asset = b.target or lower(a.hostname) = lower(b.target) "
        "where b.medium = 'other-server' and b.target <> b.asset order by all"
    )
    for asset, target, evidence in database.select(named):
        yield _row(asset, "backup", "backup", target, evidence)


def _of_machines(database: Database) -> Iterator[CrownJewel]:
    for asset, domain, evidence in database.select(
        "select asset, domain, evidence from hosts where domain_role = 'controller' order by all"
    ):
        yield _row(asset, "directory", "host", domain, evidence)
    listed = (
        "select a.asset, c.name, c.evidence from domain_computers c join assets a on lower(a.hostname) = lower(c.name) "
        "where c.controller and c.enabled is not false order by all"
    )
    for asset, name, evidence in database.select(listed):
        yield _row(asset, "directory", "domain", name, evidence)
    offered = (
        "select s.asset, s.service, s.detail, s.certainty = 'certain', s.evidence from recognised_services s join assets a on a.asset = s.asset "
        "where (s.service = 'hypervisor' or (s.service = 'backup' and a.role = 'server') or (s.service = 'dicom' and a.role = 'server')) order by all"
    )
    jewels = {"hypervisor": "hypervisor", "backup": "backup", "dicom": "pacs"}
    for asset, service, detail, certain, evidence in database.select(offered):
        yield _row(asset, jewels[service], "service", detail or service, evidence, certain=bool(certain))


def _row(asset: str, jewel: str, by: str, detail: str | None, evidence: str | None, *, certain: bool = True) -> CrownJewel:
    return CrownJewel(
        asset=asset, jewel=jewel, recognised_by=by, detail=detail, certain=certain, source=ANALYZER.name, evidence=evidence or ""
    )


ANALYZER = Analyzer(
    name="analyze.crown_jewels",
    reads=("assets", "ledger_assets", "zones", "hosts", "declared_backups", "domain_computers", "recognised_services", "collected"),
    fills=("crown_jewels",),
    run=run,
)
"""The analyzer of this module."""
