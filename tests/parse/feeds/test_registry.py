"""Every feed's parser is found by itself, says who publishes it, and knows its own files from others'."""

from __future__ import annotations

from hospitals_feeds import feeds
from omamori.parse.feeds.registry import feed_parsers, parser_of

FEEDS = {
    "CVEs_20260531.csv": "microsoft",
    "known_exploited_vulnerabilities.json": "kev",
    "debian-tracker.json": "debian",
    "nvdcve-2.0-2023.json": "nvd",
    "epss_scores-2026-05-31.csv": "epss",
    "osv/UBUNTU-CVE-2021-3156.json": "osv",
}


def test_every_parser_has_a_name_for_people_and_a_day_after_which_it_is_old() -> None:
    parsers = feed_parsers()
    assert len({(parser.feed, parser.form) for parser in parsers}) == len(parsers) > 10
    for parser in parsers:
        assert parser.title.ja and parser.title.en, (parser.feed, parser.form)
        assert parser.best_before > 0, (parser.feed, parser.form)


def test_a_file_is_known_by_its_content_and_one_nobody_knows_is_nobodys() -> None:
    files = feeds()
    found = {name: parser_of(name, files[name][:65536]) for name in FEEDS}
    assert {name: parser.feed if parser else None for name, parser in found.items()} == FEEDS
    for beginning in (b"", b"\0" * 4096, b"{}", b"[]", b"<?xml version='1.0'?><a/>", b"a,b,c\n1,2,3\n", b"MZ\x90\0"):
        assert parser_of("something.bin", beginning) is None, beginning
