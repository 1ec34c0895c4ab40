"""The approval file: what a person may write, and how every mistake is told."""

from __future__ import annotations

from datetime import date, datetime
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.permission import Span
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.registry import recognise
from omamori.parse.scan.approval import parse, read_approval
from omamori.parse.scan.values import read_span

GOOD = """\
omamori_approval: 1
approved_by: 福井 太郎
position: 院長
approved_on: 2026-11-29
from: 2026-11-30 21:00
until: 2026-12-01 05:00
stop_contact: 内線 1234
profile: gentle
ranges:
  - 10.1.0.0/24
  - 10.2.0.10-20
excluded:
  - address: 10.1.0.99
medical:
  - address: 10.1.0.40
    name: CT操作卓
    maker: ○○メディカル
    consent: {who: "", on: "", paper: ""}
  - address: 10.1.0.41
    name: MR操作卓
    maker: ○○メディカル
    consent: {who: 保守部 田中, on: 2026-11-20, paper: 回答書 12号}
budget:
  connections_per_port: 2
  packets_per_second: 50
  minutes: 60
"""
CONTEXT = Context("scan.approval", datetime(2026, 12, 1), datetime(2026, 12, 1))


def _lines(text: str) -> list[tuple[int, str]]:
    _, mistakes = read_approval(text.encode())
    return [(one.line, one.text.en) for one in mistakes]


def test_what_a_person_filled_in_is_read() -> None:
    approval, mistakes = read_approval(GOOD.encode())
    assert approval is not None
    assert mistakes == ()
    assert (approval.since, approval.until) == (datetime(2026, 11, 30, 12, 0), datetime(2026, 11, 30, 20, 0))
    assert approval.approved_on == date(2026, 11, 29)
    assert [span.text for span, _ in approval.ranges] == ["10.1.0.0-10.1.0.255", "10.2.0.10-10.2.0.20"]
    assert [held.consent is not None for held in approval.medical] == [False, True]
    assert approval.os_detection is False
    assert approval.identifier == approval.digest[:12]


def test_it_becomes_a_row_with_what_is_excluded_and_who_agreed() -> None:
    parsed = parse(GOOD.encode(), CONTEXT)
    (row,) = parsed.rows
    assert (row.excluded, row.consented) == ("10.1.0.99 10.1.0.40", "10.1.0.41")
    assert (row.approved_by, row.profile, row.connections_per_port) == ("福井 太郎", "gentle", 2)
    assert (parsed.speaker, parsed.looks[0].asset) == (row.approval, "*")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_notepad_of_every_age_saves_it(encoding: str) -> None:
    data = GOOD.replace("\n", "\r\n").encode(encoding)
    approval, mistakes = read_approval(data)
    assert mistakes == ()
    assert approval is not None
    assert approval.position == "院長"
    parser = recognise(data, "x.txt")
    assert parser is not None
    assert parser.kind == "scan.approval"


def test_japanese_ways_to_write_days_and_figures_are_read() -> None:
    text = (
        GOOD.replace("2026-11-29", "2026年11月29日")
        .replace("from: 2026-11-30 21:00", "from: ２０２６/11/30　２１：００")
        .replace("50", "５０")
    )
    approval, mistakes = read_approval(text.encode())
    assert mistakes == ()
    assert approval is not None
    assert (approval.approved_on, approval.since.hour, approval.packets_per_second) == (date(2026, 11, 29), 12, 50)


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("omamori_approval: 1", "omamori_approval: 9", 1, "write 1"),
        ("approved_by: 福井 太郎", "approved_by:", 2, "is empty"),
        ("approved_by: 福井 太郎", "aproved_by: 福井", 2, 'no key "aproved_by"'),
        ("approved_on: 2026-11-29", "approved_on: 2026-02-30", 4, "is no day"),
        ("approved_on: 2026-11-29", "approved_on: 2026-12-24", 4, "after `from`"),
        ("from: 2026-11-30 21:00", "from: 2026-11-30", 5, "is no day and time"),
        ("until: 2026-12-01 05:00", "until: 2026-11-01 05:00", 6, "after `from`"),
        ("until: 2026-12-01 05:00", "until: 2027-12-01 05:00", 6, "within 31 days"),
        ("profile: gentle", "profile: vuln", 8, "write one of passive, gentle, servers"),
        ("  - 10.1.0.0/24", "  - 10.1.0.0/33", 10, "none of 10.1.0.11"),
        ("  - 10.1.0.0/24", "  - address: 10.1.0.0/24", 10, 'write it as "- 10.1.0.0/24"'),
        ("  - 10.2.0.10-20", "  - 10.2.0.20-10", 11, "none of 10.1.0.11"),
        ("  - address: 10.1.0.99", "  - 10.1.0.99", 13, 'write it as "- address: 10.1.0.11"'),
        ("  - address: 10.1.0.99", "  - addres: 10.1.0.99", 13, 'no key "addres"'),
        ('who: "", on', "who: 田中, on", 18, "fill in who, on (the day) and paper, or none"),
        ("  - address: 10.1.0.41", "  - address: 10.1.0.0/28", 19, "machine by machine"),
        ("connections_per_port: 2", "connections_per_port: 3", 24, "from 1 to 2"),
        ("packets_per_second: 50", "packets_per_second: 1e9", 25, "from 1 to 1000"),
        ("minutes: 60", "minutes: -1", 26, "from 1 to 1440"),
        ("ranges:\n  - 10.1.0.0/24\n  - 10.2.0.10-20", "ranges:", 9, "write what may be looked at"),
        ("ranges:\n  - 10.1.0.0/24\n  - 10.2.0.10-20", "ranges: 10.1.0.0/24", 9, 'beginning with "- "'),
        ("profile: gentle", "os_detection: maybe\nprofile: gentle", 8, "write yes or no"),
        ("profile: gentle", "dicom:\n  - {address: 10.1.0.3, port: 104, called_title: ＡＢＣあ}\nprofile: gentle", 9, "AE title"),
        ("profile: gentle", "dicom:\n  - {address: 10.1.0.0/24, port: 104, called_title: A}\nprofile: gentle", 9, "not one IP address"),
        ("profile: gentle", "servers:\n  - {}\nprofile: gentle", 9, "write an address or a name"),
    ],
)
def test_each_mistake_is_told_with_its_line(old: str, new: str, line: int, told: str) -> None:
    assert old in GOOD
    found = _lines(GOOD.replace(old, new, 1))
    assert any(number == line and told in words for number, words in found), found


