from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import starter_makers
from omamori.knowledge.facts import PackError
from omamori.knowledge.makers import read_makers
from omamori.knowledge.pack import starter_pack
from omamori.model.recognised import MACHINES

MAKERS = starter_pack().makers
LISTING = b"# as of 2026-01-02\n"


def small(*rows: tuple[str, str], kinds: tuple[tuple[str, str], ...] = (("printer", "ricoh|canon"), ("camera", "axis"))):
    told = [(2 + number, {"maker": maker, "prefixes": prefixes}) for number, (maker, prefixes) in enumerate(rows)]
    return read_makers(LISTING, told, [(2, {"kind": kind, "words": words}) for kind, words in kinds])


def test_the_longest_prefix_wins_and_a_nameless_block_is_nobodys() -> None:
    makers = small(("Big", "00aabb 10aabb"), ("Middle", "00aabb1"), ("Small", "00aabb123"), ("", "10aabb2"))
    assert makers.maker_of("00:AA:BB:12:34:56") == "Small"
    assert makers.maker_of("00-aa-bb-13-00-00") == "Middle"
    assert makers.maker_of("00aa.bb20.0000") == "Big"
    assert makers.maker_of("10:aa:bb:20:00:00") is None, "a part of the block went to somebody unnamed"
    assert makers.maker_of("10:aa:bb:30:00:00") == "Big"
    assert makers.as_of == date(2026, 1, 2)


@pytest.mark.parametrize(
    "mac", ["02:00:48:01:02:03", "01:00:48:01:02:03", "00:00:5e:00:01:0a", "00:00:0c:07:ac:01", "00:00:48:01:02", "", None]
)
def test_what_no_maker_gave_has_none(mac: str | None) -> None:
    assert MAKERS.maker_of(mac) is None


@given(st.text(max_size=30) | st.none())
def test_no_text_breaks_it(mac: str | None) -> None:
    MAKERS.maker_of(mac)


def test_a_maker_that_makes_little_else_tells_what_a_machine_usually_is() -> None:
    makers = small(("Axis Communications", "00aabb"), ("Praxis", "00aabc"), ("Ricoh Japan", "00aabd"))
    assert [makers.kind_of(name) for name in ("Axis Communications", "Praxis", "Ricoh Japan", "Dell", None)] == [
        "camera",
        None,
        "printer",
        None,
        None,
    ]
    assert MAKERS.virtual(MAKERS.maker_of("00:50:56:00:00:01")) and not MAKERS.virtual("RICOH")


def test_the_registry_inside_is_whole_and_small() -> None:
    assert MAKERS.maker_of("00:00:48:01:02:03") == "Seiko Epson"
    assert len(MAKERS.lines) > 20_000
    assert len({maker for maker, _ in MAKERS.lines}) == len(MAKERS.lines)
    assert {kind for kind, _ in MAKERS.kinds} <= {value.code for value in MACHINES}
    assert starter_makers.TARGET.stat().st_size < 1_000_000
    assert all(any(MAKERS.kind_of(maker) == kind for maker, _ in MAKERS.lines) for kind, _ in MAKERS.kinds)


def test_it_is_what_the_tool_makes_of_the_registry() -> None:
    folder = starter_makers.DATA / "refdata/ieee-data"
    if not folder.exists():
        pytest.skip(f"the real captures are not here: {folder} (OMAMORI_DATA names their folder)")
    by_prefix = dict(starter_makers.listed(folder))
    assert len(by_prefix) > 40_000
    for prefix, name in by_prefix.items():
        expected = None if name.lower() in starter_makers.NOBODY or int(prefix[:2], 16) & 3 else name
        mac = prefix + "f" * (12 - len(prefix))
        longer = any(mac[:length] in by_prefix for length in (7, 9) if length > len(prefix))
        assert longer or MAKERS.maker_of(mac) == expected


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Canon Inc.", "Canon"), ("Allied Telesis K.K.", "Allied Telesis"), ("HUAWEI TECHNOLOGIES CO.,LTD", "HUAWEI TECHNOLOGIES"),
        ("Co. Ltd", "Co"), ("A\tB\x1b  C", "A B C"), ("Inc", "Inc"),
    ],
)  # fmt: skip
def test_of_a_name_only_the_legal_form_is_left_out(name: str, kept: str) -> None:
    assert starter_makers.short(name) == kept


def test_a_file_that_cannot_be_read_is_told() -> None:
    with pytest.raises(PackError, match=r"makers\.csv: line 1"):
        read_makers(b"maker,prefixes\n", [], [])
    with pytest.raises(PackError, match=r"makers\.csv: line 7"):
        read_makers(LISTING, [(7, {"maker": "A", "prefixes": "00aabbc0"})], [])
    with pytest.raises(PackError, match=r"maker_kinds\.csv: line 3"):
        read_makers(LISTING, [], [(3, {"kind": "toaster", "words": "a"})])
