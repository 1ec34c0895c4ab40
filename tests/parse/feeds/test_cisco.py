"""Cisco's trees in CSAF and CVRF, as they are served, and its names of products."""

from __future__ import annotations

import io

import pytest
from vuls_data import need

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected
from omamori.parse.feeds.cisco import FEEDS, name_in_words
from omamori.parse.feeds.registry import parser_of

CSAF, CVRF = FEEDS


def facts(path, parser):
    data = path.read_bytes()
    assert parser_of(path.name, data[:65536]) is parser
    return list(parser.read(io.BytesIO(data), path.name))


def rows(found):
    return {(one.flaw, one.product, one.since, one.before, one.status) for one in found if isinstance(one, Affected)}


def test_csaf_and_cvrf_of_one_advisory_say_the_same():
    """Eight flaws of SNMP in IOS, IOS XE and IOS XR. Where they differ, Cisco's own two files differ."""
    first = facts(need("fetch/cisco/csaf/testdata/fixtures/cisco-sa-snmp-dos-sdxnSUcW.json"), CSAF)
    second = facts(need("fetch/cisco/cvrf/testdata/fixtures/cisco-sa-snmp-dos-sdxnSUcW_cvrf.xml"), CVRF)
    for kind, attribute in ((Advisory, "title"), (Advisory, "published"), (Advisory, "cvss"), (AdvisoryFlaw, "flaw")):
        told = [{getattr(one, attribute) for one in found if isinstance(one, kind)} for found in (first, second)]
        assert told[0] == told[1] and told[0]
    ours, theirs = rows(first), rows(second)
    assert {one[1] for one in ours} == {"ios", "ios_xe", "ios_xr"}
    assert theirs < ours or theirs == ours
    assert len(ours) == 14678


def test_a_product_without_a_release_decides_nothing():
    found = facts(need("fetch/cisco/csaf/testdata/fixtures/cisco-sa-ios-xr-verii-bypass-HhPwQRvx.json"), CSAF)
    assert rows(found) == {("CVE-2025-20177", "ios_xr", "", "", "undetermined")}
    (row,) = [one for one in found if isinstance(one, Affected)]
    assert row.needs == "Cisco IOS XR Software"


@pytest.mark.parametrize(
    ("said", "product", "version", "sure"),
    [
        ("Cisco IOS 15.1(2)SY", "ios", "15.1(2)SY", True),
        ("Cisco IOS XE Software 3.10.1xcS", "ios_xe", "3.10.1xcS", True),
        ("Cisco NX-OS Software 7.0(3)I4(8z)", "nx-os", "7.0(3)I4(8z)", True),
        ("Cisco Adaptive Security Appliance (ASA) Software 9.16.4.14", "adaptive_security_appliance_software", "9.16.4.14", True),
        ("Cisco Secure Firewall Threat Defense (FTD) Software 7.4.2.1", "firepower_threat_defense", "7.4.2.1", True),
        ("Cisco Cyber Vision ", "cyber_vision", None, False),
    ],
)
def test_names_in_words(said, product, version, sure):
    named = name_in_words(said)
    assert named is not None
    assert (named.vendor, named.product, named.sure) == ("cisco", product, sure)
    assert [one.since for one in named.ranges or ()] == ([version] if version else [])


def test_no_name_is_no_product():
    assert name_in_words("NA") is None and name_in_words(" ") is None
