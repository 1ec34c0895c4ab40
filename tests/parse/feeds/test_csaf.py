"""CSAF 2.0: the tree, the statuses and the scores, whoever publishes it; wrong types lose only themselves."""

from __future__ import annotations

import copy
import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.facts import Affected
from omamori.parse.feeds.csaf import csaf_document, looks_like_csaf, published_by
from omamori.parse.feeds.documents import document_facts
from omamori.parse.feeds.interface import FeedError
from omamori.parse.feeds.json_document import document
from omamori.parse.feeds.product_names import generic_name

SAMPLE: dict[str, Any] = {
    "document": {
        "category": "csaf_security_advisory",
        "csaf_version": "2.0",
        "title": "A flaw in a gateway",
        "publisher": {"category": "vendor", "name": "Example Medical", "namespace": "https://example.invalid"},
        "notes": [{"category": "summary", "text": "A gateway can be entered."}],
        "references": [
            {"category": "self", "url": "https://example.invalid/ex-1.json"},
            {"category": "self", "url": "https://example.invalid/ex-1"},
        ],
        "aggregate_severity": {"text": "Critical"},
        "tracking": {"id": "EX-1", "initial_release_date": "2024-02-01T00:00:00Z", "current_release_date": "2024-03-05T00:00:00Z"},
    },
    "product_tree": {
        "branches": [
            {
                "category": "vendor",
                "name": "Example",
                "branches": [
                    {
                        "category": "product_name",
                        "name": "Gateway",
                        "branches": [
                            {"category": "product_version_range", "name": "vers:generic/>=2.0|<2.4", "product": {"product_id": "A", "name": "Gateway 2"}},
                            {"category": "product_version", "name": "2.4", "product": {"product_id": "B", "name": "Gateway 2.4"}},
                            {"category": "product_version_range", "name": "before the summer release", "product": {"product_id": "C", "name": "Gateway old"}},
                        ],
                    }
                ],
            }
        ],
        "full_product_names": [
            {"product_id": "D", "name": "Viewer 1.0", "product_identification_helper": {"cpe": "cpe:2.3:a:example:viewer:1.0:*:*:*:*:*:*:*"}}
        ],
        "relationships": [
            {
                "category": "installed_on",
                "product_reference": "D",
                "relates_to_product_reference": "B",
                "full_product_name": {"product_id": "E", "name": "Viewer on Gateway"},
            }
        ],
    },
    "vulnerabilities": [
        {
            "cve": "CVE-2024-0001",
            "product_status": {"known_affected": ["A", "C", "D"], "fixed": ["B"], "under_investigation": ["E"], "recommended": ["B"]},
            "scores": [{"cvss_v3": {"baseScore": 9.8, "baseSeverity": "CRITICAL", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}}],
            "remediations": [
                {"category": "vendor_fix", "details": "Install 2.4", "product_ids": ["A"]},
                {"category": "no_fix_planned", "details": "The viewer gets no repair", "product_ids": ["D"]},
            ],
        },
        {"notes": [{"category": "description", "text": "Without an identifier"}], "product_status": {"known_not_affected": ["A"]}},
    ],
}  # fmt: skip


def rows_of(value: Any) -> list[Affected]:
    found = csaf_document(value)
    return [one for one in document_facts(found, "example", generic_name, "EX-1") if isinstance(one, Affected)]


def test_the_document_says_who_when_and_how_grave():
    found = csaf_document(SAMPLE)
    assert (found.name, found.publisher, found.title, found.severity) == ("EX-1", "Example Medical", "A flaw in a gateway", "Critical")
    assert (found.published, found.modified, found.url) == (date(2024, 2, 1), date(2024, 3, 5), "https://example.invalid/ex-1")
    assert [(flaw.name, flaw.cvss) for flaw in found.flaws] == [("CVE-2024-0001", 9.8), ("", None)]
    assert found.items is not None and found.items["E"].part_of == "Gateway 2.4"


def test_every_status_becomes_what_it_says():
    rows = {(row.flaw, row.product, row.since, row.before, row.status): row for row in rows_of(SAMPLE)}
    assert set(rows) == {
        ("CVE-2024-0001", "Gateway", "2.0", "2.4", "affected"),
        ("CVE-2024-0001", "Gateway", "2.4", "2.4", "not_affected"),
        ("CVE-2024-0001", "Gateway", "", "", "undetermined"),
        ("CVE-2024-0001", "viewer", "1.0", "1.0", "no_fix"),
        ("CVE-2024-0001", "viewer", "1.0", "1.0", "undetermined"),
        ("EX-1", "Gateway", "2.0", "2.4", "not_affected"),
    }
    assert rows["CVE-2024-0001", "Gateway", "2.0", "2.4", "affected"].fixed == "2.4"
    unread = rows["CVE-2024-0001", "Gateway", "", "", "undetermined"]
    assert (unread.needs, unread.confidence) == ("Gateway old", "low")


@given(st.data())
def test_a_wrong_type_anywhere_loses_only_itself(data):
    """Any one value of the document is replaced by something else: the reader yields rows or says that the identifier is missing."""
    value = copy.deepcopy(SAMPLE)
    places = list(_places(value))
    holder, key = data.draw(st.sampled_from(places))
    holder[key] = data.draw(st.sampled_from([None, 1, 1.5, True, "x", [], {}, [[]], [{"name": 3}], {"text": []}]))
    try:
        rows = rows_of(value)
    except FeedError:
        assert value.get("document") != SAMPLE["document"]
    else:
        untouched = value["vulnerabilities"] == SAMPLE["vulnerabilities"] and value["product_tree"] == SAMPLE["product_tree"]
        assert not untouched or {row.flaw for row in rows} >= {"CVE-2024-0001"}


def _places(value: Any) -> Any:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield value, key
        yield from _places(inner)


def test_a_tree_deeper_than_any_publishers_ends():
    deep: dict[str, Any] = {"category": "product_name", "name": "x", "product": {"product_id": "A", "name": "x"}}
    for _ in range(500):
        deep = {"category": "product_family", "name": "y", "branches": [deep]}
    value = copy.deepcopy(SAMPLE)
    value["product_tree"]["branches"] = [deep]
    # A stays an identifier without a place in the tree: told with its own words.
    assert {row.status for row in rows_of(value) if row.product == "A"} == {"undetermined"}


@pytest.mark.parametrize("value", [{}, {"document": []}, {"document": {"tracking": {"id": " "}}}])
def test_without_an_identifier_there_is_no_advisory(value):
    with pytest.raises(FeedError, match=r"document\.tracking\.id"):
        csaf_document(value)


def test_it_is_known_by_its_beginning():
    assert looks_like_csaf(b"\xef\xbb\xbf" + json.dumps(SAMPLE).encode())
    assert not looks_like_csaf(b'{"document": 1}') and not looks_like_csaf(b"<csaf_version>")
    assert document(io.BytesIO(json.dumps(SAMPLE).encode())) == SAMPLE


def test_a_publisher_is_known_by_its_own_domain_not_by_who_is_mentioned():
    data = json.dumps(SAMPLE).replace('https://example.invalid"', 'https://psirt.example.com"').encode() + b"https://cisco.com/"
    assert published_by("example.com")("x", data)
    assert not published_by("cisco.com")("x", data) and not published_by("ample.com")("x", data)
