"""The chains of published incidents, built from rows: the conditions of each must lead from its entry to what was hit."""

from __future__ import annotations

from datetime import date

import pytest

from omamori.analyze.attack_paths import ANALYZER as PATHS
from omamori.analyze.crown_jewels import ANALYZER as JEWELS
from omamori.model.access import Account, GroupMember
from omamori.model.declared import DeclaredBackup, LedgerAsset, RemoteLine, Zone, ZoneNetwork
from omamori.model.derived import Asset
from omamori.model.host import Host, ServerSetting, Service
from omamori.model.look import Collected
from omamori.model.network import Interface
from omamori.model.patching import Vulnerability
from omamori.model.ways_in import AttackPath, AttackStep, Change, CrownJewel, Entry, ReachedService
from omamori.model.windows import WindowsSetting

WITHIN = [Zone(zone="EHR", kind="ehr"), Zone(zone="DEPT", kind="department")]


def machine(name, zone="EHR", *, purpose=None, platform="windows", role="server", observed=True, domain=None, domain_role=None, **asset):
    rows = [Asset(asset=name, hostname=name.upper(), zone=zone, role=role, observed=observed, evidence=f"{name}:1", **asset)]
    rows.append(LedgerAsset(asset=name, role=role, purpose=purpose, zone=zone, evidence=f"ledger:{name}"))
    if observed:
        rows.append(
            Host(asset=name, hostname=name.upper(), platform=platform, domain=domain, domain_role=domain_role, evidence=f"{name}:2")
        )
    return rows


def reach(origin, asset, port, *, kind="zone", state="open", rules=None):
    return ReachedService(
        origin=origin,
        origin_kind=kind,
        asset=asset,
        address="10.0.0.9",
        protocol="tcp",
        port=port,
        reach=state,
        rules=rules,
        evidence=f"{asset}:9",
    )


def same_password(*assets, changed=date(2019, 4, 1)):
    for asset in assets:
        uid = "S-1-5-21-1-2-3-500"
        yield Account(
            asset=asset, name="Administrator", uid=uid, enabled=True, administrator=True, password_changed=changed, evidence=f"{asset}:5"
        )
        yield WindowsSetting(asset=asset, rdp_enabled=True, rdp_nla=True, rdp_port=3389, laps=False, evidence=f"{asset}:6")


def ransomware_through_an_old_vpn():
    """Firmware never updated, the LAN flat behind it, one administrator's password everywhere (a town hospital, 2021)."""
    return (
        [
            *WITHIN,
            Entry(
                entry="maintenance",
                kind="line",
                line="maintenance",
                zone="EHR",
                vendor="V",
                declared=True,
                observed=True,
                always_open=True,
                evidence="fw:1",
            ),
            RemoteLine(line="maintenance", kind="ssl-vpn", lands_in="EHR"),
            Vulnerability(
                asset="maintenance", subject_kind="line", flaw="CVE-2018-13379", product="fortios", exploited=True, evidence="ledger:7"
            ),
            *machine("ward-pc", role="client"),
            *machine("ad", domain="h.local", domain_role="controller"),
            *machine("ehr", purpose="電子カルテ", domain="h.local", domain_role="member"),
            *machine("bk", purpose="バックアップ", domain="h.local", domain_role="member"),
            Vulnerability(asset="ward-pc", flaw="CVE-2017-0144", product="windows", exploited=True, evidence="ward-pc:4"),
            *same_password("ward-pc", "ehr", "bk"),
            DeclaredBackup(
                asset="ehr", job="nightly", medium="other-server", target="bk", same_credentials="yes", offline="no", evidence="ledger:8"
            ),
            *(reach("EHR", asset, port) for asset in ("ward-pc", "ad", "ehr", "bk") for port in (445, 3389)),
        ],
        "maintenance",
        {"ehr": ["line-device", "exploited-flaw", "shared-administrator"]},
    )


def catering_partner():
    """A partner's line into the kitchen's server, remote desktop there, the same password on the records' servers (a prefecture's hospital, 2022)."""
    return (
        [
            *WITHIN,
            Entry(
                entry="catering",
                kind="partner",
                line="catering",
                zone="DEPT",
                vendor="Meals",
                declared=True,
                observed=True,
                evidence="fw:1",
            ),
            *machine("kitchen", "DEPT", hands_off=True, vendor="Meals"),
            *machine("ehr1", purpose="電子カルテ"),
            *machine("ehr2", purpose="電子カルテ"),
            *same_password("kitchen", "ehr1", "ehr2"),
            reach("catering", "kitchen", 3389, kind="entry", rules="fw forward: 12"),
            reach("DEPT", "ehr1", 3389, rules="fw forward: any"),
            reach("DEPT", "ehr2", 445, rules="fw forward: any"),
            Vulnerability(asset="kitchen", flaw="CVE-2019-0708", product="windows", exploited=True, evidence="kitchen:4"),
        ],
        "catering",
        {"ehr1": ["exploited-flaw", "shared-administrator"], "ehr2": ["exploited-flaw", "shared-administrator"]},
    )


