from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from omamori.model.text import Text
from omamori.report.data import Report
from omamori.report.shape import Plan, plain


def test_plain_is_what_json_holds() -> None:
    told = plain({"text": Text("はい", "yes"), "plan": Plan("福井", date(2026, 7, 1)), "when": [datetime(2026, 6, 1, 9)], "none": None})
    assert json.loads(json.dumps(told)) == {
        "text": {"ja": "はい", "en": "yes"},
        "plan": {"owner": "福井", "due": "2026-07-01", "asked": "", "answer": "", "done": None},
        "when": ["2026-06-01T09:00:00Z"],
        "none": None,
    }


def test_the_whole_report_can_be_told_as_json(report: Report) -> None:
    assert json.loads(json.dumps(plain(report)))["numbers"]["found"] == 39


def test_a_report_is_not_changed_afterwards(report: Report) -> None:
    with pytest.raises(AttributeError):
        report.version = "2"  # type: ignore[misc]
