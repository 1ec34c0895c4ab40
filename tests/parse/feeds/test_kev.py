"""CISA's catalogue: JSON and CSV say the same, and one bad entry costs only itself."""

from __future__ import annotations

import csv
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
from omamori.parse.feeds.interface import AsOf, FeedError, Item
from omamori.parse.feeds.kev import FEEDS, is_csv, is_json, read_csv, read_json
from omamori.parse.feeds.registry import parser_of

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds"
ENTRY = {
    "cveID": "CVE-2024-21762",
    "vendorProject": "Fortinet",
    "product": "FortiOS",
    "vulnerabilityName": "Fortinet FortiOS Out-of-Bound Write Vulnerability",
    "dateAdded": "2024-02-09",
    "shortDescription": "Text, with a comma.",
    "requiredAction": 'Apply "mitigations".',
    "dueDate": "2024-02-16",
    "knownRansomwareCampaignUse": "Known",
    "notes": "",
}
FACT = Exploited(
    flaw="CVE-2024-21762",
    feed="kev",
    name="Fortinet FortiOS Out-of-Bound Write Vulnerability",
    ransomware=True,
    added=date(2024, 2, 9),
    action='Apply "mitigations".',
    place="vulnerabilities[0]",
)


def real(name: str) -> bytes:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    return path.read_bytes()


def as_json(*entries: Any, **more: Any) -> bytes:
    return json.dumps({"dateReleased": "2024-02-09T00:00:00Z", **more, "vulnerabilities": entries}).encode()


def as_csv(*entries: dict[str, Any]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(ENTRY))
    writer.writeheader()
    writer.writerows(entries)
    return stream.getvalue().encode()


def from_json(body: bytes) -> list[Item]:
    return list(read_json(io.BytesIO(body), "kev.json"))


def from_csv(body: bytes) -> list[Item]:
    return list(read_csv(io.BytesIO(body), "kev.csv"))


def facts(found: list[Item]) -> dict[str, tuple[Any, ...]]:
    return {row.flaw: (row.name, row.ransomware, row.added, row.action) for row in found if isinstance(row, Exploited)}


def test_both_forms_of_an_entry() -> None:
    assert from_json(as_json(ENTRY)) == [AsOf(date(2024, 2, 9)), FACT]
    (fact, as_of) = from_csv(as_csv(ENTRY))
    assert isinstance(fact, Exploited)
    assert (facts([fact]), fact.place, as_of) == (facts([FACT]), "line 2", AsOf(date(2024, 2, 9)))


@pytest.mark.parametrize(
    ("said", "meant"), [("Known", True), ("Unknown", False), ("known", True), ("", None), (None, None), (1, None)], ids=str
)
def test_the_ransomware_flag(said: Any, meant: bool | None) -> None:
    (_, fact) = from_json(as_json({**ENTRY, "knownRansomwareCampaignUse": said}))
    assert isinstance(fact, Exploited)
    assert fact.ransomware is meant


def test_the_real_catalogue_says_the_same_in_both_forms() -> None:
    name = "cisa-kev/known_exploited_vulnerabilities"
    one, other = from_json(real(f"{name}.json")), from_csv(real(f"{name}.csv"))
    assert facts(one) == facts(other)
    assert len(facts(one)) == 1404
    assert sum(ransomware is True for _, ransomware, _, _ in facts(one).values()) == 293
    assert not any(isinstance(row, Broken) for row in (*one, *other))
    assert [row for row in (*one, *other) if isinstance(row, AsOf)] == [AsOf(date(2025, 8, 25))] * 2


def test_the_facts_vuls_data_update_expects() -> None:
    found = facts(from_json(real("vuls-data-update/fetch/cisa/kev/testdata/fixtures/known_exploited_vulnerabilities.json")))
    golden = json.loads(real("vuls-data-update/extract/cisa/kev/testdata/golden/data/2022/CVE-2022-21971.json"))
    (flaw,) = golden["vulnerabilities"]
    kev = flaw["content"]["kev"]
    # That sample was cut to one of its 801 entries, which its own count no longer says.
    assert found == {
        golden["id"]: (
            flaw["content"]["title"],
            kev["known_ransomware_campaign_use"] == "Known",
            date.fromisoformat(kev["date_added"][:10]),
            kev["required_action"],
        )
    }


def test_the_facts_vunnel_expects() -> None:
    found = facts(from_json(real("vunnel/kev/test-fixtures/valid-catalog-1.json")))
    snapshots = sorted((DATA / "vunnel/kev/test-fixtures/snapshots/valid-catalog-1").glob("*.json"))
    expected = {}
    for path in snapshots:
        item = json.loads(path.read_bytes())["item"]
        expected[item["cveID"]] = (
            item["vulnerabilityName"],
            item["knownRansomwareCampaignUse"] == "Known",
            date.fromisoformat(item["dateAdded"]),
            item["requiredAction"],
        )
    assert len(expected) == 3
    assert found == expected


@pytest.mark.parametrize(
    ("entry", "said"),
    [({**ENTRY, "cveID": "FG-1"}, "CVE identifier"), ({**ENTRY, "dateAdded": "soon"}, "a day")],
    ids=["identifier", "day"],
)
def test_a_bad_entry_costs_only_itself(entry: dict[str, Any], said: str) -> None:
    for found in (from_json(as_json(entry, ENTRY)), from_csv(as_csv(entry, ENTRY))):
        assert list(facts(found)) == ["CVE-2024-21762"]
        (told,) = (row for row in found if isinstance(row, Broken))
        assert said in told.reason


def test_values_that_are_no_objects_are_told() -> None:
    assert [type(row) for row in from_json(as_json(1, None))] == [AsOf, Broken, Broken]


def test_entries_that_are_missing_are_told() -> None:
    assert from_json(as_json(ENTRY, count=2))[-1] == Broken(
        feed="kev", file="kev.json", place="end", reason="the file says 2 entries, 1 were found"
    )


def test_a_row_with_other_columns_is_told() -> None:
    found = from_csv(as_csv(ENTRY) + b"CVE-2024-1,x\r\n")
    assert list(facts(found)) == ["CVE-2024-21762"]
    assert "expected 10 values, found 2" in [row.reason for row in found if isinstance(row, Broken)]


def test_a_file_without_its_columns_is_refused() -> None:
    with pytest.raises(FeedError, match="does not name its columns"):
        from_csv(b"a,b\r\n1,2\r\n")


def test_the_files_are_recognised() -> None:
    assert is_json("", as_json(ENTRY))
    assert is_csv("", b"\xef\xbb\xbf" + as_csv(ENTRY))
    for other in (b"", b"{}", b"cve,epss\n", b'[{"cveID": "x", "euvdID": "y", "vulnerabilities": 1}]'):
        assert not is_json("", other)
        assert not is_csv("", other)
    assert parser_of("kev.json", as_json(ENTRY)) == FEEDS[0]
    assert parser_of("kev.csv", as_csv(ENTRY)) == FEEDS[1]


@given(st.binary(max_size=120), st.integers(0, 400))
def test_damage_anywhere_raises_nothing(damage: bytes, place: int) -> None:
    for body, read in ((as_json(ENTRY, ENTRY), from_json), (as_csv(ENTRY, ENTRY), from_csv)):
        try:
            found = read(body[:place] + damage + body[place:])
        except FeedError:
            continue
        assert all(isinstance(row, Exploited | Broken | AsOf) for row in found)
