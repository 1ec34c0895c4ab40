"""Debian's tracker: every status as a fact, records nobody can read, and the facts vunnel takes out of the same file."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.facts import Advisory, Affected, Broken
from omamori.parse.feeds.debian import FEEDS, read, recognise
from omamori.parse.feeds.registry import parser_of

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds" / "vunnel" / "debian" / "test-fixtures"


def release(status: str, version: str | None = None, urgency: str = "not yet assigned", **more: Any) -> dict[str, Any]:
    said = {"status": status, "repositories": {"bookworm": "1.0-1"}, "urgency": urgency, **more}
    return said | ({"fixed_version": version} if version else {})


def facts(packages: Any) -> list[Any]:
    return list(read(io.BytesIO(json.dumps(packages).encode()), "json"))


def only(status: dict[str, Any], codename: str = "bookworm") -> Affected:
    rows = [row for row in facts({"openssl": {"CVE-2024-1": {"releases": {codename: status}}}}) if isinstance(row, Affected)]
    assert len(rows) == 1
    return rows[0]


def test_a_repaired_flaw_is_a_range_up_to_the_repair() -> None:
    row = only(release("resolved", "3.0.11-1~deb12u2"))
    assert row == Affected(
        flaw="CVE-2024-1", advisory="CVE-2024-1", feed="debian", kind="package", vendor="debian", product="openssl", release="debian 12",
        scheme="dpkg", before="3.0.11-1~deb12u2", fixed="3.0.11-1~deb12u2", place="openssl/CVE-2024-1/bookworm",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "status", "note"),
    [
        (release("resolved", "0"), "not_affected", None),
        (release("open"), "no_fix", None),
        (release("open", nodsa="Minor issue", nodsa_reason=""), "no_fix", "no-dsa: Minor issue"),
        (release("open", nodsa="Minor issue", nodsa_reason="postponed"), "no_fix", "postponed: Minor issue"),
        (release("open", nodsa="Too intrusive", nodsa_reason="ignored"), "no_fix", "ignored: Too intrusive"),
        (release("open", urgency="end-of-life"), "no_fix", "end-of-life"),
        (release("open", urgency="unimportant"), "not_affected", "unimportant"),
        (release("resolved", "1.2-3", urgency="unimportant"), "not_affected", "unimportant"),
        (release("undetermined"), "undetermined", None),
    ],
    ids=["never", "open", "no-dsa", "postponed", "ignored", "ended", "unimportant", "unimportant-repaired", "undetermined"],
)
def test_what_debian_says_instead_of_a_repair(said: dict[str, Any], status: str, note: str | None) -> None:
    row = only(said)
    assert (row.status, row.note, row.before, row.fixed) == (status, note, "", None)


def test_a_description_is_told_once_and_unreleased_suites_are_no_release() -> None:
    said = {"description": "Overflow", "releases": {"sid": release("open"), "trixie": release("open")}}
    rows = facts({"a": {"CVE-1": said}, "b": {"CVE-1": said, "CVE-2": {"releases": []}}})
    assert [row.summary for row in rows if isinstance(row, Advisory)] == ["Overflow"]
    assert [(row.product, row.release) for row in rows if isinstance(row, Affected)] == [("a", "debian 13"), ("b", "debian 13")]


def test_a_bad_record_costs_only_itself() -> None:
    good = {"releases": {"bookworm": release("resolved", "1"), "buster": {"status": "maybe"}, "jessie": 7}}
    rows = facts({"a": {"CVE-1": "?", "CVE-2": good}, "b": 3, "c": {"CVE-3": good}})
    assert [(row.product, row.flaw) for row in rows if isinstance(row, Affected)] == [("a", "CVE-2"), ("c", "CVE-3")]
    assert [row.place for row in rows if isinstance(row, Broken)] == [
        "a/CVE-1", "a/CVE-2/buster", "a/CVE-2/jessie", "b", "c/CVE-3/buster", "c/CVE-3/jessie",
    ]  # fmt: skip


_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["releases", "bookworm", "status", "open", "CVE-1"]), inner, max_size=3)
    ),
)


@given(st.dictionaries(st.text(max_size=5), _JSON, max_size=3))
def test_nothing_in_it_can_stop_the_reading(packages: dict[str, Any]) -> None:
    for row in facts(packages):
        assert isinstance(row, Affected | Broken | Advisory)


@pytest.mark.skipif(not DATA.exists(), reason="real captures are not here")
def test_the_same_facts_as_vunnel() -> None:
    """Every snapshot whose flaw is in the file agrees.

    The others are not made of this file: those of Debian 7 come from an older format of vunnel's own (`legacy`), CVE-2012-0833 from its list
    of advisories. What vunnel calls `debian:unstable` is left out here: it is never released.
    """
    file = DATA / "input" / "debian.json"
    head = file.read_bytes()
    assert recognise("debian.json", head) and parser_of("debian.json", head[:65536]) is FEEDS[0]
    with file.open("rb") as stream:
        rows = list(read(stream, file.name))
    assert not [row for row in rows if isinstance(row, Broken)]
    ours = {(row.release.removeprefix("debian "), row.flaw, row.product): row for row in rows if isinstance(row, Affected)}
    flaws = {flaw for _, flaw, _ in ours}
    compared = 0
    for snapshot in sorted((DATA / "snapshots").glob("debian:*/*.json")):
        said = json.loads(snapshot.read_text())["item"]["Vulnerability"]
        number = said["NamespaceName"].removeprefix("debian:")
        if said["Name"] not in flaws or not number.isdigit():
            continue
        about = {key[2]: row for key, row in ours.items() if key[:2] == (number, said["Name"])}
        fixed = {one["Name"]: one["Version"] for one in said["FixedIn"]}
        assert {name: row.fixed or "None" for name, row in about.items() if row.status != "not_affected"} == fixed, snapshot.name
        compared += 1
    assert compared == 19
