"""CVRF: parts as a stream, several flaws and scores, damage that loses one flaw."""

from __future__ import annotations

import contextlib
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.facts import Affected
from omamori.parse.feeds.cvrf import cvrf_document, looks_like_cvrf, read_cvrf
from omamori.parse.feeds.documents import document_facts
from omamori.parse.feeds.interface import FeedError
from omamori.parse.feeds.product_names import generic_name

SAMPLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<cvrfdoc xmlns="http://www.icasa.org/CVRF/schema/cvrf/1.1">
<DocumentTitle>Two flaws</DocumentTitle>
<DocumentPublisher Type="Vendor"><ContactDetails>psirt@cisco.com</ContactDetails></DocumentPublisher>
<DocumentTracking><Identification><ID>EX-2</ID></Identification><InitialReleaseDate>2024-02-01T00:00:00</InitialReleaseDate>
<CurrentReleaseDate>2024-02-03T00:00:00</CurrentReleaseDate></DocumentTracking>
<DocumentNotes><Note Title="Summary" Type="Summary">Words</Note><Note Title="Solutions">Install 3.1</Note></DocumentNotes>
<ProductTree>
<Branch Type="Vendor" Name="Example"><Branch Type="Product Name" Name="Recorder">
<Branch Type="Product Version" Name="3.0"><FullProductName ProductID="P1" CPE="cpe:/a:example:recorder:3.0">Recorder 3.0</FullProductName></Branch>
<Branch Type="Product Version" Name="3.1"><FullProductName ProductID="P2">Recorder 3.1</FullProductName></Branch>
</Branch></Branch>
<Relationship ProductReference="P1" RelatesToProductReference="P2" RelationType="Installed On"><FullProductName ProductID="P3">Both</FullProductName></Relationship>
</ProductTree>
<Vulnerability Ordinal="1"><CVE>CVE-2024-0002</CVE><CVE>CVE-2024-0003</CVE>
<ProductStatuses><Status Type="Known Affected"><ProductID>P1</ProductID></Status><Status Type="Fixed"><ProductID>P2</ProductID></Status></ProductStatuses>
<CVSSScoreSets><ScoreSetV2><BaseScoreV2>4.0</BaseScoreV2></ScoreSetV2></CVSSScoreSets></Vulnerability>
<Vulnerability Ordinal="2"><CVE>CVE-2024-0004</CVE>
<ProductStatuses><Status Type="Known Affected"><ProductID>P3</ProductID></Status></ProductStatuses>
<CVSSScoreSets><ScoreSet><BaseScore>7.1</BaseScore><Vector>AV:N/AC:L/Au:N/C:C/I:N/A:N</Vector></ScoreSet></CVSSScoreSets>
<Remediations><Remediation Type="None Available"><Description>None yet</Description><ProductID>P3</ProductID></Remediation></Remediations>
</Vulnerability></cvrfdoc>"""  # fmt: skip


def rows_of(data: bytes) -> list[Affected]:
    found = cvrf_document(read_cvrf(io.BytesIO(data)))
    return [one for one in document_facts(found, "example", generic_name, "EX-2") if isinstance(one, Affected)]


def test_the_document_says_who_and_when():
    found = cvrf_document(read_cvrf(io.BytesIO(SAMPLE)))
    assert (found.name, found.title, found.publisher, found.summary, found.advice) == ("EX-2", "Two flaws", "Cisco", "Words", "Install 3.1")
    assert (found.published, found.modified) == (date(2024, 2, 1), date(2024, 2, 3))
    assert [(flaw.name, flaw.cvss) for flaw in found.flaws] == [("CVE-2024-0002", 4.0), ("CVE-2024-0003", 4.0), ("CVE-2024-0004", 7.1)]


def test_every_flaw_of_an_element_gets_its_products():
    found = {(row.flaw, row.vendor, row.product, row.since, row.status, row.fixed) for row in rows_of(SAMPLE)}
    assert found == {
        ("CVE-2024-0002", "example", "recorder", "3.0", "affected", None),
        ("CVE-2024-0002", "Example", "Recorder", "3.1", "not_affected", None),
        ("CVE-2024-0003", "example", "recorder", "3.0", "affected", None),
        ("CVE-2024-0003", "Example", "Recorder", "3.1", "not_affected", None),
        ("CVE-2024-0004", "example", "recorder", "3.0", "no_fix", None),
    }


def test_a_damaged_flaw_loses_only_itself():
    read = read_cvrf(io.BytesIO(SAMPLE.replace(b"<CVE>CVE-2024-0002</CVE>", b"<CVE>CVE-2024-0002")))
    assert len(read.damaged) == 1
    assert [flaw.name for flaw in cvrf_document(read).flaws] == ["CVE-2024-0004"]


def test_without_an_identifier_there_is_no_advisory():
    with pytest.raises(FeedError, match="Identification"):
        cvrf_document(read_cvrf(io.BytesIO(SAMPLE.replace(b"EX-2", b""))))
    assert looks_like_cvrf(SAMPLE) and not looks_like_cvrf(b"<html>")


@given(st.integers(0, len(SAMPLE)), st.sampled_from([b"", b"<", b"&", b"</Vulnerability>", b"\xff", b"<Vulnerability>"]))
def test_any_cut_or_splice_is_read_or_refused(place, inserted):
    for data in (SAMPLE[:place], SAMPLE[:place] + inserted + SAMPLE[place:]):
        with contextlib.suppress(FeedError):
            assert all(row.flaw for row in rows_of(data))
