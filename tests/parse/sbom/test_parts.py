"""What both forms share."""

from __future__ import annotations

from omamori.parse.sbom.parts import MOST, Part, cpe_in, lines_of, parsed, purl_in, words


def test_only_what_is_one_is_taken_for_one():
    assert purl_in(" pkg:npm/a@1 ") == "pkg:npm/a@1"
    assert purl_in("pkg:npm") is purl_in(5) is purl_in("pkg:npm/a b") is None
    assert cpe_in("cpe:/a:acme:x:1") == "cpe:/a:acme:x:1"
    assert cpe_in("cpe:3:a") is cpe_in(None) is None
    assert words("a\x00b ") == "ab" and words("") is words(["x"]) is None and len(words("x" * 999)) == 300


def test_a_bill_too_long_is_cut_and_says_so():
    parts = [Part(str(number), None, None, None, None, number) for number in range(1, MOST + 3)]
    found = parsed(parts, "CycloneDX 1.5", None, None, (), "bom.json")
    assert len(found.rows) == MOST and not found.looks[0].complete and found.problems[0].line == MOST + 1
    assert found.rows[0].seen_in == "CycloneDX 1.5: bom.json" and found.speaker == "bom.json"


def test_the_first_line_of_a_value():
    assert lines_of('{\n"name": "a",\n "purl" : "pkg:npm/a",\n"name": "a"}', ("name", "purl")) == {"a": 2, "pkg:npm/a": 3}
