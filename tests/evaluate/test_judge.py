from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from omamori.model.access import Account, SshSetting
from omamori.model.declared import RemoteLine, RiskException, Zone
from omamori.model.derived import WayOut
from omamori.model.host import Host
from omamori.model.network import Listener
from omamori.model.patching import Vulnerability
from omamori.model.text import Text

TELNET = "select asset, port, process, evidence from listeners where port = 23"
NO_SSH = "select h.asset, null as evidence from hosts h where not exists (select 1 from ssh_settings s where s.asset = h.asset)"


def test_a_row_fails_no_row_passes_no_look_is_unknown(site: Any, make_check: Any) -> None:
    site.asset("a", "b", "c").look("listeners", "a", "b").add(Listener(asset="a", port=23, evidence="e:1"))
    check = make_check(TELNET, key=("asset", "port"), message=Text("{asset} {port} {process}", "{asset} {port} {process}"))
    fail, passed, unknown = site.judge(check)
    assert (fail.subject, fail.finding_key, fail.verdict, fail.severity, fail.evidence) == ("a", "a | 23", "fail", "high", "e:1")
    assert (fail.message_ja, fail.message_en) == ("a 23 なし", "a 23 none")
    assert (passed.subject, passed.verdict, passed.evidence) == ("b", "pass", "look:listeners:b")
    assert (unknown.subject, unknown.finding_key, unknown.verdict, unknown.reason) == ("c", "", "unknown", "not_collected")
    assert "待ち受けポート" in unknown.message_ja and "Listening ports" in unknown.message_en


def test_a_fail_beside_an_incomplete_look_says_that_there_may_be_more(site: Any, make_check: Any) -> None:
    site.asset("a").look("listeners", "a", complete=False, reason="needs_administrator").add(Listener(asset="a", port=23))
    first, second = site.judge(make_check(TELNET, key=("asset", "port")))
    assert (first.finding_key, first.verdict, first.reason) == ("", "unknown", "needs_administrator")
    assert (second.finding_key, second.verdict) == ("a | 23", "fail")


def test_a_row_that_unseen_rows_could_take_away_is_unknown(site: Any, make_check: Any) -> None:
    site.asset("a", "b").look("hosts", "a", "b").look("ssh_settings", "a").look(
        "ssh_settings", "b", complete=False, reason="not_understood"
    )
    site.add(Host(asset="a"), Host(asset="b"))
    first, second = site.judge(make_check(NO_SSH))
    assert (first.subject, first.verdict, first.evidence) == ("a", "fail", "look:ssh_settings:a"), "an absence shows the look"
    assert (second.subject, second.finding_key, second.verdict, second.reason) == ("b", "b", "unknown", "not_understood")


def test_a_column_that_was_not_read_decides_only_where_it_is_used(site: Any, make_check: Any) -> None:
    site.asset("a").look("listeners", "a", missing="process", reason="needs_administrator").add(Listener(asset="a", port=22))
    by_port = make_check(TELNET, key=("asset", "port"), id="t.port")
    by_process = make_check("select asset, evidence from listeners where process = 'telnetd'", id="t.process")
    unnamed = make_check("select asset, evidence from listeners where process is null", id="t.unnamed")
    said = {verdict.check_id: (verdict.finding_key, verdict.verdict) for verdict in site.judge(by_port, by_process, unnamed)}
    assert said["t.port"] == ("", "pass")
    assert said["t.process"] == ("", "unknown")
    assert said["t.unnamed"] == ("a", "unknown"), "NULL because it could not be read is no finding"


def test_scope_decides_who_is_judged(site: Any, make_check: Any) -> None:
    site.asset("linux", "windows", "unseen").look("hosts", "linux", "windows").look("listeners", "linux", "windows", "unseen")
    site.add(Host(asset="linux", platform="linux"), Host(asset="windows", platform="windows"))
    site.add(Listener(asset="unseen", port=23))
    check = make_check(TELNET, scope="select asset from hosts where platform = 'linux'")
    assert site.said(check) == [("linux", "", "pass"), ("unseen", "", "unknown")]


