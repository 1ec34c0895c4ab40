"""The record of a step of the block comes back as it was written; what is not understood is told, never guessed."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omamori.model.block import BlockAction
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.isolate.action import action_json, parse, read_action, recognise
from omamori.parse.redact import redact

CONTEXT = Context("isolate.action", datetime(2026, 12, 1), datetime(2026, 12, 1))
STEP = BlockAction(
    session="s1", purpose="real", stage=2, cut="2-line", device="fw", step="apply", result="done", began=datetime(2026, 1, 2, 3, 4, 5, 600),
    ended=datetime(2026, 1, 2, 3, 4, 6), seconds=0.0123, reverts=datetime(2026, 1, 2, 3, 14), approval="ap-1", approved_by="院長", said_by="福井",
    evidence="1",
)  # fmt: skip


def test_a_step_comes_back_as_it_was_written_also_after_redaction() -> None:
    data = redact(action_json(STEP, {"order": "0123456789abcdef", "text": "ab", "target": "root@10.0.0.1"})).data
    assert recognise(data, "") and read_action(data) == STEP
    assert json.loads(data)["beside"]["order"] == "0123456789abcdef", "by it the device's own log is matched"
    parsed = parse(data, CONTEXT)
    assert parsed.rows == (STEP,) and [(look.table, look.complete) for look in parsed.looks] == [("block_actions", True)]


@pytest.mark.parametrize(
    ("key", "value"), [("step", "dance"), ("result", None), ("purpose", 3), ("began", "yesterday"), ("began", "2026-01-01T00:00:00+09:00")]
)
def test_a_step_that_is_not_understood_is_no_complete_look(key: str, value: object) -> None:
    said = json.loads(action_json(STEP)) | {key: value}
    data = json.dumps(said).encode()
    assert read_action(data) is None
    parsed = parse(data, CONTEXT)
    assert parsed.rows == () and [(look.complete, look.reason) for look in parsed.looks] == [(False, "not_understood")]


@given(st.binary(max_size=200) | st.builds(lambda cut, with_: action_json(STEP)[:cut] + with_, st.integers(0, 400), st.binary(max_size=20)))
@settings(max_examples=150, deadline=None)
def test_damaged_records_raise_only_what_is_told(data: bytes) -> None:
    try:
        parsed = parse(data, CONTEXT)
    except EvidenceError:
        return
    assert parsed.looks
