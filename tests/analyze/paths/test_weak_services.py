"""Ways to take a machine over the network, from rows."""

from __future__ import annotations

from datetime import date

from omamori.analyze.paths import weak_services
from omamori.analyze.paths.parts import Link, Proposal, Weakness
from omamori.model.access import Share, ShareAccess
from omamori.model.derived import Asset, Support
from omamori.model.device import DeviceAccess, DeviceAccount, DeviceFact
from omamori.model.host import ServerSetting
from omamori.model.patching import Vulnerability
from omamori.model.recognised import RecognisedService
from omamori.model.windows import WindowsSetting

TODAY = date(2026, 6, 1)


def weak(found):
    return {(one.asset, one.kind, one.right, one.certain): one for one in found if isinstance(one, Weakness)}


def setting(asset, service, name, value):
    return ServerSetting(asset=asset, service=service, name=name, value=value, evidence=f"{asset}:1")


def test_services_without_a_login_by_the_rules_of_the_checks(parts_from):
    found = weak(
        parts_from(
            weak_services.without_login,
            [
                setting("a", "postgresql", "hba", "host all all 10.1.0.0/16 trust"),
                setting("b", "postgresql", "hba", "host all all 127.0.0.1/32 trust"),
                setting("c", "redis", "protected-mode", "no"),
                setting("d", "redis", "protected-mode", "no"),
                setting("d", "redis", "requirepass", "[secret: password, set]"),
                setting("e", "orthanc", "AuthenticationEnabled", "false"),
                setting("f", "docker", "hosts", "tcp://0.0.0.0:4243"),
                setting("g", "docker", "hosts", "tcp://0.0.0.0:2376"),
                setting("g", "docker", "tlsverify", "true"),
                setting("h", "vsftpd", "anonymous_enable", "YES"),
                setting("i", "vnc", "arguments", "x11vnc -nopw"),
                setting("j", "vnc", "arguments", "x11vnc -nopw -localhost"),
            ],
        )
    )
    assert {(asset, right) for asset, _, right, _ in found} == {
        ("a", "user"),
        ("c", "user"),
        ("e", "data"),
        ("f", "administrator"),
        ("h", "data"),
        ("i", "user"),
    }
    assert found["f", "no-login", "administrator", True].ports == {4243}
    assert found["a", "no-login", "user", True].changes == ("login:a:postgresql",)


def test_a_share_for_guests_is_certain_and_one_for_everybody_needs_an_account(parts_from):
    rows = [
        Share(asset="nas", name="scan", protocol="smb", guest=True, evidence="nas:1"),
        Share(asset="nas", name="lab", protocol="smb", guest=False),
        ShareAccess(asset="fs", share="docs", principal="BUILTIN\\Users", access="change", evidence="fs:1"),
        ShareAccess(asset="fs", share="read", principal="Everyone", access="read"),
    ]
    assert set(weak(parts_from(weak_services.shares, rows))) == {
        ("nas", "writable-share", "data", True),
        ("fs", "writable-share", "data", False),
    }


def test_flaws_over_the_network_inside_and_of_unknown_ways(parts_from):
    def flaw(asset, name, product, **more):
        return Vulnerability(asset=asset, flaw=name, product=product, exploited=True, evidence=f"{asset}:1", **more)

    rows = [
        flaw("pc", "CVE-2017-0144", "windows"),
        flaw("old", "CVE-2019-0708", "windows", undecided=True),
        flaw("lx", "CVE-2022-0847", "linux"),
        flaw("java", "CVE-2021-44228", "apache-log4j2"),
        flaw("fw", "CVE-2023-27997", "fortios"),
        Vulnerability(asset="calm", flaw="CVE-2017-0144", product="windows", exploited=False),
        DeviceFact(asset="fw", system="fortios"),
        DeviceFact(asset="java", system="linux"),
    ]
    found = parts_from(weak_services.flaws, rows)
    assert set(weak(found)) == {
        ("pc", "exploited-flaw", "administrator", True),
        ("old", "exploited-flaw", "administrator", False),
        ("java", "exploited-flaw", "user", False),
        ("fw", "exploited-flaw", "administrator", True),
    }
    (inside,) = [one for one in found if isinstance(one, Link)]
    assert (inside.start, inside.end, inside.kind, inside.certain) == ("user:lx", "administrator:lx", "local-rights", True)


