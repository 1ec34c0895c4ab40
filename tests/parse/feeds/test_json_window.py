"""The window over a huge document: what lies behind is let go of, what is held is kept."""

from __future__ import annotations

import io

import pytest

from omamori.parse.feeds.json_window import CHUNK, BadValue, Window


def test_values_and_marks_come_one_after_another() -> None:
    window = Window(io.BytesIO(b' {"a": [1, 2.5]} , "b" '), 100)
    assert window.value() == {"a": [1, 2.5]}
    window.pass_over(",")
    assert window.value() == "b"
    assert window.peek() == ""


def test_a_value_across_chunks_is_one_value() -> None:
    text = '["' + "あ" * CHUNK + '", 1234567890]'
    assert Window(io.BytesIO(text.encode()), 3 * CHUNK).value() == ["あ" * CHUNK, 1234567890]


def test_a_number_at_the_end_of_a_chunk_is_not_cut() -> None:
    window = Window(io.BytesIO(b" " * (CHUNK - 2) + b"1234 5"), CHUNK)
    assert window.value() == 1234
    assert window.value() == 5


def test_what_is_passed_is_let_go_of_and_the_place_in_the_file_is_still_told() -> None:
    window = Window(io.BytesIO(b'"12345678901" ' * (3 * CHUNK // 14) + b"] " * 10), CHUNK)
    for _ in range(3 * CHUNK // 14):
        window.value()
    assert len(window.text) <= CHUNK + 14
    with pytest.raises(BadValue, match="character 3,145,716 of the file"):
        window.value()


def test_a_held_place_is_kept() -> None:
    window = Window(io.BytesIO(b"123 " + b'"45678901" ' * (3 * CHUNK // 11)), 4 * CHUNK)
    window.held = 0
    for _ in range(3 * CHUNK // 11):
        window.value()
    window.at = window.held
    assert window.value() == 123


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "ends too early"),
        ("[1 2]                       ", "not JSON: Expecting ',' delimiter"),
        ('{"a": 1, "a": 2}', "the name 'a' stands twice"),
        ("Infinity", "found Infinity"),
        ('"' + "x" * (2 * CHUNK), "longer than"),
        ('"\\udc00"', "Unicode"),
        ("[" * 50_000, "nested too deeply"),
    ],
    ids=["cut", "comma", "twice", "infinity", "long", "surrogate", "deep"],
)
def test_what_is_wrong_is_said_and_the_window_stays(text: str, said: str) -> None:
    window = Window(io.BytesIO(text.encode()), CHUNK)
    with pytest.raises(BadValue, match=said):
        window.value()
    assert window.at == 0


def test_another_mark_is_told() -> None:
    window = Window(io.BytesIO(b"; 1"), 100)
    with pytest.raises(BadValue, match="expected ':'"):
        window.pass_over(":")


def test_what_is_refused_says_where_it_ends() -> None:
    window = Window(io.BytesIO(b'{"a": NaN, "b": "}"}, 7'), 100)
    with pytest.raises(BadValue) as caught:
        window.value()
    assert (caught.value.whole, caught.value.stopped) == (True, 20)


def test_what_lies_far_behind_is_let_go_of_on_demand() -> None:
    window = Window(io.BytesIO(b" " * (CHUNK // 2) + b"7"), CHUNK)
    assert window.peek() == "7"
    window.let_go()
    assert (window.text, window.at, window.before) == ("7", 0, CHUNK // 2)
