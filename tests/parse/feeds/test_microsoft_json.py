"""CSAF, VEX and the API of Microsoft: as served, and with damage."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.facts import Advisory, Broken, Exploited, WindowsFix, WindowsReplaced
from omamori.parse.feeds.interface import AsOf, FeedError
from omamori.parse.feeds.microsoft_json import is_api, is_csaf, read_api, read_csaf
from omamori.parse.feeds.registry import parser_of

ROOT = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds" / "vuls-data-update" / "fetch" / "microsoft"
CSAF = {
    "document": {
        "csaf_version": "2.0",
        "title": "Windows Kerberos Security Feature Bypass Vulnerability",
        "publisher": {"contact_details": "secure@microsoft.com"},
        "tracking": {"initial_release_date": "2024-01-09T08:00:00.000Z", "current_release_date": "2024-02-13T08:00:00.000Z"},
    },
    "product_tree": {
        "branches": [
            {
                "category": "product_name",
                "name": "Windows 10 Version 22H2 for x64-based Systems",
                "branches": [
                    {"category": "product_version_range", "product": {"name": "… <10.0.19045.3930", "product_id": "1"}},
                ],
            }
        ]
    },
    "vulnerabilities": [
        {
            "cve": "CVE-2024-20674",
            "remediations": [
                {
                    "category": "vendor_fix",
                    "details": "10.0.19045.3930:Security Update:https://support.microsoft.com/help/5034122",
                    "product_ids": ["1"],
                },
                {"category": "none_available", "product_ids": ["1"]},
            ],
            "threats": [{"category": "exploit_status", "details": "Exploited:Yes;Latest Software Release:Exploitation Detected"}],
            "scores": [{"cvss_v3": {"baseScore": 8.8, "vectorString": "CVSS:3.1/AV:A"}}],
        }
    ],
}


def stream(value: Any) -> io.BytesIO:
    return io.BytesIO(json.dumps(value).encode())


def served(name: str) -> bytes:
    if not (ROOT / name).exists():
        pytest.skip(f"real captures are not here: {ROOT / name}")
    return (ROOT / name).read_bytes()


def test_an_update_and_its_build_out_of_csaf() -> None:
    found = list(read_csaf(stream(CSAF), "msrc_cve-2024-20674.json"))
    (fix,) = [row for row in found if isinstance(row, WindowsFix)]
    assert (fix.update, fix.build, fix.kind, fix.product) == (
        "5034122",
        "10.0.19045.3930",
        "Security Update",
        "Windows 10 Version 22H2 for x64-based Systems",
    )
    (advisory,) = [row for row in found if isinstance(row, Advisory)]
    assert (advisory.cvss, str(advisory.published), str(advisory.modified)) == (8.8, "2024-01-09", "2024-02-13")
    assert [row.flaw for row in found if isinstance(row, Exploited)] == ["CVE-2024-20674"]


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("csaf/testdata/fixtures/happy/2025/msrc_cve-2025-29806.json", "Microsoft Edge (Chromium-based)"),
        ("vex/testdata/fixtures/happy/2025/msrc_cve-2025-25186.json", None),
    ],
)
def test_csaf_and_vex_as_served(name: str, product: str | None) -> None:
    data = served(name)
    assert is_csaf(name, data[:65536])
    parser = parser_of(name, data[:65536])
    assert parser is not None and (parser.feed, parser.form) == ("microsoft", "csaf")
    found = list(read_csaf(io.BytesIO(data), name))
    fixes = [row for row in found if isinstance(row, WindowsFix)]
    # A browser's new version and a package of Azure Linux are no updates of Windows: kept, and never a match.
    assert fixes and all(row.update is None and row.build is None for row in fixes)
    assert product is None or {row.product for row in fixes} == {product}
    assert any(isinstance(row, AsOf) for row in found)


def test_deployments_as_served() -> None:
    data = served("deployment/testdata/fixtures/happy/0.json")
    assert is_api("0.json", data[:65536])
    parser = parser_of("0.json", data[:65536])
    assert parser is not None and (parser.feed, parser.form) == ("microsoft", "api")
    found = list(read_api(io.BytesIO(data), "0.json"))
    assert ("3147461", "Windows 10 for x64-based Systems") in {(row.update, row.product) for row in found if isinstance(row, WindowsFix)}
    assert ("3147461", "3140745") in {(row.update, row.replaces) for row in found if isinstance(row, WindowsReplaced)}


def test_an_affected_product_with_its_updates() -> None:
    article = {
        "articleName": "5034122",
        "fixedBuildNumber": "10.0.19045.3930",
        "supercedence": "5033372",
        "downloadName": "Security Update",
    }
    row = {"product": "Windows 10", "cveNumber": "CVE-2024-20674", "releaseDate": "2024-01-09T08:00:00Z", "kbArticles": [article]}
    found = list(read_api(stream({"value": [row, {"cveNumber": "CVE-2024-1"}]}), "page"))
    assert [(fix.flaw, fix.update, fix.build) for fix in found if isinstance(fix, WindowsFix)] == [
        ("CVE-2024-20674", "5034122", "10.0.19045.3930")
    ]
    assert [row.place for row in found if isinstance(row, Broken)] == ["value[1]"]


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b"\xff\xfe"], ids=["empty", "cut", "deep", "bytes"])
def test_what_is_no_json_is_told(data: bytes) -> None:
    for read in (read_api, read_csaf):
        with pytest.raises(FeedError, match="JSON"):
            list(read(io.BytesIO(data), "x"))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("cve", "value", "product_ids", "branches")), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(json_values, st.sampled_from(("document", "product_tree", "vulnerabilities", "value")))
def test_any_shape_is_read_without_failing(value: Any, at: str) -> None:
    assert list(read_csaf(stream({**CSAF, at: value}), "x")) is not None
    assert list(read_api(stream({at: value}), "x")) is not None
