"""Flows and exceptions that follow from what vendors answered: only for machines that are theirs by the ledger."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.interface import Moment
from omamori.analyze.peers import ANALYZER as PEERS
from omamori.analyze.vendor_replies import ANALYZER
from omamori.knowledge.pack import starter_pack
from omamori.model.declared import DesignedFlow, LedgerAsset, RemoteLine, RiskException, Vendor, VendorAnswer
from omamori.model.derived import Asset, Peer
from omamori.model.look import Collected
from omamori.model.network import Connection
from omamori.snapshot.database import Database

NOW = datetime(2026, 11, 23)

LEDGER = [
    Vendor(vendor="A"),
    Vendor(vendor="B"),
    LedgerAsset(asset="ct", vendor="A"),
    LedgerAsset(asset="ehr", vendor="B"),
    LedgerAsset(asset="pacs", vendor="A、B"),
    RemoteLine(line="vpn", vendor="A"),
]
REFUSED = {"question": "finding", "check_id": "support.os_ended", "answer": "refused", "reason": "certified", "until": date(2027, 3, 31)}


def answer(vendor, asset, **more):
    return VendorAnswer(vendor=vendor, asset=asset, evidence="S!R5", **{"answered_by": "Sato", **more})


def of(found, kind):
    return [row for row in found if isinstance(row, kind)]


def test_a_whole_refusal_becomes_an_exception_of_that_machine(run):
    (row,) = run(ANALYZER, [*LEDGER, answer("A", "ct", compensating="VLAN", paper="N-1", **REFUSED)])
    assert row == RiskException(
        check_id="support.os_ended", subject="ct", owner="Sato (A)", reason="certified", compensating="VLAN", expires=date(2027, 3, 31),
        paper="N-1", letter="N-1", source="analyze.vendor_replies", evidence="S!R5",
    )  # fmt: skip


def test_a_refusal_without_reason_day_or_name_is_none(run):
    for lacking in ("reason", "until", "answered_by"):
        assert run(ANALYZER, [*LEDGER, answer("A", "ct", **{**REFUSED, lacking: None})]) == [], lacking
    for other in ("vendor", "hospital", "done", "checking", None):
        assert run(ANALYZER, [*LEDGER, answer("A", "ct", **{**REFUSED, "answer": other})]) == [], other


def test_two_vendors_of_one_machine_have_to_agree_that_it_cannot_be_mended(run):
    both = [answer("A", "pacs", **REFUSED), answer("B", "pacs", **{**REFUSED, "answer": "vendor"})]
    assert run(ANALYZER, [*LEDGER, *both]) == []
    agree = [answer("A", "pacs", **REFUSED), answer("B", "pacs", **{**REFUSED, "answer": "checking"})]
    assert [row.owner for row in run(ANALYZER, [*LEDGER, *agree])] == ["Sato (A)"]
    other = [answer("A", "pacs", **REFUSED), answer("B", "pacs", **{**REFUSED, "check_id": "x.y", "answer": "vendor"})]
    assert len(run(ANALYZER, [*LEDGER, *other])) == 1


def test_ticked_connections_become_designed_flows(run):
    flow = {"question": "flow", "direction": "in", "port": 104, "protocol": "tcp"}
    found = run(
        ANALYZER,
        [
            *LEDGER,
            answer("A", "ct", answer="yes", peer="10.1.0.9", remark="images", **flow),
            answer("A", "ct", answer="no", **{**flow, "port": 3389}),
            answer("A", "ct", answer="yes", **{**flow, "port": 22}),  # needed, but nobody said by whom
            answer("A", "ct", answer="unknown", peer="10.1.0.8", **flow),
            answer("B", "ct", answer="yes", peer="10.1.0.7", **flow),  # not theirs
        ],
    )
    assert {(row.asset, row.peer, row.port, row.needed, row.purpose) for row in of(found, DesignedFlow)} == {
        ("ct", "10.1.0.9", 104, "yes", "images"),
        ("ct", "0.0.0.0/0", 3389, "no", None),
    }


def test_peers_rest_on_the_vendors_answers_where_these_decide(run):
    seen = Connection(asset="ct", protocol="tcp", direction="in", peer_address="10.1.0.9", local_port=104, peer_port=5000, seen=NOW)
    said = answer("A", "ct", question="flow", direction="in", peer="10.1.0.9", port=104, protocol="tcp", answer="yes")
    looks = {"ct": ("connections",), "*": ("designed_flows", "ledger_assets", "zones")}
    rows = [*LEDGER, Asset(asset="ct"), seen, said]
    whole = run([ANALYZER, PEERS], rows, {**looks, "*": (*looks["*"], "vendor_answers")})
    assert [row.designed for row in of(whole, Peer)] == [True]
    assert [(look.complete, look.missing) for look in of(whole, Collected)] == [(True, "")]
    without = run([ANALYZER, PEERS], rows, looks)
    assert [(look.complete, look.missing) for look in of(without, Collected)] == [(True, "designed")]
    nobody_asked = run([ANALYZER, PEERS], [*LEDGER, Asset(asset="ct"), seen], looks)
    assert [(look.complete, look.missing) for look in of(nobody_asked, Collected)] == [(True, "")]


NAMES = st.sampled_from(["ct", "ehr", "pacs", "vpn", "ghost", "", "*"])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B", "C", ""]), NAMES, st.sampled_from(["finding", "flow"]), st.sampled_from(["refused", "yes", "no"])
        ),
        max_size=12,
    )
)
def test_whatever_vendors_answer_nothing_follows_for_a_machine_that_is_not_theirs(said):
    rows = [
        answer(vendor, asset, **{**REFUSED, "question": question, "answer": given_, "peer": "10.0.0.1"})
        for vendor, asset, question, given_ in said
    ]
    theirs = {"ct": {"A"}, "ehr": {"B"}, "pacs": {"A", "B"}, "vpn": {"A"}}
    answered = {(asset, vendor) for vendor, asset, _, _ in said}
    with Database() as database:
        database.insert([*LEDGER, *rows])
        for row in ANALYZER.run(database, Moment(NOW, starter_pack())):
            subject = row.asset if isinstance(row, DesignedFlow) else row.subject
            assert any((subject, vendor) in answered for vendor in theirs.get(subject, ())), row