def test_remote_desktop_is_possible_and_old_sharing_only_where_repairs_have_ended(parts_from):
    rows = [
        WindowsSetting(asset="a", rdp_enabled=True, rdp_nla=False, rdp_port=3390, smb1_server=True),
        WindowsSetting(asset="b", rdp_enabled=True, rdp_nla=True, smb1_server=True),
        WindowsSetting(asset="c", rdp_enabled=False),
        Support(asset="a", product="windows", label="Windows 7", ends=date(2020, 1, 14), extended_ends=date(2023, 1, 10)),
        Support(asset="b", product="windows", label="Windows 10", ends=date(2025, 10, 14), extended_ends=date(2028, 10, 10)),
    ]
    found = weak(parts_from(weak_services.windows, rows, TODAY))
    assert set(found) == {
        ("a", "remote-desktop-without-nla", "user", False),
        ("b", "remote-desktop", "user", False),
        ("a", "old-sharing", "administrator", False),
        ("a", "ended-system", "user", False),
    }
    assert found["a", "remote-desktop-without-nla", "user", False].ports == {3390}


def test_telnet_and_screens_are_possible_ways(parts_from):
    rows = [
        RecognisedService(asset="a", port=23, service="plain-text-login"),
        RecognisedService(asset="a", port=5900, service="remote-control"),
        RecognisedService(asset="a", port=80, service="web"),
    ]
    found = parts_from(weak_services.logins_on_the_wire, rows)
    assert {key[1] for key in weak(found)} == {"plain-text-login", "remote-control"} and not any(key[3] for key in weak(found))
    assert {one.change for one in found if isinstance(one, Proposal)} == {"plain:a:23", "screen:a:5900"}


def test_a_known_password_of_a_device_opens_it_by_its_administration_only(parts_from):
    rows = [
        DeviceAccount(asset="rtx", name="admin", kind="administrator", secret="default", evidence="rtx:4"),
        DeviceAccount(asset="rtx", name="v", kind="vpn-user", secret="empty"),
        DeviceAccess(asset="rtx", protocol="https", port=443, enabled=True),
        DeviceAccess(asset="rtx", protocol="telnet", port=23, enabled=False),
        DeviceAccess(asset="rtx", protocol="snmp", port=161, enabled=True),
    ]
    (one,) = weak(parts_from(weak_services.device_passwords, rows)).values()
    assert (one.ports, one.certain, one.evidence) == ({443}, True, "rtx:4")


def test_what_nobody_looked_at_is_never_certain_and_a_device_by_its_configuration_is_looked_at(parts_from):
    rows = [
        Asset(asset="ehr", observed=False),
        Asset(asset="pc", observed=True),
        Asset(asset="sw", role="network", observed=False),
        Asset(asset="fw", observed=False),
        DeviceFact(asset="fw", system="fortios"),
    ]
    found = parts_from(weak_services.not_looked_at, rows)
    assert {one.asset for one in found if isinstance(one, Weakness)} == {"ehr"} and not any(one.certain for one in found)


def test_of_a_program_with_many_exploited_flaws_one_is_enough_for_a_way(parts_from):
    rows = [
        Vulnerability(asset="a", flaw=f"CVE-2024-{number}", product="chrome", kind="application", exploited=True, evidence=f"a:{number}")
        for number in range(1, 4)
    ]
    rows.append(Vulnerability(asset="a", flaw="CVE-2024-40711", product="veeam", kind="application", exploited=True, evidence="a:9"))
    found = [one for one in parts_from(weak_services.flaws, rows) if isinstance(one, Weakness)]
    assert sorted(one.evidence for one in found) == ["a:1", "a:9"]
