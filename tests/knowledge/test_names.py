"""Operating systems as machines, packages and people name them."""

from __future__ import annotations

import pytest

from omamori.knowledge.names import os_of_host, os_of_text, release_of, tracker_releases
from omamori.model.host import Host


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Windows Server 2012 R2", ("windows-server", "2012-r2", "")),
        ("Windows サーバー 2019", ("windows-server", "2019", "")),
        ("WindowsServer2016", ("windows-server", "2016", "")),
        ("Windows 10 IoT Enterprise LTSC 2021", ("windows", "10-21h2", "iot-ltsc")),
        ("Windows 10 LTSB 2016", ("windows", "10-1607", "ltsc")),
        ("Windows 10 Enterprise 22H2", ("windows", "10-22h2", "enterprise")),
        ("Windows 7 Professional", ("windows", "7", "")),
        ("windows XP", ("windows", "xp", "")),
        ("Windows 10", None),
        ("Debian 12", ("debian", "12", "")),
        ("Ubuntu 20.04 LTS", ("ubuntu", "20.04", "")),
        ("Red Hat Enterprise Linux 8.6", ("rhel", "8.6", "")),
        ("CentOS7", ("centos", "7", "")),
        ("Rocky Linux 9", ("rocky", "9", "")),
        ("不明", None),
        ("", None),
    ],
)
def test_as_people_write_them(text, expected):
    assert os_of_text(text) == expected


@pytest.mark.parametrize(
    ("host", "expected", "release"),
    [
        (Host(platform="linux", os_id="debian", os_version="12"), ("debian", "12", ""), "debian 12"),
        (Host(platform="linux", os_id="ubuntu", os_version="22.04"), ("ubuntu", "22.04", ""), "ubuntu 22.04"),
        (Host(platform="linux", os_id="almalinux", os_version="8.9"), ("almalinux", "8.9", ""), "rhel 8"),
        (Host(platform="linux", os_id="centos", os_version="9", os_name="CentOS Stream 9"), ("centos-stream", "9", ""), "centos-stream 9"),
        (Host(platform="linux", os_id="debian"), None, ""),
        (
            Host(platform="windows", os_id="windows", os_name="Microsoft Windows 10 Enterprise LTSC", os_build="10.0.19044.1"),
            ("windows", "19044", "ltsc"),
            "",
        ),
        (
            Host(platform="windows", os_id="windows-server", os_name="Microsoft Windows Server 2019", os_build="10.0.17763"),
            ("windows-server", "17763", ""),
            "",
        ),
    ],
)
def test_as_machines_say_them(host, expected, release):
    assert os_of_host(host) == expected
    assert release_of(host) == release


def test_releases_that_trackers_speak_of():
    def of(os_id, version, platform="linux"):
        return tracker_releases(Host(asset="a", platform=platform, os_id=os_id, os_version=version))

    assert of("debian", "12") == ("debian 12",) and of("ubuntu", "22.04") == ("ubuntu 22.04",)
    assert of("alpine", "3.19.1") == ("alpine 3.19",) and of("rhel", "9.4") == ("rhel 9",)
    assert of("rocky", "9.4") == ("rhel 9", "rocky 9") and of("windows", "10", "windows") == () == of(None, None)
