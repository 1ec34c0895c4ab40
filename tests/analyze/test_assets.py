"""The list of machines: what the ledger says, what was seen, and what nobody can say."""

from __future__ import annotations

from omamori.analyze.assets import ANALYZER
from omamori.model.declared import LedgerAsset, Zone
from omamori.model.derived import Asset
from omamori.model.device import DeviceFact
from omamori.model.host import Host
from omamori.model.look import Collected, Identity
from omamori.model.network import Interface

LEDGER = ("ledger_assets", "zones")


def parts(found):
    return {row.asset: row for row in found if isinstance(row, Asset)}, {row.asset: row for row in found if isinstance(row, Collected)}


def test_ledger_and_machine_make_one_asset(run):
    found = run(
        ANALYZER,
        [
            LedgerAsset(asset="電子カルテ", role="server", zone="EHR", owner="vendor", important="yes", vendor="V"),
            Zone(zone="EHR", internet="no", networks="10.1.0.0/16"),
            Host(asset="電子カルテ", hostname="ehr01", platform="linux", role="client"),
        ],
        {"*": LEDGER, "電子カルテ": ("hosts", "interfaces")},
    )
    assets, looks = parts(found)
    ehr = assets["電子カルテ"]
    assert (ehr.role, ehr.platform, ehr.hostname, ehr.zone, ehr.vendor) == ("server", "linux", "ehr01", "EHR", "V")
    assert (ehr.hands_off, ehr.medical, ehr.important, ehr.closed, ehr.declared, ehr.observed) == (True, False, True, True, True, True)
    assert looks["電子カルテ"].complete and looks["電子カルテ"].missing == ""


def test_a_machine_nobody_declared_gets_its_zone_from_its_address(run):
    found = run(
        ANALYZER,
        [
            Zone(zone="all", internet="yes", networks="10.0.0.0/8"),
            Zone(zone="small", internet="no", networks="10.1.2.0/24"),
            Interface(asset="stray", address="10.1.2.3"),
        ],
        {"*": LEDGER, "stray": ("hosts", "interfaces")},
    )
    assets, looks = parts(found)
    assert (assets["stray"].zone, assets["stray"].closed, assets["stray"].declared) == ("small", True, False)
    assert looks["stray"].missing == ""


def test_without_a_ledger_what_only_it_can_say_is_missing(run):
    found = run(ANALYZER, [Host(asset="a", platform="linux", role="server")], {"a": ("hosts", "interfaces")})
    assets, looks = parts(found)
    assert assets["a"].role == "server"
    assert assets["a"].declared is None, "nobody can say that a ledger lacks it"
    assert looks["a"].complete
    assert looks["a"].missing == "closed,declared,hands_off,important,medical,vendor,zone"
    assert looks["a"].reason == "not_collected"


def test_a_ledger_that_was_taken_away_leaves_the_role_open(run):
    gone = Collected(asset="*", table_name="ledger_assets", source="ledger.workbook", complete=False, reason="not_understood")
    found = run(ANALYZER, [Host(asset="a", role="client")], {"a": ("hosts", "interfaces"), "*": ("zones",)}, [gone])
    _, looks = parts(found)
    assert "role" in looks["a"].missing.split(",")
    assert looks["a"].reason == "not_understood"


def test_a_declared_machine_that_was_never_seen_is_listed(run):
    found = run(ANALYZER, [LedgerAsset(asset="ct", role="medical", medical_device="yes")], {"*": LEDGER})
    assets, looks = parts(found)
    assert (assets["ct"].observed, assets["ct"].declared, assets["ct"].hands_off, assets["ct"].last_seen) == (False, True, True, None)
    assert "platform" in looks["ct"].missing and "role" not in looks["ct"].missing.split(",")


def test_an_identifier_alone_keeps_an_asset_listed(run):
    assets, _ = parts(run(ANALYZER, [Identity(asset="known", identifier="name:known")], {}))
    assert list(assets) == ["known"]


def test_whether_care_stops_is_open_until_somebody_says_so_of_a_server(run):
    rows = [
        LedgerAsset(asset="new", role="server"),
        LedgerAsset(asset="asked", role="server", important="unknown"),
        LedgerAsset(asset="said", role="server", important="no"),
        LedgerAsset(asset="pc", role="client"),
        LedgerAsset(asset="somewhat"),
    ]
    everything = {"*": LEDGER} | {row.asset: ("hosts", "interfaces") for row in rows}
    assets, looks = parts(run(ANALYZER, [*rows, *(Host(asset=row.asset, platform="linux") for row in rows)], everything))
    open_ = {name for name, look in looks.items() if "important" in look.missing.split(",")}
    assert open_ == {"new", "asked", "somewhat"}, "of one of many client PCs an empty cell is a no"
    assert {looks[name].reason for name in open_} == {"to_confirm"}
    assert not any(asset.important for asset in assets.values())


def test_a_configuration_tells_of_the_device_and_makes_it_no_host_that_was_looked_at(run):
    evidence = "00" * 32
    looks = [
        Collected(asset="fw", table_name="device_rules", source="device.config", complete=True, evidence=evidence),
        Collected(asset="sw", table_name="forwarding_entries", source="network.console", complete=True, evidence=evidence),
        Collected(asset="gw", table_name="device_rules", source="linux.firewall", complete=True, evidence=evidence),
    ]
    assets, _ = parts(run(ANALYZER, [DeviceFact(asset="gw", forwards=True), DeviceFact(asset="fw", forwards=None)], {"*": LEDGER}, looks))
    assert {name: (asset.observed, asset.configured, asset.forwards) for name, asset in assets.items()} == {
        "fw": (False, True, False),
        "sw": (False, False, False),
        "gw": (True, False, True),
    }
