"""One file of a vendor: facts and their day, damage told, and one line where nothing can be read."""

from __future__ import annotations

import io
import json

import pytest

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected, Broken
from omamori.parse.feeds.interface import AsOf, FeedError
from omamori.parse.feeds.product_names import generic_name
from omamori.parse.feeds.vendor_files import csaf_reader, cvrf_reader

CSAF = {
    "document": {"csaf_version": "2.0", "tracking": {"id": "EX-1", "current_release_date": "2024-03-05T00:00:00Z"}},
    "vulnerabilities": [{"cve": "CVE-2024-0001", "product_status": {"known_affected": ["A"]}}],
}
CVRF = b"""<cvrfdoc><DocumentTracking><Identification><ID>EX-2</ID></Identification></DocumentTracking>
<Vulnerability><CVE>CVE-2024-0002</Vulnerability>
<Vulnerability><CVE>CVE-2024-0003</CVE></Vulnerability></cvrfdoc>"""


def test_csaf():
    found = list(csaf_reader("ex", generic_name)(io.BytesIO(json.dumps(CSAF).encode()), "a.json"))
    assert [type(one) for one in found] == [AsOf, Advisory, AdvisoryFlaw, Affected]
    assert str(found[0].day) == "2024-03-05" and found[1].feed == found[3].feed == "ex"  # type: ignore[union-attr]


def test_cvrf_tells_what_is_damaged_and_keeps_the_rest():
    found = list(cvrf_reader("ex", generic_name)(io.BytesIO(CVRF), "a.xml"))
    assert [one for one in found if isinstance(one, Broken)] == [Broken(feed="ex", file="a.xml", place="line 2", reason="mismatched tag")]
    assert [one.flaw for one in found if isinstance(one, AdvisoryFlaw)] == ["CVE-2024-0003"]


@pytest.mark.parametrize("data", [b"", b"<html><body>", b"%PDF-1.7", CVRF[:30], b"<cvrfdoc/>"])
def test_what_is_no_advisory_is_refused_in_one_line(data):
    for reader in (csaf_reader("ex", generic_name), cvrf_reader("ex", generic_name)):
        with pytest.raises(FeedError) as raised:
            list(reader(io.BytesIO(data), "a"))
        assert "\n" not in raised.value.text.en and raised.value.text.ja
