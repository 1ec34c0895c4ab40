"""Profiles switched on: what listens goes on for the hospital's networks, what another rule names keeps its addresses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.respond.harden.small_traffic import facts_of, looked, machine, row, zones

from omamori.respond.harden.changes import ProfileOpen, RegistryValue, WindowsRule
from omamori.respond.harden.measures.windows_firewall_on import propose_log, propose_on
from omamori.respond.harden.parts import Left, Measure

EHR = "10.1.2.5"


def listener(port: int, protocol: str = "tcp", process: str = "x.exe") -> Any:
    return row("listeners", asset="ehr", protocol=protocol, address="*", port=port, process=process)


def profile(name: str, *, enabled: bool = False, default: str = "drop", **more: Any) -> Any:
    return row("firewall_profiles", asset="ehr", product="windows-firewall", profile=name, enabled=enabled, inbound_default=default, **more)


def proposed(
    rows: Iterable[Any], looks: Iterable[str] = ("firewall_profiles", "firewall_rules", "listeners"), ledger: bool = True
) -> list[Any]:
    base = [*machine("ehr", EHR, "server", zone="servers"), *(looked("ehr", table) for table in looks), *(zones() if ledger else ())]
    base.append(
        row("verdicts", check_id="firewall.windows_profile_off", subject="ehr", finding_key="ehr | domain", verdict="fail", evidence="v:1")
    )
    with facts_of([*base, *rows]) as facts:
        return list(propose_on(facts, facts.machines["ehr"]))


def test_what_listens_stays_open_for_the_networks_of_the_ledger_in_the_profiles_that_were_off() -> None:
    ports = [listener(443), listener(49155), listener(49160), listener(67, "udp"), listener(50000, "udp")]
    ports.append(row("listeners", asset="ehr", protocol="tcp", address="127.0.0.1", port=5000, loopback=True))
    (made,) = proposed([profile("domain"), profile("private", enabled=True, default="accept"), profile("public", enabled=True), *ports])
    rules = {one.name: one.rule or "" for one in made.changes if isinstance(one, WindowsRule)}
    assert set(rules) == {
        "Omamori-In-TCP-443-domain-private",
        "Omamori-In-TCP-49152-65535-domain-private",
        "Omamori-In-UDP-67-domain-private",
    }
    assert "RA4=10.1.1.0-10.1.2.255|RA4=203.0.113.0/255.255.255.0|RA6=fe80::/10" in rules["Omamori-In-TCP-443-domain-private"]
    assert "RA" not in rules["Omamori-In-UDP-67-domain-private"] and "Profile=Public" not in "".join(rules.values())
    values = {(one.key.rpartition("\\")[2], one.name): one.data for one in made.changes if isinstance(one, RegistryValue)}
    names = ("DomainProfile", "PrivateProfile")
    assert values == {(name, word): 1 for name in names for word in ("EnableFirewall", "DefaultInboundAction")}
    assert [one.key for one in made.promises] == ["ehr | domain"]
    assert made.still == (ProfileOpen("domain"), ProfileOpen("private"))
    assert {one.was for one in made.changes if isinstance(one, WindowsRule)} == {""}, "no rule of these names may be there"


def test_a_rule_for_just_that_port_says_already_who_may_come() -> None:
    def rule(**more: Any) -> Any:
        return row("firewall_rules", asset="ehr", product="windows-firewall", profile="domain", decision="accept", protocol="tcp", **more)

    own = [
        rule(port_first=3389, port_last=3389, program=r"C:\svchost.exe [TermService]"),
        rule(port_first=22, port_last=22, sources="10.1.2.9"),
    ]
    (made,) = proposed([profile("domain"), listener(3389, process="svchost.exe"), listener(22), *own])
    assert not [one for one in made.changes if isinstance(one, WindowsRule)]


def test_after_days_of_watching_a_port_nobody_used_closes_and_is_named() -> None:
    days = [looked("ehr", "connections", days_ago=ago) for ago in (0, 1, 3, 5, 9)]
    (made,) = proposed([profile("domain"), listener(8080), *days])
    assert not [one for one in made.changes if isinstance(one, WindowsRule)] and "tcp/8080" in made.stops.en


def test_without_ports_rules_or_networks_nothing_is_switched_on() -> None:
    (left,) = proposed([profile("domain")], looks=("firewall_profiles",))
    assert isinstance(left, Left) and "were not seen" in left.why.en
    (left,) = proposed([profile("domain")], ledger=False)
    assert isinstance(left, Left) and "no zone" in left.why.en
    assert proposed([profile("domain", enabled=True)]) == []


def test_a_stopped_service_is_started_and_another_product_s_firewall_is_left_to_its_console() -> None:
    (made,) = proposed([profile("domain"), row("services", asset="ehr", name="MpsSvc", start="disabled", state="stopped")])
    assert RegistryValue(r"HKLM\SYSTEM\CurrentControlSet\Services\MpsSvc", "Start", "dword", 2) in made.changes
    (by_hand,) = proposed(
        [profile("domain"), row("firewall_profiles", asset="ehr", product="ESET", profile="all", enabled=True, managed_by="ESET")]
    )
    assert isinstance(by_hand, Measure) and by_hand.changes == () and "ESET" in by_hand.what.en


def test_refusals_are_logged_where_they_are_not() -> None:
    rows = [*machine("ehr", EHR, "server"), profile("domain", logs_dropped=False), profile("public", logs_dropped=True)]
    with facts_of(rows) as facts:
        (made,) = propose_log(facts, facts.machines["ehr"])
    assert isinstance(made, Measure)
    assert [one.key.split("\\")[-2] for one in made.changes if isinstance(one, RegistryValue)] == ["DomainProfile", "DomainProfile"]
    assert [one.enough for one in made.changes if one.name == "LogFileSize"] == [(16384, 32767)], "a larger log stays"
