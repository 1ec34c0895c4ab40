"""What a snapshot tells of a machine, and how completely."""

from __future__ import annotations

from typing import Any

from tests.respond.harden.small import BEHAVIOUR, NOW, behaviour_off, facts, pc, product, rows

from omamori.model.look import Collected


def test_open_findings_are_those_that_fail() -> None:
    with facts([*pc("a"), behaviour_off("a"), behaviour_off("a", "accepted", "Other"), *pc("b"), behaviour_off("b", "unknown")]) as known:
        (found,) = known.open(known.machines["a"], BEHAVIOUR, "no.such")
        assert (found.check, found.subject, found.key, found.evidence) == (BEHAVIOUR, "a", "a | ExampleAV", "a:7")
        assert known.open(known.machines["b"], BEHAVIOUR) == ()


def test_rows_are_those_of_the_machine() -> None:
    with facts(rows()) as known:
        assert known.rows("security_products", known.machines["dark"]) == (product("dark"),)


def test_complete_means_every_look_and_the_columns_that_matter() -> None:
    def seen(table: str, **more: Any) -> Collected:
        return Collected(asset="a", table_name=table, source="x", seen=NOW, **more)

    looks = [seen("shares", complete=True, missing="access, path"), seen("services", complete=True), seen("services", complete=False)]
    with facts([*pc("a"), *looks]) as known:
        machine = known.machines["a"]
        assert known.complete(machine, "shares") and known.complete(machine, "shares", "name")
        assert not known.complete(machine, "shares", "path")
        assert not known.complete(machine, "services") and not known.complete(machine, "accounts")
