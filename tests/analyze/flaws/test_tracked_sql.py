"""Ranges, statuses and publishers: what a version is held against, and who is believed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analyze.flaws.test_tracked import LOOKS, debian, package, tracker

from omamori.knowledge.version import compare
from omamori.model.derived import Asset
from omamori.model.host import Host, Software

VERSION = "1.5-1"


def found(judge: Any, *facts: Any, version: str = VERSION) -> dict[str, Any]:
    return {row.flaw: row for row in judge(debian(package("p", version)), facts, LOOKS)[0]}


@pytest.mark.parametrize(
    ("more", "affected"),
    [
        ({"before": "1.5-2"}, True),
        ({"before": "1.5-1"}, False),
        ({"before": "1.5-1", "before_in": True}, True),
        ({"since": "1.5-1"}, True),
        ({"since": "1.5-1", "since_out": True}, False),
        ({"since": "1.4-1", "before": "1.6-1"}, True),
        ({"since": "1.6-1"}, False),
        ({}, True),
        ({"status": "not_affected"}, False),
    ],
    ids=["below", "at-end", "at-end-in", "at-begin", "at-begin-out", "between", "not-begun", "all", "spared"],
)
def test_ranges(judge, more, affected):
    assert (("CVE-2024-1") in found(judge, tracker("p", **more))) is affected


_VERSIONS = st.from_regex(r"\A[0-9][0-9a-z.+~]{0,4}(-[0-9a-z]{1,2})?\Z")


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_VERSIONS, _VERSIONS), min_size=20, max_size=60))
def test_sql_compares_as_the_scheme_does(judge, pairs):
    packages = [package(f"p{number}", version) for number, (version, _) in enumerate(pairs)]
    facts = [tracker(f"p{number}", before) for number, (_, before) in enumerate(pairs)]
    open_ = {row.product for row in judge(debian(*packages), facts, LOOKS)[0]}
    assert open_ == {f"p{number}" for number, (version, before) in enumerate(pairs) if compare("dpkg", version, before) < 0}


def test_rows_of_a_publisher_are_alternatives_and_a_word_of_not_affected_wins(judge):
    earlier, later = tracker("p", "1.2-1"), tracker("p", "1.6-1", since="1.4-1")
    assert found(judge, earlier, later)["CVE-2024-1"].fixed == "1.6-1"
    spared = tracker("p", since="1.5-1", before="1.5-1", before_in=True, status="not_affected", fixed=None)
    assert found(judge, earlier, later, spared) == {}


def test_the_nearest_publisher_decides(judge):
    own, osv = tracker("p", "1.5-1"), tracker("p", "1.6-1", feed="osv")
    assert found(judge, own, osv) == {} and "CVE-2024-1" in found(judge, osv)
    assert "CVE-2024-2" in found(judge, own, tracker("p", "1.6-1", feed="osv", flaw="CVE-2024-2")), "of a flaw the tracker does not know"


def test_no_repair_says_why(judge):
    row = found(judge, tracker("p", status="no_fix", note="postponed: minor"))["CVE-2024-1"]
    assert (row.state, row.fixed, row.undecided, row.matched) == ("no_fix", None, False, "debian 12: p 1.5-1 (postponed: minor)")
    assert found(judge, tracker("p", status="no_fix"))["CVE-2024-1"].matched == "debian 12: p 1.5-1 (no fix)"
    assert found(judge, tracker("p", status="no_fix"), tracker("p", "1.6-1"))["CVE-2024-1"].state == "affected"


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"status": "undetermined"}, "not yet looked"),
        ({"before": "what?"}, "cannot be compared"),
        ({"before": "2-1", "undecided_if": "1.5"}, "does not tell"),
        ({"before": "2-1", "needs": "the file server"}, "the file server"),
    ],
    ids=["undetermined", "unreadable", "untold", "needs"],
)
def test_what_cannot_be_told_is_to_be_confirmed(judge, more, word):
    row = found(judge, tracker("p", **more))["CVE-2024-1"]
    assert row.undecided and word in row.doubt and row.doubt_ja
    sure = found(judge, tracker("p", **more), tracker("p", "1.7-1"))["CVE-2024-1"]
    assert not sure.undecided and sure.doubt is None


def test_an_installed_version_nobody_can_read_is_to_be_confirmed(judge):
    assert found(judge, tracker("p", "2-1"), version="strange")["CVE-2024-1"].undecided
    assert found(judge, tracker("p", status="not_affected"), version="strange") == {}


def test_a_module_is_not_the_package_outside_it(judge):
    module = tracker("p", "2-1.module+el9", needs="module p:2")
    assert found(judge, module) == {}
    assert found(judge, module, version="1-1.module+el9")["CVE-2024-1"].undecided


def test_single_packages_count_once_for_their_source_where_the_tracker_does_not_speak_of_it(judge):
    rows = debian(package("libp", "1.5-1", "p"), package("p-tools", "1.5-1", "p"), package("p-doc", "1.5-1", "p"))
    single = [tracker(name, "1.6-1", target="binary") for name in ("libp", "p-tools")]
    assert [(row.product, row.matched) for row in judge(rows, single, LOOKS)[0]] == [("p", "debian 12: libp 1.5-1 < 1.6-1")]
    of_source = tracker("p", "1.5-1", target=None)
    assert judge(rows, [*single, of_source], LOOKS)[0] == []


def test_a_kernel_named_by_its_package(judge):
    host = [Asset(asset="a"), Host(asset="a", platform="linux", os_id="almalinux", os_version="9.4", os_build="5.14.0-70.el9.x86_64")]
    parts = [
        Software(
            asset="a", name=name, version=version, source_package="kernel", source_version=version, manager="rpm", architecture="x86_64"
        )
        for version in ("5.14.0-70.el9", "5.14.0-427.el9")
        for name in ("kernel", "kernel-core", "kernel-headers")
    ]
    facts = [tracker(name, "5.14.0-362.el9", release="almalinux 9", feed="osv", target="binary") for name in ("kernel", "kernel-core")]
    assert [(row.product, row.version) for row in judge(host + parts, facts, LOOKS)[0]] == [("kernel", "5.14.0-70.el9")]
