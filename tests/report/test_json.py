from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from omamori.report.data import Report
from omamori.report.json import document, render_json

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"


def test_the_document_has_the_form_the_docs_promise(report: Report) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(render_json(report)), schema)


def test_a_first_check_without_a_past_has_the_same_form(hospital) -> None:  # type: ignore[no-untyped-def]
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    alone = json.loads(render_json(hospital.report(previous=None, previous_moment=None, notes=())))
    jsonschema.validate(alone, schema)
    assert alone["changes"] is None


def test_no_verdict_is_left_out(report: Report) -> None:
    told = document(report)
    assert (
        len(told["verdicts"])
        == len(report.verdicts)
        == sum(told["numbers"][verdict] for verdict in ("fail", "unknown", "accepted", "pass"))
    )
    (line,) = [verdict for verdict in told["verdicts"] if verdict["check"] == "remote.vpn_flaw"]
    assert (line["key"], line["since"]) == ("CVE-2018-13379", "2025-11-03T09:00:00Z")
    assert told["evidence"][line["evidence"]]["text"] == "permitrootlogin yes"


def test_the_same_report_gives_the_same_bytes(hospital) -> None:  # type: ignore[no-untyped-def]
    backwards = hospital.report(verdicts=tuple(reversed(hospital.verdicts)))
    assert render_json(backwards) == render_json(hospital.report())
