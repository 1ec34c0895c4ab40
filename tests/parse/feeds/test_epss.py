"""EPSS in every form it has had, and the broken ones."""

from __future__ import annotations

import gzip
import io
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.facts import Broken, Likelihood
from omamori.parse.feeds.epss import FEEDS, read, recognise
from omamori.parse.feeds.interface import AsOf, FeedError, Item
from omamori.parse.feeds.registry import parser_of

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds"
VULS, VUNNEL = "vuls-data-update/fetch/epss/testdata/fixtures", "vunnel/epss/test-fixtures"


def real(name: str) -> bytes:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def taken(body: bytes, name: str = "epss.csv") -> list[Item]:
    return list(read(io.BytesIO(body), name))


def facts(found: list[Item]) -> dict[str, tuple[float | None, float | None, date | None]]:
    return {row.flaw: (row.probability, row.percentile, row.as_of) for row in found if isinstance(row, Likelihood)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2021-04-14", {"CVE-2020-5902": (0.65117, None), "CVE-2018-19571": (0.04773, None)}),
        ("2021-09-01", {"CVE-2020-5902": (0.65117, 0.9981063485700858), "CVE-2018-19571": (0.04773, 0.8715910818693242)}),
        ("2022-02-04", {"CVE-2020-5902": (0.96817, 0.99999), "CVE-2018-19571": (0.17187, 0.93112)}),
        ("2023-03-07", {"CVE-2020-5902": (0.97567, 0.99995), "CVE-2018-19571": (0.00113, 0.43131)}),
    ],
    ids=str,
)
def test_every_form_over_the_years(name: str, expected: dict[str, tuple[float, float | None]]) -> None:
    body = real(f"{VULS}/epss_scores-{name}.csv.gz")
    found = taken(body, f"epss_scores-{name}.csv")
    day = date.fromisoformat(name)
    assert found[0] == AsOf(day)
    assert facts(found) == {flaw: (*values, day) for flaw, values in expected.items()}
    assert parser_of("x.csv", body[:65536]) == FEEDS[0]


def test_the_facts_vuls_data_update_expects() -> None:
    golden = json.loads(real("vuls-data-update/extract/epss/testdata/golden/data/2020/CVE-2020-5902.json"))
    epss = golden["vulnerabilities"][0]["content"]["epss"]
    found = facts(taken(real(f"{VULS}/epss_scores-2023-03-07.csv.gz")))
    assert found[golden["id"]] == (epss["epss"], epss["percentile"], date.fromisoformat(epss["score_date"][:10]))


def test_the_facts_vunnel_expects() -> None:
    found = facts(taken(real(f"{VUNNEL}/example-1.csv")))
    expected = {}
    for path in (DATA / VUNNEL / "snapshots/example-1").glob("*.json"):
        item = json.loads(path.read_bytes())["item"]
        expected[item["cve"]] = (item["epss"], item["percentile"], date.fromisoformat(item["date"]))
    assert len(expected) == 5
    assert found == expected


def test_a_file_without_a_day_is_taken_in_and_that_is_told() -> None:
    """Vunnel refuses this file. The figures are good without their day, so we take them and say that the day is not known."""
    found = taken(real(f"{VUNNEL}/missing-date.csv"))
    assert len(facts(found)) == 5
    assert {day for _, _, day in facts(found).values()} == {None}
    assert [row.reason for row in found if isinstance(row, Broken)] == ["expected score_date, or the day in the name"]


def test_columns_of_another_name_are_refused() -> None:
    body = real(f"{VUNNEL}/invalid-header.csv")
    with pytest.raises(FeedError, match="columns of EPSS"):
        taken(body)
    assert not recognise("x.csv", body)


@pytest.mark.parametrize("body", [b"", b"#model_version:v1,score_date:2024-01-01\n", b"\n\n"], ids=["empty", "comment", "blank"])
def test_a_file_without_columns_is_refused(body: bytes) -> None:
    with pytest.raises(FeedError):
        taken(body)


@pytest.mark.parametrize(
    "row",
    [
        b"CVE-2024-1111,1.5,0.1",
        b"CVE-2024-1111,nan,0.1",
        b"CVE-2024-1111,0.5",
        b"x,0.5,0.5",
        b"CVE-2024-1111,a,b",
        b"\xff,1,1",
        b"x" * 9000,
    ],
    ids=["over-one", "nan", "too-few", "identifier", "words", "bytes", "long"],
)
def test_a_bad_row_costs_only_itself(row: bytes) -> None:
    found = taken(
        b"\xef\xbb\xbf#model_version:v1,score_date:2024-01-01T00:00:00+0000\r\ncve,epss,percentile\r\n"
        + row
        + b"\r\nCVE-2024-2222,0.5,0.25\r\n"
    )
    assert facts(found) == {"CVE-2024-2222": (0.5, 0.25, date(2024, 1, 1))}
    assert [told.place for told in found if isinstance(told, Broken)] == ["line 3"]


@given(st.binary(max_size=120))
def test_no_bytes_raise(body: bytes) -> None:
    found = taken(b"cve,epss\n" + body)
    assert all(isinstance(row, Likelihood | Broken | AsOf) for row in found)
