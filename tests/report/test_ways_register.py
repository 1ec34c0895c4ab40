"""The register of ways in in the report, and what could not be told."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from omamori.model.look import Collected
from omamori.model.ways_in import AttackPath, CrownJewel, Entry, Reachable
from omamori.report.evidence_line import EvidenceLine
from omamori.report.html import render_html
from omamori.report.ways import read_ways
from omamori.report.ways_register import ANYWHERE, read_untold, register_json, registered
from omamori.snapshot.database import Database


@pytest.mark.parametrize(
    ("declared", "observed", "state"),
    [
        (True, True, "both"),
        (True, False, "not_seen"),
        (True, None, "declared"),
        (False, True, "found"),
        (None, True, "untold"),
    ],
)
def test_a_line_nobody_looked_for_is_not_called_unseen(declared, observed, state):
    row = registered(Entry(entry="x", declared=declared, observed=observed), {})
    assert row.state == state and row.state_label.ja and row.state_label.en


def test_only_a_door_that_was_seen_is_open_to_all():
    seen = registered(Entry(entry="a", method="ssl-vpn", observed=True), {})
    closed = registered(Entry(entry="a", method="ssl-vpn", observed=True, opened_from="198.51.100.7"), {})
    others = [Entry(entry="a", method="ssl-vpn", observed=None), Entry(entry="a", method="interface", observed=True)]
    assert seen.opened_anywhere and not closed.opened_anywhere and closed.opened_from == "198.51.100.7"
    assert not any(registered(row, {}).opened_anywhere for row in others)


def test_json_says_null_where_nobody_knows():
    entry = Entry(entry="x", installed=date(2019, 4, 1), last_used=datetime(2026, 5, 1, 3), two_factor=False, evidence="e:1", observed=True)
    told = register_json(registered(entry, {"e:1": EvidenceLine("e:1", "k", "fw")}))
    assert (told["installed"], told["last_used"], told["two_factor"], told["always_open"]) == ("2019-04-01", "2026-05-01", False, None)
    assert told["evidence"] == "e:1" and told["device"] is None


def test_what_could_not_be_told_is_named_with_its_reason():
    with Database() as database:
        database.insert(
            [
                CrownJewel(asset="ehr", jewel="ehr"),
                CrownJewel(asset="bk", jewel="backup"),
                Collected(asset="fw2", table_name="entries", source="analyze.entries", complete=False, reason="not_collected"),
                Collected(
                    asset="ehr", table_name="attack_paths", source="analyze.attack_paths", complete=False, reason="needs_administrator"
                ),
                Collected(asset="bk", table_name="attack_paths", source="analyze.attack_paths", complete=True),
                Collected(asset="pc", table_name="attack_paths", source="analyze.attack_paths", complete=False, reason="not_collected"),
                Reachable(origin="VPN", origin_kind="entry", reach="unknown", doubt="not_collected: host fw3 > ?; parser: fw4"),
                Reachable(origin="LAN", reach="open", doubt=None),
            ]
        )
        found = [(one.what, one.reason, one.names) for one in read_untold(database)]
    assert found == [
        ("entries", "not_collected", ("fw2",)),
        ("reach", "not_collected", ("fw3",)),
        ("reach", "parser", ("fw4",)),
        ("paths", "needs_administrator", ("ehr",)),
    ]


def test_many_names_are_cut_and_counted():
    with Database() as database:
        looks = [
            Collected(asset=f"m{n:02}", table_name="entries", source="analyze.entries", complete=False, reason="too_old") for n in range(20)
        ]
        database.insert(looks)
        (one,) = read_untold(database)
    assert len(one.names) == 12 and one.more == 8 and one.advice.ja


def test_the_page_has_the_register_and_what_could_not_be_told(hospital):
    hospital.database.insert(
        [
            Entry(asset="fw", entry="fw <i>lab", method="ipsec", device="fw", declared=False, observed=True, two_factor=False),
            Entry(asset="L", entry="L", line="L", zone="DMZ", declared_zone="LAN", declared=True, last_used=datetime(2026, 5, 1)),
            Collected(asset="fw2", table_name="entries", source="analyze.entries", complete=False, reason="not_collected"),
        ]
    )
    page = render_html(hospital.report(), "ja")
    part = page[page.index('id="ways"') : page.index('id="visits"')]
    for words in ("fw &lt;i&gt;lab", ANYWHERE.ja, "見えたが、台帳にない", "2026-05-01", "台帳では", "fw2", "入口がほかにもあるかどうか"):
        assert words in part
    assert "fw <i>lab" not in page


def test_how_many_reach_records_counts_only_what_is_certain():
    with Database() as database:
        database.insert(
            [
                Entry(entry="a", observed=True),
                Entry(entry="b", declared=True),
                AttackPath(path="a > e", entry="a", asset="e", jewel="ehr", steps=1, certain=True),
                AttackPath(path="b > e", entry="b", asset="e", jewel="ehr", steps=1, certain=False),
                AttackPath(path="b > k", entry="b", asset="k", jewel="backup", steps=1, certain=True),
            ]
        )
        ways = read_ways(database)
    assert ways.uncut == (("a", "e"), ("b", "k"), ("b", "e"))
    assert (ways.undeclared, ways.reaching, ways.reaching_kind("ehr"), ways.reaching_kind("backup")) == (1, 2, 1, 1)
