"""Ubuntu's flaws: every status as a fact, Ubuntu Pro apart, and records nobody can read."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.facts import Advisory, Affected, Broken
from omamori.parse.feeds.registry import parser_of
from omamori.parse.feeds.ubuntu import FEEDS, read


def facts(*statuses: Any, **more: Any) -> list[Any]:
    flaw = {"id": "CVE-2024-0001", "published": "2024-01-02T00:00:00", "cvss3": 7.5, "priority": "high", "description": "A flaw"} | more
    flaw.setdefault("packages", [{"name": "openssl", "statuses": list(statuses)}])
    data = json.dumps({"cves": [flaw], "total_results": 1}).encode()
    return list(read(io.BytesIO(data), "cves.json"))


def status(said: str, description: str = "", codename: str = "jammy", pocket: str = "security") -> dict[str, str]:
    return {"release_codename": codename, "status": said, "description": description, "pocket": pocket}


def test_a_repair() -> None:
    data = json.dumps({"cves": [{"id": "CVE-2024-0001", "packages": [{"name": "p", "statuses": [status("released", "1")]}]}]}).encode()
    assert parser_of("cves.json", data) is FEEDS[0]
    advisory, row = facts(status("released", "3.0.2-0ubuntu1.15"))
    assert (advisory.cvss, advisory.severity, advisory.published) == (7.5, "high", date(2024, 1, 2))
    assert (row.product, row.release, row.before, row.fixed, row.status) == (
        "openssl",
        "ubuntu 22.04",
        "3.0.2-0ubuntu1.15",
        "3.0.2-0ubuntu1.15",
        "affected",
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (status("needed"), ("no_fix", "needed")), (status("ignored", "end of life"), ("no_fix", "ignored: end of life")),
        (status("pending", "1.2"), ("no_fix", "pending: 1.2")), (status("not-affected", "code not present"), ("not_affected", None)),
        (status("needs-triage"), ("undetermined", None)),
    ],
    ids=["needed", "ignored", "pending", "not-affected", "untriaged"],
)  # fmt: skip
def test_what_stands_instead_of_a_repair(said: dict[str, str], expected: tuple[str, str | None]) -> None:
    _, row = facts(said)
    assert (row.status, row.note) == expected and row.undecided_if == ("esm" if row.status == "no_fix" else None)


def test_ubuntu_pro_is_a_release_of_its_own_and_others_are_none() -> None:
    rows = facts(status("released", "1.1-1+esm1", "bionic", "esm-infra"), status("DNE"), status("needed", "", "upstream"))
    assert [(row.release, row.fixed) for row in rows if isinstance(row, Affected)] == [("ubuntu pro 18.04", "1.1-1+esm1")]
    assert [type(row) for row in facts(status("needed"), status="rejected")] == [Advisory]


def test_what_nobody_knows_is_told() -> None:
    assert [row.place for row in facts(status("released", "soon"), status("perhaps")) if isinstance(row, Broken)] == [
        "CVE-2024-0001/openssl/ubuntu 22.04"
    ] * 2
    assert [type(row) for row in facts(id="USN-1")] == [Broken]


_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=4), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner)
)


@given(_JSON, _JSON)
def test_nothing_in_it_can_stop_the_reading(packages: Any, published: Any) -> None:
    for row in facts(packages=packages, published=published, cvss3=packages):
        assert isinstance(row, Advisory | Affected | Broken)
