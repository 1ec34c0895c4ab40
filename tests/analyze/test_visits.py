"""Which machines to visit first, why, and by whose word."""

from __future__ import annotations

from datetime import datetime

from omamori.analyze.lookalikes import ANALYZER as LOOKALIKES
from omamori.analyze.visit_order import FIRST
from omamori.analyze.visits import ANALYZER
from omamori.model.declared import DeclaredBackup, LedgerAsset, RemoteLine, Zone
from omamori.model.derived import Asset, Peer
from omamori.model.look import Collected
from omamori.model.network import Interface, Neighbour, OutboundSetting, Route
from omamori.model.visits import VisitCandidate, VisitReason
from omamori.model.windows import DomainComputer

LEDGER = {"*": ("ledger_assets", "zones", "remote_lines")}
SEEN = [Asset(asset="ehr", observed=True, declared=True, zone="EHR"), Interface(asset="ehr", name="eth0", address="10.1.0.11")]


def candidates(found):
    return {row.asset: row for row in found if isinstance(row, VisitCandidate)}


def reasons(found, asset):
    return {row.reason: row for row in found if isinstance(row, VisitReason) and row.asset == asset}


def told(run, rows, looks=LEDGER):
    return run([LOOKALIKES, ANALYZER], [*SEEN, *rows], looks)


def peer(address, port, *, asset="ehr", direction="out", evidence="p:1", scope="private"):
    return Peer(asset=asset, direction=direction, peer=address, peer_scope=scope, protocol="tcp", port=port, evidence=evidence)


def test_a_machine_that_was_looked_at_is_never_a_candidate_under_any_of_its_names(run):
    found = told(
        run,
        [
            LedgerAsset(asset="ehr", hostname="ehr01", address="10.1.0.11", purpose="EHR"),
            Neighbour(asset="pc", address="10.1.0.11", mac="00:00:5e:00:53:01"),
            DomainComputer(asset="dc", name="EHR", enabled=True),
            peer("10.1.0.11", 443, asset="pc"),
        ],
    )
    assert candidates(found) == {}


def test_one_machine_of_many_sources_is_one_candidate_with_evidence_for_each_reason(run):
    found = told(
        run,
        [
            Asset(asset="認証サーバ", hostname="AD01", declared=True, role="server"),
            LedgerAsset(
                asset="認証サーバ", hostname="AD01", address="10.1.0.21", role="server", place="2F", important="yes", evidence="l:3"
            ),
            DomainComputer(asset="x", name="AD01", os_name="Windows Server 2012 R2", enabled=True, controller=True, evidence="d:7"),
            Neighbour(asset="ehr", address="10.1.0.21", mac="00:00:5e:00:53:21", evidence="n:2"),
            OutboundSetting(asset="ehr", kind="dns", value="10.1.0.21", evidence="o:5"),
            *(peer("10.1.0.21", 88, asset=name, evidence=f"p:{name}") for name in ("ehr", "pc1", "pc2")),
        ],
    )
    (one,) = candidates(found).values()
    assert (one.asset, one.place, one.location, one.role, one.declared) == ("認証サーバ", 1, "2F", "server", True)
    told_why = {reason: row.evidence for reason, row in reasons(found, "認証サーバ").items()}
    assert told_why == {
        "controller": "d:7", "important": "l:3", "old_system": "d:7", "talked_to": "p:ehr", "name_server": "o:5",
        "neighbour": "n:2",
    }  # fmt: skip
    assert (reasons(found, "認証サーバ")["talked_to"].number, reasons(found, "認証サーバ")["talked_to"].item) == (3, "88")
    assert one.score == sum(row.points for row in reasons(found, "認証サーバ").values())


def test_what_nobody_declared_is_named_by_its_address_and_only_with_a_ledger_called_undeclared(run):
    rows = [Neighbour(asset="ehr", address="10.1.4.31", mac="00:00:5e:00:53:99"), peer("10.1.4.31", 445)]
    found = told(run, rows)
    assert set(reasons(found, "10.1.4.31")) == {"undeclared", "talked_to", "neighbour"}
    assert candidates(found)["10.1.4.31"].declared is False
    without = told(run, rows, {})
    assert set(reasons(without, "10.1.4.31")) == {"talked_to", "neighbour"}
    assert candidates(without)["10.1.4.31"].declared is None


