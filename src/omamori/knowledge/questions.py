"""The questions no machine can answer: content of `standards/questions.yaml`, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from omamori.model.text import Text

_KEYS = {"id", "topic", "serves", "text", "why", "who", "todo"}


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `yes` is always the good answer; `serves` names conditions of published incidents (C01…)."""

    id: str
    topic: str
    text: Text
    why: Text
    who: Text
    todo: Text
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """All questions in the order in which they are asked, and the words of their topics."""

    edition: int
    topics: Mapping[str, Text]
    questions: tuple[Question, ...]

    def by_id(self) -> Mapping[str, Question]:
        """Return the questions by identifier."""
        return {question.id: question for question in self.questions}


@cache
def built_in_questions() -> Questions:
    """Return the questions that come with the product."""
    content = resources.files("omamori").joinpath("standards/questions.yaml").read_text(encoding="utf-8")
    return read_questions(content, "standards/questions.yaml")


def read_questions(content: str, name: str | Path) -> Questions:
    """Read a file of questions. Raises ValueError that names the place when something is missing or unknown."""
    try:
        read = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise ValueError(f"{name}: not YAML: {error}") from error
    if not isinstance(read, dict) or set(read) != {"edition", "topics", "questions"}:
        raise ValueError(f"{name}: edition, topics and questions were expected at the top")
    topics = {str(topic): _text(words, f"{name}: topic {topic}") for topic, words in read["topics"].items()}
    found: dict[str, Question] = {}
    for number, entry in enumerate(read["questions"], 1):
        question = _question(entry, f"{name}: question {number}")
        if question.topic not in topics:
            raise ValueError(f"{name}: question {question.id}: no topic {question.topic!r}")
        if question.id in found:
            raise ValueError(f"{name}: question {question.id} stands twice")
        found[question.id] = question
    return Questions(int(read["edition"]), topics, tuple(found.values()))


def _question(entry: Any, place: str) -> Question:
    if not isinstance(entry, dict) or set(entry) != _KEYS:
        raise ValueError(f"{place}: exactly the keys {', '.join(sorted(_KEYS))} were expected")
    words = {key: _text(entry[key], f"{place}, {key}") for key in ("text", "why", "who", "todo")}
    return Question(str(entry["id"]), str(entry["topic"]), serves=tuple(entry["serves"]), **words)


def _text(words: Any, place: str) -> Text:
    if not isinstance(words, dict) or set(words) != {"ja", "en"} or not all(isinstance(word, str) and word for word in words.values()):
        raise ValueError(f"{place}: {{ja: …, en: …}} was expected")
    return Text(words["ja"], words["en"])
