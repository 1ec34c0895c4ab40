from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.model.text import Text
from omamori.report.masking import Masker
from omamori.report.names import Names

NAMES = Names(
    {"tanaka": True, "karte": True, "karte-vendor": True, "Sato": False},
    frozenset({"田中", "Yamada"}),
    frozenset({"karte-db1", "田中PC", "KARTE-PC21"}),
)


def masked(text: str) -> str:
    return Masker(NAMES).text(text)


def test_the_same_person_is_the_same_letter_and_others_are_not() -> None:
    masker = Masker(NAMES)
    assert masker.text("tanaka:x:1000:1000::/home/tanaka") == "職員A:x:1000:1000::/home/職員A"
    assert masker.text(r"HOSP\sato, SATO と tanaka、田中") == r"HOSP\職員B, 職員B と 職員A、職員C"
    assert masker.both(Text("田中", "Yamada")) == Text("職員C", "staff D")
    assert (masker.persons, masker.replaced) == (4, 8)


def test_names_of_machines_keep_their_parts_but_not_a_persons_name() -> None:
    assert masked("karte-db1 karte karte-vendor KARTE-PC21 karte2") == "karte-db1 職員A 職員B KARTE-PC21 karte2"
    assert masked("田中PC") == "職員APC"


def test_a_machine_called_like_the_beginning_of_an_account_does_not_hide_it() -> None:
    names = Names({"karte-vendor": True, "pacs": True}, frozenset(), frozenset({"karte", "PACS"}))
    assert Masker(names).text("karte karte-vendor PACS pacs") == "karte 職員A PACS 職員B"


def test_what_no_table_knows_is_found_by_its_place() -> None:
    assert masked("taro:x:1001:1001:Taro Aoki,,,:/home/taro:/bin/bash") == "taro:x:1001:1001:職員A:/home/taro:/bin/bash"
    assert masked("FullName : Aoki Taro") == "FullName : 職員A"
    assert masked("フル ネーム   青木 太郎") == "フル ネーム   職員A"
    assert masked("aoki.taro@example.jp") == "職員A@example.jp"


def test_a_name_in_other_clothes_is_found() -> None:
    assert "tanaka" not in masked("t\x00a\x00n\x00a\x00k\x00a\x00")
    assert masked("ｔａｎａｋａ") == "職員A"
    assert masked("the account tana…") == "the account …"


@dataclass(frozen=True)
class Row:
    code: str
    words: str
    inner: tuple[Text, ...] = ()


def test_every_string_of_a_row_is_masked_but_those_that_are_ours() -> None:
    row = Masker(NAMES).value(Row("tanaka", "tanaka", (Text("田中", "tanaka"),)), frozenset({"code"}))
    assert row == Row("tanaka", "職員A", (Text("職員B", "staff A"),))


def test_with_names_nothing_changes() -> None:
    masker = Masker(None)
    assert masker.text("tanaka 田中 a@b.jp") == "tanaka 田中 a@b.jp" and masker.persons == 0


WORD = st.text(st.characters(whitelist_categories=("L", "N"), max_codepoint=0x9FFF), min_size=2, max_size=12).filter(
    lambda name: any(char.isalpha() for char in name) and not name.isdigit() and not {"職", "員"} & set(name)
)


# The letters of all scripts are gathered once, during the first draw.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(WORD, min_size=1, max_size=5, unique=True),
    st.lists(st.sampled_from([" ", ":", "\\", "/", ",", "\x00", "[", "'", "(?", "　"]), min_size=6, max_size=6),
)
def test_whatever_a_person_is_called_the_name_does_not_stay(names: list[str], between: list[str]) -> None:
    said = "".join(f"{mark}{name}" for mark, name in zip(between, names, strict=False)) + between[-1]
    result = Masker(Names({}, frozenset(names), frozenset())).text(said)
    for name in names:
        assert name not in result.replace("職員", "").replace("staff", "") or name in {"A", "B", "C", "D", "E"}


@given(st.text(max_size=60))
def test_any_text_can_be_masked_and_masking_again_finds_no_more_persons(text: str) -> None:
    masker = Masker(NAMES)
    once = masker.text(text)
    before = masker.persons
    masker.text(once)
    assert masker.persons == before
