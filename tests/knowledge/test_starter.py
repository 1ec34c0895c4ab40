"""The starter pack's rows against published facts: what is called sure was compared and agrees, flags are those of CISA KEV."""

from __future__ import annotations

from collections import Counter

import pytest

import flaws_audit
import starter_pack as making
import windows_patches
from omamori.knowledge.facts import read_flaws
from omamori.knowledge.pack import starter_pack

PACK = starter_pack()
NVD_ONLY = {"CVE-2014-0160", "CVE-2017-15944", "CVE-2018-0296", "CVE-2018-14847", "CVE-2021-3156", "CVE-2021-20016", "CVE-2021-20028",
            "CVE-2021-22893", "CVE-2025-0108", "CVE-2025-0282", "CVE-2025-22457", "CVE-2025-23006", "CVE-2025-24472", "CVE-2016-5195"}  # fmt: skip


def need(path):
    if not (flaws_audit.DATA / path).exists():
        pytest.skip(f"the real captures are not here: {flaws_audit.DATA / path} (OMAMORI_DATA names their folder)")


def witness(first="", last="", fixed=""):
    return flaws_audit.Witness(first, last, fixed, "the maker")


def row(**changes):
    base = {"flaw": "CVE-1", "product": "p", "scheme": "dotted", "since": "7.0", "before": "7.0.5", "fixed": "7.0.5", "exploited": "no",
            "ransomware": "no", "confidence": "high", "as_of": "2025-08-25", "source": "the maker"}  # fmt: skip
    return read_flaws("flaws.csv", [(2, base | changes)])[0]


@pytest.mark.parametrize(
    ("changes", "said", "verdict"),
    [
        ({}, [witness("7.0.0", "", "7.0.5")], "agrees"),
        ({}, [witness("7.0.0", "7.0.4")], "agrees"),
        ({}, [witness("7.0.0", "7.0.6")], "differs"),
        ({}, [witness("7.0.0", "", "7.0.4")], "differs"),
        ({}, [witness("", "", "7.0.5")], "differs"),
        ({}, [witness("6.4.0", "", "7.0.5")], "differs"),
        ({}, [witness("7.0.2", "", "7.0.5")], "differs"),
        ({}, [], "not covered"),
        ({"since": "", "before": "0", "fixed": "0"}, [witness("", "", "0")], "agrees"),
        ({"before": "7.0.5-h1"}, [witness("7.0", "7.0.5")], "agrees"),
        ({"before": "7.0.5-h3"}, [witness("7.0", "7.0.5-h2")], "agrees"),
        ({"before": "8.0", "fixed": ""}, [witness("7.0", "7.0.9")], "agrees"),
        ({}, [witness("7.0.3", "7.0.3"), witness("7.0.4", "7.0.4")], "agrees"),
        ({}, [witness("6.0", "6.0"), witness("7.0.4", "7.0.4")], "differs"),
    ],
)
def test_how_a_row_is_compared(changes, said, verdict):
    flaw = row(**changes)
    assert flaws_audit.judge(flaw, [flaw], said).said == verdict


def test_a_row_is_within_what_is_affected_when_another_row_speaks_about_the_rest():
    flaw, rest = row(), row(since="7.0.5", before="7.1", confidence="low")
    assert flaws_audit.judge(flaw, [flaw, rest], [witness("7.0.0", "7.0.6")]).said == "within"


def test_a_sure_row_names_the_record_that_agrees_and_no_other_row_is_called_sure():
    written = flaws_audit.records()
    groups = Counter((flaw.flaw, flaw.product, flaw.release) for flaw in PACK.flaws)
    assert set(written) <= set(groups)
    for flaw in PACK.flaws:
        place = (flaw.flaw, flaw.product, flaw.release)
        if flaw.scheme != "windows" and place in written and flaw.flaw not in NVD_ONLY and flaw.sure:
            siblings = [other for other in PACK.flaws if (other.flaw, other.product, other.release) == place]
            assert flaws_audit.judge(flaw, siblings, written[place]).said in flaws_audit.STANDS, flaw
        assert flaw.sure is not flaw.source.endswith(("; not compared", "; not confirmed")), flaw


def test_with_the_feeds_every_sure_row_agrees():
    need("feeds/nvd-1.1")
    findings = flaws_audit.audit()
    assert not [item for item in findings if item.flaw.sure and item.said not in flaws_audit.STANDS]
    assert not [item for item in findings if item.flaw.sure and item.why not in item.flaw.source]
    # Decision 0012 tells these numbers too.
    assert Counter(item.said for item in findings) == {"agrees": 248, "within": 12, "differs": 27, "not covered": 32}
    assert Counter(item.flaw.confidence for item in findings) == {"high": 247, "medium": 48, "low": 24}


