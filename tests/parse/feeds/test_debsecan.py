"""The list for debsecan: packed or plain, its flags, and what it cannot be read as."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.facts import Affected, Broken
from omamori.parse.feeds.debsecan import FEEDS, read, recognise
from omamori.parse.feeds.interface import FeedError
from omamori.parse.feeds.registry import parser_of

LIST = """VERSION 1
CVE-2024-0001,,a flaw, with a comma
CVE-2024-0002,,another

openssl,0,SM?F,3.1.0-1,3.0.11-1~deb12u2 3.0.9-1
sudo,1,S R ,,
libx,0,BL?F,1.2-1,9

openssl,libssl3 openssl

"""


def facts(text: str | bytes, name: str = "bookworm") -> list[Any]:
    return list(read(io.BytesIO(text.encode() if isinstance(text, str) else text), name))


@pytest.mark.parametrize("data", [LIST.encode(), zlib.compress(LIST.encode(), 9)], ids=["plain", "packed"])
def test_the_three_parts(data: bytes) -> None:
    assert recognise("bookworm", data) and parser_of("bookworm", data) is FEEDS[0]
    rows = facts(data)
    assert [(row.flaw, row.product, row.before, row.status, row.target, row.place) for row in rows if row.status != "not_affected"] == [
        ("CVE-2024-0001", "openssl", "3.1.0-1", "affected", None, "line 5"),
        ("CVE-2024-0002", "sudo", "", "no_fix", None, "line 6"),
        ("CVE-2024-0001", "libx", "1.2-1", "affected", "binary", "line 7"),
    ]
    spared = [(row.since, row.before, row.before_in) for row in rows if row.status == "not_affected"]
    assert spared == [("3.0.11-1~deb12u2", "3.0.11-1~deb12u2", True), ("3.0.9-1", "3.0.9-1", True)]
    assert {row.release for row in rows} == {"debian 12"}


def test_the_suite_is_in_the_name() -> None:
    assert {row.release for row in facts(LIST, "debsecan/trixie.txt")} == {"debian 13"}
    with pytest.raises(FeedError, match="name of the suite"):
        facts(LIST, "GENERIC")


@pytest.mark.parametrize("bad", ["VERSION 2\n", "", b"\x78\x9cbroken"], ids=["version", "empty", "damaged"])
def test_what_is_no_such_list(bad: str | bytes) -> None:
    assert not recognise("bookworm", bad.encode() if isinstance(bad, str) else bad)
    with pytest.raises(FeedError):
        facts(bad)


def test_a_bad_line_costs_only_itself() -> None:
    rows = facts(LIST.replace("sudo,1,S R ,,", "sudo,7,S R ,,\nsudo,1\nsudo,1,S R ,,"))
    assert [row.place for row in rows if isinstance(row, Broken)] == ["line 6", "line 7"]
    assert "sudo" in {row.product for row in rows if isinstance(row, Affected)}


@given(st.text(alphabet="abc0123456789,SBF \n.~", max_size=80))
def test_nothing_behind_the_beginning_can_stop_the_reading(rest: str) -> None:
    for row in facts("VERSION 1\nCVE-2024-0001,,a\n\n" + rest):
        assert isinstance(row, Affected | Broken)
