from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from omamori.analyze.changes.address_set import AddressSet
from omamori.analyze.changes.picture import Machine, OwnView, Place, Port, PortLook, Run, Sign
from omamori.analyze.changes.ports import compare_ports
from omamori.snapshot.network_state import PortKey, SeenPort

DAY, NEXT = datetime(2026, 5, 1), datetime(2026, 6, 1)
RUNS = [{name: Run(name, day, True, AddressSet(), segments=frozenset({"10.1.0.0/24"}))} for name, day in (("a", DAY), ("b", NEXT))]


def machine(run: str, day: datetime, ports: dict[int, SeenPort], *, distance: int | None = None) -> Machine:
    look = PortLook(
        run, day, {("tcp", port): Port(seen, f"{run}:{port}") for port, seen in ports.items()}, {"tcp": ((1, 1024),)}, where=run
    )
    return Machine("m", places={"10.1.0.5": Place("10.1.0.5", day, run, look=look, distance=distance)})


def kinds(before: Machine, after: Machine) -> list[tuple[str, PortKey]]:
    return [(one.kind, one.key) for one in compare_ports(before, after, *RUNS).news]


def test_a_service_changed_only_where_it_answered_itself_both_times() -> None:
    guess, told = SeenPort("open", "http"), SeenPort("open", "http", "nginx", "1.24", probed=True)
    newer, other = replace(told, version="1.26"), replace(told, product="Apache")
    cases = {newer: "version", other: "service", guess: None, replace(told, version=None): None, replace(told, product="NGINX"): None}
    for after, kind in cases.items():
        found = kinds(machine("a", DAY, {80: told}), machine("b", NEXT, {80: after}))
        assert found == ([(kind, ("tcp", 80))] if kind else []), after


def test_filtered_from_more_routers_away_is_no_closing() -> None:
    open_port, silent = SeenPort("open", "http"), SeenPort("filtered")
    assert kinds(machine("a", DAY, {80: open_port}), machine("b", NEXT, {80: silent})) == [("closed", ("tcp", 80))]
    found = compare_ports(machine("a", DAY, {80: open_port}, distance=1), machine("b", NEXT, {80: silent}, distance=3), *RUNS)
    assert (found.news, found.elsewhere) == ((), True)


def test_what_a_machine_says_of_itself_is_told_once_beside_the_scan() -> None:
    def own(day: datetime, *ports: int) -> OwnView:
        listeners = {("tcp", port): Port(SeenPort("open", "sshd"), f"own:{port}") for port in ports}
        return OwnView(listeners=listeners, listened=Sign(day, "own"))

    before = replace(machine("a", DAY, {}), own=own(DAY))
    after = replace(machine("b", NEXT, {22: SeenPort("open", "ssh")}), own=own(NEXT, 22, 9999))
    found = compare_ports(before, after, *RUNS).news
    assert [(one.kind, one.key, one.where_after) for one in found] == [
        ("opened", ("tcp", 22), "b:22"),
        ("opened", ("tcp", 9999), "own:9999"),
    ]
    assert compare_ports(after, after, *RUNS).news == ()
