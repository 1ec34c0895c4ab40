"""Accounts, doors, logs and secrets of an AlliedWare Plus device."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.device import DeviceAccess, DeviceAccount, DeviceLog, DeviceSecret
from omamori.parse.device.dialects.awplus import DIALECT
from omamori.parse.device.dialects.awplus.services import redact
from omamori.parse.device.interface import Device
from omamori.parse.windows.lines import Line

_spec = importlib.util.spec_from_file_location("ar", Path(__file__).with_name("ar.py"))
assert _spec is not None and _spec.loader is not None
ar = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ar)


def device(text: str = ar.CONFIG) -> Device:
    return DIALECT.read([Line(number, redact(line, {})) for number, line in enumerate(text.split("\n"), 1)])


def of(kind: type[Any], text: str = ar.CONFIG) -> list[Any]:
    return [row for row in device(text).rows if isinstance(row, kind)]


def test_accounts() -> None:
    assert [(row.name, row.rights, row.secret) for row in of(DeviceAccount)] == [
        ("manager", "privilege 15", "hashed"),
        ("vendor", "privilege 1", "plain"),
    ]


def test_doors() -> None:
    assert [(row.protocol, row.enabled) for row in of(DeviceAccess)] == [("telnet", False), ("ssh", True), ("http", True), ("snmp", True)]
    assert dict(device().not_told) == {}
    assert dict(device(ar.CONFIG.replace("no service telnet\n", "")).not_told) == {"device_access": "not_collected"}


def test_logs_and_secrets() -> None:
    assert [(row.target, row.kind) for row in of(DeviceLog)] == [("172.16.1.7", "syslog")]
    assert {(row.place, row.state) for row in of(DeviceSecret)} == {
        ("username manager", "hashed"), ("username vendor", "plain"), ("snmp community", "default"), ("ipsec key of 198.51.100.30", "plain"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "username ito privilege 15 password 8 HIMITSU", "username ito password HIMITSU", "enable password 8 HIMITSU", "snmp-server community HIMITSU ro",
        "snmp-server host 10.0.0.1 version 2c HIMITSU", "snmp-server user ito grp auth sha HIMITSU priv aes HIMITSU", "radius-server host 10.0.0.1 key HIMITSU",
        "radius-server key HIMITSU", "tacacs-server host 10.0.0.1 key 8 HIMITSU", "crypto isakmp key HIMITSU address 10.0.0.1",
        "crypto isakmp key 8 HIMITSU address 10.0.0.1", " ppp chap password HIMITSU", " ppp pap sent-username ito password HIMITSU",
        "ntp authentication-key 1 md5 HIMITSU", " ip ospf message-digest-key 1 md5 HIMITSU", " key-string HIMITSU", " neighbor 10.0.0.1 password HIMITSU",
        "ar(config)# username ito password HIMITSU",
    ],
)  # fmt: skip
def test_no_secret_is_stored(line: str) -> None:
    clean = redact(line, {})
    assert "HIMITSU" not in clean and "[secret: " in clean
    assert redact(clean, {}) == clean


@given(st.text(max_size=300))
def test_any_line(line: str) -> None:
    assert redact(redact(line, {}), {}) == redact(line, {})
