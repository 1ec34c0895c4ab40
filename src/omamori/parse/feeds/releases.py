"""How Linux distributions call their releases: code names, and names in OSV's ecosystems, as this project names a release (`debian 12`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

DEBIAN: Mapping[str, str] = MappingProxyType(
    {
        "squeeze": "debian 6",
        "wheezy": "debian 7",
        "jessie": "debian 8",
        "stretch": "debian 9",
        "buster": "debian 10",
        "bullseye": "debian 11",
        "bookworm": "debian 12",
        "trixie": "debian 13",
        "forky": "debian 14",
        "duke": "debian 15",
    }
)
"""Code name of Debian → release (wiki.debian.org/DebianReleases). What is never released (sid, experimental) has none."""
UBUNTU: Mapping[str, str] = MappingProxyType(
    {
        "trusty": "ubuntu 14.04",
        "xenial": "ubuntu 16.04",
        "bionic": "ubuntu 18.04",
        "focal": "ubuntu 20.04",
        "jammy": "ubuntu 22.04",
        "noble": "ubuntu 24.04",
        "oracular": "ubuntu 24.10",
        "plucky": "ubuntu 25.04",
        "questing": "ubuntu 25.10",
        "resolute": "ubuntu 26.04",
    }
)
"""Code name of Ubuntu → release (wiki.ubuntu.com/Releases)."""

_DISTRIBUTIONS: Mapping[str, tuple[str, str, int]] = MappingProxyType(
    {
        "Debian": ("debian", "dpkg", 1),
        "Ubuntu": ("ubuntu", "dpkg", 2),
        "Alpine": ("alpine", "apk", 2),
        "Rocky Linux": ("rocky", "rpm", 1),
        "AlmaLinux": ("almalinux", "rpm", 1),
        "Red Hat": ("rhel", "rpm", 1),
        "openSUSE": ("opensuse-leap", "rpm", 2),
        "SUSE": ("sles", "rpm", 1),
    }
)
_LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "npm": "semver",
        "Go": "semver",
        "crates.io": "semver",
        "Hex": "semver",
        "Pub": "semver",
        "SwiftURL": "semver",
        "PyPI": "pep440",
        "Maven": "maven",
        "Packagist": "dotted",
        "NuGet": "dotted",
        "RubyGems": "dotted",
    }
)
_NUMBER = re.compile(r"(\d+(?:\.\d+)*)")
_RED_HAT = re.compile(r"enterprise_linux:(\d+)::?(baseos|appstream|crb|server|client|workstation|computenode|base)?$")


def ecosystem(name: str) -> tuple[str, str, str, str] | None:
    """Return (kind, vendor, release, scheme) of an OSV ecosystem such as `Debian:12`, `Ubuntu:22.04:LTS` or `PyPI`.

    kind is package for a distribution and ecosystem for a language. None for what is not told apart by versions here, and for a
    distribution without the number of a release. Ubuntu Pro repairs are a release of their own (`ubuntu pro 16.04`).
    """
    head, _, rest = name.partition(":")
    if head in _LANGUAGES:
        return ("ecosystem", head, "", _LANGUAGES[head])
    if head not in _DISTRIBUTIONS:
        return None
    product, scheme, parts = _DISTRIBUTIONS[head]
    found = _RED_HAT.search(rest) if head == "Red Hat" else _NUMBER.search(rest)
    if found is None or (head == "openSUSE" and not rest.startswith("Leap")) or (head == "SUSE" and "Server" not in rest):
        return None
    number = ".".join(found[1].split(".")[:parts])
    extra = "pro " if head == "Ubuntu" and ("Pro" in rest.split(":") or "FIPS" in rest) else ""
    return ("package", product, f"{product} {extra}{number}", scheme)
