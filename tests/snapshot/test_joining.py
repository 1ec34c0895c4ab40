from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from omamori.snapshot.joining import components, lent_hardware


def look(names: str, hardware: str) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(names.split()), frozenset(hardware.split())


def test_things_are_joined_through_others() -> None:
    words = ["ab", "cd", "bc", "xy", "z"]
    assert components(words, lambda word: word) == [["ab", "cd", "bc"], ["xy"], ["z"]]
    assert components([], lambda word: word) == []


def test_what_two_machines_share_is_lent() -> None:
    assert lent_hardware([look("a", "w1 dock"), look("b", "w2 dock")]) == {"dock"}
    assert lent_hardware([look("a", "w1"), look("a", "w1 dock"), look("b", "w2"), look("b", "w2 dock")]) == {"dock"}
    assert lent_hardware([look("a", "uuid1 dock"), look("b", "uuid2 dock")]) == {"dock"}


def test_what_one_machine_keeps_is_its_own() -> None:
    assert not lent_hardware([look("old", "card"), look("new", "card")])
    assert not lent_hardware([look("old", "card wlan dock1"), look("new", "card wlan dock2")])
    assert not lent_hardware([look("long-name long-na", "card dock"), look("long-name", "card wlan")])
    assert not lent_hardware([look("", "w1 dock"), look("b", "w2 dock")])


def test_what_very_many_have_is_lent() -> None:
    assert not lent_hardware([look(f"pc{number}", "card") for number in range(8)])
    assert lent_hardware([look(f"pc{number}", "card") for number in range(9)]) == {"card"}


LOOKS = st.lists(
    st.tuples(st.frozensets(st.sampled_from("abc"), max_size=2), st.frozensets(st.sampled_from("12345"), max_size=3)), max_size=6
)


@given(LOOKS, st.randoms(use_true_random=False))
def test_order_and_repetition_make_no_difference(looks: list[tuple[frozenset[str], frozenset[str]]], random: Random) -> None:
    mixed = looks * 2
    random.shuffle(mixed)
    assert lent_hardware(mixed) == lent_hardware(looks)
    assert lent_hardware(looks) <= {part for _, hardware in looks for part in hardware}
