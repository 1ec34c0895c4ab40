"""Programs matched with the real records of NVD (the newest of its old feeds), read by our own parser."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from omamori.model.derived import Asset
from omamori.model.facts import Advisory, Affected
from omamori.model.host import Host, Software
from omamori.parse.feeds import nvd_11

FILE = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds" / "nvd-1.1" / "nvdcve-1.1-recent.json.gz"


@pytest.fixture(scope="module")
def records():
    if not FILE.is_file():
        pytest.skip(f"the real captures are not here: {FILE} (OMAMORI_DATA names their folder)")
    with gzip.open(FILE) as stream:
        return [row for row in nvd_11.read(stream, FILE.name) if isinstance(row, Affected | Advisory)]


def judged(judge, records, *programs):
    rows = [Software(asset="w", name=name, version=version, publisher=who, manager="registry") for name, version, who in programs]
    host = [Asset(asset="w"), Host(asset="w", platform="windows")]
    return judge([*host, *rows], records, {"w": ("hosts", "software", "patches", "components")})[0]


def test_programs_against_real_records(judge, records):
    old = judged(judge, records, ("Google Chrome", "100.0.4896.60", "Google LLC"), ("Adobe Bridge 2025", "15.0.0", "Adobe Inc."))
    by_product = {product: [row for row in old if row.product == product] for product in ("chrome", "bridge")}
    assert by_product["chrome"] and by_product["bridge"]
    for row in old:
        assert not row.undecided and row.doubt is None and row.published is not None and row.title
        assert f"(nvd {row.fact.removeprefix('nvd ')})" in row.matched
    assert {row.confidence for row in by_product["chrome"]} == {"high"} and {row.confidence for row in by_product["bridge"]} == {"medium"}
    new = judged(judge, records, ("Google Chrome", "999.0", "Google LLC"), ("Adobe Bridge 2025", "999.0", "Adobe Inc."))
    assert [row for row in new if not row.undecided] == []


def test_a_weak_name_never_makes_a_certain_flaw_of_real_records(judge, records):
    products = sorted({(row.vendor, row.product) for row in records if isinstance(row, Affected) and row.part == "a"})
    assert len(products) > 15
    alike = [(product.replace("_", " ") + " Extras", "0.0.1", vendor) for vendor, product in products]
    strangers = [(product.replace("_", " "), "0.0.1", "Nobody In Particular") for _, product in products]
    found = judged(judge, records, *alike, *strangers)
    assert found, "some of them are alike enough to be asked about"
    certain = [row for row in found if not row.undecided]
    whole = {product for _, product in products}
    assert [row.matched for row in certain if "same spelling" not in row.matched and "table of names" not in row.matched] == []
    assert {row.product for row in certain} <= whole