def test_who_is_in_scope_only_for_want_of_a_look_is_unknown(site: Any, make_check: Any) -> None:
    site.asset("a", "b").look("hosts", "a", "b").look("ssh_settings", "a").look("listeners", "a", "b")
    site.add(Host(asset="a"), Host(asset="b"))
    scope = "select h.asset from hosts h where not exists (select 1 from ssh_settings s where s.asset = h.asset)"
    assert site.said(make_check(TELNET, scope=scope)) == [("a", "", "pass"), ("b", "", "unknown")]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"observed": True}, "not_collected"),
        ({"observed": False, "declared": True}, "declared_not_seen"),
        ({"observed": True, "declared": True}, "not_collected"),
    ],
)
def test_why_nothing_is_known(site: Any, make_check: Any, values: dict[str, bool], reason: str) -> None:
    (verdict,) = site.asset("a", **values).judge(make_check(TELNET))
    assert (verdict.verdict, verdict.reason) == ("unknown", reason)


def test_a_row_may_say_itself_that_it_is_not_known(site: Any, make_check: Any) -> None:
    site.asset("a").look("listeners", "a").add(Listener(asset="a", port=1), Listener(asset="a", port=2, process="x"))
    sql = "select asset, port, case when process is null then 'to_confirm' end as unknown, evidence from listeners"
    first, second = site.judge(make_check(sql, key=("asset", "port")))
    assert (first.finding_key, first.verdict, first.reason) == ("a | 1", "unknown", "to_confirm")
    assert (second.finding_key, second.verdict) == ("a | 2", "fail")


def test_one_key_is_one_verdict_and_a_sure_row_counts(site: Any, make_check: Any) -> None:
    site.asset("a").look("listeners", "a")
    site.add(Listener(asset="a", port=1), Listener(asset="a", port=1, process="x"), Listener(asset="a", port=1, process="y"))
    sql = "select asset, port, case when process is null then 'to_confirm' end as unknown from listeners"
    assert site.said(make_check(sql, key=("asset", "port"))) == [("a", "a | 1", "fail")]


def test_the_site_wide_look_counts_where_an_asset_has_none_of_its_own(site: Any, make_check: Any) -> None:
    site.asset("a", "b").look("ways_out", "*").look("ways_out", "b", complete=False, reason="too_old")
    assert site.said(make_check("select asset, evidence from ways_out")) == [("a", "", "pass"), ("b", "", "unknown")]


def test_all_looks_at_an_event_table_must_be_complete(site: Any, make_check: Any) -> None:
    site.asset("a").look("connections", "a").look("connections", "a", complete=False, reason="needs_administrator")
    assert site.said(make_check("select asset, evidence from connections")) == [("a", "", "unknown")]


def accept(**changes: Any) -> RiskException:
    values: dict[str, Any] = {"check_id": "t.c", "subject": "a", "finding_key": "a | 23", "expires": date(2026, 1, 31), "owner": "院長"}
    return RiskException(**(values | changes))


@pytest.mark.parametrize(
    ("exception", "verdict"),
    [
        (accept(), "accepted"),
        (accept(finding_key=None), "accepted"),
        (accept(finding_key=""), "accepted"),
        (accept(expires=date(2026, 1, 30)), "fail"),
        (accept(expires=None), "fail"),
        (accept(finding_key="a | 24"), "fail"),
        (accept(subject="b"), "fail"),
        (accept(check_id="t.d"), "fail"),
    ],
)
def test_an_accepted_risk_runs_until_its_day(site: Any, make_check: Any, exception: RiskException, verdict: str) -> None:
    site.asset("a").look("listeners", "a").add(Listener(asset="a", port=23), exception)
    (found,) = site.judge(make_check(TELNET, key=("asset", "port")))
    assert found.verdict == verdict
    if verdict == "accepted":
        assert found.reason == "2026-01-31"
        assert "2026-01-31" in found.message_ja and "accepted until 2026-01-31" in found.message_en


def test_an_exception_never_makes_an_unknown_accepted(site: Any, make_check: Any) -> None:
    site.asset("a").add(accept(finding_key=""))
    assert site.said(make_check(TELNET)) == [("a", "", "unknown")]


def test_a_site_check_needs_every_machine(site: Any, make_check: Any) -> None:
    site.asset("a", "b", "c").look("ways_out", "a", "b")
    (verdict,) = site.judge(make_check("select detail, evidence from ways_out", subject="site", key=("detail",)))
    assert (verdict.subject, verdict.verdict) == ("site", "unknown")
    assert "seen on 2 of 3" in verdict.message_en and "3台中2台" in verdict.message_ja


