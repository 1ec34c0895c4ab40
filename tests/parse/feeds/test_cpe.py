"""CPE names in both forms, as NISTIR 7695 writes them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.feeds.cpe import LONGEST, NAMES, Cpe, CpeError, read_cpe

PAIRS = {
    # The formatted string and the URI of one name: NISTIR 7695, examples of sections 6.1.2.5 and 6.2.2.5.
    "internet-explorer": (
        "cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*",
        "cpe:/a:microsoft:internet_explorer:8.0.6001:beta",
        Cpe("a", "microsoft", "internet_explorer", "8.0.6001", "beta"),
    ),
    "wildcards": (
        "cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*",
        "cpe:/a:microsoft:internet_explorer:8.%02:sp%01",
        Cpe("a", "microsoft", "internet_explorer", "8.*", "sp?", wildcards=("version", "update")),
    ),
    "packed": (
        "cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:-:*:*:online:win2003:x64:*",
        "cpe:/a:hp:insight_diagnostics:7.4.0.1570:-:~~online~win2003~x64~",
        Cpe("a", "hp", "insight_diagnostics", "7.4.0.1570", "-", sw_edition="online", target_sw="win2003", target_hw="x64"),
    ),
    "escapes": (
        r"cpe:2.3:a:foo\\bar:big\$money:2010:*:*:*:special:ipod_touch:80gb:*",
        "cpe:/a:foo%5cbar:big%24money:2010:~~special~ipod_touch~80gb~".replace("2010:~", "2010::~"),
        Cpe("a", "foo\\bar", "big$money", "2010", sw_edition="special", target_sw="ipod_touch", target_hw="80gb"),
    ),
    "colon-inside": (
        r"cpe:2.3:a:vendor:name\:with\:colons:1.0:*:*:*:*:*:*:*",
        "cpe:/a:vendor:name%3awith%3acolons:1.0",
        Cpe("a", "vendor", "name:with:colons", "1.0"),
    ),
}


@pytest.mark.parametrize("name", sorted(PAIRS))
def test_both_forms_of_a_name_are_the_same_name(name: str) -> None:
    formatted, uri, expected = PAIRS[name]
    assert read_cpe(formatted) == expected
    assert read_cpe(uri) == expected


def test_names_as_the_nvd_writes_them() -> None:
    cisco = read_cpe(r"cpe:2.3:a:cisco:unified_contact_center_express:12.5\(1\):-:*:*:*:*:*:*")
    assert (cisco.version, cisco.update, cisco.wildcards) == ("12.5(1)", "-", ())
    assert read_cpe("cpe:2.3:a:intel:sgx_dcap:*:*:*:*:*:linux:*:*").target_sw == "linux"
    assert read_cpe("CPE:2.3:H:Dell:Alienware_M15:-:*:*:*:*:*:*:*") == Cpe("h", "dell", "alienware_m15", "-")
    assert read_cpe("cpe:/o:yamaha:rtx1200_firmware") == Cpe("o", "yamaha", "rtx1200_firmware")
    assert read_cpe("cpe:/a:jenkins:ci:2.1::~~lts~~~") == Cpe("a", "jenkins", "ci", "2.1", sw_edition="lts")


def test_an_escaped_asterisk_is_no_wildcard() -> None:
    found = read_cpe(r"cpe:2.3:a:vendor:a\*star:*:*:*:*:*:*:*:*")
    assert (found.product, found.wildcards) == ("a*star", ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected a CPE name"),
        ("7.0.1", "expected a CPE name"),
        ("cpe:2.3:a:vendor:product", "expected 11 attributes"),
        ("cpe:2.3:x:v:p:1:*:*:*:*:*:*:*", "expected the part a, o or h"),
        ("cpe:/a:v:p:1:u:e:l:more", "at most 7"),
        ("cpe:/a:v:p:1:u:~1~2~3~4~5~6:l", "at most 5"),
        ("cpe:/a:v:p%00", "printable"),
        ("cpe:2.3:a:" + "x" * LONGEST, "at most 2000 printable"),
    ],
    ids=["empty", "a-version", "short", "part", "components", "packed", "nul", "long"],
)
def test_what_is_no_name_is_refused(text: str, said: str) -> None:
    with pytest.raises(CpeError, match=said):
        read_cpe(text)


@given(st.text(max_size=80) | st.text(alphabet="cpe:/23.ahovr*?-~%01\\", max_size=60).map(lambda text: "cpe:2.3:" + text))
def test_no_text_raises_anything_else(text: str) -> None:
    with contextlib.suppress(CpeError):
        assert read_cpe(text).part in "aoh*-"


@given(
    st.lists(
        st.text(st.characters(codec="ascii", categories=["Ll", "Nd", "Po", "Sm", "Sc"]), min_size=1, max_size=9), min_size=2, max_size=9
    )
)
def test_what_is_escaped_comes_back(values: list[str]) -> None:
    escaped = ["".join(letter if letter.isalnum() else "\\" + letter for letter in value) for value in values]
    found = read_cpe(":".join(["cpe:2.3:a", *escaped, *["*"] * (10 - len(values))]))
    assert [getattr(found, name) for name in NAMES[1 : len(values) + 1]] == values
    assert not found.wildcards
