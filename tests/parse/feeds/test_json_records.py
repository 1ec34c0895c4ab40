"""Records come out of huge and damaged JSON documents one after another: what is broken is told, its neighbours are kept."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.facts import Broken
from omamori.parse.feeds.json_records import Aside, Found, Record, Unread, document, lines, records

GOOD = [{"id": f"CVE-2024-{number:04}", "score": number / 10, "refs": [{"id": "a"}, {"id": "b"}]} for number in range(6)]
"""Every record holds a list whose elements begin like a record: a careless reader would take one for the next record."""
BROKEN = {
    "no-colon": '{"id" "CVE-x", "score": 1, "refs": []}',
    "no-closing-brace": '{"id": "CVE-x", "score": 1, "refs": [{"id": "a"}]',
    "brace-too-many": '{"id": "CVE-x", "score": 1}, "refs": [{"id": "a"}, {"id": "b"}]}',
    "bracket-too-many": '{"id": "CVE-x", "score": 1, "refs": [{"id": "a"}]]}',
    "quote-missing": '{"id": "CVE-x, "score": 1, "refs": [{"id": "a"}]}',
    "quote-too-many": '{"id": "CVE-"x", "score": 1, "refs": [{"id": "a"}]}',
    "bad-escape": '{"id": "CVE-\\x", "score": 1, "refs": []}',
    "nan": '{"id": "CVE-x", "score": NaN, "refs": []}',
    "infinity": '{"id": "CVE-x", "score": -Infinity, "refs": []}',
    "name-twice": '{"id": "CVE-x", "score": 1, "score": 2, "refs": []}',
    "lone-surrogate": '{"id": "CVE-\\ud800", "score": 1, "refs": []}',
    "number-of-5000-digits": '{"id": "CVE-x", "score": ' + "1" * 5000 + ', "refs": []}',
    "deep": '{"id": "CVE-x", "score": 1, "refs": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "not-json": "<html>not found</html>",
    "missing-value": '{"id": "CVE-x", "score": , "refs": []}',
}
LAYOUTS: dict[str, dict[str, Any]] = {"compact": {"separators": (",", ":")}, "spaces": {}, "lines": {"indent": 2}}


def read(text: str | bytes, *path: str, limit: int = 1 << 20) -> list[Found]:
    return list(records(io.BytesIO(text.encode() if isinstance(text, str) else text), path, limit))


def values(found: list[Found]) -> list[Any]:
    return [one.value for one in found if isinstance(one, Record)]


def unread(found: list[Found]) -> list[Unread]:
    return [one for one in found if isinstance(one, Unread)]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_elements_come_with_their_place_and_what_stands_beside_them(layout: str) -> None:
    whole = {"version": "1", "odd": {"list": [1]}, "data": {"count": 6, "list": GOOD}, "list": [], "end": None}
    found = read(json.dumps(whole, **LAYOUTS[layout]), "data", "list")
    assert values(found) == GOOD
    assert [one.place for one in found if isinstance(one, Record)] == [f"data.list[{number}]" for number in range(6)]
    assert [one for one in found if isinstance(one, Aside)] == [Aside("version", "1"), Aside("data.count", 6), Aside("end", None)]
    assert not unread(found)


def test_members_of_an_object_come_with_their_name() -> None:
    found = read('{"openssl": {"CVE-1": {}}, "curl": {"CVE-2": {}}}')
    assert found == [Record("openssl", {"CVE-1": {}}, "openssl"), Record("curl", {"CVE-2": {}}, "curl")]
    assert read('{"data": {"openssl": 1}}', "data") == [Record("data.openssl", 1, "openssl")]


def test_an_array_may_be_the_document_itself() -> None:
    assert read('[1, "two", [3], null]') == [Record("[0]", 1), Record("[1]", "two"), Record("[2]", [3]), Record("[3]", None)]
    assert read("[]") == []
    assert read("{}") == []


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("place", [0, 3, 6])
@pytest.mark.parametrize("damage", sorted(BROKEN))
def test_a_broken_record_is_told_and_its_neighbours_are_kept(layout: str, place: int, damage: str) -> None:
    texts = [json.dumps(record, **LAYOUTS[layout]) for record in GOOD]
    first = texts[0][: texts[0].index('"id"')]
    texts.insert(place, BROKEN[damage].replace("{", first, 1))
    between = {"compact": ",", "spaces": ", ", "lines": ", "}[layout]
    found = read('{"kind": 1, "list": [' + between.join(texts) + "]}", "list")
    assert [record for record in values(found) if record in GOOD] == GOOD
    assert len(values(found)) == len(GOOD), "no part of the broken record is taken for a record"
    assert unread(found)
    assert unread(found)[0].place == f"list[{place}]"


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize(
    "damage", ["{'CVE-2': 1}", '{"CVE-2": {"description": "x", "releases": {"bookworm": {"status": }}}}', '{"CVE-2": NaN}']
)
def test_a_broken_member_is_told_and_its_neighbours_are_kept(layout: str, damage: str) -> None:
    one = {"CVE-2024-1": {"description": "x", "releases": {"bookworm": {"status": "open"}, "sid": {"status": "open"}}}}
    text = json.dumps({"a": one, "b": one, "c": one, "d": one}, **LAYOUTS[layout])
    member = json.dumps({"b": one}, **LAYOUTS[layout])[1:-1].strip()
    colon = member[3 : member.index("{")]
    found = read(text.replace(member, f'"b"{colon}{damage}', 1))
    assert [record.name for record in found if isinstance(record, Record)] == ["a", "c", "d"]
    assert len(unread(found)) == 1


def test_what_is_json_but_refused_ends_where_it_ends() -> None:
    found = read('{"list": [{"id": 1, "a": [NaN, "]}"]}, {"id": 2}, {"id": 3, "id": 4}], "after": 5}', "list")
    assert values(found) == [{"id": 2}]
    assert [one.place for one in unread(found)] == ["list[0]", "list[2]"]
    assert found[-1] == Aside("after", 5)


@pytest.mark.parametrize(
    "damage", ['{"id":', '{"id":1,"score":2,', '{"id":"x,', "[", '"a":{"id":'], ids=["nested", "open", "text", "lists", "names"]
)
def test_damage_made_to_take_long_is_passed_over(damage: str) -> None:
    texts = [json.dumps(record) for record in GOOD]
    found = read('{"list": [' + ",".join(texts[:3]) + "," + damage * 5_000 + ",".join(["", *texts[3:]]) + "]}", "list")
    taken = [record for record in values(found) if record in GOOD]
    assert taken[:2] == GOOD[:2]
    assert taken[-2:] == GOOD[-2:]
    assert unread(found)


def test_a_comma_is_missing() -> None:
    texts = [json.dumps(record) for record in GOOD]
    found = read('{"list": [' + ",".join(texts[:2]) + " " + ",".join(texts[2:]) + "]}", "list")
    assert len(unread(found)) == 1
    assert values(found) == GOOD[:1] + GOOD[2:]


def test_a_bracket_ends_the_list_too_early() -> None:
    texts = [json.dumps(record) for record in GOOD]
    found = read('{"list": [' + ",".join(texts[:2]) + "]," + ",".join(texts[2:]) + "]}", "list")
    assert values(found) == GOOD


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_file_cut_short_is_told(cut: int) -> None:
    text = json.dumps({"list": GOOD})
    found = read(text[:-cut], "list")
    assert [record for record in values(found) if record in GOOD] == GOOD[: 6 if cut < 3 else 5]
    assert len(values(found)) <= 6
    assert any("ends too early" in one.reason for one in unread(found))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("  \n", "the file is empty"),
        ('{"other": []}', "expected a list or an object at list"),
        ('{"list": "text"}', "expected a list or an object at list"),
        ("[1]", "expected a list or an object at list"),
        ('{"list": []} more', "expected the end of the file"),
        ('{"list" []}', "expected ':'"),
        ("<html>", "expected a list or an object at list"),
        ('{1: 2, "list": []}', "expected a name"),
    ],
    ids=["empty", "blank", "no-such-list", "no-list", "an-array", "more", "no-colon", "html", "no-name"],
)
def test_a_file_of_another_kind_is_told(text: str, said: str) -> None:
    found = read(text, "list")
    assert not values(found)
    assert said in unread(found)[-1].reason or said in unread(found)[0].reason


def test_what_is_broken_before_the_list_does_not_hide_it() -> None:
    found = read('{"head": {"a": }, "list": ' + json.dumps(GOOD) + "}", "list")
    assert values(found) == GOOD
    assert unread(found)[0].place == "head"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks_are_passed_over(encoding: str) -> None:
    assert values(read('{"list": [{"a": "脆弱性"}]}'.encode(encoding), "list")) == [{"a": "脆弱性"}]


def test_bytes_that_are_no_text_spoil_only_their_record() -> None:
    found = read(b'[{"a": "caf\xe9"}, {"a": "caf\xc3\xa9"}]')
    assert values(found) == [{"a": "café"}]
    assert "Unicode" in unread(found)[0].reason


def test_a_pair_of_surrogates_is_a_character() -> None:
    assert values(read('[{"a": "\\ud83d\\ude00"}]')) == [{"a": "\U0001f600"}]


def test_a_record_over_the_limit_is_passed_over_in_bounded_memory() -> None:
    large = '{"id": "' + "x" * (6 << 20) + '"}'
    stream = Counting(('{"list": [{"id": "1"},' + large + ',{"id": "2"}]}').encode())
    found = list(records(stream, ("list",), 1 << 20))
    assert values(found) == [{"id": "1"}, {"id": "2"}]
    assert len(unread(found)) == 1
    assert stream.largest <= 4 << 20


def test_a_record_is_given_before_the_rest_of_the_file_is_read() -> None:
    stream = Counting(("[" + ",".join(json.dumps(record) for record in GOOD * 20_000) + "]").encode())
    first = next(iter(records(stream, ())))
    assert first == Record("[0]", GOOD[0])
    assert stream.given <= 2 << 20


class Counting(io.BytesIO):
    """A stream that remembers how much was asked for."""

    given = 0
    largest = 0

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        self.given += len(found)
        self.largest = max(self.largest, len(found))
        return found


def test_json_lines() -> None:
    stream = io.BytesIO(b'{"a": 1}\n\n{"a": }\r\n{"a": 3} x\n' + b'"' + b"x" * 500 + b'"\n[5]')
    found = list(lines(stream, 100))
    assert [one for one in found if isinstance(one, Record)] == [Record("line 1", {"a": 1}), Record("line 6", [5])]
    assert [one.place for one in found if isinstance(one, Unread)] == ["line 3", "line 4", "line 5"]


def test_a_small_document() -> None:
    assert document(io.BytesIO(b'\xef\xbb\xbf{"a": [1]}\n')) == Record("document", {"a": [1]})
    assert isinstance(document(io.BytesIO(b'{"a": [1]')), Unread)
    assert isinstance(document(io.BytesIO(b"")), Unread)
    assert isinstance(document(io.BytesIO(b"{} {}")), Unread)


def test_what_could_not_be_read_becomes_a_row() -> None:
    assert Unread("list[3]", "expected x").broken("kev", "kev.json") == Broken(
        feed="kev", file="kev.json", place="list[3]", reason="expected x"
    )


@given(st.binary(max_size=200), st.lists(st.sampled_from(["list", "a"]), max_size=2))
def test_no_bytes_raise(body: bytes, path: list[str]) -> None:
    for one in records(io.BytesIO(body), tuple(path)):
        assert isinstance(one, Record | Aside | Unread)


@given(st.text(alphabet='{}[]",:\\a1 \n', max_size=60), st.integers(0, 5))
def test_no_damage_between_two_records_raises_or_loses_what_stands_before_it(damage: str, layout: int) -> None:
    texts = [json.dumps(record, indent=[None, 1][layout % 2]) for record in GOOD]
    found = read('{"list": [' + ",".join(texts[:3]) + "," + damage + "," + ",".join(texts[3:]) + "]}", "list")
    taken = [record for record in values(found) if record in GOOD]
    assert taken[:2] == GOOD[:2]
    assert taken[-2:] == GOOD[-2:]
    assert unread(found) or len(values(found)) >= len(GOOD)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=20,
    ),
    st.integers(0, 2),
)
def test_every_value_comes_out_as_it_is_meant(value: Any, layout: int) -> None:
    text = json.dumps({"head": value, "list": [value, value]}, indent=[None, 0, 4][layout], ensure_ascii=layout == 1)
    if json.dumps(value).find("\\ud") < 0:
        found = read(text.encode("utf-8", "surrogatepass"), "list")
        assert values(found) == [value, value]
        assert not unread(found)
