from __future__ import annotations

import re
from importlib import resources

import pytest

from omamori.knowledge.questions import built_in_questions, read_questions

GOOD = """
edition: 1
topics: {a: {ja: あ, en: a}}
questions:
  - {id: x, topic: a, serves: [C01], text: {ja: か, en: k}, why: {ja: な, en: n}, who: {ja: だ, en: d}, todo: {ja: た, en: t}}
"""


def test_a_question_is_read_whole() -> None:
    found = read_questions(GOOD, "f").questions[0]
    assert (found.id, found.topic, found.serves) == ("x", "a", ("C01",))
    assert [found.text.ja, found.why.en, found.who.ja, found.todo.en] == ["か", "n", "だ", "t"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("edition: 1\n", "", "edition, topics and questions"),
        ("topic: a, ", "topic: b, ", "no topic 'b'"),
        ("why: {ja: な, en: n}, ", "", "exactly the keys"),
        ("why: {ja: な, en: n}", "why: {ja: な}", "question 1, why"),
        ("{ja: あ, en: a}", "{ja: あ, en: ''}", "topic a"),
        ("questions:", "questions: [", "not YAML"),
    ],
)
def test_a_mistake_is_named_with_its_place(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(ValueError, match=re.escape(said)) as raised:
        read_questions(GOOD.replace(old, new), "my.yaml")
    assert str(raised.value).startswith("my.yaml")


def test_two_questions_with_one_name() -> None:
    line = GOOD.strip().splitlines()[-1]
    with pytest.raises(ValueError, match="stands twice"):
        read_questions(GOOD + line + "\n", "f")


def test_the_questions_of_the_product() -> None:
    found = built_in_questions()
    assert len(found.questions) >= 45
    assert {question.topic for question in found.questions} == set(found.topics)
    assert found.by_id()["restore-rehearsed"].serves == ("C20",)
    for question in found.questions:
        assert re.fullmatch(r"[a-z][a-z0-9-]+", question.id), question.id
        assert all(re.fullmatch(r"C(0[1-9]|1\d|2[0-6])", condition) for condition in question.serves), question.id
        assert question.text.en.endswith(("?", ")?")), question.id
        assert re.search(r"か(\(.+\))?$", question.text.ja), question.id
        for words in (question.text, question.why, question.who, question.todo):
            assert words.ja != words.en and not words.ja.isascii() and words.en.isascii(), question.id


def test_every_topic_has_a_check_and_every_such_check_a_topic() -> None:
    folder = resources.files("omamori").joinpath("checks/plans")
    checked = {
        found[1]
        for item in folder.iterdir()
        if item.name.startswith("answers_") and (found := re.search(r"where topic = '(\w+)'", item.read_text(encoding="utf-8")))
    }
    assert checked == set(built_in_questions().topics)