def one_password_for_the_domain():
    """A guessable password on the maintenance VPN and on all of Windows: the directory, then the virtual base and the copies (2024)."""
    return (
        [
            *WITHIN,
            Entry(entry="vpn", kind="line", line="vpn", zone="EHR", declared=True, observed=True, evidence="fw:1"),
            *machine("ts", domain="h.local", domain_role="member"),
            *machine("ad", domain="h.local", domain_role="controller"),
            *machine("esx", purpose="仮想基盤"),
            *machine("bk", purpose="バックアップ", domain="h.local", domain_role="member"),
            Service(asset="ts", name="agent", account="H\\svc-admin", start="automatic", evidence="ts:7"),
            GroupMember(asset="ad", group_name="Domain Admins", group_id="S-1-5-21-9-9-9-512", member="H\\svc-admin", evidence="ad:7"),
            Vulnerability(asset="ts", flaw="CVE-2019-0708", product="windows-server", exploited=True, evidence="ts:4"),
            reach("vpn", "ts", 3389, kind="entry", rules="fw forward: 1"),
            *(reach("EHR", asset, 445) for asset in ("ts", "ad", "bk")),
        ],
        "vpn",
        {"ad": ["exploited-flaw", "stored-credentials", "administrator-here-too"]},
    )


def remote_desktop_on_a_vendor_box():
    """A vendor's box let remote desktop in without a question; the image server opened to it (2024)."""
    return (
        [
            *WITHIN,
            Entry(entry="images", kind="line", line="images", zone="EHR", vendor="Image", declared=True, observed=True, evidence="fw:1"),
            *machine("pacs", purpose="PACS", platform="linux", vendor="Image", hands_off=True),
            ServerSetting(asset="pacs", service="orthanc", name="AuthenticationEnabled", value="false", evidence="pacs:5"),
            reach("images", "pacs", 8042, kind="entry", rules="box forward: 1"),
        ],
        "images",
        {"pacs": ["no-login"]},
    )


def monitors_behind_a_line_nobody_listed():
    """A monitors' maintenance line; the relay stands in two networks, three servers behind it ask for no password (2026)."""
    return (
        [
            *WITHIN,
            ZoneNetwork(zone="EHR", network="10.1.0.0/16", network_first=0x0A010000, network_last=0x0A01FFFF),
            ZoneNetwork(zone="DEPT", network="172.16.5.0/24", network_first=0xAC100500, network_last=0xAC1005FF),
            Entry(entry="moni/wg0", kind="line", machine="relay", zone="DEPT", observed=True, evidence="relay:3"),
            *machine("relay", "DEPT", platform="linux", role="medical"),
            Interface(
                asset="relay", name="eth0", kind="ethernet", up=True, network_first=0xAC100500, network_last=0xAC1005FF, evidence="relay:8"
            ),
            Interface(
                asset="relay", name="eth1", kind="ethernet", up=True, network_first=0x0A010000, network_last=0x0A010FFF, evidence="relay:9"
            ),
            *machine("nurse-call", purpose="ナースコール", platform="linux", important=True),
            ServerSetting(
                asset="nurse-call", service="postgresql", name="hba", value="host all all 10.1.0.0/16 trust", evidence="nurse-call:5"
            ),
            reach("EHR", "nurse-call", 5432),
        ],
        "moni/wg0",
        {"nurse-call": ["lands-on", "dual-homed", "no-login"]},
    )


CHAINS = (
    ransomware_through_an_old_vpn,
    catering_partner,
    one_password_for_the_domain,
    remote_desktop_on_a_vendor_box,
    monitors_behind_a_line_nobody_listed,
)


@pytest.fixture
def found(run):
    def do(rows, looks=None):
        jewels = run(JEWELS, rows)
        return run(PATHS, [*rows, *(row for row in jewels if isinstance(row, CrownJewel))], looks)

    return do


def steps_of(rows, entry, asset):
    return [row for row in rows if isinstance(row, AttackStep) and row.path == f"{entry} > {asset}"]