def test_exploited_and_ransomware_are_what_the_catalog_says():
    need("feeds/cisa-kev/known_exploited_vulnerabilities.json")
    catalog = flaws_audit.exploited()
    assert catalog is not None and len(catalog) > 1000 and any(catalog.values())
    assert flaws_audit.wrong_flags(PACK.flaws, catalog) == []
    assert flaws_audit.wrong_flags([row(flaw="CVE-2018-13379")], catalog) == ["CVE-2018-13379"]


def test_updates_of_windows_are_those_of_the_update_guide():
    need("feeds/wesng-msrc")
    made = windows_patches.repairs() | windows_patches.BY_HAND
    rows = [flaw for flaw in PACK.flaws if flaw.scheme == "windows"]
    assert len(rows) > 30
    for flaw in rows:
        assert {int(patch) for patch in flaw.patches} == made[flaw.flaw, flaw.product, flaw.release]
        assert flaw.confidence == windows_patches.confidence(flaw.flaw, flaw.product, flaw.release)


@pytest.mark.parametrize(
    ("flaw", "update"),
    [
        ("CVE-2021-34527", 4507458),  # of 2019; the guide names it anew for later flaws
        ("CVE-2021-34527", 5012170),  # only what Secure Boot may not start
        ("CVE-2019-0708", 4474419),  # only how signatures are read
        ("CVE-2017-0144", 4015380),  # Server 2008 before its updates held the earlier ones
    ],
)
def test_an_update_that_repairs_something_else_does_not_count(flaw: str, update: int) -> None:
    assert not [one for one in PACK.flaws if one.flaw == flaw and str(update) in one.patches]


def test_a_build_that_came_out_repaired_is_not_affected() -> None:
    assert not [one for one in PACK.flaws if one.flaw == "CVE-2021-34527" and one.release in ("19044", "19045")]


def test_end_dates_are_those_of_the_collections():
    need("feeds/endoflife")
    need("refdata/distro-info-data")
    made = making.made()
    kept = {(fact.product, fact.cycle, fact.edition): fact for fact in PACK.support}
    assert kept.keys() == made.keys()
    for place, fact in kept.items():
        want = making.with_confidence(made[place])
        days = tuple("" if value is None else str(value) for value in (fact.released, fact.ends, fact.extended_ends))
        assert (fact.label, *days, fact.source, fact.confidence) == (*want[3:7], want[8], want[9])
    assert Counter(fact.confidence for fact in PACK.support) == {"high": 671, "medium": 9}


@pytest.mark.parametrize(
    ("product", "version", "release", "flaw", "undecided"),
    [
        ("linux", "5.10.209-2", "debian 11", "CVE-2024-1086", None),
        ("linux", "5.10.209-1", "debian 11", "CVE-2024-1086", False),
        ("fortios", "5.4.12", "", "CVE-2018-13374", False),
        ("fortios", "5.6.8", "", "CVE-2018-13374", None),
        ("fortios", "6.0.17", "", "CVE-2024-21762", False),
        ("fortios", "6.0.18", "", "CVE-2024-21762", True),
        ("fortios", "6.2.10", "", "CVE-2021-44168", True),
        ("fortios", "6.2.9", "", "CVE-2021-44168", False),
        ("polkit", "0.112-18.el7_6.3", "rhel 7", "CVE-2021-4034", True),
        ("polkit", "0.112-18.el7", "rhel 7", "CVE-2021-4034", False),
        ("openssl", "1.0.0-27.el6", "rhel 6", "CVE-2014-0160", None),
        ("netscaler", "13.1-37.164", "", "CVE-2023-4966", True),
        ("netscaler", "13.1-48.47", "", "CVE-2023-4966", False),
        ("cisco-ios-xe", "17.10.1a", "", "CVE-2023-20198", False),
        ("cisco-ios-xe", "17.3.8a", "", "CVE-2023-20198", None),
        ("veeam", "12.0.0.1420", "", "CVE-2023-27532", True),
    ],
)
def test_corrected_rows(product, version, release, flaw, undecided):
    found = {match.flaw.flaw: match for match in PACK.flaws_of(product, version, release)}
    assert (found[flaw].undecided if flaw in found else None) is undecided


def test_no_version_falls_under_two_rows_of_a_flaw():
    for flaw in PACK.flaws:
        for point in (flaw.since, flaw.before):
            rows = [match for match in PACK.flaws_of(flaw.product, point, flaw.release) if match.flaw.flaw == flaw.flaw] if point else []
            assert len(rows) <= 1, (flaw.flaw, flaw.product, point)