def test_what_no_kit_runs_on_is_left_out(run):
    found = told(
        run,
        [
            Asset(asset="switch", declared=True, role="network"),
            LedgerAsset(asset="switch", address="10.1.255.1", role="network"),
            RemoteLine(line="vpn", kind="ssl-vpn", device_address="10.1.0.1"),
            Route(asset="ehr", destination="0.0.0.0/0", gateway="10.1.0.254"),
            *(
                Neighbour(asset="ehr", address=address)
                for address in ("10.1.255.1", "10.1.0.1", "10.1.0.254", "224.0.0.251", "169.254.3.4")
            ),
            Neighbour(asset="ehr", address="10.1.0.77", state="failed"),
            Neighbour(asset="ehr", address="172.17.0.2", interface="docker0"),
            peer("203.0.113.9", 443, scope="public"),
            OutboundSetting(asset="ehr", kind="dns", value="203.0.113.53", address_public=True),
        ],
    )
    assert candidates(found) == {}


def test_lines_zones_and_backups_say_where_to_go(run):
    found = told(
        run,
        [
            Zone(zone="EHR", networks="10.1.0.0/16", internet="no", evidence="z:1"),
            Zone(zone="monitors", networks="172.16.5.0/24", internet="no", evidence="z:2"),
            RemoteLine(line="check", kind="eligibility", device="terminal", device_address="10.1.0.18", evidence="r:1"),
            RemoteLine(line="vpn", kind="ssl-vpn", lands_in="EHR", evidence="r:2"),
            DeclaredBackup(asset="ehr", job="night", target=r"\\nas1\backup", evidence="b:1"),
            *(Asset(asset=name, declared=True) for name in ("nas", "nas10", "gw")),
            LedgerAsset(asset="nas", hostname="nas1", zone="EHR", role="server", evidence="l:1"),
            LedgerAsset(asset="nas10", hostname="nas10", zone="EHR", role="client", evidence="l:2"),
            LedgerAsset(asset="gw", address="172.16.5.1", internet="yes", evidence="l:3"),
        ],
    )
    assert reasons(found, "10.1.0.18")["line"].item == "check / terminal"
    assert reasons(found, "nas")["backup"].evidence == "b:1"
    assert "backup" not in reasons(found, "nas10"), "nas1 is not nas10"
    assert {"line_zone", "server"} <= set(reasons(found, "nas"))
    assert reasons(found, "gw")["new_zone"].evidence == "z:2" and reasons(found, "gw")["outside"].evidence == "l:3"
    assert "new_zone" not in reasons(found, "nas")


def test_computers_of_the_domain_that_are_gone_come_last_or_not_at_all(run):
    found = told(
        run,
        [
            DomainComputer(asset="dc", name="PC1", os_name="Windows 10 Pro", enabled=True, last_login=datetime(2026, 11, 20)),
            DomainComputer(asset="dc", name="PC2", os_name="Windows 10 Pro", enabled=True, last_login=datetime(2025, 1, 2)),
            DomainComputer(asset="dc", name="PC3", os_name="Windows 10 Pro", enabled=False),
        ],
    )
    assert [row.asset for row in sorted(candidates(found).values(), key=lambda row: row.place)] == ["pc1", "pc2"]
    assert reasons(found, "pc2")["silent"].number == 690


def test_of_twins_one_comes_first_and_says_how_many_wait(run):
    twins = [f"ward{number}" for number in range(12)]
    found = told(
        run,
        [
            *(Asset(asset=name, declared=True) for name in (*twins, "lab")),
            *(LedgerAsset(asset=name, role="client", purpose="EHR terminal", os="Windows 10", important="yes") for name in twins),
            LedgerAsset(asset="lab", role="client", purpose="laboratory"),
        ],
    )
    order = sorted(candidates(found).values(), key=lambda row: row.place)
    assert [row.asset for row in order[:3]] == ["ward0", "lab", "ward1"]
    assert order[0].stands_for == 11 and order[1].stands_for == 0
    assert "new_kind" in reasons(found, "ward0")


def test_every_candidate_has_a_place_and_a_reason_and_the_list_is_never_called_complete(run):
    found = told(run, [peer(f"10.1.7.{number}", 445) for number in range(1, 3 * FIRST)])
    rows = candidates(found)
    assert sorted(row.place for row in rows.values()) == list(range(1, 3 * FIRST))
    assert all(reasons(found, name) and all(row.evidence for row in reasons(found, name).values()) for name in rows)
    looks = [row for row in found if isinstance(row, Collected)]
    assert {(look.table_name, look.complete, look.reason) for look in looks} == {
        ("visit_candidates", False, "to_confirm"),
        ("visit_reasons", False, "to_confirm"),
    }
