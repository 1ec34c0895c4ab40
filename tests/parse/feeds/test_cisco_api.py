"""Cisco's list of advisories against the facts vuls-data-update took out of the same records."""

from __future__ import annotations

import io
import json
from typing import Any

from vuls_data import affected_of, content_of, flaws_of, goldens, load, need

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected, Broken
from omamori.parse.feeds.cisco_api import FEEDS, plain
from omamori.parse.feeds.interface import AsOf
from omamori.parse.feeds.registry import parser_of

(API,) = FEEDS


def read(*advisories: Any) -> list[Any]:
    return list(API.read(io.BytesIO(json.dumps({"advisories": list(advisories)}).encode()), "all.json"))


def same_form(version: str) -> str:
    """The CPE dictionary writes FTD 7.3.0 as 7.3.0.0; the device and Cisco's advisory say 7.3.0. In the dictionary letters are small."""
    parts = version.lower().split(".")
    return ".".join(parts[:3]) if len(parts) == 4 and parts[3] == "0" else version.lower()


def test_advisories_say_what_another_reader_found():
    expected = goldens("extract/cisco/json/testdata/golden/data")
    assert len(expected) == 3
    for name, golden in expected.items():
        found = read(load(next(need("extract/cisco/json/testdata/fixtures").rglob(f"{name}.json"))))
        said = content_of(golden)
        advisory = next(one for one in found if isinstance(one, Advisory))
        assert (advisory.advisory, advisory.title) == (name, said["title"])
        assert (str(advisory.published), str(advisory.modified)) == (said["published"][:10], said["modified"][:10])
        assert (advisory.severity, "<" in (advisory.summary or "")) == (said["severity"][0]["vendor"], False)
        assert [one.flaw for one in found if isinstance(one, AdvisoryFlaw)] == flaws_of(golden)
        ours = {
            (f"{one.vendor}:{one.product}", same_form(one.since)) for one in found if isinstance(one, Affected) and one.status == "affected"
        }
        assert ours == {(product, same_form(one.since)) for product, one in affected_of(golden)}


def test_products_without_a_release_stay_with_their_words():
    path = need("extract/cisco/json/testdata/fixtures/2025/cisco-sa-snort3-mime-vulns-tTL8PgVH.json")
    rows = [one for one in read(load(path)) if isinstance(one, Affected)]
    assert {one.needs for one in rows if one.status == "undetermined"} == {"Cisco Cyber Vision", "Cisco UTD SNORT IPS Engine Software"}
    # Two flaws and one list of releases: nothing says which has which.
    assert {one.confidence for one in rows if one.status == "affected"} == {"medium"}


def test_the_list_as_it_is_served():
    path = need("fetch/cisco/json/testdata/fixtures/all.json")
    data = path.read_bytes()
    assert parser_of("all.json", data[:65536]) is API
    found = list(API.read(io.BytesIO(data), "all.json"))
    names = [one.advisory for one in found if isinstance(one, Advisory)]
    assert names == ["cisco-sa-ios-xr-verii-bypass-HhPwQRvx", "cisco-sa-anyconnect-mac-priv-esc-VqST2nrT", "cisco-sa-snmp-dos-sdxnSUcW"]
    assert {one.product for one in found if isinstance(one, Affected)} == {"ios", "ios_xe", "ios_xr"}
    assert [str(one.day) for one in found if isinstance(one, AsOf)] and not [one for one in found if isinstance(one, Broken)]


def test_wrong_records_are_told_and_the_others_kept():
    good = {"advisoryId": "cisco-sa-1", "cves": ["CVE-2024-1111"], "productNames": ["Cisco IOS 15.1(2)SY", 3, None], "cvssBaseScore": "NA"}
    found = read(good, {**good, "advisoryId": None}, 7, {"advisoryId": "cisco-sa-2", "cves": "x", "productNames": {}, "cvssBaseScore": []})
    assert [one.place for one in found if isinstance(one, Broken)] == ["advisories[1]", "advisories[2]"]
    assert [one.advisory for one in found if isinstance(one, Advisory)] == ["cisco-sa-1", "cisco-sa-2"]
    assert [(one.flaw, one.since) for one in found if isinstance(one, Affected)] == [("CVE-2024-1111", "15.1(2)SY")]


def test_summaries_lose_their_markup():
    assert plain('<p>A &amp; <a href="x">B</a>&nbsp;&lt;c&gt;</p>\r\n') == "A & B <c>"
    assert plain("<" * 50_000) == "<" * 50_000
