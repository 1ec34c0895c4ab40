"""Rules narrowed to who was seen and declared; what cannot be told stays, and the plan says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.respond.harden.small_traffic import MOMENT, facts_of, looked, machine, row, zones

from omamori.respond.harden.changes import WindowsRule
from omamori.respond.harden.facts import KeptRule
from omamori.respond.harden.measures.windows_firewall import propose
from omamori.respond.harden.parts import Left, Measure

EHR, PC, OTHER = "10.1.2.5", "10.1.1.10", "10.1.1.11"
HEAD = "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|"
SMB, RDP = f"{HEAD}LPort=445|App=System|Name=SMB|", f"{HEAD}LPort=3389|Name=RDP|"
DAYS = (0, 1, 3, 5, 9)


def proposed(
    texts: Sequence[str], rows: Iterable[Any] = (), days: Sequence[int] = DAYS, asset: str = "ehr", place: str = "local"
) -> list[Any]:
    base = [*machine("ehr", EHR, "server", zone="servers"), *machine("pc", PC, dhcp=True), *machine("pc2", OTHER, dhcp=True)]
    base += [
        *zones(),
        *(looked(asset, "connections", days_ago=ago) for ago in days),
        looked(asset, "firewall_rules"),
        looked("*", "designed_flows"),
        row("firewall_profiles", asset=asset, product="windows-firewall", profile="domain", enabled=True, inbound_default="drop"),
        row("firewall_rules", asset=asset, product="windows-firewall", profile="domain", decision="accept", evidence="k:1"),
    ]  # fmt: skip
    with facts_of([*base, *rows]) as facts:
        kept = tuple(KeptRule(place, f"r{number}", text, f"k:{number}") for number, text in enumerate(texts))
        found = replace(facts, rules={asset: kept})
        return list(propose(found, found.machines[asset]))


def seen(peer: str, port: int, asset: str = "ehr", own: str = EHR, process: str | None = None) -> Any:
    return row(
        "connections", asset=asset, seen=MOMENT - timedelta(days=1), protocol="tcp", direction="in", local_address=own, local_port=port,
        peer_address=peer, peer_port=50123, peer_scope="private", process=process, evidence="c:1",
    )  # fmt: skip


def fails(check: str, key: str) -> Any:
    return row("verdicts", check_id=check, subject="ehr", finding_key=f"ehr | {key}", verdict="fail", evidence="v:1")


def test_watched_long_enough_a_rule_takes_who_came_and_one_nobody_used_is_switched_off() -> None:
    (made,) = proposed([SMB, RDP], [seen("10.1.2.9", 445), fails("firewall.windows_rdp_from_anywhere", "RDP")])
    assert made.changes == (
        WindowsRule("local", "r0", f"{HEAD}LPort=445|RA4=10.1.2.9|App=System|Name=SMB|", SMB),
        WindowsRule("local", "r1", RDP.replace("TRUE", "FALSE"), RDP),
    )
    assert [one.check for one in made.promises] == ["firewall.windows_rdp_from_anywhere"]
    assert {"k:0", "k:1", "c:1"} == set(made.evidence) and "5 days" in made.notes[2].en


def test_watched_too_short_a_rule_is_limited_to_the_ledger_and_remote_control_is_left_for_a_person() -> None:
    made, left = proposed([SMB, RDP], [seen("10.1.2.9", 3389)], days=(0,))
    (change,) = made.changes
    assert "RA4=10.1.1.0-10.1.2.255" in change.rule and "RA4=203.0.113.0/255.255.255.0" in change.rule and "unwritten" in made.stops.en
    assert isinstance(left, Left) and "too few days" in left.why.en and "10.1.2.9" in left.why.en


def test_what_the_ledger_decides_counts_without_watching_and_its_no_stops_what_was_seen() -> None:
    def designed(peer: str, needed: str) -> Any:
        return row("designed_flows", asset="ehr", peer=peer, direction="in", port=3389, protocol="tcp", needed=needed)

    (made,) = proposed([RDP], [designed("10.1.2.0/28", "yes"), designed("10.1.1.11", "no"), seen(OTHER, 3389)], days=(0,))
    assert [one.rule for one in made.changes] == [f"{HEAD}LPort=3389|RA4=10.1.2.0/255.255.255.240|Name=RDP|"]
    assert "pc2 (10.1.1.11) → tcp/3389" in made.stops.en


@pytest.mark.parametrize(
    ("text", "rows", "why"),
    [
        ("v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=17|LPort=137|Name=n|", [], "does not show who sends UDP"),
        (f"{HEAD}LPort=445|RA42=IntErnet|Name=n|", [], "words only Windows knows"),
        (f"{HEAD}LPort=Teredo|Name=n|", [], "words only Windows knows"),
        (SMB, [row("designed_flows", asset="ehr", peer="lost", direction="in", port=445, needed="yes")], "is not known"),
    ],
)
def test_what_cannot_be_told_stays_and_is_said(text: str, rows: list[Any], why: str) -> None:
    (left,) = proposed([text], rows)
    assert isinstance(left, Left) and why in left.why.en


def test_a_pc_that_a_moving_pc_connects_to_waits_for_a_decision() -> None:
    (left,) = proposed([SMB], [seen(OTHER, 445, "pc", PC)], asset="pc")
    assert isinstance(left, Left) and "decide" in left.why.en and "pc2" in left.why.en


def test_a_user_s_program_loses_its_rule_unless_it_listens_or_was_used() -> None:
    text = f"{HEAD}App=C:\\Users\\Public\\up.exe|Name=up|"
    listens = [row("listeners", asset="ehr", protocol="tcp", address="*", port=445, process="System")]
    (off,) = proposed([text], [*listens, fails("firewall.windows_rule_user_program", "up")], days=(0,))
    assert off.changes[0].rule == text.replace("TRUE", "FALSE") and off.promises
    (used,) = proposed([text], [*listens, seen(OTHER, 7000, process="up.exe")], days=(0,))
    assert isinstance(used, Left) and "find out what it is" in used.why.en
    (unseen,) = proposed([text], [], days=(0,))
    assert isinstance(unseen, Left)


def test_a_firewall_another_product_rules_is_changed_in_its_console_only() -> None:
    ruled = row("firewall_profiles", asset="ehr", product="ESET", profile="all", enabled=True, managed_by="ESET")
    (made,) = proposed([SMB], [ruled, seen(OTHER, 445)])
    assert isinstance(made, Measure) and made.changes == () and made.promises == () and "ESET" in made.menu.hand.en


def test_a_rule_of_a_policy_is_narrowed_where_it_comes_from() -> None:
    (made,) = proposed([SMB], [seen("10.1.2.9", 445)], place="policy")
    assert made.changes[0].place == "policy" and "in that policy" in made.notes[-1].en


def test_rules_of_store_apps_and_those_without_their_text_stay() -> None:
    (left,) = proposed([SMB], place="app")
    assert isinstance(left, Left) and "store apps" in left.why.en
    (without,) = proposed([])
    assert isinstance(without, Left) and "registry" in without.why.en
