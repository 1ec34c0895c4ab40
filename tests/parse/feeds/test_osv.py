"""OSV objects: ranges by their events, flaws by their names, what is withdrawn, and GitHub's advisory as vunnel tells it."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected, Broken
from omamori.parse.feeds.osv import FEEDS, read, recognise
from omamori.parse.feeds.registry import parser_of

GITHUB = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds/vunnel/github/test-fixtures/snapshots"


def facts(value: Any) -> list[Any]:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return list(read(io.BytesIO(data), "x.json"))


def record(name: str = "DEBIAN-CVE-2024-0001", **more: Any) -> dict[str, Any]:
    return {"schema_version": "1.7.0", "id": name, "modified": "2025-01-02T03:04:05Z", "published": "2024-12-01T00:00:00Z", **more}


def package(system: str, name: str, *events: dict[str, str], kind: str = "ECOSYSTEM", **more: Any) -> dict[str, Any]:
    return {"package": {"ecosystem": system, "name": name}, "ranges": [{"type": kind, "events": list(events)}], **more}


def ranges(*affected: dict[str, Any], name: str = "DEBIAN-CVE-2024-0001") -> list[tuple[str, str, bool, str | None, str]]:
    rows = [row for row in facts(record(name, affected=list(affected))) if isinstance(row, Affected)]
    return [(row.since, row.before, row.before_in, row.fixed, row.status) for row in rows]


def test_an_object_of_a_distribution() -> None:
    said = record(
        summary="Overflow", details="It overflows.", affected=[package("Debian:12", "openssl", {"introduced": "0"}, {"fixed": "3.0.11-1"})],
        severity=[{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
        references=[{"type": "ADVISORY", "url": "https://example.test/1"}],
    )  # fmt: skip
    assert recognise("x.json", json.dumps(said).encode()) and parser_of("x.json", json.dumps(said, indent=1).encode()) is FEEDS[0]
    advisory, flaw, row = facts(said)
    assert (advisory.title, advisory.cvss, advisory.published, advisory.url) == (
        "Overflow",
        9.8,
        date(2024, 12, 1),
        "https://example.test/1",
    )
    assert flaw == AdvisoryFlaw(advisory="DEBIAN-CVE-2024-0001", feed="osv", flaw="CVE-2024-0001")
    assert row == Affected(
        flaw="CVE-2024-0001", advisory="DEBIAN-CVE-2024-0001", feed="osv", kind="package", vendor="debian", product="openssl", release="debian 12",
        scheme="dpkg", before="3.0.11-1", fixed="3.0.11-1", place="DEBIAN-CVE-2024-0001 affected[0]",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([{"introduced": "0"}, {"fixed": "2"}], [("", "2", False, "2", "affected")]),
        ([{"introduced": "1.1"}, {"last_affected": "1.9"}], [("1.1", "1.9", True, None, "affected")]),
        (
            [{"introduced": "1"}, {"fixed": "2"}, {"introduced": "3"}, {"fixed": "4"}],
            [("1", "2", False, "2", "affected"), ("3", "4", False, "4", "affected")],
        ),
        ([{"introduced": "0"}], [("", "", False, None, "no_fix")]),
        ([{"fixed": "2"}], []),
    ],
    ids=["fixed", "last-affected", "two", "open", "nothing-begun"],
)
def test_events(events: list[dict[str, str]], expected: list[Any]) -> None:
    assert ranges(package("Debian:12", "p", *events)) == expected


def test_versions_count_where_no_range_tells_of_them() -> None:
    commits = package("npm", "left", {"introduced": "0"}, kind="GIT", versions=["1.0.0", "1.0.1"])
    assert ranges(commits) == [("1.0.0", "1.0.0", True, None, "affected"), ("1.0.1", "1.0.1", True, None, "affected")]
    both = package("npm", "left", {"introduced": "0"}, {"fixed": "2.0.0"}, kind="SEMVER", versions=["1.0.0"])
    assert ranges(both) == [("", "2.0.0", False, "2.0.0", "affected")]


def test_names_of_languages_are_as_their_registries_compare_them() -> None:
    rows = facts(record("PYSEC-2024-1", affected=[package("PyPI", "Zope.Interface_X", {"introduced": "0"})], aliases=["CVE-2024-0009"]))
    (row,) = [one for one in rows if isinstance(one, Affected)]
    assert (row.kind, row.vendor, row.product, row.scheme, row.release, row.flaw) == (
        "ecosystem",
        "PyPI",
        "zope-interface-x",
        "pep440",
        "",
        "CVE-2024-0009",
    )
    (java,) = [
        one for one in facts(record("GHSA-1", affected=[package("Maven", "org.a:B", {"introduced": "0"})])) if isinstance(one, Affected)
    ]
    assert (java.product, java.scheme, java.flaw, java.status) == ("org.a:B", "maven", "GHSA-1", "affected")


def test_an_advisory_of_several_flaws() -> None:
    said = record(
        "RLSA-2024:1",
        related=["CVE-2024-0001", "CVE-2024-0002"],
        affected=[package("Rocky Linux:9", "sudo", {"introduced": "0"}, {"fixed": "1.9-3.el9"})],
    )
    assert [(row.flaw, row.release) for row in facts(said) if isinstance(row, Affected)] == [
        ("CVE-2024-0001", "rocky 9"),
        ("CVE-2024-0002", "rocky 9"),
    ]
    ubuntu = record(
        "USN-1-1",
        upstream=["UBUNTU-CVE-2024-0003"],
        related=["CVE-2000-0001"],
        affected=[package("Ubuntu:22.04:LTS", "sudo", {"introduced": "0"})],
    )
    (row,) = [one for one in facts(ubuntu) if isinstance(one, Affected)]
    assert (row.flaw, row.release, row.undecided_if) == ("CVE-2024-0003", "ubuntu 22.04", "esm")


def test_what_is_withdrawn_affects_nothing_any_more() -> None:
    rows = facts(record(withdrawn="2025-01-01T00:00:00Z", affected=[package("Debian:12", "p", {"introduced": "0"})]))
    assert [row.withdrawn for row in rows if isinstance(row, Advisory)] == [True] and not [row for row in rows if isinstance(row, Affected)]


def test_what_the_distributions_say_besides() -> None:
    unimportant = package("Debian:12", "p", {"introduced": "0"}, ecosystem_specific={"urgency": "unimportant"})
    ended = package("Debian:12", "p", {"introduced": "0"}, ecosystem_specific={"urgency": "end-of-life"})
    rows = [row for row in facts(record(affected=[unimportant, ended])) if isinstance(row, Affected)]
    assert [(row.status, row.note) for row in rows] == [("not_affected", "unimportant"), ("no_fix", "end-of-life")]
    alma = [
        row
        for row in facts(record("ALSA-1", affected=[package("AlmaLinux:9", "sudo-python", {"introduced": "0"})]))
        if isinstance(row, Affected)
    ]
    assert [(row.target, row.release) for row in alma] == [("binary", "almalinux 9")]


def test_a_stream_of_a_module_is_told_with_it() -> None:
    said = record(
        "ALSA-2022:6158", summary="Moderate: php:7.4 security update", related=["CVE-2022-31625"],
        affected=[
            package("AlmaLinux:8", "php", {"introduced": "0"}, {"fixed": "0:7.4.19-4.module_el8.6.0+3238+624bf8b8"}),
            package("AlmaLinux:8", "apr", {"introduced": "0"}, {"fixed": "1.6.3-23.el8"}),
        ],
    )  # fmt: skip
    rows = [row for row in facts(said) if isinstance(row, Affected)]
    assert [(row.fixed, row.needs, row.undecided_if) for row in rows] == [
        ("7.4.19-4.module_el8.6.0+3238+624bf8b8", "module php:7.4", None), ("1.6.3-23.el8", None, ".module"),
    ]  # fmt: skip


@pytest.mark.parametrize("bad", [b"[]", b"{", b'{"id": 3}', b"", b'{"modified": 1}'], ids=["list", "cut", "number", "empty", "nameless"])
def test_what_is_no_object_of_osv_is_told(bad: bytes) -> None:
    assert [type(row) for row in facts(bad)] == [Broken]


_JSON = st.recursive(
    st.none() | st.integers() | st.sampled_from(["0", "1", "Debian:12", "npm", "ECOSYSTEM", "CVE-2024-0001"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["package", "ecosystem", "name", "ranges", "events", "introduced", "type"]), inner, max_size=4),
)  # fmt: skip


@given(_JSON, _JSON, _JSON)
def test_nothing_in_it_can_stop_the_reading(affected: Any, aliases: Any, severity: Any) -> None:
    for row in facts(record(affected=affected, aliases=aliases, severity=severity)):
        assert isinstance(row, Advisory | AdvisoryFlaw | Affected)


@pytest.mark.skipif(not GITHUB.exists(), reason="real captures are not here")
def test_the_same_facts_as_vunnel_of_an_advisory_of_github() -> None:
    """vunnel reads GitHub's API and keeps the answer in its test's code; the same advisory in OSV's form, as GitHub publishes it too, agrees."""
    said = json.loads((GITHUB / "github:java" / "ghsa-mh6f-8j2x-4483.json").read_text())["item"]["Advisory"]
    (one,) = said["FixedIn"]
    system = {"java": "Maven"}[one["ecosystem"]]
    begin, end = one["range"].replace("=", "").split(" <")[0].strip("> "), one["identifier"]
    value = record(
        said["ghsaId"], summary=said["Summary"], affected=[package(system, one["name"], {"introduced": begin}, {"fixed": end})],
        severity=[{"type": "CVSS_V3", "score": said["CVSS"]["vector_string"]}], database_specific={"severity": said["Severity"].upper()},
    )  # fmt: skip
    advisory, _, row = facts(value)
    assert (advisory.advisory, advisory.title, advisory.cvss) == (
        said["ghsaId"],
        said["Summary"],
        said["CVSS"]["base_metrics"]["base_score"],
    )
    assert (row.product, row.since, row.fixed) == (one["name"], "1.7.1", one["identifier"])
