"""Configurations of the NVD become ranges: OR is a row each, AND says what must be there besides, what is odd is kept in doubt."""

from __future__ import annotations

from typing import Any

import pytest

from omamori.model.facts import Affected, Broken
from omamori.parse.feeds.nvd_ranges import Entry, node, rows

ENTRY = Entry("CVE-2024-1", "nvd", "page.json", "vulnerabilities[3]", "criteria")


def match(name: str, vulnerable: bool = True, **bounds: str) -> dict[str, Any]:
    parts = name.split(":")
    return {"criteria": ":".join(["cpe:2.3", *parts, *["*"] * (11 - len(parts))]), "vulnerable": vulnerable, **bounds}


def either(*matches: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"operator": "OR", "cpeMatch": list(matches), **more}


def both(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"operator": "AND", "nodes": list(nodes), **more}


def affected(configuration: dict[str, Any]) -> list[Affected]:
    found = list(rows(node(configuration, "nodes", "cpeMatch"), ENTRY))
    assert all(isinstance(row, Affected) for row in found)
    return [row for row in found if isinstance(row, Affected)]


RANGES = {
    # name and bounds → since, since_out, before, before_in, fixed, confidence
    "from-until-before": (
        match("a:v:p:*", versionStartIncluding="1.0", versionEndExcluding="1.5"),
        ("1.0", False, "1.5", False, "1.5", "high"),
    ),
    "after-until-with": (
        match("a:v:p:*", versionStartExcluding="1.0", versionEndIncluding="1.5"),
        ("1.0", True, "1.5", True, None, "high"),
    ),
    "open-start": (match("a:v:p:*", versionEndExcluding="2"), ("", False, "2", False, "2", "high")),
    "open-end": (match("a:v:p:*", versionStartIncluding="2"), ("2", False, "", False, None, "high")),
    "escaped-bound": (match("a:v:p:*", versionEndExcluding=r"12.5\(1\)SU8"), ("", False, "12.5(1)su8", False, "12.5(1)su8", "high")),
    "blank-before-bound": (match("a:v:p:*", versionEndIncluding=" 5.10.35"), ("", False, "5.10.35", True, None, "high")),
    "exact": (match("a:v:p:7.1.1"), ("7.1.1", False, "7.1.1", True, None, "high")),
    "exact-with-update": (match("a:openbsd:openssh:7.0:p1"), ("7.0 p1", False, "7.0 p1", True, None, "high")),
    "exact-without-update": (match("a:v:p:7.0:-"), ("7.0", False, "7.0", True, None, "high")),
    "all-versions": (match("a:v:p:*"), ("", False, "", False, None, "high")),
    "no-version-said": (match("a:v:p:-"), ("", False, "", False, None, "low")),
    "wildcard-inside": (match("a:v:p:7.*"), ("", False, "", False, None, "low")),
    "both-ends-given": (match("a:v:p:*", versionEndExcluding="2", versionEndIncluding="1"), ("", False, "2", False, "2", "low")),
    "version-and-range": (match("a:v:p:1.0", versionEndExcluding="2"), ("", False, "2", False, "2", "low")),
    "no-number": (match("o:v:p:r2"), ("r2", False, "r2", True, None, "low")),
    "empty-bound": (match("a:v:p:3", versionEndExcluding=""), ("3", False, "3", True, None, "high")),
}


@pytest.mark.parametrize("name", sorted(RANGES))
def test_ranges(name: str) -> None:
    given, expected = RANGES[name]
    (row,) = affected(either(given))
    assert (row.since, row.since_out, row.before, row.before_in, row.fixed, row.confidence) == expected
    assert (row.flaw, row.advisory, row.feed, row.place, row.kind) == ("CVE-2024-1", "CVE-2024-1", "nvd", "vulnerabilities[3]", "cpe")


def test_alternatives_are_rows() -> None:
    found = affected(either(match("a:v:p:1"), match("o:v:q:2"), match("h:v:r:-")))
    assert [(row.part, row.vendor, row.product) for row in found] == [("a", "v", "p"), ("o", "v", "q"), ("h", "v", "r")]
    assert {row.needs for row in found} == {None}


def test_what_must_be_there_besides() -> None:
    firmware = either(match("o:dell:m15_firmware:*", versionEndExcluding="1.28.0"))
    hardware = either(match("h:dell:m15:-", vulnerable=False), match("h:dell:m16:-", vulnerable=False))
    (row,) = affected(both(firmware, hardware))
    assert (row.product, row.before, row.needs) == ("m15_firmware", "1.28.0", "h:dell:m15 | h:dell:m16")
    (row,) = affected(both(firmware, hardware, either(match("a:v:agent:2.1", vulnerable=False))))
    assert row.needs == "h:dell:m15 | h:dell:m16 & a:v:agent:2.1"


