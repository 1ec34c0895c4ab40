"""Palo Alto Networks' records: ranges, hot fixes of earlier maintenance releases, and records of other shapes."""

from __future__ import annotations

import copy
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.knowledge.version import compare
from omamori.model.facts import Advisory, AdvisoryFlaw, Affected
from omamori.parse.feeds.interface import AsOf, FeedError
from omamori.parse.feeds.paloalto import FEEDS
from omamori.parse.feeds.registry import parser_of

(RECORD,) = FEEDS
SAMPLE: dict[str, Any] = {
    "dataType": "CVE_RECORD",
    "dataVersion": "5.1",
    "cveMetadata": {"cveId": "CVE-2024-3400", "state": "PUBLISHED", "assignerShortName": "palo_alto", "datePublished": "2024-04-12T07:20:00.707Z",
                    "dateUpdated": "2024-05-03T00:00:00"},
    "containers": {"cna": {
        "title": "A flaw of PAN-OS",
        "descriptions": [{"lang": "en", "value": "Words"}],
        "solutions": [{"lang": "en", "value": "Install it"}],
        "metrics": [{"cvssV3_1": {"baseScore": 10, "baseSeverity": "CRITICAL", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"}}],
        "affected": [
            {"vendor": "Palo Alto Networks", "product": "PAN-OS", "versions": [
                {"version": "10.2", "status": "affected", "lessThan": "10.2.9-h1", "versionType": "custom",
                 "changes": [{"at": "10.2.9-h1", "status": "unaffected"}, {"at": "10.2.8-h3", "status": "unaffected"}]},
                {"version": "9.1.*", "status": "unaffected"},
                {"version": "8.1", "status": "affected", "lessThanOrEqual": "8.1.3"},
                {"version": "7.1.1", "status": "affected"},
                {"version": "summer", "status": "affected", "lessThan": "autumn"},
            ]},
            {"vendor": "Palo Alto Networks", "product": "Prisma Access", "versions": [{"version": "All", "status": "unaffected"}]},
        ],
    }},
}  # fmt: skip


def read(value: Any) -> list[Any]:
    return list(RECORD.read(io.BytesIO(json.dumps(value).encode()), "CVE-2024-3400.json"))


def test_a_record():
    found = read(SAMPLE)
    assert parser_of("CVE-2024-3400.json", json.dumps(SAMPLE).encode()) is RECORD
    (advisory,) = [one for one in found if isinstance(one, Advisory)]
    assert (advisory.advisory, advisory.cvss, advisory.severity, advisory.advice) == ("CVE-2024-3400", 10.0, "CRITICAL", "Install it")
    assert [str(one.day) for one in found if isinstance(one, AsOf)] == ["2024-05-03"]
    assert [one.flaw for one in found if isinstance(one, AdvisoryFlaw)] == ["CVE-2024-3400"]
    rows = {(one.product, one.since, one.before, one.before_in, one.status, one.fixed) for one in found if isinstance(one, Affected)}
    assert rows == {
        ("pan-os", "10.2", "10.2.9-h1", False, "affected", "10.2.9-h1"),
        ("pan-os", "10.2.8-h3", "10.2.9", False, "not_affected", None),
        ("pan-os", "9.1", "9.1", True, "not_affected", None),
        ("pan-os", "8.1", "8.1.3", True, "affected", None),
        ("pan-os", "7.1.1", "7.1.1", True, "affected", None),
        ("pan-os", "", "", False, "undetermined", None),
        ("prisma_access", "", "", False, "not_affected", None),
    }


@pytest.mark.parametrize(("version", "inside"), [("10.2.8-h3", True), ("10.2.8-h12", True), ("10.2.8-h2", False), ("10.2.9", False)])
def test_a_hot_fix_holds_for_its_maintenance_release(version, inside):
    (row,) = [one for one in read(SAMPLE) if isinstance(one, Affected) and one.since == "10.2.8-h3"]
    assert (compare("dotted", row.since, version) <= 0 < compare("dotted", row.before, version)) is inside


def test_a_rejected_record_is_withdrawn():
    value = copy.deepcopy(SAMPLE)
    value["cveMetadata"]["state"] = "REJECTED"
    assert [one.withdrawn for one in read(value) if isinstance(one, Advisory)] == [True]


def _places(value: Any) -> Any:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield value, key
        yield from _places(inner)


@given(st.data())
def test_a_wrong_type_anywhere_loses_only_itself(data):
    value = copy.deepcopy(SAMPLE)
    holder, key = data.draw(st.sampled_from(list(_places(value))))
    holder[key] = data.draw(st.sampled_from([None, 1, True, "x", [], {}, [[]], [{"value": 3}], -1e400]))
    try:
        found = read(value)
    except FeedError:
        assert value.get("cveMetadata") != SAMPLE["cveMetadata"]
    else:
        assert sum(isinstance(one, Advisory) for one in found) == 1


def test_what_is_no_record_is_refused():
    with pytest.raises(FeedError, match="cveId"):
        read({})
