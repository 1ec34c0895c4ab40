"""The healthy hospital: nothing is found, what could not be seen is exactly what is listed, every check passes somewhere."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

NO_EVIDENCE_YET = {
    "devices.vpn_account_unused": "no parser brings the logins at a network device's VPN",
    "lines.login_no_line_explains": "it asks for the same logins",
}
"""Checks that are unknown in every hospital, and why; each goes away with the parser that is missing."""
EXPECTED: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "healthy" / "expected_unknown.yaml").read_text(encoding="utf-8"))


def test_nothing_is_found(healthy) -> None:  # type: ignore[no-untyped-def]
    failed = [f"{v.check_id} {v.subject}: {v.message_en}" for v in healthy.verdicts if v.verdict in ("fail", "accepted")]
    assert failed == []


def test_the_unknowns_are_exactly_those_listed(healthy) -> None:  # type: ignore[no-untyped-def]
    left: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for verdict in healthy.verdicts:
        if verdict.verdict == "unknown":
            left[verdict.subject].add((verdict.check_id, verdict.reason))
    assert set(left) == {entry["subject"] for entry in EXPECTED}
    for entry in EXPECTED:
        assert entry["why"], entry
        found = left[entry["subject"]]
        if entry["checks"] == "all":
            # A machine nobody has looked at: every check of machines is unknown there, and only for these reasons.
            assert {reason for _, reason in found} <= set(entry["reasons"])
            checks_of_machines = {check.id for check in healthy.checks if check.subject == "asset"}
            assert {check for check, _ in found} <= checks_of_machines
        else:
            assert found == {(check, reason) for check, reason in entry["checks"].items()}


def test_every_check_passes_on_a_machine_or_the_site(healthy) -> None:  # type: ignore[no-untyped-def]
    passed = {verdict.check_id for verdict in healthy.verdicts if verdict.verdict == "pass"}
    assert sorted({check.id for check in healthy.checks} - passed) == sorted(NO_EVIDENCE_YET)
