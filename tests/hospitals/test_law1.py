"""Law 1 over both hospitals and every check: taking a look or a row away never makes anything better.

Looks are taken away all, rows as a sample; with OMAMORI_TORTURE all rows too (that takes long).
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

SAMPLE = None if os.environ.get("OMAMORI_TORTURE") else 1


def _law1() -> ModuleType:
    spec = importlib.util.spec_from_file_location("law1", Path(__file__).parent.parent / "laws" / "law1.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["law1"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("hospital", ["sick", "healthy"])
def test_law_1(hospital: str, request: pytest.FixtureRequest) -> None:
    judged = request.getfixturevalue(hospital)

    assert _law1().law1_violations(judged.tables, judged.checks, judged.moment, sample=SAMPLE) == []
