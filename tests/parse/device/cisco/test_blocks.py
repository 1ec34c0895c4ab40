"""Lines become statements by their indentation; banners hide nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.device.cisco.blocks import Statement, statements, walk
from omamori.parse.windows.lines import Line


def read(text: str, *, banners: bool = True) -> tuple[Statement, ...]:
    return statements([Line(number, line) for number, line in enumerate(text.split("\n"), 1)], banners=banners)


def test_what_stands_below_what() -> None:
    (outer, last) = read("a\n b\n  c\n d\ne")
    assert [one.text for one in walk((outer,))] == ["a", "b", "c", "d"]
    assert [one.text for one in outer.inner] == ["b", "d"]
    assert (last.text, last.number) == ("e", 5)


def test_comments_and_marks() -> None:
    (one,) = read("!\n# noise\nenable secret 5 [secret: password, set] ! note\n")
    assert one.words == ("enable", "secret", "5", "[secret: password, set]")
    assert read("description a ! b")[0].words == ("description", "a", "!", "b")


def test_banners() -> None:
    assert [one.number for one in read("banner motd ^C\nip route 1\n^C\nhostname r1")] == [1, 4]
    assert [one.number for one in read("banner motd #one line#\nhostname r1")] == [1, 2]
    # One that never ends hides nothing, and an ASA's banner is a line.
    assert [one.number for one in read("banner motd ^C\nip route 1\nhostname r1")] == [1, 2, 3]
    assert len(read("banner motd #\nhostname r1\n#x", banners=False)) == 2


@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["a b", "c", "! x", "banner motd ^C", "^C"])), max_size=60))
def test_no_line_is_lost_or_told_twice(given_lines: list[tuple[int, str]]) -> None:
    text = "\n".join(" " * indent + line for indent, line in given_lines)
    found = [one.number for one in walk(read(text, banners=False))]
    assert sorted(found) == [place for place, (_, line) in enumerate(given_lines, 1) if not line.startswith("!")]
    assert len(set(found)) == len(found)
