"""The machine, its updates, its software, its USB storage."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from omamori.parse.windows.registry.host import host_of, read_host, read_software, read_updates, read_usb

VERSION = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\n"
UNINSTALL = "SOFTWARE\\{}Microsoft\\Windows\\CurrentVersion\\Uninstall"
AU = "SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU\n"
UPDATE = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update"
PENDING = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing"


@pytest.mark.parametrize(
    ("values", "name", "version", "build"),
    [
        (
            '"ProductName"="Windows 10 Pro"\n"CurrentBuild"="22631"\n"CurrentMajorVersionNumber"=dword:0000000a\n"CurrentMinorVersionNumber"=dword:00000000\n"UBR"=dword:00000e09',
            "Windows 11 Pro",
            "11",
            "10.0.22631.3593",
        ),
        (
            '"ProductName"="Windows 10 Pro"\n"CurrentBuild"="19045"\n"CurrentMajorVersionNumber"=dword:0000000a\n"CurrentMinorVersionNumber"=dword:00000000',
            "Windows 10 Pro",
            "10",
            "10.0.19045",
        ),
        (
            '"ProductName"="Windows Server 2022 Standard"\n"InstallationType"="Server"\n"CurrentBuild"="20348"\n"CurrentVersion"="6.3"',
            "Windows Server 2022 Standard",
            "2022",
            "6.3.20348",
        ),
        (
            '"ProductName"="Windows 7 Professional"\n"CurrentBuild"="7601"\n"CurrentVersion"="6.1"',
            "Windows 7 Professional",
            "7",
            "6.1.7601",
        ),
        (
            '"ProductName"="Microsoft Windows XP"\n"CurrentBuildNumber"="2600"\n"CurrentVersion"="5.1"',
            "Microsoft Windows XP",
            "XP",
            "5.1.2600",
        ),
    ],
)
def test_name_version_and_build(tree, values: str, name: str, version: str, build: str) -> None:
    row = read_host(tree(VERSION + values)).rows[0]
    assert (row.os_name, row.os_version, row.os_build) == (name, version, build)
    assert row.role == ("server" if "Server" in name else "client")


def test_name_domain_and_time_zone(tree) -> None:
    found = read_host(
        tree(
            'SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ActiveComputerName\n"ComputerName"="PC5"',
            'SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation\n"TimeZoneKeyName"="Tokyo Standard Time"',
            'SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\n"Hostname"="pc5"\n"Domain"=""\n"NV Domain"="hospital.example"',
            'SYSTEM\\CurrentControlSet\\Services\\W32Time\\Parameters\n"Type"="NoSync"',
        )
    )
    row = found.rows[0]
    assert (row.hostname, row.domain, row.timezone, row.clock_synchronised) == ("PC5", "hospital.example", "Tokyo Standard Time", False)
    assert found.identifiers == ["name:pc5"] and "os_build" in found.looks[0].missing and "domain" not in found.looks[0].missing
    assert read_host(tree("SOFTWARE\\Other")).rows == []


@pytest.mark.parametrize(
    ("blocks", "automatic"),
    [
        ((AU + '"NoAutoUpdate"=dword:00000001',), False),
        ((AU + '"NoAutoUpdate"=dword:00000000\n"AUOptions"=dword:00000004',), True),
        ((AU + '"AUOptions"=dword:00000003',), False),
        ((AU + '"UseWUServer"=dword:00000001',), "missing"),
        (("SOFTWARE\\Policies", UPDATE + '\n"AUOptions"=dword:00000004'), True),
        ((UPDATE + '\n"AUOptions"=dword:00000004', UPDATE + "\\RebootRequired"), "missing"),
    ],
)
def test_automatic_updates(tree, blocks: tuple[str, ...], automatic: object) -> None:
    found = read_updates(tree(*blocks))
    assert ("missing" if not found.rows or "automatic" in found.looks[0].missing else found.rows[0].automatic) == automatic


def test_results_and_a_pending_restart(tree) -> None:
    found = read_updates(tree(UPDATE, UPDATE + "\\RebootRequired", UPDATE + '\\Results\\Install\n"LastSuccessTime"="2026-05-13 18:01:22"'))
    assert found.rows[0].last_update == datetime(2026, 5, 13, 18, 1, 22)
    assert (found.rows[0].reboot_needed, found.rows[0].reboot_reason) == (True, "rebootrequired")
    assert "reboot_needed" in read_updates(tree(UPDATE, AU + '"UseWUServer"=dword:00000000')).looks[0].missing
    assert read_updates(tree(UPDATE, PENDING)).rows[0].reboot_needed is False


def test_the_update_server_without_account(tree) -> None:
    policy = 'SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\n"WUServer"="http://user:word@WSUS.hospital.example:8530/x"'
    assert read_updates(tree(policy, AU + '"UseWUServer"=dword:00000001')).rows[0].server == "wsus.hospital.example"
    off = read_updates(tree(policy, AU + '"UseWUServer"=dword:00000000'))
    assert off.rows[0].server is None and "server" not in off.looks[0].missing
    unknown = read_updates(tree(AU + '"UseWUServer"=dword:00000001\n"AUOptions"=dword:00000003'))
    assert "server" in unknown.looks[0].missing
    assert [host_of(word) for word in ("proxy:8080", "https://[2001:db8::1]:8080/", "")] == ["proxy", "2001:db8::1", ""]


def test_software_is_whole_only_with_both_lists(tree) -> None:
    both, first = (UNINSTALL.format(""), UNINSTALL.format("WOW6432Node\\")), UNINSTALL.format("")
    app = '\\A\n"DisplayName"="App"\n"DisplayVersion"="1.0"\n"InstallDate"="20240229"'
    alone = read_software(tree(first, first + app))
    assert not alone.looks[0].complete and "WOW6432Node" in alone.looks[0].needs and "architecture" in alone.looks[0].missing
    found = read_software(tree(first, first + app, both[1], both[1] + app))
    assert found.looks[0].complete and "architecture" not in found.looks[0].missing
    assert [(row.name, row.architecture, row.installed) for row in found.rows] == [
        ("App", "x64", date(2024, 2, 29)),
        ("App", "x86", date(2024, 2, 29)),
    ]
    old = read_software(tree(first, first + app, VERSION + '"BuildLabEx"="7601.24214.x86fre.win7sp1_ldr.180801-1700"'))
    assert old.looks[0].complete and old.rows[0].architecture == "x86"
    wide = read_software(tree(first, first + app, VERSION + '"BuildLabEx"="22621.1.amd64fre.ni_release.220506-1250"'))
    assert not wide.looks[0].complete


def test_usb_storage_that_was_connected(tree) -> None:
    root = "SYSTEM\\ControlSet001\\Enum\\USBSTOR"
    found = read_usb(tree(root, root + "\\Disk&Ven_A&Prod_B_C&Rev_1", root + "\\Disk&Ven_A&Prod_B_C&Rev_1\\AB12&0"))
    assert [(row.device, row.serial) for row in found.rows] == [("A B C", "AB12")] and found.looks[0].complete
    none = read_usb(tree("SYSTEM\\ControlSet001\\Enum"))
    assert none.rows == [] and none.looks[0].complete and none.looks[0].missing == ()
    assert found.looks[0].missing == ("first_connected", "last_connected")
    assert read_usb(tree("SYSTEM\\ControlSet001\\Other")).looks == []
    assert not read_usb(tree(root, root + "\\Disk&Ven_A&Prod_B&Rev_1", cut=True)).looks[0].complete
