"""ENISA's list of exploited flaws."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.facts import Broken, Exploited
from omamori.parse.feeds.interface import AsOf, Item
from omamori.parse.feeds.kev_enisa import FEEDS, read
from omamori.parse.feeds.registry import parser_of

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds" / "vuls-data-update"


def taken(value: Any) -> list[Item]:
    return list(read(io.BytesIO(json.dumps(value).encode()), "eukev.json"))


def test_an_entry() -> None:
    entry = {
        "cveID": "CVE-2024-9380",
        "euvdID": "EUVD-1",
        "vulnerabilityName": "-",
        "dateReported": "17/01/25",
        "exploitationType": "Ransomware",
    }
    assert taken([entry]) == [
        Exploited(flaw="CVE-2024-9380", feed="kev-enisa", ransomware=True, added=date(2025, 1, 17), place="[0]"),
        AsOf(date(2025, 1, 17)),
    ]


def test_what_is_not_said_stays_open() -> None:
    (found,) = taken([{"cveID": "CVE-2024-9380", "vulnerabilityName": "Name", "dateReported": "-", "exploitationType": "-"}])
    assert isinstance(found, Exploited)
    assert (found.name, found.ransomware, found.added) == ("Name", None, None)


def test_the_facts_vuls_data_update_expects() -> None:
    body, golden = (
        DATA / "fetch/enisa/kev/testdata/fixtures/happy/eukev.json",
        DATA / "extract/enisa/kev/testdata/golden/data/2024/EUVD-2024-49898.json",
    )
    if not body.exists() or not golden.exists():
        pytest.skip(f"real captures are not here: {body}")
    expected = json.loads(golden.read_bytes())
    reported = expected["advisories"][0]["content"]["kev"]["enisa"]["date_reported"]
    found = [row for row in read(io.BytesIO(body.read_bytes()), "eukev.json") if isinstance(row, Exploited)]
    assert [(row.flaw, row.added) for row in found] == [
        (expected["vulnerabilities"][0]["content"]["id"], date.fromisoformat(reported[:10]))
    ]
    assert parser_of("eukev.json", body.read_bytes()) == FEEDS[0]


def test_a_bad_entry_costs_only_itself() -> None:
    found = taken([{"cveID": "EUVD-1"}, {"cveID": "CVE-2024-9380"}])
    assert [type(row) for row in found] == [Broken, Exploited]


@given(st.binary(max_size=120))
def test_no_bytes_raise(body: bytes) -> None:
    assert all(isinstance(row, Exploited | Broken | AsOf) for row in read(io.BytesIO(body), "x"))