@pytest.mark.parametrize("chain", CHAINS, ids=lambda chain: chain.__name__)
def test_a_published_chain_is_found_step_by_step_with_its_evidence(found, chain):
    rows, entry, wanted = chain()
    told = found(rows)
    for asset, kinds in wanted.items():
        (path,) = [row for row in told if isinstance(row, AttackPath) and (row.entry, row.asset) == (entry, asset)]
        steps = steps_of(told, entry, asset)
        assert [step.kind for step in steps] == kinds
        assert path.certain and all(step.certain for step in steps)
        assert path.steps == len(steps) and [step.position for step in steps] == list(range(1, len(steps) + 1))
        assert all(step.evidence and step.told_ja and step.told_en for step in steps)
        assert all(step.asset in step.told_ja and step.asset in step.told_en for step in steps)
        assert path.changes


@pytest.mark.parametrize("chain", CHAINS, ids=lambda chain: chain.__name__)
def test_the_cheapest_set_is_ranked_and_the_changes_speak_both_languages(found, chain):
    rows, _, _ = chain()
    changes = [row for row in found(rows) if isinstance(row, Change)]
    places = sorted(row.rank for row in changes if row.rank)
    assert places == list(range(1, len(places) + 1)) and places
    assert all(row.told_ja and row.told_en and row.who and row.cost in ("none", "low", "medium", "high") for row in changes)


def test_all_that_was_hit_is_reached_after_the_directory(found):
    rows, entry, _ = one_password_for_the_domain()
    told = found(rows)
    assert {row.asset: row.certain for row in told if isinstance(row, AttackPath)} == {"ad": True, "bk": True}
    assert not steps_of(told, entry, "esx")  # nothing that was seen leads there


def test_the_way_of_the_copies(found):
    rows, entry, _ = ransomware_through_an_old_vpn()
    rows = [row for row in rows if not (isinstance(row, ReachedService) and row.asset == "bk")]
    kinds = [step.kind for step in steps_of(found(rows), entry, "bk")]
    assert kinds == ["line-device", "exploited-flaw", "shared-administrator", "backup-same-credentials"]


def test_a_vendors_machine_is_asked_for_and_named(found):
    rows, _, _ = remote_desktop_on_a_vendor_box()
    (change,) = [row for row in found(rows) if isinstance(row, Change) and row.change == "login:pacs:orthanc"]
    assert change.who == "Image" and change.told_ja.startswith("Imageに相談する") and change.told_en.startswith("Ask Image")


def test_what_cannot_be_told_is_possible_and_never_certain(found):
    rows, entry, _ = remote_desktop_on_a_vendor_box()
    doubtful = [row for row in rows if not isinstance(row, ReachedService)] + [reach("images", "pacs", 8042, kind="entry", state="unknown")]
    (path,) = [row for row in found(doubtful) if isinstance(row, AttackPath)]
    assert not path.certain and not steps_of(found(doubtful), entry, "pacs")[0].certain


def test_a_machine_nobody_looked_at_could_not_be_told(found):
    rows = [
        *WITHIN,
        Entry(entry="line", kind="line", zone="EHR", observed=True, evidence="fw:1"),
        *machine("ehr", purpose="電子カルテ", observed=False),
        reach("line", "ehr", 443, kind="entry"),
    ]
    told = found(rows)
    (path,) = [row for row in told if isinstance(row, AttackPath)]
    (step,) = steps_of(told, "line", "ehr")
    assert (path.certain, step.kind) == (False, "not-looked-at") and "判断できません" in step.told_ja


def test_an_answer_that_never_comes_back_is_no_way_over_tcp(found):
    rows, _, _ = remote_desktop_on_a_vendor_box()
    rows = [row for row in rows if not isinstance(row, ReachedService)] + [reach("images", "pacs", 8042, kind="entry", state="one-way")]
    assert not [row for row in found(rows) if isinstance(row, AttackPath)]


def test_a_line_whose_device_nobody_read_may_lead_everywhere_in_its_zone(found):
    rows, _, _ = remote_desktop_on_a_vendor_box()
    rows = [row for row in rows if not isinstance(row, ReachedService)] + [reach("EHR", "pacs", 8042)]
    told = found(rows)
    assert [(step.kind, step.certain) for step in steps_of(told, "images", "pacs")] == [("lands", False), ("no-login", True)]


def test_the_looks_are_complete_only_when_every_machine_was_seen(found):
    rows, _, _ = remote_desktop_on_a_vendor_box()
    site = {"*": ("entries", "remote_lines", "crown_jewels")}
    seen = {"pacs": ("hosts", "accounts", "services", "tasks", "vulnerabilities", "reached_services", "interfaces"), **site}
    looks = [row for row in found(rows, seen) if isinstance(row, Collected)]
    assert looks and all(look.complete for look in looks)
    for left_out in ("accounts", "reached_services"):
        fewer = {**seen, "pacs": tuple(name for name in seen["pacs"] if name != left_out)}
        assert not any(row.complete for row in found(rows, fewer) if isinstance(row, Collected))
    assert not any(row.complete for row in found([*rows, *machine("other")], seen) if isinstance(row, Collected))
