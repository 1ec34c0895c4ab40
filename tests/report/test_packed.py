"""What the page holds: shared words once, so that it does not grow with machines times checks times words."""

from __future__ import annotations

import json

from omamori.model.text import Text
from omamori.report.packed import SUBJECT, pack_findings
from omamori.report.shape import EvidenceLine, Finding, Plan


def finding(subject: str, number: int = 0, **more: object) -> Finding:
    given: dict[str, object] = {
        "number": number, "check": "c.one", "subject": subject, "subject_kind": "asset", "key": "", "verdict": "unknown", "severity": "high",
        "reason": "not_collected", "message": Text(f"{subject}: まだ集めていません(サービス)", f"{subject}: not collected yet (Services)"),
        "evidence": None, "since": None, "age_days": None, "state": "", "ask_vendor": False, "vendor": "",
    }  # fmt: skip
    return Finding(**(given | more))  # type: ignore[arg-type]


def test_one_more_machine_costs_a_few_characters_for_each_check_not_its_sentence_again() -> None:
    def size(machines: int) -> int:
        found = [finding(f"pc{number:04d}", check=f"c.{check:03d}") for check in range(100) for number in range(machines)]
        return len(json.dumps(pack_findings(found), ensure_ascii=False, separators=(",", ":")))

    assert (size(60) - size(30)) / (30 * 100) < 8


def test_a_sentence_is_kept_without_the_machine_and_a_source_without_its_line() -> None:
    lines = [EvidenceLine(f"aa:{n}", "windows.commands", "pc", "netstat", n, f"line {n}") for n in (1, 2)]
    packed = pack_findings([finding("pc1", evidence=lines[0]), finding("pc2", evidence=lines[1]), finding("pc3", evidence=lines[0])])
    assert packed["said"] == [[f"{SUBJECT}: まだ集めていません(サービス)", f"{SUBJECT}: not collected yet (Services)"]]
    assert packed["sources"] == [["pc", "windows.commands", "netstat", None]]
    assert packed["evidence"] == [[0, 1, "line 1"], [0, 2, "line 2"]]
    assert packed["groups"] == [["c.one", "unknown", "high", "not_collected", "", "", [[0, 0, 0], [1, 0, 1], [2, 0, 0]]]]


def test_what_few_findings_have_stays_with_them() -> None:
    packed = pack_findings([finding("VPN", subject_kind="line", vendor="V", ask_vendor=True, plan=Plan(owner="A"))])
    ((*_, [row]),) = packed["groups"]
    assert row[5]["vendor"] == "V" and row[5]["subject_kind"] == "line" and row[5]["plan"]["owner"] == "A"
