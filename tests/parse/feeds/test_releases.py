"""Releases and ecosystems by their many names."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from omamori.parse.feeds.releases import DEBIAN, UBUNTU, ecosystem

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "refdata" / "distro-info-data"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Debian:12", ("package", "debian", "debian 12", "dpkg")),
        ("Ubuntu:22.04:LTS", ("package", "ubuntu", "ubuntu 22.04", "dpkg")),
        ("Ubuntu:Pro:16.04:LTS", ("package", "ubuntu", "ubuntu pro 16.04", "dpkg")),
        ("Alpine:v3.19", ("package", "alpine", "alpine 3.19", "apk")),
        ("Rocky Linux:9", ("package", "rocky", "rocky 9", "rpm")),
        ("AlmaLinux:8", ("package", "almalinux", "almalinux 8", "rpm")),
        ("Red Hat:enterprise_linux:9::appstream", ("package", "rhel", "rhel 9", "rpm")),
        ("PyPI", ("ecosystem", "PyPI", "", "pep440")),
        ("npm", ("ecosystem", "npm", "", "semver")),
        ("Maven", ("ecosystem", "Maven", "", "maven")),
        ("Packagist", ("ecosystem", "Packagist", "", "dotted")),
        ("openSUSE:Leap 15.6", ("package", "opensuse-leap", "opensuse-leap 15.6", "rpm")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_ecosystem(name: str, expected: tuple[str, str, str, str]) -> None:
    assert ecosystem(name) == expected


@pytest.mark.parametrize("name", ["Debian", "Red Hat:rhel_eus:8.6::appstream", "openSUSE:Tumbleweed", "OSS-Fuzz", "", "SUSE:Storage 7"])
def test_what_is_no_release_is_none(name: str) -> None:
    assert ecosystem(name) is None


@pytest.mark.skipif(not DATA.exists(), reason="real captures are not here")
@pytest.mark.parametrize(
    ("file", "names", "product"), [("debian.csv", DEBIAN, "debian"), ("ubuntu.csv", UBUNTU, "ubuntu")], ids=["debian", "ubuntu"]
)
def test_code_names_are_those_of_the_distributions(file: str, names: dict[str, str], product: str) -> None:
    with (DATA / file).open(encoding="utf-8") as stream:
        rows = {row["series"]: row["version"].removesuffix(" LTS") for row in csv.DictReader(stream)}
    known = {
        series: f"{product} {number.split('.')[0] if product == 'debian' else number}" for series, number in rows.items() if series in names
    }
    assert known == {series: names[series] for series in known} and len(known) >= len(names) - 1
