from __future__ import annotations

from typing import Any

from omamori.evaluate.check import Check
from omamori.evaluate.verdicts import Finding, not_run
from omamori.model.text import Text


def test_a_row_becomes_a_finding(make_check: Any) -> None:
    check: Check = make_check("select asset, port from listeners", key=("asset", "port"), message=Text("{port}番", "port {port}"))
    finding = Finding.of(
        check, {"asset": "a", "port": 23, "evidence": None, "unknown": "to_confirm"}, {"asset": "VARCHAR", "port": "BIGINT"}
    )
    assert (finding.key, finding.message, finding.evidence, finding.unknown) == ("a | 23", Text("23番", "port 23"), "", "to_confirm")


def test_a_check_that_did_not_run_says_so_in_both_languages(make_check: Any) -> None:
    verdict = not_run(make_check("select asset from hosts"), "a", "Conversion Error: x\ny")
    assert (verdict.verdict, verdict.subject, verdict.reason) == ("unknown", "a", "not_understood")
    assert verdict.message_ja.startswith("この点検は実行できませんでした") and "Conversion Error: x y" in verdict.message_en
