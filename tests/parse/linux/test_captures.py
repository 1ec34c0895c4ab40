"""Every capture beside its expected rows, and every capture damaged: no code per case.

`OMAMORI_WRITE_EXPECTED=1` writes the expected files anew; read the difference before you commit it.
"""

from __future__ import annotations

import importlib.util
import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.model.look import REASONS
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.registry import parsers

_spec = importlib.util.spec_from_file_location("captures", Path(__file__).with_name("captures.py"))
assert _spec and _spec.loader
captures = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(captures)

ALL = captures.captures()
NAMES = [f"{path.parent.name}-{path.stem}" for path in ALL]
_NOW = datetime(2026, 1, 15, 9)
_CODES = {reason.code for reason in REASONS}


@pytest.mark.parametrize("capture", ALL, ids=NAMES)
def test_rows_are_the_expected_ones(capture: Path) -> None:
    said = captures.as_json(captures.parse(capture))
    expected = capture.with_suffix(".json")
    if os.environ.get("OMAMORI_WRITE_EXPECTED"):
        expected.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert said == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("capture", ALL, ids=NAMES)
def test_every_table_gets_a_look_and_every_row_fits_the_model(capture: Path) -> None:
    parser = parsers()[f"linux.{capture.parent.name}"]
    parsed = captures.parse(capture)
    assert {look.table for look in parsed.looks} == set(parser.tables)
    for look in parsed.looks:
        assert (look.complete and not look.missing) or look.reason in _CODES
    assert captures.type_errors(parsed, parser.tables) == []


def _damaged(draw: st.DrawFn, data: bytes) -> bytes:
    damaged = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(0, len(damaged) - 1)))
        kind = draw(st.sampled_from(("delete", "insert", "replace", "line", "repeat", "cut")))
        if kind == "delete":
            del damaged[place : place + draw(st.integers(1, 40))]
        elif kind == "insert":
            damaged[place:place] = draw(
                st.binary(max_size=20) | st.sampled_from((b"\n", b"\0", b'"', b"\xe2\x88\x9e9", b"99999999999999999999", b"::"))
            )
        elif kind == "replace":
            damaged[place : place + 1] = draw(st.binary(min_size=1, max_size=3))
        elif kind == "cut":
            del damaged[place:]
        else:
            lines = bytes(damaged).split(b"\n")
            at = draw(st.integers(0, len(lines) - 1))
            lines[at : at + 1] = [] if kind == "line" else [lines[at]] * 3
            damaged = bytearray(b"\n".join(lines))
    return bytes(damaged)


@pytest.mark.parametrize("capture", ALL, ids=NAMES)
@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(choices=st.data())
def test_damaged_output_never_breaks_a_parser(capture: Path, choices: st.DataObject) -> None:
    data = choices.draw(st.composite(lambda draw: _damaged(draw, capture.read_bytes()))())
    parser = parsers()[f"linux.{capture.parent.name}"]
    try:
        parsed = captures.parse(capture, data)
    except EvidenceError:
        return
    assert captures.type_errors(parsed, parser.tables) == []
    assert {look.table for look in parsed.looks} == set(parser.tables)


HOSTILE = (b"a/", b"On", b"-1", b"proxy", b"/S11", b":", b"a-", b"[", b"((", b"=", b" ", b"x,", b"0.", b'"', b"::ffff:", b"accept ")


@pytest.mark.parametrize("capture", ALL, ids=NAMES)
def test_endless_lines_are_read_in_one_pass(capture: Path) -> None:
    """A pattern that goes back and forth over such lines would not end while we watch."""
    lines = b"".join(b"\n" + token * (20_000 // len(token)) + b"!" for token in HOSTILE)
    data = capture.read_bytes().replace(b"\n#@ end", lines + b"\n#@ end")
    assert captures.type_errors(captures.parse(capture, data), parsers()[f"linux.{capture.parent.name}"].tables) == []


@pytest.mark.parametrize("kind", [kind for kind in parsers() if kind.startswith("linux.")])
def test_nothing_at_all_is_not_a_complete_look(kind: str) -> None:
    for data in (b"", b"\n", b"#@ somewhere else\n#@ end 0\n"):
        try:
            parsed = parsers()[kind].parse(data, Context(kind=kind, seen=_NOW, received=_NOW, privileged=True))
        except EvidenceError:
            continue
        assert parsed.rows == ()
        assert all(not look.complete for look in parsed.looks)
