"""Flaws of parts: exact by package URL, declared ones say who says so."""

from __future__ import annotations

from tests.analyze.flaws.published import affected, exploited

from omamori.model.derived import Asset
from omamori.model.facts import Affected
from omamori.model.host import Host, Software
from omamori.model.patching import Component

PURL = "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"
ALL = {"a": ("hosts", "software", "components")}


def machine(*parts):
    bash = Software(asset="a", name="bash", version="5.2.15-2", manager="dpkg")
    return [Asset(asset="a"), Host(asset="a", platform="linux", os_id="debian", os_version="12"), bash, *parts]


TRACKED = affected("CVE-2", "debian:bash", "1", feed="debian", kind="package", release="debian 12", scheme="dpkg", part=None)


def ecosystem(flaw, vendor, product, before):
    return Affected(flaw=flaw, advisory=flaw, feed="github", kind="ecosystem", vendor=vendor, product=product, before=before)


def test_a_package_url_with_its_version_is_exact(judge):
    facts = [ecosystem("CVE-2021-44228", "Maven", "org.apache.logging.log4j:log4j-core", "2.15.0"), exploited("CVE-2021-44228"), TRACKED]
    part = Component(asset="a", name="log4j-core", version="2.14.1", purl=PURL, seen_in="service pacs", evidence="v:1")
    ((row,), looks) = judge(machine(part), facts, ALL, whole=True)
    assert (row.kind, row.product, row.fixed, row.undecided, row.confidence, row.doubt) == (
        "component",
        "log4j-core",
        "2.15.0",
        False,
        "high",
        None,
    )
    assert (
        row.matched.startswith("log4j-core 2.14.1 in service pacs (")
        and "Maven:org.apache.logging.log4j:log4j-core 2.14.1 < 2.15.0" in row.matched
    )
    assert (row.repair, row.evidence, row.exploited, looks["a"].complete) == ("component:log4j-core", "v:1", True, True)


def test_what_only_a_bill_says_says_so(judge):
    facts = [ecosystem("CVE-1", "npm", "@scope/pad", "2")]
    part = Component(asset="a", name="pad", version="1.3.0", purl="pkg:npm/%40scope/pad@1.3.0", seen_in="CycloneDX 1.5: x", declared=True)
    ((row,), _) = judge(machine(part), facts, ALL)
    assert (row.undecided, row.confidence) == (False, "high") and "bill of materials says so" in row.doubt and row.doubt_ja


def test_by_cpe(judge):
    facts = [affected("CVE-1", "openssl:openssl", "3.0.7", since="3.0.0"), affected("CVE-2", "apache:log4j", "2.15.0")]
    named = Component(asset="a", name="openssl", version="3.0.1", cpe="cpe:2.3:a:openssl:openssl:3.0.1:*:*:*:*:*:*:*", declared=True)
    path = Component(asset="a", name="openssl", version=None, cpe="cpe:2.3:a:openssl:openssl", seen_in="process x")
    log4j = Component(asset="a", name="log4j-core", version="2.14.1", purl=PURL, seen_in="service pacs")
    rows, _ = judge(machine(named, log4j), facts, ALL)
    assert {row.flaw: (row.undecided, row.confidence) for row in rows} == {"CVE-1": (False, "medium"), "CVE-2": (False, "high")}
    rows, _ = judge(machine(path), facts, ALL)
    assert [(row.flaw, row.undecided, row.version) for row in rows] == [("CVE-1", True, None)]


def test_a_part_of_a_product_nobody_has_is_judged_nowhere(judge):
    facts = [ecosystem("CVE-1", "npm", "pad", "2")]
    rows, _ = judge(machine(Component(asset="*", name="pad", version="1", purl="pkg:npm/pad@1", declared=True)), facts, ALL)
    assert rows == []


def test_a_part_without_an_identifier_is_known_by_its_name(judge):
    facts = [affected("CVE-2021-44228", "apache:log4j", "2.15.0", since="2.0"), exploited("CVE-2021-44228")]
    for cpe in (None, "cpe:2.3:a:apache"):
        part = Component(asset="a", name="log4j-core", version="2.14.1", cpe=cpe, seen_in="SPDX 2.3: viewer", declared=True)
        ((row,), _) = judge(machine(part), facts, ALL)
        assert (row.flaw, row.kind, row.exploited, row.confidence) == ("CVE-2021-44228", "component", True, "medium")
        assert row.matched.startswith("log4j-core 2.14.1 in SPDX 2.3: viewer: name 'log4j-core'")
    # A package URL tells more than a name: the npm package of a name is not the program of it.
    other = Component(asset="a", name="log4j", version="2.14.1", purl="pkg:npm/log4j@2.14.1", seen_in="SPDX 2.3: viewer", declared=True)
    assert judge(machine(other), facts, ALL)[0] == []
    seen = Component(asset="a", name="log4j", version="2.14.1", seen_in="software")
    assert judge(machine(seen), facts, ALL)[0] == [], "the flaws of what is installed are those of the program"
