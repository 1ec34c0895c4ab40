"""What the golden hospitals' pack holds besides the facts that count there: records of things no machine here has, in the publishers' forms.

A pack covers a release, a year or a device only where its sources hold more of it than an excerpt (`analyze.flaws.covering`): these
records make the made sources as whole as real ones are.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from omamori.analyze.flaws.covering import FIRST_YEAR, LEAST_OF_RELEASE, LEAST_OF_YEAR

_NUMBER = 900_000
"""Numbers of flaws begin here: no real one is meant."""
UBUNTU = ("18.04", "22.04", "24.04")
DEBIAN = ("buster", "bookworm")
RHEL = "9"
_DEVICES = (("CVE-2018-13379", "fortinet:fortios", "6.0.0", "6.0.5"),)
"""Flaw, CPE vendor:product, first affected and first repaired version: as the pack's own table has it, told by NVD too."""


def others(as_of: date) -> Mapping[str, bytes]:
    """Return the files: name → content. `as_of`: the day they are of; NVD's years end with it."""
    return {
        "nvd/others.zip": _zipped((f"nvdcve-2.0-{year}.json", _year(year, as_of)) for year in range(FIRST_YEAR, as_of.year + 1)),
        "nvd/devices.json": _json(nvd_file([_device(*one) for one in _DEVICES], as_of)),
        "osv/all.zip": _zipped((f"UBUNTU-{flaw}.json", _ubuntu(flaw, number, as_of)) for number, flaw in _flaws(as_of.year)),
        "redhat/others.zip": _zipped((f"{flaw}.json", _redhat(flaw, number, as_of)) for number, flaw in _flaws(as_of.year)),
    }


def debian() -> dict[str, dict[str, Any]]:
    """Return the entries of Debian's tracker about a package no machine here has."""
    releases = {
        suite: {"status": "resolved", "repositories": {suite: "1.0-1"}, "fixed_version": "1.0-1", "urgency": "not yet assigned"}
        for suite in DEBIAN
    }
    return {flaw: {"description": "", "scope": "remote", "releases": releases} for _, flaw in _flaws(2026)}


def nvd_file(entries: list[dict[str, Any]], as_of: date) -> dict[str, Any]:
    """Return a file of NVD's form 2.0 with these entries."""
    return {
        "resultsPerPage": len(entries),
        "startIndex": 0,
        "totalResults": len(entries),
        "format": "NVD_CVE",
        "version": "2.0",
        "timestamp": f"{as_of.isoformat()}T08:00:00.000",
        "vulnerabilities": entries,
    }


def _flaws(year: int) -> list[tuple[int, str]]:
    return [(number, f"CVE-{year}-{_NUMBER + number}") for number in range(LEAST_OF_RELEASE)]


def _year(year: int, as_of: date) -> dict[str, Any]:
    return nvd_file([_entry(f"CVE-{year}-{_NUMBER + number}", year, []) for number in range(LEAST_OF_YEAR)], as_of)


def _entry(flaw: str, year: int, configurations: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "cve": {
            "id": flaw,
            "sourceIdentifier": "nvd@nist.gov",
            "published": f"{year}-01-01T00:00:00.000",
            "lastModified": f"{year}-01-01T00:00:00.000",
            "vulnStatus": "Analyzed",
            "descriptions": [],
            "metrics": {},
            "configurations": configurations,
        }
    }


def _device(flaw: str, name: str, since: str, before: str) -> dict[str, Any]:
    match = {
        "vulnerable": True,
        "criteria": f"cpe:2.3:o:{name}:*:*:*:*:*:*:*:*",
        "versionStartIncluding": since,
        "versionEndExcluding": before,
        "matchCriteriaId": "00000000-0000-0000-0000-000000000000",
    }
    return _entry(flaw, int(flaw[4:8]), [{"nodes": [{"operator": "OR", "negate": False, "cpeMatch": [match]}]}])


def _ubuntu(flaw: str, number: int, as_of: date) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.0"}]}]
    affected = [{"package": {"ecosystem": f"Ubuntu:{release}:LTS", "name": f"other-{number}"}, "ranges": ranges} for release in UBUNTU]
    day = f"{as_of.isoformat()}T00:00:00Z"
    return {"schema_version": "1.7.0", "id": f"UBUNTU-{flaw}", "upstream": [flaw], "published": day, "modified": day, "affected": affected}


def _redhat(flaw: str, number: int, as_of: date) -> dict[str, Any]:
    product = f"Red Hat Enterprise Linux {RHEL}"
    return {
        "name": flaw,
        "public_date": f"{as_of.isoformat()}T00:00:00Z",
        "bugzilla": {"description": "", "id": "0", "url": ""},
        "affected_release": [
            {
                "product_name": product,
                "release_date": f"{as_of.isoformat()}T00:00:00Z",
                "advisory": f"RHSA-{as_of.year}:{_NUMBER + number}",
                "cpe": f"cpe:/o:redhat:enterprise_linux:{RHEL}",
                "package": f"other-{number}-0:1.0-1.el{RHEL}",
            }
        ],
        "package_state": [],
    }


def _zipped(members: Iterable[tuple[str, dict[str, Any]]]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), _json(content), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()
