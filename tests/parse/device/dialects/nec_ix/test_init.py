"""Whole configurations of an IX: recognised as one, read, damaged."""

from __future__ import annotations

import importlib.util
from datetime import date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from omamori.model.device import DeviceFact
from omamori.parse.device.config import KIND, PARSERS, parse
from omamori.parse.device.dialects.nec_ix import DIALECT
from omamori.parse.interface import Context
from omamori.parse.redact import redact_for
from omamori.parse.registry import recognise
from omamori.parse.windows.lines import Line

_spec = importlib.util.spec_from_file_location("ix", Path(__file__).with_name("ix.py"))
assert _spec is not None and _spec.loader is not None
ix = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ix)
NOW = datetime(2026, 6, 1, 9)


def test_taken_in_without_secrets_and_read() -> None:
    data = ix.CONFIG.encode()
    parser = recognise(data, "gw.txt")
    assert parser is not None and parser.kind == KIND
    stored = redact_for(PARSERS[0], data)
    assert b"HIMITSU" not in stored.data and stored.data.count(b"\n") == data.count(b"\n")
    parsed = parse(stored.data, Context(KIND, NOW, NOW, file_name="gw.txt"))
    fact = next(row for row in parsed.rows if isinstance(row, DeviceFact))
    assert (fact.system, fact.hostname, fact.model, fact.version) == ("nec-ix", "gw-clinic", "IX2215", "10.11.6")
    assert (fact.firmware_built, fact.lines_unread) == (date(2024, 3, 6), 1)
    assert {look.table for look in parsed.looks if not look.complete} == {"device_rules"}


def test_a_page_of_the_version_alone() -> None:
    text = "IX Series IX2105 (magellan-sec) Software, Version 10.2.16, RELEASE SOFTWARE\nCompiled Mar 06-Wed-2019 17:03:09 JST #2\n"
    assert DIALECT.recognise(text.split("\n"))
    device = DIALECT.read([Line(1, text.split("\n")[0]), Line(2, text.split("\n")[1])])
    assert (device.fact.version, device.rows, len(device.not_told)) == ("10.2.16", (), 10)


def test_a_switch_of_another_maker_is_none() -> None:
    cisco = "interface GigabitEthernet0/1\n ip address 10.0.0.1 255.0.0.0\nip access-list extended X\n permit ip any any\nsnmp-server community x\n"
    assert not DIALECT.recognise(cisco.split("\n"))


@given(
    st.lists(st.sampled_from([*ix.CONFIG.split("\n"), "ip access-list", "ip napt static", "ike policy a peer b key", "tunnel mode"])),
    st.text(),
)
def test_any_order_and_any_rubbish(lines: list[str], rubbish: str) -> None:
    device = DIALECT.read([Line(number, text) for number, text in enumerate([*lines, *rubbish.split("\n")], 1)])
    assert len(device.unread) <= device.lines
