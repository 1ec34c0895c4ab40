"""Who may administer a Cisco IOS device, from where and by which protocol."""

from __future__ import annotations

from omamori.model.device import DeviceAccess, DeviceAccount, DeviceLog
from omamori.parse.device.dialects.cisco_ios import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.network.lines import console


def read(text: str) -> Device:
    return DIALECT.read(console(f"version 15.9\nhostname r1\n{text}\nend\n".encode()).lines)


def access(text: str) -> list[tuple[str, int | None, str | None, bool | None]]:
    return [(row.protocol, row.port, row.allowed_from, row.enabled) for row in read(text).rows if isinstance(row, DeviceAccess)]


def test_lines() -> None:
    assert access("line vty 0 4\n transport input ssh\n login local") == [("ssh", 22, None, True)]
    assert access("line vty 0 4\n login") == [("telnet", 23, None, True), ("ssh", 22, None, True)]
    assert access("line vty 0 4\n transport input none") == []
    assert access("line con 0\n password 7 [secret: password, set]") == []


def test_who_may_come() -> None:
    listed = "access-list 5 deny 10.0.0.9\naccess-list 5 permit 10.0.0.0 0.0.0.255\nline vty 0 4\n access-class 5 in\n transport input ssh"
    assert access(listed) == [("ssh", 22, "10.0.0.0-10.0.0.8,10.0.0.10-10.0.0.255", True)]
    assert access("line vty 0 4\n access-class 6 in\n transport input ssh") == [("ssh", 22, None, True)]
    assert access("access-list 5 deny any\nline vty 0 4\n access-class 5 in\n transport input ssh") == [("ssh", 22, None, False)]
    unclear = "access-list 5 permit 10.0.0.1 0.255.0.255\nline vty 0 4\n access-class 5 in\n transport input ssh"
    assert access(unclear) == [("ssh", 22, None, None)]
    assert [line.concerns for line in read(unclear).unread] == ["device_access"]


def test_web_and_snmp() -> None:
    assert access("no ip http server\nip http secure-server\nip http secure-port 8443\nip http access-class 5\naccess-list 5 permit 10.0.0.1") == [
        ("http", 80, "10.0.0.1", False), ("https", 8443, "10.0.0.1", True)
    ]  # fmt: skip
    assert access("snmp-server community [secret: community, set] RO 5\naccess-list 5 permit 10.0.0.7") == [("snmp", 161, "10.0.0.7", True)]
    assert access("snmp-server community [secret: community, default] RW") == [("snmp", 161, None, True)]


def test_accounts_and_log_targets() -> None:
    device = read(
        "username kanri privilege 15 secret 9 [secret: password, set]\nusername old nopassword\nenable secret 5 [secret: password, set]\nlogging trap warnings\nlogging host 10.0.0.5\nlogging 10.0.0.6\nlogging buffered 16384"  # noqa: E501
    )
    accounts = {(row.name, row.rights, row.secret) for row in device.rows if isinstance(row, DeviceAccount)}
    assert accounts == {("kanri", "15", "hashed"), ("old", None, "empty"), ("", "enable level 15", "hashed")}
    assert [(row.target, row.kind, row.level) for row in device.rows if isinstance(row, DeviceLog)] == [
        ("10.0.0.5", "syslog", "warnings"), ("10.0.0.6", "syslog", "warnings"), ("memory", "memory", None)
    ]  # fmt: skip
    assert not device.unread
