"""What becomes of a rule, asked of the ground alone: the program of a rule, the networks a machine stands in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.respond.harden.small import MOMENT, facts_of, looked, machine, row, zones

from omamori.respond.harden.facts import KeptRule
from omamori.respond.harden.firewall_ground import decisions, ground_of

EHR = "10.1.2.5"
PROGRAM = r"v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|App=C:\app\ehr.exe|Name=ehr|"


def ground(*rows: Any, text: str = PROGRAM) -> Any:
    base = [*machine("ehr", EHR, "server"), *zones(), *(looked("ehr", "connections", days_ago=ago) for ago in (0, 1, 3, 5, 9))]
    with facts_of([*base, *rows]) as facts:
        return ground_of(replace(facts, rules={"ehr": (KeptRule("local", "r", text),)}), facts.machines["ehr"])


def came(peer: str, port: int) -> Any:
    return row(
        "connections", asset="ehr", seen=MOMENT, protocol="tcp", direction="in", local_address=EHR, local_port=port, peer_address=peer,
        peer_port=50000,
    )  # fmt: skip


def listens(port: int, process: str | None) -> Any:
    return row("listeners", asset="ehr", protocol="tcp", address="*", port=port, process=process)


def test_a_rule_of_a_program_keeps_who_came_to_the_ports_of_that_program() -> None:
    rows = (came("10.1.2.9", 8080), came("10.1.2.8", 445), listens(8080, "EHR.exe"), listens(445, "System"))
    (one,) = decisions(ground(*rows))
    assert one.outcome == "narrowed" and "RA4=10.1.2.9|App" in one.text and "10.1.2.8" not in one.text


def test_where_a_listening_program_is_not_known_everybody_who_came_is_kept() -> None:
    (one,) = decisions(ground(came("10.1.2.9", 8080), came("10.1.2.8", 445), listens(8080, None), listens(445, "System")))
    assert "RA4=10.1.2.8/255.255.255.254|App" in one.text


def test_networks_are_the_machine_s_own_and_those_the_ledger_names() -> None:
    line = row("remote_lines", line="vpn", opened_from="198.51.100.7")
    found = ground(line)
    assert [str(one.first) for one in found.local] == ["10.1.2.0"]
    assert [str(one.last) for one in found.ledger] == [
        "10.1.2.255",
        "198.51.100.7",
        "203.0.113.255",
        "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    ]


def test_rules_that_open_nothing_or_only_ping_are_no_matter_of_the_plan() -> None:
    for text in (PROGRAM.replace("Allow", "Block"), PROGRAM.replace("Protocol=6", "Protocol=1"), PROGRAM.replace("TRUE", "FALSE"), "x"):
        assert decisions(ground(text=text)) == ()
