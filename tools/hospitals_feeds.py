"""What publishers serve, as the golden hospitals' knowledge pack is made of it: small files in their own forms.

The facts are those of the starter pack (`flaws.csv`) and of `tests/hospitals/source/{windows_updates,exploited}.tsv`; the sentences are
invented. One set serves both hospitals: they live in the same world.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from hospitals_feeds_others import debian, nvd_file, others
from omamori.knowledge.facts import Flaw
from omamori.knowledge.pack import starter_pack

SOURCE = Path(__file__).resolve().parent.parent / "tests" / "hospitals" / "source"
AS_OF = date(2026, 5, 31)
CODENAMES = {"debian 10": "buster", "debian 11": "bullseye", "debian 12": "bookworm", "debian 13": "trixie"}
_TABLE = (
    "DatePosted",
    "CVE",
    "BulletinKB",
    "Title",
    "AffectedProduct",
    "AffectedComponent",
    "Severity",
    "Impact",
    "Supersedes",
    "Exploits",
)
_PROGRAMS = (
    # flaw, CPE vendor:product, first repaired version, score, likelihood
    ("CVE-2023-2033", "google:chrome", "112.0.5615.121", 8.8, 0.02),
    ("CVE-2023-27532", "veeam:veeam_backup_\\&_replication", "11.0.1.1261", 7.5, 0.82),
)
"""Facts of the CVE records of the makers; the likelihoods are invented."""


def feeds() -> Mapping[str, bytes]:
    """Return the files: name as the publisher calls it → content."""
    flaws = starter_pack().flaws
    return {
        "CVEs_20260531.csv": _windows(),
        "known_exploited_vulnerabilities.json": _json(_exploited(flaws)),
        "debian-tracker.json": _json(_debian(flaws)),
        "nvdcve-2.0-2023.json": _json(_nvd()),
        "epss_scores-2026-05-31.csv": _likelihoods(),
        **{f"osv/{name}.json": _json(one) for name, one in _ubuntu(flaws)},
        **{f"redhat/{name}.json": _json(one) for name, one in _redhat(flaws)},
        **others(AS_OF),
    }


def lines_of(name: str) -> Iterator[list[str]]:
    """Yield the fields of a file of `SOURCE`, without its comments."""
    for line in (SOURCE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _windows() -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(_TABLE)
    for product, posted, update, replaces, flaws in lines_of("windows_updates.tsv"):
        writer.writerows((posted, flaw, update, "", product, "", "Important", "", replaces, "") for flaw in flaws.split())
    return text.getvalue().encode()


def _exploited(flaws: tuple[Flaw, ...]) -> dict[str, Any]:
    known = {flaw: (added, used) for flaw, added, used in lines_of("exploited.tsv")}
    for one in flaws:
        if one.exploited:
            known.setdefault(one.flaw, (one.as_of.isoformat(), "Known" if one.ransomware else "Unknown"))
    entries = [
        {
            "cveID": flaw,
            "vendorProject": "-",
            "product": "-",
            "vulnerabilityName": "",
            "dateAdded": added,
            "shortDescription": "",
            "requiredAction": "",
            "dueDate": added,
            "knownRansomwareCampaignUse": used,
            "notes": "",
            "cwes": [],
        }
        for flaw, (added, used) in sorted(known.items())
    ]
    return {
        "title": "CISA Catalog of Known Exploited Vulnerabilities",
        "catalogVersion": f"{AS_OF:%Y.%m.%d}",
        "dateReleased": f"{AS_OF.isoformat()}T15:00:00.0000Z",
        "count": len(entries),
        "vulnerabilities": entries,
    }


def _debian(flaws: tuple[Flaw, ...]) -> dict[str, Any]:
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict, {"other": debian()})
    for one in flaws:
        suite = CODENAMES.get(one.release)
        if suite is None or one.scheme != "dpkg":
            continue
        entry = found[one.product].setdefault(one.flaw, {"description": "", "scope": "remote", "releases": {}})
        repaired = one.before == "0" or one.fixed_in
        entry["releases"][suite] = {
            "status": "resolved" if repaired else "open",
            "repositories": {suite: one.fixed_in or one.before},
            "urgency": "not yet assigned",
            **({"fixed_version": one.before or one.fixed_in} if repaired else {}),
        }
    return found


def _ubuntu(flaws: tuple[Flaw, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    by_flaw: dict[str, list[Flaw]] = defaultdict(list)
    for one in flaws:
        if one.release.startswith("ubuntu ") and one.scheme == "dpkg":
            by_flaw[one.flaw].append(one)
    for flaw, rows in sorted(by_flaw.items()):
        affected = [_affected(one.release.removeprefix("ubuntu "), one.product, one.since, one.before) for one in rows if one.before != "0"]
        if affected:
            yield f"UBUNTU-{flaw}", _osv(flaw, rows[0].as_of, affected)


def _affected(release: str, package: str, since: str, before: str) -> dict[str, Any]:
    events = [{"introduced": since or "0"}, *([{"fixed": before}] if before else [])]
    return {"package": {"ecosystem": f"Ubuntu:{release}:LTS", "name": package}, "ranges": [{"type": "ECOSYSTEM", "events": events}]}


def _osv(flaw: str, published: date, affected: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "schema_version": "1.7.0",
        "id": f"UBUNTU-{flaw}",
        "upstream": [flaw],
        "related": [],
        "published": f"{published.isoformat()}T00:00:00Z",
        "modified": f"{AS_OF.isoformat()}T00:00:00Z",
        "details": "",
        "affected": affected,
    }


def _redhat(flaws: tuple[Flaw, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    by_flaw: dict[str, list[Flaw]] = defaultdict(list)
    for one in flaws:
        if one.release.startswith("rhel ") and one.scheme == "rpm":
            by_flaw[one.flaw].append(one)
    for flaw, rows in sorted(by_flaw.items()):
        products = {one: f"Red Hat Enterprise Linux {one.release.removeprefix('rhel ')}" for one in rows}
        cpe = {one: f"cpe:/o:redhat:enterprise_linux:{one.release.removeprefix('rhel ')}" for one in rows}
        yield (
            flaw,
            {
                "name": flaw,
                "public_date": f"{rows[0].as_of.isoformat()}T00:00:00Z",
                "bugzilla": {"description": "", "id": "0", "url": ""},
                "affected_release": [
                    {
                        "product_name": products[one],
                        "release_date": f"{one.as_of.isoformat()}T00:00:00Z",
                        "advisory": "RHSA-0000:0000",
                        "cpe": cpe[one],
                        "package": f"{one.product}-{one.before if ':' in one.before else f'0:{one.before}'}",
                    }
                    for one in rows
                    if one.before not in ("", "0")
                ],
                "package_state": [
                    {
                        "product_name": products[one],
                        "fix_state": "Not affected" if one.before == "0" else "Affected",
                        "package_name": one.product,
                        "cpe": cpe[one],
                    }
                    for one in rows
                    if one.before in ("", "0")
                ],
            },
        )


def _nvd() -> dict[str, Any]:
    entries = []
    for flaw, name, repaired, score, _ in _PROGRAMS:
        match = {
            "vulnerable": True,
            "criteria": f"cpe:2.3:a:{name}:*:*:*:*:*:*:*:*",
            "versionEndExcluding": repaired,
            "matchCriteriaId": "00000000-0000-0000-0000-000000000000",
        }
        metric = {
            "source": "nvd@nist.gov",
            "type": "Primary",
            "cvssData": {
                "version": "3.1",
                "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H",
                "baseScore": score,
                "baseSeverity": "HIGH",
            },
        }
        entries.append(
            {
                "cve": {
                    "id": flaw,
                    "sourceIdentifier": "nvd@nist.gov",
                    "published": "2023-04-14T19:15:00.000",
                    "lastModified": "2026-05-30T00:00:00.000",
                    "vulnStatus": "Analyzed",
                    "descriptions": [{"lang": "en", "value": f"An invented sentence about {flaw}."}],
                    "metrics": {"cvssMetricV31": [metric]},
                    "configurations": [{"nodes": [{"operator": "OR", "negate": False, "cpeMatch": [match]}]}],
                    "references": [],
                }
            }
        )
    return nvd_file(entries, AS_OF)


def _likelihoods() -> bytes:
    lines = [f"#model_version:v2025.03.14,score_date:{AS_OF.isoformat()}T00:00:00+0000", "cve,epss,percentile"]
    lines += [f"{flaw},{likely:.5f},{min(0.999, 0.5 + likely / 2):.5f}" for flaw, *_, likely in _PROGRAMS]
    return ("\n".join(lines) + "\n").encode()


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
