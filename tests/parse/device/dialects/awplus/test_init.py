"""Whole configurations of AlliedWare Plus: recognised, read, damaged; the real status pages."""

from __future__ import annotations

import importlib.util
import os
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.device import DeviceFact
from omamori.parse.device.config import KIND, PARSERS, parse
from omamori.parse.device.dialects.awplus import DIALECT
from omamori.parse.interface import Context
from omamori.parse.redact import redact_for
from omamori.parse.registry import recognise
from omamori.parse.windows.lines import Line

_spec = importlib.util.spec_from_file_location("ar", Path(__file__).with_name("ar.py"))
assert _spec is not None and _spec.loader is not None
ar = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ar)
NOW = datetime(2026, 6, 1, 9)
REAL = (
    Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "netconfig" / "ntc-templates" / "allied_telesis_awplus"
)


def test_taken_in_without_secrets_and_read() -> None:
    data = ar.CONFIG.encode()
    parser = recognise(data, "ar.txt")
    assert parser is not None and parser.kind == KIND
    stored = redact_for(PARSERS[0], data)
    assert b"HIMITSU" not in stored.data and stored.data.count(b"\n") == data.count(b"\n")
    parsed = parse(stored.data, Context(KIND, NOW, NOW, file_name="ar.txt"))
    fact = next(row for row in parsed.rows if isinstance(row, DeviceFact))
    assert (fact.system, fact.hostname, fact.lines_unread) == ("awplus", "ar-clinic", 1)
    assert {look.table for look in parsed.looks if not look.complete} == {"device_rules"}


@pytest.mark.parametrize(
    ("name", "model", "version", "built"),
    [
        ("allied_telesis_awplus_show_system.raw", "AT-SH210-24GT", "5.4.5-1.3", date(2015, 9, 11)),
        ("allied_telesis_awplus_show_system1.raw", "AT-x530L-52GTX", None, None),
    ],
)
def test_real_status_pages(name: str, model: str, version: str | None, built: date | None) -> None:
    path = REAL / "show_system" / name
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    text = path.read_text(encoding="utf-8")
    assert DIALECT.recognise(text.split("\n"))
    device = DIALECT.read([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])
    assert device.fact.model == model and device.rows == ()
    if version:
        assert (device.fact.version, device.fact.firmware_built) == (version, built)


def test_another_maker_with_the_same_words_is_none() -> None:
    cisco = "service password-encryption\nhostname r1\ninterface GigabitEthernet0/1\n switchport mode access\nline vty 0 4\n"
    assert not DIALECT.recognise(cisco.split("\n"))


@given(
    st.lists(st.sampled_from([*ar.CONFIG.split("\n"), "  rule 1 permit", " rule 5 portfwd x from a with", "access-list 3001", "zone"])),
    st.text(),
)
def test_any_order_and_any_rubbish(lines: list[str], rubbish: str) -> None:
    device = DIALECT.read([Line(number, text) for number, text in enumerate([*lines, *rubbish.split("\n")], 1)])
    assert len(device.unread) <= device.lines
