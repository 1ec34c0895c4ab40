"""What protects meanwhile: looked at, not believed; and law 1 through it."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.analyze.compensations import ANALYZER
from omamori.model.access import SecurityProduct
from omamori.model.declared import RemoteLine, RiskException, Zone
from omamori.model.derived import Asset, Exposure
from omamori.model.host import Service
from omamori.model.look import Collected
from omamori.model.network import Interface
from omamori.model.patching import Compensation
from omamori.model.ways_in import Reachable

ADDRESS = (10 << 24) + 9
SITE = [
    Asset(asset="a", zone="検査LAN", last_seen=datetime(2026, 11, 1)),
    Asset(asset="b"),
    RemoteLine(line="保守VPN"),
    Zone(zone="検査LAN"),
    Zone(zone="事務LAN"),
    Interface(asset="a", name="eth0", address="10.0.0.9"),
    Exposure(asset="a", protocol="tcp", port=445, inbound="open", evidence="x:1"),
    SecurityProduct(asset="a", name="Deep Shield", running=True, evidence="p:1"),
    Service(asset="a", name="Spooler", state="stopped", start="disabled", evidence="v:1"),
    Reachable(
        origin="事務LAN", zone="検査LAN", address_first=ADDRESS, address_last=ADDRESS, protocol="tcp", reach="open", evidence="r:1"
    ),
]  # fmt: skip
OWN = ("exposures", "interfaces", "security_products", "services", "assets")
WIDE = ("exceptions", "reachability", "ledger_assets", "zones", "entries", "remote_lines")
LOOKS = {"a": OWN, "b": OWN, "*": WIDE}


def exception(control=None, detail=None, subject="a", check="support.os_ended", **more):
    return RiskException(
        check_id=check,
        subject=subject,
        control=control,
        control_detail=detail,
        expires=more.pop("expires", date(2027, 3, 31)),
        evidence="l:1",
        **more,
    )


def states(found):
    return {(row.asset, row.check_id): (row.control, row.state) for row in found if isinstance(row, Compensation)}


ALL = [
    exception("port_closed", "tcp/3389", check="c.closed"),
    exception("port_closed", "tcp/445", check="c.open"),
    exception("segment_filtered", "事務LAN", check="c.segment"),
    exception("virtual_patch", "Deep Shield", check="c.shield"),
    exception("switched_off", "Spooler", check="c.function"),
    exception("switched_off", check="c.machine"),
    exception("other", "鍵のかかる部屋", check="c.other"),
    exception(compensating="専用VLAN", check="c.words"),
]


def test_every_kind_of_control_is_looked_at(run):
    found = run(ANALYZER, [*SITE, *ALL], LOOKS)
    assert states(found) == {
        ("a", "c.closed"): ("port_closed", "seen"),
        ("a", "c.open"): ("port_closed", "contradicted"),
        ("a", "c.segment"): ("segment_filtered", "contradicted"),
        ("a", "c.shield"): ("virtual_patch", "seen"),
        ("a", "c.function"): ("switched_off", "seen"),
        ("a", "c.machine"): ("switched_off", "declared"),
        ("a", "c.other"): ("other", "declared"),
        ("a", "c.words"): ("other", "declared"),
    }
    rows = {row.check_id: row for row in found if isinstance(row, Compensation)}
    assert (rows["c.open"].evidence, rows["c.open"].detail, rows["c.open"].expires) == ("x:1", "tcp/445", date(2027, 3, 31))
    assert (rows["c.other"].evidence, rows["c.words"].detail) == ("l:1", "専用VLAN")
    assert all(row.shown_by and row.shown_by_ja for row in rows.values())
    assert all(row.complete and not row.missing for row in found if isinstance(row, Collected))


def test_an_exception_that_has_ended_or_names_no_control_has_no_row(run):
    found = run(ANALYZER, [*SITE, exception("port_closed", "445", expires=date(2026, 11, 22)), exception()], LOOKS)
    assert states(found) == {}
    assert states(run(ANALYZER, [*SITE, exception("port_closed", "445", expires=date(2026, 11, 23))], LOOKS)) != {}
    assert states(run(ANALYZER, [*SITE, exception("port_closed", "445", expires=None)], LOOKS)) != {}


def test_lines_the_site_and_names_nobody_knows(run):
    rows = [
        exception("port_closed", "445", subject="保守VPN"),
        exception("port_closed", "445", subject="site"),
        exception("port_closed", "445", subject="どこかの機器"),
    ]
    assert {asset: (row.subject_kind, row.state) for row in run(ANALYZER, [*SITE, *rows], LOOKS) if isinstance(row, Compensation) for asset in [row.asset]} == {
        "保守VPN": ("line", "declared"), "site": ("other", "declared"), "どこかの機器": ("other", "unreadable"),
    }  # fmt: skip


def test_without_the_sheet_of_exceptions_no_look_is_complete(run):
    found = run(ANALYZER, SITE, {"a": OWN})
    assert {row.asset: row.complete for row in found} == {"a": False, "b": False, "保守VPN": False, "*": False}


def test_a_table_a_control_needs_and_nobody_read_leaves_its_state_open(run):
    rows = [*(row for row in SITE if not isinstance(row, Exposure)), exception("port_closed", "tcp/445")]
    found = run(ANALYZER, rows, {**LOOKS, "a": OWN[1:]})
    assert states(found) == {("a", "support.os_ended"): ("port_closed", "unreadable")}
    looks = {row.asset: row for row in found if isinstance(row, Collected)}
    assert looks["a"].complete and looks["a"].missing == "shown_by,shown_by_ja,state" and looks["a"].reason == "not_collected"
    assert looks["b"].complete and not looks["b"].missing


PLACES = [(asset, table) for asset, tables in LOOKS.items() for table in tables if asset != "b"]
_ROWS = {
    "exposures": Exposure,
    "security_products": SecurityProduct,
    "services": Service,
    "reachability": Reachable,
    "exceptions": RiskException,
    "zones": Zone,
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(removed=st.sets(st.sampled_from(PLACES), min_size=1, max_size=4))
def test_what_was_not_read_is_never_seen_and_no_contradiction_vanishes_behind_a_complete_look(run, removed):
    """Law 1."""
    tables = {table for _, table in removed}
    kept = [row for row in [*SITE, *ALL] if not any(isinstance(row, kind) and name in tables for name, kind in _ROWS.items())]
    left = {asset: tuple(table for table in held if (asset, table) not in removed) for asset, held in LOOKS.items()}
    gone = [Collected(asset=asset, table_name=table, source="x", complete=False, reason="not_collected") for asset, table in removed]
    before = states(run(ANALYZER, [*SITE, *ALL], LOOKS))
    found = run(ANALYZER, kept, left, gone)
    after = states(found)
    look = next(row for row in found if isinstance(row, Collected) and row.asset == "a")
    for key, (_, state) in before.items():
        now = after.get(key, (None, None))[1]
        assert now != "seen" or state == "seen", key
        if state == "contradicted" and now != "contradicted":
            assert not look.complete or "state" in look.missing, key


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    control=st.sampled_from(["port_closed", "segment_filtered", "virtual_patch", "switched_off", "other", "nonsense"]),
    detail=st.text(max_size=60),
)
def test_whatever_stands_in_the_sheet_is_taken(run, control, detail):
    found = [row for row in run(ANALYZER, [*SITE, exception(control, detail)], LOOKS) if isinstance(row, Compensation)]
    assert len(found) == 1 and found[0].state in ("seen", "contradicted", "declared", "unreadable")
