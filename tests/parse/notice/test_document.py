"""Notices that come as a file: any publisher's, damaged, hostile, as they are really served."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.interface import Context, EvidenceError
from omamori.parse.notice.document import MOST_ROWS, parse_notice
from omamori.parse.redact import redact_for
from omamori.parse.registry import RECOGNISE_BYTES, parsers, recognise

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds" / "vuls-data-update" / "fetch"
CONTEXT = Context("notice.csaf", seen=datetime(2026, 11, 1), received=datetime(2026, 11, 1), file_name="n.json")


def csaf(ranges=("<=2.1",), identifier="EX-1", released="2024-02-01", **document):
    products = [
        {"category": "product_version_range", "name": one, "product": {"product_id": str(at), "name": f"Pump {one}"}}
        for at, one in enumerate(ranges)
    ]
    named = {"category": "product_name", "name": "Pump", "branches": products}
    return {
        "document": {
            "csaf_version": "2.0", "title": "Pump", "publisher": {"name": "Example Medical"},
            "tracking": {"id": identifier, "initial_release_date": released}, **document,
        },
        "product_tree": {"branches": [{"category": "vendor", "name": "Example", "branches": [named]}]},
        "vulnerabilities": [{"cve": "CVE-2024-0001", "product_status": {"known_affected": [str(at) for at in range(len(ranges))]}}],
    }  # fmt: skip


def written(value):
    return json.dumps(value, ensure_ascii=False).encode()


def test_a_notice_becomes_rows_with_its_own_speaker_and_day():
    parsed = parse_notice(written(csaf()), CONTEXT)
    (row,) = parsed.rows
    assert (row.notice, row.publisher, row.vendor, row.product, row.before, row.before_in, row.flaw, row.published, row.evidence) == (
        "EX-1", "Example Medical", "Example", "Pump", "2.1", True, "CVE-2024-0001", date(2024, 2, 1), "1",
    )  # fmt: skip
    assert (parsed.speaker, parsed.said_on, parsed.problems) == ("Example Medical EX-1", date(2024, 2, 1), ())
    assert [(look.table, look.complete, look.asset) for look in parsed.looks] == [("published_notices", True, "*")]


def test_a_day_that_is_still_to_come_is_not_believed():
    assert parse_notice(written(csaf(released="2099-01-01")), CONTEXT).said_on is None


def test_a_notice_without_products_is_told_and_taken():
    value = csaf() | {"product_tree": {}, "vulnerabilities": [{"cve": "CVE-2024-0001"}]}
    parsed = parse_notice(written(value), CONTEXT)
    assert [(row.product, row.status) for row in parsed.rows] == [(None, "undetermined")]
    assert "no product" in parsed.problems[0].expected and parsed.problems[0].expected_ja


def test_more_rows_than_anybody_needs_leave_the_look_incomplete():
    parsed = parse_notice(written(csaf([f"<={at}.0" for at in range(MOST_ROWS + 1)])), CONTEXT)
    assert len(parsed.rows) == MOST_ROWS and not parsed.looks[0].complete and parsed.looks[0].needs


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[1]", written({"document": {"csaf_version": "2.0"}}), b'{"document": {"csaf_version": "2.0", ' + b"[" * 100_000,
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><cvrfdoc xmlns="http://www.icasi.org/CVRF/schema/cvrf/1.1">&a;</cvrfdoc>',
        b"<VULDEF-Document><Vulinfo>", b"\xff\xfe\x00",
    ],
    ids=["empty", "cut", "list", "no id", "deep", "entity", "cut jvn", "utf16"],
)  # fmt: skip
def test_what_is_no_notice_is_refused_in_both_languages(data):
    with pytest.raises(EvidenceError) as refused:
        parse_notice(data, CONTEXT)
    assert refused.value.text.ja and refused.value.text.en


def test_it_is_recognised_by_its_content_also_as_windows_writes_it():
    data = written(csaf())
    found = recognise(data[:RECOGNISE_BYTES], "any.txt")
    assert found is not None and found.kind == "notice.csaf"
    wide = b"\xff\xfe" + data.decode().encode("utf-16-le")
    assert recognise(wide[:RECOGNISE_BYTES], "any.txt") == found
    assert parse_notice(wide, CONTEXT).rows == parse_notice(data, CONTEXT).rows
    assert recognise(b'{"document": {}}', "csaf.json") is None


def test_what_is_stored_reads_the_same():
    value = csaf(notes=[{"category": "general", "text": "set the password: hunter2 and the community string"}])
    stored = redact_for(parsers()["notice.csaf"], written(value)).data
    assert parse_notice(stored, CONTEXT).rows == parse_notice(written(value), CONTEXT).rows
    assert b"hunter2" not in stored


@pytest.mark.parametrize(
    ("path", "kind", "least"),
    [
        ("fortinet/csaf/testdata/fixtures/happy/csaf_authenticated-heap-overflow-in-ssl-vpn-bookmarks.json", "notice.csaf", 100),
        ("fortinet/cvrf/testdata/fixtures/FG-IR-23-392.xml", "notice.cvrf", 20),
        ("cisco/csaf/testdata/fixtures/cisco-sa-ios-xr-verii-bypass-HhPwQRvx.json", "notice.csaf", 1),
        ("cisco/cvrf/testdata/fixtures/cisco-sa-ios-xr-verii-bypass-HhPwQRvx_cvrf.xml", "notice.cvrf", 1),
        ("jvn/feed/detail/testdata/fixtures/jvndb_detail_2022.rdf", "notice.jvn", 2),
        ("microsoft/csaf/testdata/fixtures/happy/2025/msrc_cve-2025-29795.json", "notice.csaf", 1),
    ],
    ids=["fortinet csaf", "fortinet cvrf", "cisco csaf", "cisco cvrf", "jvn", "microsoft csaf"],
)
def test_notices_as_they_are_served(path, kind, least):
    file = DATA / path
    if not file.exists():
        pytest.skip(f"the real captures are not here: {file} (OMAMORI_DATA names their folder)")
    data = file.read_bytes()
    found = recognise(data[:RECOGNISE_BYTES], file.name)
    assert found is not None and found.kind == kind
    parsed = found.parse(redact_for(found, data).data, replace(CONTEXT, kind=kind))
    assert len(parsed.rows) >= least and parsed.said_on is not None
    assert parsed.rows == found.parse(data, replace(CONTEXT, kind=kind)).rows


@given(st.integers(0, 600), st.binary(max_size=20))
def test_a_damaged_file_is_read_or_refused(place, junk):
    data = written(csaf())
    with contextlib.suppress(EvidenceError):
        for row in parse_notice(data[:place] + junk + data[place:], CONTEXT).rows:
            assert len(row.notice) <= 200 and len(row.product or "") <= 200
