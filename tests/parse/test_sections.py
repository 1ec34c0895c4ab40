from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.sections import read_sections, write_sections

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True).filter(lambda name: name != "end")
LINES = st.lists(st.text(st.characters(blacklist_characters="\n", blacklist_categories=("Cs",)), max_size=20), max_size=5)


def test_sections_have_names_lines_numbers_and_exit_codes() -> None:
    sections = read_sections(b"noise\n#@ one\na\nb\n#@ end 0\n#@ two\n#@ end 127\n#@ cut\nc\n")
    assert [(name, part.lines, part.exit_code) for name, part in sections.items()] == [
        ("one", ("a", "b"), 0),
        ("two", (), 127),
        ("cut", ("c",), None),
    ]
    assert list(sections["one"].numbered()) == [(3, "a"), (4, "b")]


def test_the_first_of_two_counts_and_content_cannot_be_a_marker() -> None:
    data = write_sections([("one", b"#@ end 0\n#@ two\nx", 0), ("one", b"forged", 0)])
    assert read_sections(data)["one"].lines == ("#@ end 0", "#@ two", "x")
    assert set(read_sections(data)) == {"one"}


@given(st.dictionaries(NAMES, st.tuples(LINES.filter(lambda lines: lines != [""]), st.one_of(st.none(), st.integers(0, 255))), max_size=4))
def test_what_is_written_is_read(parts: dict[str, tuple[list[str], int | None]]) -> None:
    data = write_sections([(name, "\n".join(lines).encode() + b"\n" * bool(lines), code) for name, (lines, code) in parts.items()])
    found = read_sections(data)
    assert {name: (list(part.lines), part.exit_code) for name, part in found.items()} == parts


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    for part in read_sections(data).values():
        assert part.exit_code is None or 0 <= part.exit_code < 100_000
        assert all("\n" not in line for line in part.lines)
