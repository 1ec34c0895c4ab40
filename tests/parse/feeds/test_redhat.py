"""Red Hat's JSON of one flaw: repairs and states of the main releases, and the facts vunnel takes out of the same files."""

from __future__ import annotations

import io
import json
import os
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.facts import Advisory, Affected, Broken
from omamori.parse.feeds.redhat import FEEDS, read
from omamori.parse.feeds.registry import parser_of

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds/vunnel/rhel/test-fixtures"
RHEL9 = "cpe:/a:redhat:enterprise_linux:9"


def facts(**said: Any) -> list[Any]:
    given = {"name": "CVE-2022-2309", "public_date": "2022-07-05T00:00:00Z", "bugzilla": {"description": "CVE-2022-2309 lxml: NULL"}} | said
    return list(read(io.BytesIO(json.dumps(given).encode()), "CVE-2022-2309.json"))


def state(package: str, said: str, cpe: str = RHEL9) -> dict[str, str]:
    return {"product_name": "Red Hat Enterprise Linux 9", "fix_state": said, "package_name": package, "cpe": cpe}


def test_a_repair() -> None:
    released = {"advisory": "RHSA-2022:8226", "cpe": RHEL9, "package": "python-lxml-0:4.6.5-3.el9"}
    advisory, row = facts(affected_release=[released], cvss3={"cvss3_base_score": "7.5", "cvss3_scoring_vector": "CVSS:3.1/AV:N"})
    assert (advisory.title, advisory.cvss, advisory.published) == ("lxml: NULL", 7.5, date(2022, 7, 5))
    assert (row.product, row.release, row.before, row.fixed, row.advisory) == (
        "python-lxml",
        "rhel 9",
        "4.6.5-3.el9",
        "4.6.5-3.el9",
        "RHSA-2022:8226",
    )


def test_other_streams_and_modules_are_no_repair_of_the_main_release() -> None:
    others = [
        {"advisory": "RHSA-1", "cpe": "cpe:/a:redhat:rhel_eus:8.6", "package": "libwebp-0:1.0.0-1.el8_6"},
        {"advisory": "RHSA-2", "cpe": RHEL9, "package": "nodejs:16-9020020230"},
        {"advisory": "RHSA-3", "cpe": RHEL9, "package": "php-0:7.4.1-1.module+el9"},
        {"advisory": "RHSA-4", "cpe": RHEL9},
    ]
    assert [row for row in facts(affected_release=others) if isinstance(row, Affected)] == []


@pytest.mark.parametrize(
    ("said", "status", "note"),
    [
        ("Not affected", "not_affected", None), ("Affected", "no_fix", None), ("Will not fix", "no_fix", "will not fix"),
        ("Fix deferred", "no_fix", "fix deferred"), ("Out of support scope", "no_fix", "out of support scope"),
        ("Under investigation", "undetermined", None),
    ],
    ids=["not-affected", "affected", "will-not", "deferred", "out-of-scope", "investigated"],
)  # fmt: skip
def test_states(said: str, status: str, note: str | None) -> None:
    (row,) = [row for row in facts(package_state=[state("python-lxml", said)]) if isinstance(row, Affected)]
    assert (row.status, row.note, row.undecided_if) == (status, note, ".module")


def test_a_stream_of_a_module_is_told_with_it() -> None:
    states = [
        state("python38:3.8/python-lxml", "Affected"),
        state("python39:3.9/python-lxml", "Not affected"),
        state("inkscape:flatpak/lxml", "Affected"),
    ]
    assert [(row.product, row.needs) for row in facts(package_state=states) if isinstance(row, Affected)] == [
        ("python-lxml", "module python38:3.8")
    ]


def test_what_nobody_knows_is_told() -> None:
    assert [row.place for row in facts(package_state=[state("p", "Perhaps")]) if isinstance(row, Broken)] == [
        "CVE-2022-2309 package_state[0]"
    ]
    assert [type(row) for row in facts(name="RHSA-1")] == [Broken]


_NAMES = st.sampled_from(["cpe", "package", "fix_state"])
_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=4), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner)
)


@given(_JSON, _JSON, _JSON)
def test_nothing_in_it_can_stop_the_reading(released: Any, states: Any, scored: Any) -> None:
    for row in facts(affected_release=released, package_state=states, cvss3=scored, details=scored):
        assert isinstance(row, Advisory | Affected | Broken)


@pytest.mark.skipif(not DATA.exists(), reason="real captures are not here")
def test_the_same_facts_as_vunnel() -> None:
    """Every snapshot of a main release agrees in packages and repaired versions; extended update streams (`rhel:8.6+eus`) are not taken."""
    ours: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for file in sorted((DATA / "oval" / "input" / "cve" / "full").iterdir()):
        data = file.read_bytes()
        assert parser_of(file.name, data[:65536]) is FEEDS[0]
        for row in read(io.BytesIO(data), file.name):
            assert not isinstance(row, Broken)
            if isinstance(row, Affected) and row.status != "not_affected":
                version = row.before if ":" in row.before else f"0:{row.before}"
                ours[row.release, row.flaw].add((row.product, version if row.before else "None"))
    compared = 0
    for snapshot in sorted((DATA / "snapshots").glob("rhel:*/*.json")):
        said = json.loads(snapshot.read_text())["item"]["Vulnerability"]
        if "+" not in said["NamespaceName"]:
            theirs = {(one["Name"], one["Version"]) for one in said["FixedIn"]}
            assert ours[said["NamespaceName"].replace(":", " "), said["Name"]] == theirs, snapshot.name
            compared += 1
    assert compared == 64
