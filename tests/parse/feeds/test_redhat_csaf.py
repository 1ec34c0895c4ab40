"""Red Hat's CSAF and VEX: sources of the main releases, streams of modules, and what has no repair."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected
from omamori.parse.feeds.interface import FeedError
from omamori.parse.feeds.redhat_csaf import FEEDS, read, recognise
from omamori.parse.feeds.registry import parser_of

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds/vunnel/rhel/test-fixtures/csaf"


def part(repository: str, package: str, stream: str = "") -> dict[str, Any]:
    name = {"AppStream": "Red Hat Enterprise Linux AppStream (v. 9)", "EUS": "Red Hat Enterprise Linux AppStream EUS (v.9.2)"}[repository]
    return {
        "full_product_name": {"name": f"{package} as a component of {name}", "product_id": f"{repository}:{package}{stream}"},
        "product_reference": package,
        "relates_to_product_reference": repository,
        "_name": name,
    }


def document(parts: list[dict[str, Any]], status: dict[str, list[str]], remediations: list[Any] = []) -> bytes:  # noqa: B006 - never changed
    names = {one["relates_to_product_reference"]: one["_name"] for one in parts}
    branches = [{"category": "product_name", "name": name, "product": {"name": name, "product_id": short}} for short, name in names.items()]
    branches += [
        {"category": "product_version", "name": one["product_reference"], "product": {"name": "p", "product_id": one["product_reference"]}}
        for one in parts
    ]
    said = {
        "document": {
            "csaf_version": "2.0", "title": "sudo security update", "publisher": {"name": "Red Hat Product Security"},
            "references": [{"category": "self", "url": "https://access.redhat.com/errata/RHSA-2024:0811"}],
            "tracking": {"id": "RHSA-2024:0811", "initial_release_date": "2024-02-13T16:04:00+00:00"},
        },
        "product_tree": {"branches": [{"category": "vendor", "name": "Red Hat", "branches": branches}], "relationships": parts},
        "vulnerabilities": [{"cve": "CVE-2023-28486", "product_status": status, "remediations": remediations}],
    }  # fmt: skip
    return json.dumps(said).encode()


def affected(data: bytes) -> list[Affected]:
    return [row for row in read(io.BytesIO(data), "x.json") if isinstance(row, Affected)]


def test_sources_of_main_releases_count() -> None:
    parts = [
        part("AppStream", "sudo-0:1.9.5p2-10.el9_3.src"),
        part("AppStream", "sudo-0:1.9.5p2-10.el9_3.x86_64"),
        part("EUS", "sudo-0:1.9.5p2-9.el9_2.2.src"),
    ]
    data = document(parts, {"fixed": [one["full_product_name"]["product_id"] for one in parts]})
    assert recognise("x.json", data) and parser_of("x.json", data) is FEEDS[0]
    (row,) = affected(data)
    assert (row.product, row.release, row.before, row.fixed, row.advisory) == (
        "sudo",
        "rhel 9",
        "1.9.5p2-10.el9_3",
        "1.9.5p2-10.el9_3",
        "RHSA-2024:0811",
    )
    others = [row for row in read(io.BytesIO(data), "x.json") if not isinstance(row, Affected)]
    assert [type(row) for row in others] == [Advisory, AdvisoryFlaw, Advisory]


@pytest.mark.parametrize("stream", ["::ruby:3.1", ".rpm-ruby:3.1"], ids=["now", "before"])
def test_a_module_is_named_with_its_stream(stream: str) -> None:
    one = part("AppStream", "ruby-3.1.4-142.module+el9+1+7d1e4a35.src", stream)
    (row,) = affected(document([one], {"fixed": [one["full_product_name"]["product_id"]]}))
    assert (row.product, row.needs, row.fixed) == ("ruby", "module ruby:3.1", "3.1.4-142.module+el9+1+7d1e4a35")


def test_what_has_no_repair() -> None:
    names = [f"red_hat_enterprise_linux_{number}:sudo" for number in (7, 8, 9)]
    status = {
        "known_affected": [names[0]],
        "known_not_affected": [names[1], "red_hat_enterprise_linux_8_eus:x:y"],
        "under_investigation": [names[2]],
    }
    rows = affected(document([], status, [{"category": "no_fix_planned", "details": "Will not fix", "product_ids": [names[0]]}]))
    assert [(row.release, row.status, row.note) for row in rows] == [
        ("rhel 7", "no_fix", "will not fix"), ("rhel 8", "not_affected", None), ("rhel 9", "undetermined", None),
    ]  # fmt: skip


@pytest.mark.parametrize("bad", [b"[]", b"{}", b"", b'{"document": {"csaf_version": "2.0"}}'])
def test_what_is_no_document_is_refused(bad: bytes) -> None:
    with pytest.raises(FeedError):
        affected(bad)


@pytest.mark.skipif(not DATA.exists(), reason="real captures are not here")
def test_real_advisories() -> None:
    """Facts read off the files themselves: vunnel keeps no snapshot of these."""
    found = {}
    for file in (*sorted((DATA / "advisories").glob("*.json")), DATA / "server" / "2024" / "rhsa-2024_0010.json"):
        data = file.read_bytes()
        assert parser_of(file.name, data[:65536]) is FEEDS[0]
        rows = affected(data)
        found[file.stem] = {(row.product, row.release, row.fixed, row.needs) for row in rows if row.product in ("sudo", "ruby", "tigervnc")}
        assert {row.release for row in rows} <= {"rhel 8", "rhel 9"}
    assert found == {
        "rhsa-2023_3821": {("ruby", "rhel 8", "2.7.8-139.module+el8.8.0+18745+f1bef313", "module ruby:2.7")},
        "rhsa-2023_7025": {("ruby", "rhel 8", "2.5.9-111.module+el8.9.0+19193+435404ae", "module ruby:2.5")},
        "rhsa-2024_0811": {("sudo", "rhel 9", "1.9.5p2-10.el9_3", None), ("sudo", "rhel 8", "1.9.5p2-1.el8_9", None)},
        "rhsa-2024_1431": {("ruby", "rhel 8", "3.1.4-142.module+el8.9.0+21471+7d1e4a35", "module ruby:3.1")},
        "rhsa-2024_0010": {("tigervnc", "rhel 9", "1.13.1-3.el9_3.3", None)},
    }
