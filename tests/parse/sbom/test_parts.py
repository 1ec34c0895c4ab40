"""What both forms share."""

from __future__ import annotations

import pytest

from omamori.parse.sbom.parts import MOST, Part, cpe_in, lines_of, machine_in_comment, machine_in_name, of_nobody, parsed, purl_in, words


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


@pytest.mark.parametrize(
    ("name", "machine"),
    [
        ("machine=karte-srv@bom.json", "karte-srv"),
        ("vendor/machine=電カル01@a@b.json", "電カル01"),
        ("a.zip:in/machine=ct.example@bom.xml", "ct.example"),
        ("alpine@3.18.spdx.json", ""),
        ("machine=@bom.json", ""),
        ("machine=a@b/bom.json", ""),
        ("xmachine=a@bom.json", ""),
    ],
)
def test_a_file_may_be_named_after_the_machine_it_is_of(name, machine):
    assert machine_in_name(name) == machine
    found = parsed([Part("log4j-core", "2", None, None, None, 1)], "CycloneDX 1.5", "PACS 3", None, (), name)
    assert (found.rows[0].asset, found.looks[0].asset) == (machine or "*", machine or "*")
    assert found.claims == (((machine, (f"name:{machine.lower()}",)),) if machine else ())
    assert found.remarks == (() if machine else (of_nobody("PACS 3"),))


def test_the_name_of_the_file_counts_before_what_the_bill_says():
    assert parsed([], "CycloneDX 1.5", None, "made-up", (), "machine=ct@bom.json").looks[0].asset == "ct"
    assert machine_in_comment("Made by x. omamori:asset=ct-01") == "ct-01" and machine_in_comment("none") is machine_in_comment(5) is None