def test_two_vulnerable_products_of_one_and_need_each_other() -> None:
    found = affected(both(either(match("a:v:app:1")), either(match("o:v:system:*"))))
    assert [(row.product, row.needs) for row in found] == [("app", "o:v:system"), ("system", "a:v:app:1")]


def test_an_and_over_names_without_nodes() -> None:
    found = affected({"operator": "AND", "cpeMatch": [match("a:v:app:1"), match("o:v:system:*", vulnerable=False)]})
    assert [(row.product, row.needs) for row in found] == [("app", "o:v:system")]


def test_a_long_list_of_what_is_needed_is_cut_and_says_so() -> None:
    systems = either(*(match(f"o:v:system_{number}:-", vulnerable=False) for number in range(300)))
    (row,) = affected(both(either(match("a:v:app:1")), systems))
    assert row.needs is not None
    assert row.needs.count(" | ") == 20
    assert row.needs.endswith(" | …")


@pytest.mark.parametrize(
    "odd",
    [
        either(match("a:v:p:1"), negate=True),
        both(either(match("a:v:p:1")), either(match("o:v:s:-", vulnerable=False), negate=True), negate=True),
        {"operator": "XOR", "cpeMatch": [match("a:v:p:1")]},
    ],
    ids=["negated", "negated-and", "operator"],
)
def test_what_is_odd_is_kept_in_doubt(odd: dict[str, Any]) -> None:
    (row,) = affected(odd)
    assert (row.product, row.confidence) == ("p", "low")


def test_what_must_not_be_there_is_said() -> None:
    (row,) = affected(both(either(match("a:v:p:1")), either(match("o:v:s:-", vulnerable=False), negate=True)))
    assert row.needs == "not (o:v:s)"


def test_an_and_inside_an_or_is_needed_but_not_spelled_out() -> None:
    pair = both(either(match("o:v:s:-", vulnerable=False)), either(match("h:v:h:-", vulnerable=False)))
    (row,) = affected(both(either(match("a:v:p:1")), {"operator": "OR", "nodes": [pair], "cpeMatch": [match("o:v:t:-", vulnerable=False)]}))
    assert row.needs == "o:v:t | ?"


def test_nodes_without_end_are_told() -> None:
    deep = either(match("a:v:p:1"))
    for _ in range(500):
        deep = {"operator": "OR", "nodes": [deep], "cpeMatch": [match("a:v:q:2")]}
    found = list(rows(node(deep, "nodes", "cpeMatch"), ENTRY))
    assert len([row for row in found if isinstance(row, Affected)]) == 9
    (told,) = (row for row in found if isinstance(row, Broken))
    assert told.place == "vulnerabilities[3] CVE-2024-1"


def test_a_name_that_cannot_be_read_costs_only_itself() -> None:
    found = list(rows(node(either({"criteria": "cpe:nonsense", "vulnerable": True}, match("a:v:p:1")), "nodes", "cpeMatch"), ENTRY))
    assert [type(row) for row in found] == [Broken, Affected]


def test_what_a_name_is_narrowed_to() -> None:
    (row,) = affected(either(match("a:v:p:*:*:*:*:lts:wordpress:x64")))
    assert row.target == "sw_edition=lts, target_sw=wordpress, target_hw=x64"
    (row,) = affected(either(match("o:microsoft:windows_vista:*:sp1")))
    assert (row.target, row.since, row.confidence) == ("update=sp1", "", "high")


@pytest.mark.parametrize(
    ("given", "scheme"),
    [
        (match("o:fortinet:fortios:*", versionStartIncluding="7.0.0", versionEndIncluding="7.0.13"), "fortios"),
        (match("o:fortinet:fortios:5.2"), "dotted"),
        (match("o:microsoft:windows_10_1809:*", versionEndExcluding="10.0.17763.5329"), "windows"),
        (match("o:microsoft:windows_10:1809"), "dotted"),
        (match("a:fortinet:fortiproxy:7.0.1"), "dotted"),
    ],
    ids=["fortios", "fortios-of-two-numbers", "windows-build", "windows-release", "other"],
)
def test_schemes(given: dict[str, Any], scheme: str) -> None:
    (row,) = affected(either(given))
    assert row.scheme == scheme
