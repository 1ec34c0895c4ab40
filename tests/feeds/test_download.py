"""What the parsers name is fetched into a folder, one by one: what is fresh is left alone, what fails costs only itself."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.gate.test_https import BODY, Publisher, publishing

from omamori.feeds.download import FRESH_SECONDS, download_all, downloads_of
from omamori.model.text import Text
from omamori.parse.feeds.interface import FeedParser
from omamori.parse.feeds.registry import feed_parsers


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    (tmp_path / "server").mkdir()
    with publishing(tmp_path / "server") as found:
        yield found


def parsers(publisher: Publisher, *paths: str) -> list[FeedParser]:
    urls = tuple(f"{publisher.url}/{path}" for path in paths)
    return [
        FeedParser("nvd", form, Text("脆弱性", "flaws"), lambda name, start: True, lambda stream, name: iter(()), downloads=urls)
        for form in ("one", "two")
    ]


def test_each_file_is_fetched_once_fresh_ones_are_left_and_a_failure_costs_only_itself(publisher: Publisher, tmp_path: Path) -> None:
    wanted = downloads_of(parsers(publisher, "a.json.gz", "missing", "b.json?year=2026"), tmp_path / "in")
    assert [one.path.name for one in wanted] == ["a.json.gz", "missing", "b.json-year_2026"]
    heard: list[tuple[int, int]] = []
    said: list[str] = []

    def run() -> list[tuple[bool, bool]]:
        found = download_all(
            wanted,
            authorities=publisher.certificate,
            step=lambda text: said.append(text.en),
            progress=lambda done, total: heard.append((done, total)),
        )
        return [(one.fresh, one.error is not None) for one in found]

    assert run() == [(False, False), (False, True), (False, False)]
    assert (tmp_path / "in" / "nvd" / "a.json.gz").read_bytes() == BODY
    assert heard == [(1, 3), (2, 3), (3, 3)] and len(said) == 3
    assert run() == [(True, False), (False, True), (True, False)], "begun anew where it failed"
    old = time.time() - FRESH_SECONDS - 60
    os.utime(tmp_path / "in" / "nvd" / "a.json.gz", (old, old))
    assert run()[0] == (False, False)


@pytest.mark.parametrize("path", ["%2e%2e%2fetc%2fpasswd", "..", "a/b/", "%00x", "C%3A%5Cx", "x" * 300])
def test_no_address_leads_out_of_the_folder(publisher: Publisher, tmp_path: Path, path: str) -> None:
    (one,) = downloads_of(parsers(publisher, path), tmp_path / "in")
    assert one.path.parent == tmp_path / "in" / "nvd" and 0 < len(one.path.name) <= 120
    assert not set(one.path.name) & set('/\\:*?"<>|\0')


def test_all_that_the_feeds_name_is_https_and_each_file_has_a_name_of_its_own(tmp_path: Path) -> None:
    wanted = downloads_of(feed_parsers(), tmp_path)
    assert all(one.url.startswith("https://") for one in wanted)
    assert len({one.path for one in wanted}) == len(wanted)