def test_a_site_check_fails_on_what_was_seen(site: Any, make_check: Any) -> None:
    site.asset("a", "b").look("ways_out", "a").add(WayOut(asset="a", detail="proxy", evidence="e"))
    check = make_check("select detail, evidence from ways_out", subject="site", key=("detail",))
    assert site.said(check) == [("site", "", "unknown"), ("site", "proxy", "fail")]


def test_a_scope_of_machines_says_whose_looks_a_site_check_needs(site: Any, make_check: Any) -> None:
    site.asset("server", role="server").asset("pump", role="medical").look("assets", "*").look("ways_out", "server")
    values = {"subject": "site", "key": ("detail",)}
    narrow = make_check("select detail from ways_out", scope="select asset from assets where role = 'server'", id="t.narrow", **values)
    wide = make_check("select detail from ways_out", id="t.wide", **values)
    assert [(verdict.check_id, verdict.verdict) for verdict in site.judge(narrow, wide)] == [("t.narrow", "pass"), ("t.wide", "unknown")]


def test_without_any_machine_a_site_check_knows_nothing(site: Any, make_check: Any) -> None:
    assert site.said(make_check("select detail from ways_out", subject="site", key=("detail",))) == [("site", "", "unknown")]


def test_a_ledger_that_was_not_imported_is_no_look(site: Any, make_check: Any) -> None:
    check = make_check("select question from answers where answer = 'no'", subject="site", key=("question",))
    assert site.said(check) == [("site", "", "unknown")]


def test_lines_are_judged_by_the_ledger_and_their_own_flaws(site: Any, make_check: Any) -> None:
    site.asset("host").look("remote_lines", "*").look("vulnerabilities", "*")
    site.add(RemoteLine(line="vpn", evidence="l:1"), RemoteLine(line="lte"))
    site.add(Vulnerability(asset="vpn", subject_kind="line", flaw="CVE-2018-13379", evidence="v:1"))
    sql = "select l.line, v.flaw, v.evidence from remote_lines l join vulnerabilities v on v.asset = l.line"
    assert site.said(make_check(sql, subject="line", key=("line", "flaw"))) == [
        ("lte", "", "pass"),
        ("vpn", "vpn | CVE-2018-13379", "fail"),
    ]


def test_a_list_of_subjects_that_was_not_whole_is_told(site: Any, make_check: Any) -> None:
    site.look("zones", "*", complete=False, reason="not_understood").add(Zone(zone="ehr", internet="yes"))
    check = make_check("select zone, evidence from zones where internet = 'yes'", subject="zone", key=("zone",))
    assert site.said(check) == [("ehr", "", "unknown"), ("ehr", "ehr", "fail"), ("site", "", "unknown")]


def test_a_check_that_cannot_run_leaves_its_subjects_unknown(site: Any, make_check: Any) -> None:
    site.asset("a", "b").look("ssh_settings", "a", "b").add(SshSetting(asset="a", name="port", value="twenty"))
    check = make_check("select asset, evidence from ssh_settings where cast(value as bigint) > 3")
    assert [(verdict.subject, verdict.verdict) for verdict in site.judge(check)] == [("a", "unknown"), ("b", "unknown")]


def test_hostile_values_stay_one_short_line(site: Any, make_check: Any) -> None:
    name = "\x1b[31m<b>=cmd|' /C calc'!A0\r\n\u202e" + "x" * 5000 + "{asset}"
    site.asset("a").look("accounts", "a").add(Account(asset="a", name=name, evidence="e"))
    check = make_check("select asset, name, evidence from accounts", key=("asset", "name"), message=Text("名 {name}", "name {name}"))
    (verdict,) = site.judge(check)
    assert len(verdict.message_en) < 250 and len(verdict.finding_key) < 250
    assert not set("\x1b\r\n\u202e") & set(verdict.message_ja + verdict.finding_key)


def test_the_order_of_rows_makes_no_difference(sites: Any, make_check: Any) -> None:
    rows = [Listener(asset="a", port=23, process=name, evidence=f"e:{name}") for name in ("x", "y", "z")]
    results = []
    for order in (rows, rows[::-1]):
        results.append(sites().asset("a").look("listeners", "a").add(*order).judge(make_check(TELNET, key=("asset", "port"))))
    assert results[0] == results[1]
