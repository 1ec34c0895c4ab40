"""Who may log in, from where, with what kind of password; logs; what holds where nothing is written."""

from __future__ import annotations

from typing import Any

from omamori.model.device import DeviceAccess, DeviceAccount, DeviceLog, DeviceSecret
from omamori.parse.device.dialects.yamaha import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.windows.lines import Line

HEADER = "# RTX1210 Rev.14.01.28 (Tue Jul 24 17:00:42 2018)\n"
PLACES = "ip lan1 address 192.168.10.1/24\nip lan2 address dhcp\nip route default gateway dhcp lan2\n"


def read(text: str) -> Device:
    return DIALECT.read([Line(number, line) for number, line in enumerate((HEADER + PLACES + text).split("\n"), 1)])


def of(kind: type[Any], device: Device) -> list[Any]:
    return [row for row in device.rows if isinstance(row, kind)]


def doors(device: Device) -> list[tuple[Any, ...]]:
    return [(row.protocol, row.port, row.interface, row.allowed_from, row.enabled) for row in of(DeviceAccess, device)]


def test_what_holds_where_nothing_is_written() -> None:
    device = read("")
    assert doors(device) == [
        ("telnet", 23, None, None, True),
        ("ssh", 22, None, None, False),
        ("http", 80, "lan1", "192.168.10.0/24", True),
        ("http", 80, "lan2", None, True),
    ]
    assert [(row.rights, row.secret) for row in of(DeviceAccount, device)] == [("login", "empty"), ("administrator", "empty")]
    assert [(row.target, row.level) for row in of(DeviceLog, device)] == [("memory", "info")]


def test_without_the_header_nothing_is_concluded_from_silence() -> None:
    text = PLACES + "ip filter 1 pass * *\n"
    device = DIALECT.read([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])
    assert doors(device) == [] and of(DeviceAccount, device) == []
    assert dict(device.not_told) == {"device_accounts": "not_collected", "device_access": "not_collected"}


def test_hosts() -> None:
    text = "telnetd service off\nsshd service on\nsshd host lan2 192.168.10.5-192.168.10.9\nsshd listen 10022\nhttpd host any\nsecurity class 1 on off\n"
    assert doors(read(text)) == [
        ("telnet", 23, None, None, False),
        ("ssh", 10022, None, "192.168.10.5-192.168.10.9", True),
        ("ssh", 10022, "lan2", None, True),
        ("http", 80, None, None, True),
    ]


def test_security_class_three_leaves_the_web_page() -> None:
    found = {row[0]: row[4] for row in doors(read("sshd service on\nsecurity class 3 off off\n"))}
    assert found == {"telnet": False, "ssh": False, "http": True}


def test_snmp_that_anybody_may_ask_by_the_default_name() -> None:
    device = read("snmp host any\nsnmpv2c host 192.168.10.7 [secret: community, set]\n")
    assert [(row[0], row[3], row[4]) for row in doors(device) if row[0] == "snmp"] == [
        ("snmp", None, True),
        ("snmp", "192.168.10.7", True),
    ]
    assert [(row.place, row.state) for row in of(DeviceSecret, device)] == [
        ("snmp community read-only", "default"),
        ("snmpv2c community read-only of 192.168.10.7", "plain"),
    ]


def test_states_of_passwords() -> None:
    text = (
        "login password encrypted [secret: password, set]\nadministrator password [secret: password, default]\n"
        "user attribute administrator=off\nuser attribute ito administrator=on host=192.168.10.5 connection=ssh\n"
        "login user ito [secret: password, set]\nlogin user ono encrypted [secret: password, set]\nlogin user abe *\n"
    )
    found = [(row.name, row.rights, row.secret, row.allowed_from) for row in of(DeviceAccount, read(text))]
    assert found == [
        ("", "login", "hashed", None),
        ("", "administrator", "default", None),
        ("ito", "administrator", "plain", "192.168.10.5"),
        ("ono", "login", "hashed", None),
        ("abe", "login", "hashed", None),
    ]


def test_logs() -> None:
    device = read("syslog host 192.168.10.7 192.168.10.8\nsyslog notice on\nsyslog debug off\n")
    assert [(row.target, row.kind, row.level) for row in of(DeviceLog, device)] == [
        ("memory", "memory", "info,notice"),
        ("192.168.10.7", "syslog", "info,notice"),
        ("192.168.10.8", "syslog", "info,notice"),
    ]
