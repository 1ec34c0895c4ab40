"""The old NVD feeds: a small one of our own, the real ones, and damaged ones."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected, Broken
from omamori.parse.feeds.interface import AsOf, Item
from omamori.parse.feeds.nvd_11 import FEEDS, read, recognise
from omamori.parse.feeds.registry import parser_of

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds" / "nvd-1.1"


def item(flaw: str = "CVE-2021-0001", **more: Any) -> dict[str, Any]:
    return {
        "cve": {
            "CVE_data_meta": {"ID": flaw},
            "description": {"description_data": [{"lang": "en", "value": "Text."}]},
        },
        "configurations": {
            "nodes": [
                {
                    "operator": "AND",
                    "children": [
                        {
                            "operator": "OR",
                            "children": [],
                            "cpe_match": [{"vulnerable": True, "cpe23Uri": "cpe:2.3:o:v:p_firmware:1.0:*:*:*:*:*:*:*"}],
                        },
                        {
                            "operator": "OR",
                            "children": [],
                            "cpe_match": [{"vulnerable": False, "cpe23Uri": "cpe:2.3:h:v:p:-:*:*:*:*:*:*:*"}],
                        },
                    ],
                    "cpe_match": [],
                }
            ]
        },
        "impact": {"baseMetricV2": {"cvssV2": {"version": "2.0", "vectorString": "AV:L", "baseScore": 2.1}, "severity": "LOW"}},
        "publishedDate": "2021-06-09T20:15Z",
        "lastModifiedDate": "2021-06-28T18:03Z",
        **more,
    }


def feed(*items: Any, **more: Any) -> bytes:
    head = {"CVE_data_format": "MITRE", "CVE_data_numberOfCVEs": str(len(items)), "CVE_data_timestamp": "2021-09-10T07:00Z", **more}
    return json.dumps({**head, "CVE_Items": items}, indent=2).encode()


def taken(body: bytes) -> list[Item]:
    return list(read(io.BytesIO(body), "nvdcve-1.1-2021.json"))


def test_an_entry() -> None:
    assert taken(feed(item())) == [
        AsOf(date(2021, 9, 10)),
        Advisory(
            advisory="CVE-2021-0001",
            feed="nvd",
            summary="Text.",
            published=date(2021, 6, 9),
            modified=date(2021, 6, 28),
            severity="LOW",
            cvss=2.1,
            vector="CVSS:2.0/AV:L",
            url="https://nvd.nist.gov/vuln/detail/CVE-2021-0001",
            place="CVE_Items[0]",
        ),
        AdvisoryFlaw(advisory="CVE-2021-0001", feed="nvd", flaw="CVE-2021-0001"),
        Affected(
            flaw="CVE-2021-0001",
            advisory="CVE-2021-0001",
            feed="nvd",
            vendor="v",
            product="p_firmware",
            part="o",
            since="1.0",
            before="1.0",
            before_in=True,
            needs="h:v:p",
            place="CVE_Items[0]",
        ),
    ]


def test_a_bad_entry_costs_only_itself() -> None:
    found = taken(feed(item("CVE-2021-0001"), item("FG-1"), 7, item("CVE-2021-0002", configurations=[], impact=None)))
    assert [row.advisory for row in found if isinstance(row, Advisory)] == ["CVE-2021-0001", "CVE-2021-0002"]
    assert [row.place for row in found if isinstance(row, Broken)] == ["CVE_Items[1]", "CVE_Items[2]"]


def test_entries_that_are_missing_are_told() -> None:
    assert any(isinstance(row, Broken) and "says 9 entries, 1" in row.reason for row in taken(feed(item(), CVE_data_numberOfCVEs="9")))


def test_the_files_are_recognised() -> None:
    body = feed(item())
    assert parser_of("nvdcve-1.1-2021.json", body) == FEEDS[0]
    assert not recognise("nvdcve-1.1-2021.json", b'{"vulnerabilities": []}')


@given(st.binary(max_size=60), st.integers(0, 6000))
def test_damage_in_one_entry_leaves_the_others(damage: bytes, place: int) -> None:
    body = feed(*(item(f"CVE-2021-000{number}") for number in range(5)))
    beginning, end = body.index(b'"CVE-2021-0002"'), body.index(b'"CVE-2021-0003"')
    place = beginning + place % (end - 200 - beginning)
    found = taken(body[:place] + damage + body[place:])
    assert all(isinstance(row, Advisory | AdvisoryFlaw | Affected | Broken | AsOf) for row in found)
    kept = {row.advisory for row in found if isinstance(row, Advisory)}
    assert {"CVE-2021-0000", "CVE-2021-0004"} <= kept


def real(year: str) -> list[Item]:
    path = DATA / f"nvdcve-1.1-{year}.json.gz"
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    with gzip.open(path) as stream:
        return list(read(stream, path.name))


def test_a_real_year() -> None:
    """2003: counts taken with another reader (the json module and a walk over the nodes)."""
    path = DATA / "nvdcve-1.1-2003.json.gz"
    found = real("2003")
    with gzip.open(path) as stream:
        whole = json.load(stream)
    vulnerable = Counter(
        one["cve"]["CVE_data_meta"]["ID"] for one in whole["CVE_Items"] for _ in _vulnerable(one["configurations"]["nodes"])
    )
    assert Counter(type(row) for row in found) == {Advisory: 1550, AdvisoryFlaw: 1550, Affected: sum(vulnerable.values()), AsOf: 1}
    assert Counter(row.flaw for row in found if isinstance(row, Affected)) == vulnerable


def _vulnerable(nodes: list[dict[str, Any]]) -> list[str]:
    found = [match["cpe23Uri"] for one in nodes for match in one["cpe_match"] if match["vulnerable"]]
    return found + [name for one in nodes for name in _vulnerable(one["children"])]


@pytest.mark.system
def test_every_real_entry() -> None:
    """All of 2002 to 2018, 2021 and 2025: 147,917 entries; `recent` repeats some of them and holds 649 more."""
    paths = sorted(DATA.glob("nvdcve-1.1-2*.json.gz"))
    if not paths:
        pytest.skip(f"real captures are not here: {DATA}")
    counts: Counter[type] = Counter()
    flaws = set()
    for path in paths:
        with gzip.open(path) as stream:
            for row in read(stream, path.name):
                counts[type(row)] += 1
                if isinstance(row, Advisory):
                    flaws.add(row.advisory)
    assert len(flaws) == counts[Advisory] == counts[AdvisoryFlaw] == 147_917
    assert counts[Broken] == 0
    assert counts[Affected] > 1_300_000
