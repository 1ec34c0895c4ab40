"""The walk through a scan file: what is refused, and how it goes on behind damaged places."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from omamori.parse.interface import EvidenceError
from omamori.parse.nmap.walk import MAX_RESTARTS, walk


class Heard:
    """Keeps what was told."""

    def __init__(self) -> None:
        self.starts: list[tuple[str, int]] = []
        self.places: list[tuple[int, bool]] = []
        self.words = ""
        self.where: Callable[[], int] = int

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.starts.append((attributes.get("n", name), self.where()))

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        self.words += text

    def broken(self, line: int, said: str, *, cut_off: bool) -> None:
        self.places.append((line, cut_off))


def _heard(data: bytes) -> Heard:
    heard = Heard()
    walk(data, heard)
    return heard


def test_nmaps_own_document_type_is_accepted() -> None:
    for doctype in (
        b"<!DOCTYPE nmaprun>",
        b'<!DOCTYPE nmaprun PUBLIC "-//IDN nmap.org//DTD Nmap XML 1.04//EN" "https://svn.nmap.org/nmap/docs/nmap.dtd">',
    ):
        heard = _heard(b'<?xml version="1.0"?>\n' + doctype + b"\n<nmaprun>\n<host/></nmaprun>")
        assert heard.starts == [("nmaprun", 3), ("host", 4)]
        assert heard.places == []


@pytest.mark.parametrize(
    ("prolog", "said"),
    [
        (b'<!DOCTYPE nmaprun [<!ENTITY a "b">]>', "document type of its own"),
        (b'<!DOCTYPE nmaprun [<!ENTITY % a SYSTEM "http://203.0.113.1/x">%a;]>', "document type of its own"),
        (b"<!DOCTYPE nmaprun [<!ELEMENT nmaprun ANY>]>", "document type of its own"),
        (b"<!DOCTYPE other>", "document type of its own"),
        (b'<!DOCTYPE lolz [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">]>', "document type of its own"),
    ],
)
def test_entities_and_other_document_types_are_refused_with_the_reason(prolog: bytes, said: str) -> None:
    for data in (prolog + b"<nmaprun/>", b"<nmaprun></nmaprun>" + b'<?xml version="1.0"?>' + prolog + b"<nmaprun/>"):
        with pytest.raises(EvidenceError, match=said) as error:
            _heard(data)
        assert "nmap" in error.value.text.ja


def test_nothing_is_fetched_and_no_entity_grows() -> None:
    heard = _heard(b'<!DOCTYPE nmaprun SYSTEM "file:///etc/passwd"><nmaprun><elem>&unknown;x</elem></nmaprun>')
    assert heard.words == "x"


def test_documents_one_after_the_other_keep_their_lines() -> None:
    one = b'<?xml version="1.0"?>\n<nmaprun>\n<host n="a"/>\n</nmaprun>\n'
    heard = _heard(one + one.replace(b'"a"', b'"b"') + b"<nmaprun>\n<host n='c'/></nmaprun>")
    assert [place for place in heard.starts if place[0] in "abc"] == [("a", 3), ("b", 7), ("c", 10)]
    assert heard.places == []


def test_goes_on_behind_a_damaged_place() -> None:
    heard = _heard(b'<nmaprun>\n<host n="a">\n<p <<\n</host>\n<host n="b"/>\n<host n="c" x=/>\n<host n="d"/></nmaprun>')
    assert [name for name, _ in heard.starts] == ["nmaprun", "a", "b", "d"]
    assert heard.starts[-1] == ("d", 7)
    assert heard.places == [(3, False), (6, False)]


@pytest.mark.parametrize(
    "data", [b"<nmaprun><host n='a'>", b"<nmaprun><host n='a'><port", b"<nmaprun><host n='a'><port x='", b"<nmaprun><host n='a'/>\xe6"]
)
def test_an_end_in_the_middle_is_told_as_such(data: bytes) -> None:
    heard = _heard(data)
    assert heard.starts[:2] == [("nmaprun", 1), ("a", 1)]
    assert heard.places == [(1, True)]


def test_an_interrupted_run_before_a_whole_one() -> None:
    heard = _heard(b'<nmaprun>\n<host n="a">\n<?xml version="1.0"?>\n<nmaprun>\n<host n="b"/></nmaprun>')
    assert [name for name, _ in heard.starts] == ["nmaprun", "a", "nmaprun", "b"]
    assert len(heard.places) == 1


def test_endless_damage_and_nesting_end() -> None:
    heard = _heard(b"<nmaprun>" + b"<host <" * (MAX_RESTARTS * 3))
    assert len(heard.places) == MAX_RESTARTS + 1
    with pytest.raises(EvidenceError, match="nested too deep"):
        _heard(b"<nmaprun>" + b"<a>" * 100_000)


def test_an_encoding_nobody_knows_is_told() -> None:
    heard = _heard(b'<?xml version="1.0" encoding="x-unknown"?><nmaprun><host n="a"/></nmaprun>')
    assert heard.places[0][0] == 1
