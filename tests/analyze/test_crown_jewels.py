"""What an intruder is after, and what each was recognised by."""

from __future__ import annotations

import pytest

from omamori.analyze.crown_jewels import ANALYZER
from omamori.model.declared import DeclaredBackup, LedgerAsset, Zone
from omamori.model.derived import Asset
from omamori.model.host import Host
from omamori.model.look import Collected
from omamori.model.recognised import RecognisedService
from omamori.model.ways_in import CrownJewel
from omamori.model.windows import DomainComputer


def jewels(found):
    return {row.asset: (row.jewel, row.recognised_by, row.certain) for row in found if isinstance(row, CrownJewel)}


@pytest.mark.parametrize(
    ("purpose", "role", "jewel"),
    [
        ("電子カルテ", "server", "ehr"),
        ("電子カルテのバックアップ", "server", "backup"),
        ("PACS", "server", "pacs"),
        ("認証サーバ(AD)", "server", "directory"),
        ("仮想基盤 ESXi", "server", "hypervisor"),
        ("EHR", "server", "ehr"),
        ("電子カルテ端末", "client", None),
        ("this thing", "server", None),
        ("給食の献立", "server", None),
    ],
)
def test_by_the_purpose_in_the_ledger(run, purpose, role, jewel):
    found = jewels(run(ANALYZER, [Asset(asset="a", role=role), LedgerAsset(asset="a", role=role, purpose=purpose)]))
    assert found == ({"a": (jewel, "purpose", True)} if jewel else {})


def test_by_machine_domain_zone_backup_service_and_importance(run):
    rows = [
        *(Asset(asset=name, hostname=name, role="server") for name in ("dc", "dc2", "nas", "esx", "pacs")),
        Asset(asset="lis", important=True),
        Asset(asset="bk", role="server", zone="Z"),
        Host(asset="dc", domain_role="controller", domain="h.local"),
        DomainComputer(asset="dc", name="DC2", controller=True),
        DeclaredBackup(asset="ehr", job="n", medium="other-server", target="NAS"),
        Zone(zone="Z", kind="backup"),
        RecognisedService(asset="esx", service="hypervisor", certainty="probable"),
        RecognisedService(asset="pacs", service="dicom", certainty="certain"),
    ]
    assert jewels(run(ANALYZER, rows)) == {
        "dc": ("directory", "host", True),
        "dc2": ("directory", "domain", True),
        "nas": ("backup", "backup", True),
        "bk": ("backup", "zone", True),
        "esx": ("hypervisor", "service", False),
        "pacs": ("pacs", "service", True),
        "lis": ("important", "important", True),
    }


def test_without_a_ledger_nobody_can_say_that_a_machine_is_none(run):
    looks = [row for row in run(ANALYZER, [Asset(asset="a")]) if isinstance(row, Collected)]
    assert [look.complete for look in looks] == [False]
    looks = [row for row in run(ANALYZER, [Asset(asset="a")], {"*": ("ledger_assets",)}) if isinstance(row, Collected)]
    assert [look.complete for look in looks] == [True]
