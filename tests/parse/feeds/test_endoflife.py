"""endoflife.date: its files and its API against each other, against the facts that ship inside, and against what can do harm."""

from __future__ import annotations

import io
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vuls_data import load, need

from omamori.knowledge.pack import starter_pack
from omamori.model.facts import Broken, EndDate
from omamori.parse.feeds.endoflife import FEEDS
from omamori.parse.feeds.interface import AsOf, FeedError
from omamori.parse.feeds.registry import parser_of

FILE, API = FEEDS
PRODUCTS = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds" / "endoflife" / "products"
SAMPLE = b"""---
title: Example OS
permalink: /example-os
releaseLabel: "__RELEASE_CYCLE__ (__CODENAME__)"
# a comment
releases:
  - releaseCycle: "3"
    codename: Ume
    releaseDate: 2026-01-01
    eol: false
    latest: "3.1"
    latestReleaseDate: 2026-02-02
  - releaseCycle: 2.10
    releaseLabel: Two
    releaseDate: 2024-01-01
    eol: 2026-06-30
    eoes: 2029-06-30
  - releaseDate: 2023-01-01
  - releaseCycle: "1"
    eol: true
---
# words
"""


def read(data: bytes, name: str = "products/example-os.md") -> list[Any]:
    return list(FILE.read(io.BytesIO(data), name))


def dates(found: list[Any]) -> dict[tuple[str, str, str], EndDate]:
    return {(one.product, one.cycle, one.edition): one for one in found if isinstance(one, EndDate)}


def test_a_file():
    found = read(SAMPLE)
    rows = dates(found)
    assert [(cycle, one.ends, one.extended_ends, one.ended) for (_, cycle, _), one in rows.items()] == [
        ("3", None, None, False),
        ("2.10", date(2026, 6, 30), date(2029, 6, 30), None),
        ("1", None, None, True),
    ]
    assert [one.label for one in rows.values()] == ["Example OS 3 (Ume)", "Example OS Two", "Example OS 1 ()"]
    assert {one.url for one in rows.values()} == {"https://endoflife.date/example-os"}
    assert [one.day for one in found if isinstance(one, AsOf)] == [date(2026, 2, 2)]
    assert [(one.place, one.file) for one in found if isinstance(one, Broken)] == [("releases[2]", "products/example-os.md")]


def test_the_dates_are_those_of_the_facts_that_ship_inside():
    """Both are made from the same files; those by hand and those of distro-info-data (Debian, Ubuntu) are told apart by their source."""
    if not PRODUCTS.is_dir():
        pytest.skip(f"the real captures are not here: {PRODUCTS} (OMAMORI_DATA names their folder)")
    found: list[Any] = []
    for path in sorted(PRODUCTS.glob("*.md")):
        data = path.read_bytes()
        assert parser_of(path.name, data[:65536]) is FILE, path
        found += read(data, path.name)
    rows = dates(found)
    assert len(rows) > 8000 and not [one for one in found if isinstance(one, Broken)]
    differ = set()
    for fact in starter_pack().support:
        if not fact.source.endswith("endoflife.date"):
            continue
        row = rows[fact.product, fact.cycle, fact.edition]
        assert row.ends == fact.ends, fact
        if (row.released, row.extended_ends) != (fact.released, fact.extended_ends):
            differ.add((fact.product, fact.cycle))
    # Written by hand there: the first day of the system instead of its last service pack's, and the paid extension of Windows 7.
    assert differ == {("windows", cycle) for cycle in ("2600", "xp", "7", "7601")} | {
        ("windows-server", cycle) for cycle in ("2003", "3790")
    }


def test_windows_has_its_editions():
    if not PRODUCTS.is_dir():
        pytest.skip(f"the real captures are not here: {PRODUCTS} (OMAMORI_DATA names their folder)")
    rows = dates(read((PRODUCTS / "windows.md").read_bytes()))
    told = {edition: rows["windows", "26100", edition].ends for edition in ("", "enterprise", "ltsc", "iot-ltsc")}
    assert told == {"": date(2026, 10, 13), "enterprise": date(2027, 10, 12), "ltsc": date(2029, 10, 9), "iot-ltsc": date(2034, 10, 10)}


def test_file_and_api_say_what_another_reader_found():
    full = need("fetch/endoflife-date/api/testdata/fixtures/happy/full").read_bytes()
    assert parser_of("full", full[:65536]) is API
    found = list(API.read(io.BytesIO(full), "full"))
    assert [one.day for one in found if isinstance(one, AsOf)] == [date(2025, 7, 2)]
    rows = dates(found)
    golden = load(need("fetch/endoflife-date/api/testdata/golden/windows.json"))
    files = {one["release_cycle"]: one for one in load(need("fetch/endoflife-date/products/testdata/golden/os/windows.json"))["releases"]}
    editions = {"w": "", "e": "enterprise", "e-lts": "ltsc", "iot-lts": "iot-ltsc"}
    compared = 0
    for one in golden["releases"]:
        name, _, edition = one["name"].partition("-")[2].partition("-")
        if one["name"].startswith(("10-", "11-")) and edition in editions:
            row = rows["windows", f"{one['name'][:2]}-{name}", editions[edition]]
            assert (str(row.ends), str(row.released), row.latest) == (one["eolFrom"], one["releaseDate"], one["latest"]["name"])
            assert str(row.ends) == str(files[one["name"]]["eol"])[:10]
            compared += 1
    assert compared > 20


def test_the_api_about_one_product():
    one = b"""{"schema_version": "1.2.0", "generated_at": "2026-03-04T00:00:00+00:00", "result": {"name": "php", "label": "PHP", "releases": [
    {"name": "8.4", "label": "8.4", "releaseDate": "2024-11-21", "isEol": false, "eolFrom": "2028-12-31", "isEoes": null, "latest": {"name": "8.4.1"}},
    {"name": 5, "isEol": true}, {"name": "4", "isEol": true, "eolFrom": null}]}}"""
    found = list(API.read(io.BytesIO(one), "php"))
    assert [(row.cycle, row.ends, row.ended) for row in dates(found).values()] == [("8.4", date(2028, 12, 31), None), ("4", None, True)]
    assert [row.place for row in found if isinstance(row, Broken)] == ["result.releases[1]"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "between --- lines"),
        (b"---\ntitle: x\n", "between --- lines"),
        (b"---\n- a\n---\n", "no keys"),
        (b"---\ntitle: [\n---\n", "not YAML"),
        (b"---\na: &x [1]\nb: *x\n---\n", "reference"),
        (b"---\na: " + b"[" * 500 + b"]" * 500 + b"\n---\n", "nested deeper"),
        (b"---\na: !!python/object/apply:os.system [id]\nreleases: 3\npermalink: /x\n---\n", "releases"),
        (b"---\ntitle: \xff\n---\n", "not UTF-8"),
        (b"---\npermalink: /../../x\nreleases: []\n---\n", "permalink"),
        (b"---\n" + b"x" * 3_000_000, "larger"),
    ],
)
def test_what_is_no_product_file_is_refused_in_one_line(data, said):
    with pytest.raises(FeedError, match=said) as raised:
        read(data)
    assert "\n" not in raised.value.text.en + raised.value.text.ja


@given(st.integers(0, len(SAMPLE)), st.binary(max_size=20))
def test_any_splice_is_read_or_refused(place, junk):
    try:
        found = read(SAMPLE[:place] + junk + SAMPLE[place:])
    except FeedError:
        return
    assert all(one.product and one.cycle for one in found if isinstance(one, EndDate))
