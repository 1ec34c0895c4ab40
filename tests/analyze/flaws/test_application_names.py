"""Names of programs → CPE products: a golden file, and that a weak match never counts as certain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.flaws.application_names import Program, Spelled, by_spelling, identify, number_in, plain
from omamori.knowledge.pack import starter_pack

HERE = Path(__file__).parent
SPELLED = Spelled(
    [
        ("famatech", "advanced_ip_scanner"),
        ("adobe", "bridge"),
        ("eset", "internet_security"),
        ("dropbox", "dropbox"),
        ("softether", "vpn"),
        ("microsoft", "visual_c++"),
    ]
)
GOLDEN = [
    tuple(line.split("\t"))
    for line in (HERE / "data" / "names.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def told(name: str, version: str | None, publisher: str | None) -> str:
    known = identify(Program(name, version or None, publisher or None), starter_pack().applications, SPELLED)
    return " | ".join(f"{one.vendor}:{one.cpe} {one.version or '?'}; {one.confidence}; {one.doubt or '-'}" for one in known) or "-"


def test_every_name_of_the_golden_file():
    wrong = [(name, expected, told(name, version, publisher)) for name, version, publisher, expected in GOLDEN]
    assert [one for one in wrong if one[1] != one[2]] == []


def installed(value: Any) -> Iterator[tuple[str, str, str]]:
    """The lists of programs in the golden hospitals' descriptions."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "software" and isinstance(inner, list):
                yield from ((str(row[0]), str(row[1]), str(row[2])) for row in inner if isinstance(row, list) and len(row) > 2)
            yield from installed(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from installed(inner)


def test_the_golden_file_holds_every_program_of_the_golden_hospitals():
    files = sorted((HERE.parents[1] / "hospitals" / "source").glob("*windows.yaml"))
    names = {row for file in files for row in installed(yaml.safe_load(file.read_text(encoding="utf-8")))}
    assert len(names) > 10
    assert sorted(names - {(name, version, publisher) for name, version, publisher, _ in GOLDEN}) == []


@pytest.mark.parametrize(
    ("text", "number"), [("ad 6.2.3", "6.2.3"), ("5.9.3 (3169)", "5.9.3"), ("v2", "2"), (None, None), ("none", None)], ids=str
)
def test_the_number_in_a_version(text, number):
    assert number_in(text) == number


def test_plain_spelling():
    assert plain("Notepad++ (x64)") == "notepad++x64" == plain("ＮＯＴＥＰＡＤ++_x64")


WORDS = st.lists(
    st.sampled_from(["Advanced", "IP", "Scanner", "Adobe", "Bridge", "Visual", "C++", "VPN", "Client", "2.5", "(x64)", "電子"]),
    min_size=1,
    max_size=6,
)
PUBLISHERS = st.sampled_from(
    [None, "", "Famatech Corp.", "Adobe Inc.", "Adobe Systems", "Somebody", "Microsoft Corporation", "株式会社ソフト"]
)


@given(WORDS.map(" ".join), PUBLISHERS)
def test_a_weak_match_is_always_open(name, publisher):
    """Only where both the vendor and the product are spelled the same is a match not open."""
    for known in by_spelling(Program(name, "1.0", publisher), SPELLED):
        same = plain(known.vendor) in plain(publisher or "") and plain(known.cpe) in plain(name)
        assert (known.confidence, known.doubt) == ("low", "name") or (known.confidence == "medium" and same)


@given(st.text(max_size=250), st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_answered(name, version, publisher):
    identify(Program(name, version, publisher), starter_pack().applications, SPELLED)
