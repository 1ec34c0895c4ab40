"""One notice as rows about its products: CSAF, CVRF and JVN details, of vendors with known names and of any other."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vuls_data import need

from omamori.parse.feeds.interface import FeedError
from omamori.parse.feeds.notice import notice_kind, notice_rows

CSAF = {
    "document": {
        "csaf_version": "2.0",
        "title": "Pump",
        "publisher": {"name": "Example Medical"},
        "tracking": {"id": "EX-1", "initial_release_date": "2024-02-01"},
    },
    "product_tree": {
        "branches": [
            {"category": "vendor", "name": "Example", "branches": [
                {"category": "product_name", "name": "Pump", "branches": [
                    {"category": "product_version_range", "name": "<=2.1", "product": {"product_id": "A", "name": "Pump 2"}}]}]}
        ]
    },
    "vulnerabilities": [
        {"cve": "CVE-2024-0001", "product_status": {"known_affected": ["A"]}},
        {"cve": "CVE-2024-0002", "remediations": [{"category": "vendor_fix", "details": "Ask us"}]},
    ],
}  # fmt: skip


def test_any_vendors_notice_keeps_the_vendors_words():
    first, second = notice_rows(json.dumps(CSAF).encode(), "ex.json")
    assert (first.notice, first.publisher, first.vendor, first.product) == ("EX-1", "Example Medical", "Example", "Pump")
    assert (first.flaw, first.before, first.before_in, first.status, first.advice) == ("CVE-2024-0001", "2.1", True, "affected", "Ask us")
    # A flaw without products is told all the same.
    assert (second.flaw, second.product, second.status) == ("CVE-2024-0002", None, "undetermined")


@pytest.mark.parametrize(
    ("path", "notice", "row"),
    [
        ("extract/fortinet/csaf/testdata/fixtures/2024/FG-IR-24-385.json", "FG-IR-24-385",
         ("CVE-2025-22862", "fortinet", "fortios", "fortios", "7.4.0", "7.4.7", "affected", "7.4.8")),
        ("fetch/fortinet/cvrf/testdata/fixtures/FG-IR-23-392.xml", "FG-IR-23-392",
         ("CVE-2023-45585", "fortinet", "fortisiem", "dotted", "6.7.6", "6.7.6", "affected", None)),
        ("fetch/cisco/csaf/testdata/fixtures/cisco-sa-snmp-dos-sdxnSUcW.json", "cisco-sa-snmp-dos-sdxnSUcW",
         ("CVE-2025-20169", "cisco", "ios", "dotted", "12.2(33)SRE1", "12.2(33)SRE1", "affected", None)),
        ("fetch/jvn/feed/detail/testdata/fixtures/jvndb_detail_2021.rdf", "JVNDB-2021-005429",
         ("JVNDB-2021-005429", "apache", "log4j", "dotted", "2.13.0", "2.15.0", "affected", None)),
    ],
    ids=["fortinet csaf", "fortinet cvrf", "cisco csaf", "jvn"],
)  # fmt: skip
def test_notices_as_they_are_served(path, notice, row):
    file = need(path)
    rows = notice_rows(file.read_bytes(), file.name)
    assert {one.notice for one in rows} == {notice}
    told = {(one.flaw, one.vendor, one.product, one.scheme, one.since, one.before, one.status, one.fixed) for one in rows}
    assert row in told


def test_a_notice_without_products_has_one_row():
    file = need("fetch/jvn/feed/detail/testdata/fixtures/jvndb_detail_2022.rdf")
    rows = [one for one in notice_rows(file.read_bytes(), file.name) if one.notice == "JVNDB-2022-000001"]
    assert [(one.flaw, one.product, one.status, (one.title_ja or "")[:4]) for one in rows] == [
        ("CVE-2021-20877", None, "undetermined", "キヤノン")
    ]
    assert rows[0].advice_ja


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", "お知らせ".encode("cp932"), b'{"a": 1}', b"<html></html>", b'{"document": {"csaf_version": "2.0"}}',
                                  b"<VULDEF-Document>", b"<cvrfdoc>"])  # fmt: skip
def test_what_is_no_notice_is_refused_in_one_line(data):
    with pytest.raises(FeedError) as raised:
        notice_rows(data, "letter.pdf")
    assert "\n" not in raised.value.text.en + raised.value.text.ja


@given(st.binary(max_size=200), st.integers(0, 900))
def test_no_bytes_do_harm(junk, place):
    whole = json.dumps(CSAF).encode()
    for data in (junk, whole[:place], whole[:place] + junk + whole[place:]):
        with contextlib.suppress(FeedError):
            assert notice_rows(data, "x")


def test_kinds():
    assert notice_kind(json.dumps(CSAF).encode()) == "csaf"
    assert notice_kind(b"<cvrf:cvrfdoc>") == "cvrf" and notice_kind(b"<VULDEF-Document>") == "jvn" and notice_kind(b"") is None
