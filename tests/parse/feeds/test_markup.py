"""XML of publishers: records as a stream, damage told and gone behind, what can do harm refused."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.feeds import markup
from omamori.parse.feeds.interface import FeedError
from omamori.parse.feeds.markup import Damage, Node, records

WANTED = frozenset({"item"})
FIVE = b'<r xmlns:s="x">\n' + b"\n".join(b'<s:item n="%d"><b>t%d</b></s:item>' % (n, n) for n in range(5)) + b"\n</r>"


class Slow(io.BytesIO):
    """Gives a few bytes at a time, as a stream may."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 7, 7))


def read(data: bytes) -> list[Node | Damage]:
    return list(records(io.BytesIO(data), WANTED))


def numbers(found: list[Node | Damage]) -> list[str]:
    return [one.attributes["n"] for one in found if isinstance(one, Node)]


def test_records_come_with_their_lines_and_without_prefixes():
    found = read(FIVE)
    assert numbers(found) == list("01234")
    assert [(one.name, one.line, one.said("b")) for one in found if isinstance(one, Node)][2] == ("item", 4, "t2")
    assert numbers(list(records(Slow(FIVE), WANTED))) == list("01234")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (b"<b>&unknown;</b>", "undefined entity"),
        (b"<b>a & b</b>", "not well-formed (invalid token)"),
        (b"<b></c>", "mismatched tag"),
        (b"<b>\xff\xfe</b>", "not well-formed (invalid token)"),
        (b'<b a="1" a="2"/>', "duplicate attribute"),
        (b"<b>", "mismatched tag"),
    ],
)
@pytest.mark.parametrize("stream", [io.BytesIO, Slow], ids=["at once", "in pieces"])
def test_a_damaged_record_does_not_lose_the_others(bad, said, stream):
    data = FIVE.replace(b"<b>t2</b>", bad)
    found = list(records(stream(data), WANTED))
    assert numbers(found) == list("0134")
    assert [(one.line, one.said) for one in found if isinstance(one, Damage)] == [(4, said)]


def test_two_documents_one_after_the_other_are_both_read():
    assert numbers(read(FIVE + b"\n" + FIVE)) == list("0123401234")


@given(st.integers(1, len(FIVE) - 1))
def test_a_file_cut_off_keeps_what_is_whole_and_tells(length):
    cut = FIVE[:length]
    found = read(cut)
    assert numbers(found) == list("01234")[: cut.count(b"</s:item>")]
    assert any(isinstance(one, Damage) for one in found)


@pytest.mark.parametrize(
    "head",
    [
        b'<!DOCTYPE r [<!ENTITY a "b">]>',
        b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE r SYSTEM "http://example.invalid/x.dtd">',
        b"<!DOCTYPE r>",
        b'<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>',
    ],
)
def test_document_types_and_entities_are_refused(head):
    with pytest.raises(FeedError, match="document type or entities"):
        read(head + FIVE)


def test_deep_nesting_and_encodings_nobody_reads_are_refused():
    with pytest.raises(FeedError, match="nested too deep"):
        read(b"<a>" * 100_000)
    with pytest.raises(FeedError, match="unknown encoding"):
        read(b'<?xml version="1.0" encoding="nonsense"?>' + FIVE)
    with pytest.raises(FeedError, match="UTF-8"):
        read(b'<?xml version="1.0" encoding="Shift_JIS"?><r>' + "<item>日本</item></r>".encode("cp932"))


def test_utf_16_is_read_and_a_record_of_another_size_is_left_out(monkeypatch):
    assert numbers(read(('<?xml version="1.0" encoding="UTF-16"?>' + FIVE.decode()).encode("utf-16"))) == list("01234")
    monkeypatch.setattr(markup, "MAX_CHARS", 400)
    found = read(FIVE.replace(b"t2", b"x" * 5000))
    assert numbers(found) == list("0134")
    monkeypatch.setattr(markup, "MAX_NODES", 50)
    assert numbers(read(FIVE.replace(b"t2", b"<c/>" * 500))) == list("0134")


def test_a_tag_without_end_is_given_up():
    found = read(b'<r><item n="' + b"x" * (6 << 20) + b'"/><item n="1"/></r>')
    assert [one.said for one in found if isinstance(one, Damage)] == ["a record larger than any publisher's"]
    assert numbers(found) == ["1"]


@given(st.binary(max_size=300))
def test_no_bytes_do_harm(data):
    for beginning in (b"", b"<r>", FIVE[:-4]):
        with contextlib.suppress(FeedError):
            read(beginning + data)
