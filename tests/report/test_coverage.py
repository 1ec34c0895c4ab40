from __future__ import annotations

from datetime import datetime

from omamori.model.look import Collected
from omamori.report.coverage import index_looks, is_whole, look_of, machine_coverage
from omamori.report.data import Report
from omamori.report.words import GROUPS


def _look(table: str, **more: object) -> Collected:
    return Collected(**({"asset": "pc1", "table_name": table, "complete": True, "seen": datetime(2026, 6, 1)} | more))  # type: ignore[arg-type]


def test_a_group_is_whole_only_when_every_table_of_it_is() -> None:
    looks = index_looks([_look("firewall_profiles"), _look("firewall_rules")])
    cells = {cell.group: cell for cell in machine_coverage(looks, "pc1", "linux", True, True)}
    assert cells["firewall"].state == "whole"
    assert (cells["backup"].state, cells["backup"].reason) == ("none", "not_collected")


def test_a_missing_column_makes_it_partial_with_its_reason_and_what_it_needs() -> None:
    cut = _look("firewall_rules", missing="rule_name", reason="needs_administrator", needs="sudo")
    cells = {cell.group: cell for cell in machine_coverage(index_looks([_look("firewall_profiles"), cut]), "pc1", "linux", True, True)}
    firewall = cells["firewall"]
    assert (firewall.state, firewall.reason, firewall.needs, firewall.tables) == (
        "part",
        "needs_administrator",
        "sudo",
        ("firewall_rules",),
    )


def test_a_machine_only_the_ledger_names_was_never_seen() -> None:
    cells = machine_coverage({}, "pc1", "", True, False)
    assert {(cell.state, cell.reason) for cell in cells} == {("none", "declared_not_seen")}
    assert len(cells) == len(GROUPS)


def test_the_more_complete_look_speaks_whatever_the_order() -> None:
    whole, cut = _look("hosts"), _look("hosts", complete=False, reason="too_old")
    assert index_looks([whole, cut]) == index_looks([cut, whole])
    assert is_whole(look_of(index_looks([cut, whole]), "pc1", "hosts"))
    assert not is_whole(look_of({}, "pc1", "hosts"))


def test_what_could_not_be_seen_is_told_by_reason_with_what_to_do(report: Report) -> None:
    reasons = {item.reason: item for item in report.unseen}
    assert sum(item.verdicts for item in report.unseen) == report.numbers.unknown
    assert reasons["needs_administrator"].needs == ("sudo omamori check",)
    assert "CT操作卓" in reasons["vendor_machine"].machines
    assert all(item.advice.ja and item.advice.en for item in report.unseen)
