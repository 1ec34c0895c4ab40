"""Accounts, doors, logs and secrets of an IX."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.device import DeviceAccess, DeviceAccount, DeviceLog, DeviceSecret
from omamori.parse.device.dialects.nec_ix import DIALECT
from omamori.parse.device.dialects.nec_ix.services import redact
from omamori.parse.windows.lines import Line

_spec = importlib.util.spec_from_file_location("ix", Path(__file__).with_name("ix.py"))
assert _spec is not None and _spec.loader is not None
ix = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ix)


def of(kind: type[Any], text: str = ix.CONFIG) -> list[Any]:
    clean = [redact(line, {}) for line in text.split("\n")]
    return [row for row in DIALECT.read([Line(number, line) for number, line in enumerate(clean, 1)]).rows if isinstance(row, kind)]


def test_accounts() -> None:
    assert [(row.name, row.rights, row.secret) for row in of(DeviceAccount)] == [
        ("admin", "administrator", "hashed"),
        ("watch", "monitor", "plain"),
    ]
    nobody = "\n".join(line for line in ix.CONFIG.split("\n") if not line.startswith("username"))
    assert [(row.name, row.secret) for row in of(DeviceAccount, nobody)] == [("", "empty")]


def test_doors_and_who_may_knock() -> None:
    assert [(row.protocol, row.enabled, row.allowed_from) for row in of(DeviceAccess)] == [
        ("telnet", True, None),
        ("ssh", True, "192.168.10.0/24"),
        ("snmp", True, "192.168.10.0/24"),
    ]


def test_logs_and_secrets() -> None:
    assert [(row.target, row.level, row.enabled) for row in of(DeviceLog)] == [("192.168.10.7", "warn", True), ("memory", "warn", True)]
    assert {(row.place, row.state) for row in of(DeviceSecret)} == {
        ("username admin", "hashed"), ("username watch", "plain"), ("ppp profile provider clinic@example.jp", "plain"),
        ("ike key of site", "plain"), ("snmp community", "default"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "username ito password hash HIMITSU administrator", "username ito password plain 1 HIMITSU administrator", "username ito password plain HIMITSU",
        "http-server username ito secret-password HIMITSU", "  authentication password ito@example.jp HIMITSU",
        "ike policy site peer any key HIMITSU mode aggressive p1", "ikev2 authentication psk id keyid A key char HIMITSU",
        "snmp-agent ip community HIMITSU office", "snmp-agent ip host 10.0.0.1 HIMITSU version 2", "nm account ito password secret HIMITSU",
        "radius host ip 10.0.0.1 key HIMITSU", "ntp authentication-key 1 md5 HIMITSU", "  neighbor 10.0.0.1 password HIMITSU",
        "ix01(config)# username ito password plain 1 HIMITSU administrator",
    ],
)  # fmt: skip
def test_no_secret_is_stored(line: str) -> None:
    clean = redact(line, {})
    assert "HIMITSU" not in clean and "[secret: " in clean
    assert redact(clean, {}) == clean


@given(st.text(max_size=300))
def test_any_line(line: str) -> None:
    assert redact(redact(line, {}), {}) == redact(line, {})
