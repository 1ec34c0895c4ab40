"""An answer about a copy."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from omamori.analyze.backups.judged import Judged, detail, first_known, lacking_look, unknown
from omamori.analyze.coverage import NEVER, View

_SPEC = importlib.util.spec_from_file_location("small_hospital", Path(__file__).with_name("small_hospital.py"))
assert _SPEC is not None and _SPEC.loader is not None
small = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = small
_SPEC.loader.exec_module(small)


def test_codes_and_their_details():
    assert detail("reached", "DEPARTMENT", None) == "reached: DEPARTMENT" and detail("reached") == "reached"
    assert detail("reached", "a; b: c") == "reached: a, b c"
    assert Judged(True, ("a", "b", "a")).words == "a; b" and Judged().words is None


def test_what_is_not_known_has_a_reason():
    assert unknown("x").lacking.reason == "to_confirm"
    assert unknown(("x", "y"), None, "declared_not_seen").lacking.reason == "declared_not_seen"
    assert unknown("x", View(reason="too_old")).lacking.reason == "too_old"


def test_the_first_look_that_is_lacking():
    facts = small.facts(small.fetched().without("shares", "bk"))
    assert lacking_look(facts, ("mounts", "bk", ()), ("shares", "ehr", ())) is None
    lacking = lacking_look(facts, ("mounts", "bk", ()), ("shares", "bk", ()))
    assert lacking is not None and lacking.looked and not lacking.complete
    assert lacking_look(facts, ("mounts", None, ())) is NEVER
    assert first_known(None, 0, 1) == 0