def test_all_mistakes_are_told_at_once() -> None:
    text = GOOD.replace("position: 院長", "position:").replace("profile: gentle", "profile: x").replace("minutes: 60", "minutes: x")
    assert [line for line, _ in _lines(text)] == [3, 8, 26]
    with pytest.raises(EvidenceError) as raised:
        parse(text.encode(), CONTEXT)
    assert "line 8" in raised.value.text.en
    assert "8行目" in raised.value.text.ja


@pytest.mark.parametrize(
    "text", ["", "- a", "a: [", "omamori_approval：1", "x: *y", "\x00", "omamori_approval: 1\nomamori_approval: 1", "[" * 5000]
)
def test_what_is_no_approval_is_refused(text: str) -> None:
    _, mistakes = read_approval(text.encode())
    assert mistakes


def test_a_missing_key_is_told() -> None:
    for key in ("approved_by", "position", "approved_on", "from", "until", "stop_contact", "profile", "budget"):
        text = "\n".join(line for line in GOOD.splitlines() if not line.startswith(f"{key}:"))
        assert any(key in words or (key == "budget" and "minutes" in words) for _, words in _lines(text)) or key == "budget", key
        assert _lines(text), key


@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.text(max_size=6)), min_size=1, max_size=4))
def test_no_damage_breaks_it(changes: list[tuple[int, str]]) -> None:
    text = GOOD
    for place, words in changes:
        text = text[:place] + words + text[place + 3 :]
    approval, mistakes = read_approval(text.encode("utf-8", "replace"))
    assert approval is not None or mistakes


def test_spans() -> None:
    assert read_span("10.1.0.7/24") == Span(ip_address("10.1.0.0"), ip_address("10.1.0.255"), network=True)
    assert read_span("10.1.0.7") == Span(ip_address("10.1.0.7"), ip_address("10.1.0.7"))
    assert read_span("10.1.0.7 - 10.1.1.3") == Span(ip_address("10.1.0.7"), ip_address("10.1.1.3"))
    assert read_span("fd00:1::5") == Span(ip_address("fd00:1::5"), ip_address("fd00:1::5"))
    assert read_span("fd00:1::/120") == Span(ip_address("fd00:1::"), ip_address("fd00:1::ff"), network=True)
    for wrong in ("", "10.1", "10.1.0.7/", "10.1.0.7-fd00::1", "fe80::1%eth0", "10.1.0.07", "a" * 500, "10.1.0.1-300"):
        assert read_span(wrong) is None, wrong


@pytest.mark.parametrize("text", ["::ffff:10.1.0.99", "::ffff:10.1.0.0/120", "::ffff:10.1.0.1-::ffff:10.1.0.9"])
def test_an_ipv4_address_written_as_ipv6_leaves_nothing_out_and_is_a_mistake(text: str) -> None:
    assert read_span(text) is None
    assert _lines(GOOD.replace("- address: 10.1.0.99", f'- address: "{text}"'))
