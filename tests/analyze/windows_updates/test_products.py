"""What Microsoft's table calls a machine's Windows."""

from __future__ import annotations

import pytest

from omamori.analyze.windows_updates.products import Products, plain, windows_of
from omamori.model.host import Host

NAMES = Products(
    (
        "Windows 7 for x64-based Systems Service Pack 1",
        "Windows 8.1 for x64-based systems",
        "Windows 10 for 32-bit Systems",
        "Windows 10 Version 1607 for x64-based Systems",
        "Windows 10 Version 22H2 for x64-based Systems",
        "Windows 11 version 21H2 for x64-based Systems",
        "Windows 11 for x64-based Systems",
        "Windows 11 Version 25H2 for ARM systems",
        "Windows 11 Version 25H2 for ARM64-based Systems",
        "Windows Server 2008 for 32-bit Systems Service Pack 2",
        "Windows Server 2012 R2",
        "Windows Server 2012 R2 (server core installation)",
        "Windows Server 2019",
        "Windows Server 2019 (Server Core installation)",
        "Windows Server, version 20H2 (Server Core Installation)",
        "Windows Server 2025",
        "Microsoft .NET Framework 3.5 AND 4.8 on Windows 10 Version 22H2 for x64-based Systems",
        "Microsoft .NET Framework 4.8.1 on Windows 10 Version 22H2 for x64-based Systems",
    )
)


def named(build: str | None, name: str, architecture: str | None = "x64") -> str | None:
    system = "windows-server" if "Server" in name else "windows"
    host = Host(asset="a", platform="windows", os_id=system, os_name=name, os_build=build, architecture=architecture)
    found = windows_of(host, NAMES)
    return found.name if found else None


@pytest.mark.parametrize(
    ("build", "name", "architecture", "expected"),
    [
        ("6.1.7601", "Microsoft Windows 7 Professional", "x64", "windows 7 for x64-based systems service pack 1"),
        ("6.3.9600.19756", "Windows 8.1 Enterprise", "AMD64", "windows 8.1 for x64-based systems"),
        ("10.0.10240", "Windows 10 Enterprise 2015 LTSB", "x86", "windows 10 for 32-bit systems"),
        ("10.0.14393.6614", "Windows 10 Enterprise 2016 LTSB", "x86_64", "windows 10 version 1607 for x64-based systems"),
        ("10.0.19045.3803", "Windows 10 Pro", "x64", "windows 10 version 22h2 for x64-based systems"),
        ("10.0.22000", "Windows 11 Pro", "x64", "windows 11 version 21h2 for x64-based systems"),
        ("10.0.26200", "Windows 11 Pro", "ARM64", "windows 11 version 25h2 for arm64-based systems"),
        ("6.0.6003", "Windows Server 2008 Standard", "x86", "windows server 2008 for 32-bit systems service pack 2"),
        ("6.3.9600", "Windows Server 2012 R2 Standard", None, "windows server 2012 r2"),
        ("10.0.17763", "Windows Server 2019 Standard", "x64", "windows server 2019"),
        ("10.0.17763", "Windows Server 2019 Datacenter (Server Core)", "x64", "windows server 2019 (server core installation)"),
        ("10.0.19042", "Windows Server Standard", "x64", "windows server, version 20h2 (server core installation)"),
        ("10.0.26100", "Windows Server 2025 Standard", "x64", "windows server 2025"),
        ("5.1.2600", "Microsoft Windows XP Professional", "x86", "microsoft windows xp service pack 3"),
        ("5.2.3790", "Microsoft(R) Windows(R) Server 2003, Standard Edition", "x86", "microsoft windows server 2003 service pack 2"),
        ("6.0.6002", "Microsoft Windows Vista Business", "x64", "windows vista x64 edition service pack 2"),
    ],
)
def test_the_name_of_a_build(build: str, name: str, architecture: str | None, expected: str) -> None:
    assert named(build, name, architecture) == expected


@pytest.mark.parametrize(
    ("build", "name", "architecture"),
    [("10.0.19045", "Windows 10 Pro", None), ("10.0.99999", "Windows 12", "x64"), ("", "Windows 10 Pro", "x64"), (None, "Windows", "x64")],
)
def test_what_does_not_say_enough_has_no_name(build: str | None, name: str, architecture: str | None) -> None:
    assert named(build, name, architecture) is None


def test_names_as_they_were_written_over_the_years() -> None:
    assert NAMES.written(("windows 11 version 21h2 for x64-based systems",)) == (
        "Windows 11 for x64-based Systems",
        "Windows 11 version 21H2 for x64-based Systems",
    )
    assert len(NAMES.written(("windows 11 version 25h2 for arm64-based systems",))) == 2
    assert plain("Windows Server 2012 R2  (Server Core installation) ") == "windows server 2012 r2 (server core installation)"


def test_versions_of_the_framework() -> None:
    assert sorted(NAMES.framework("windows 10 version 22h2 for x64-based systems")) == ["3.5 and 4.8", "4.8.1"]
    assert NAMES.framework("windows server 2019") == {}


def test_the_same_version_for_other_processors_is_known_from_windows_10_on() -> None:
    ten = windows_of(Host(asset="a", platform="windows", os_id="windows", os_build="10.0.19045", architecture="x64"), NAMES)
    assert ten is not None
    assert ten.siblings == ("windows 10 version 22h2 for 32-bit systems", "windows 10 version 22h2 for arm64-based systems")
    seven = windows_of(Host(asset="a", platform="windows", os_id="windows", os_build="6.1.7601", architecture="x64"), NAMES)
    assert seven is not None and seven.siblings == ()
