"""Services nobody needs stop; one that offers a port stays while it is used, or while nobody could tell."""

from __future__ import annotations

from typing import Any

from tests.respond.harden.small import MOMENT, facts_of, looked, machine, row

from omamori.respond.harden.changes import ServiceStart
from omamori.respond.harden.measures.windows_services import propose
from omamori.respond.harden.parts import Left, Measure

EHR = "10.1.2.5"


def fails(check: str, *key: str) -> Any:
    return row("verdicts", check_id=check, subject="ehr", finding_key=" | ".join(("ehr", *key)), verdict="fail", evidence="v:1")


def proposed(*rows: Any, days: tuple[int, ...] = (0,)) -> list[Any]:
    base = [*machine("ehr", EHR, "server"), *(looked("ehr", "connections", days_ago=ago) for ago in days)]
    with facts_of([*base, *rows]) as facts:
        return list(propose(facts, facts.machines["ehr"]))


def test_the_print_service_stops_where_nothing_prints_and_keeps_both_promises() -> None:
    (made,) = proposed(fails("services.spooler_on_server"), fails("services.spooler_on_controller"))
    assert isinstance(made, Measure) and made.changes == (ServiceStart("Spooler", 4),) and len(made.promises) == 2
    (left,) = proposed(fails("services.spooler_on_controller"), row("server_roles", asset="ehr", name="Print-Server"))
    assert isinstance(left, Left) and "print server" in left.why.en


def test_a_service_with_a_port_stops_only_when_it_is_known_that_nobody_comes() -> None:
    telnet = fails("services.windows_plain_text", "TlntSvr")
    (short,) = proposed(telnet)
    assert isinstance(short, Left) and "not watched" in short.why.en
    (made,) = proposed(telnet, days=(0, 1, 3, 5, 9))
    assert isinstance(made, Measure) and made.changes == (ServiceStart("TlntSvr", 4),)
    connection = row(
        "connections", asset="ehr", seen=MOMENT, protocol="tcp", direction="in", local_address=EHR, local_port=23, peer_address="10.1.1.9",
        peer_port=50000,
    )  # fmt: skip
    (used,) = proposed(telnet, connection, days=(0, 1, 3, 5, 9))
    assert isinstance(used, Left) and "10.1.1.9" in used.why.en


def test_what_windows_never_shows_is_decided_by_the_ledger_alone() -> None:
    snmp = fails("services.windows_snmp")
    (left,) = proposed(snmp, days=(0, 1, 3, 5, 9))
    assert isinstance(left, Left)
    logged = row(
        "flows", asset="fw", protocol="udp", source_address="10.1.2.9", destination_address=EHR, destination_port=161, last_seen=MOMENT
    )
    no = row("designed_flows", asset="ehr", peer="0.0.0.0/0", direction="in", port=161, protocol="udp", needed="no")
    (made,) = proposed(snmp, logged, no)
    assert isinstance(made, Measure) and made.changes == (ServiceStart("SNMP", 4),)
