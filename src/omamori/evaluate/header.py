"""Reads one check file: a YAML header between `/*---` and `---*/`, then one SELECT.

Strict on purpose: an unknown or missing key, a wrong type, an unknown table or column is an error
that names file and line. All errors of a file are collected, so that an author mends them at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import yaml

from omamori.evaluate.cases import read_examples
from omamori.evaluate.check import COSTS, SEVERITIES, SUBJECTS, Check, CheckError, Examples, Fix
from omamori.evaluate.wording import FIELD
from omamori.model.text import Text

_FILE = re.compile(r"\A/\*---\n(?P<head>.*?)\n---\*/\n(?P<sql>.*)\Z", re.DOTALL)
_REQUIRED = ("title", "severity", "subject", "key", "why", "message", "fix", "examples")
_OPTIONAL = ("scope", "ask", "equivalent")
_COLUMN = re.compile(r"[a-z_][a-z0-9_]*\Z")

# libyaml is many times faster; both are the safe loader.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Reader:
    """Collects the problems of one header; `lines` gives the line of a top-level key."""

    file: str
    lines: Mapping[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def line(self, key: str) -> int:
        """Return the line of a top-level key, 1 when it is not there."""
        return self.lines.get(key, 1)

    def wrong(self, key: str, words: str) -> None:
        """Note that `key` is not as expected."""
        self.problems.append(f"{self.file}:{self.line(key)}: {key}: {words}")

    def text(self, key: str, value: Any, *, also: tuple[str, ...] = ()) -> Text:
        """Read a {ja, en} pair; both must be there and not empty."""
        if not isinstance(value, Mapping):
            self.wrong(key, "expected ja: and en:; write both languages")
            return Text("", "")
        for name in value:
            if name not in ("ja", "en", *also):
                self.wrong(key, f"unknown key {name!r}; take it away")
        pair = []
        for language in ("ja", "en"):
            words = value.get(language)
            if not isinstance(words, str) or not words.strip():
                self.wrong(key, f"{language}: expected words; write them (in quotes when they hold a colon or brace)")
                words = ""
            pair.append(words.strip())
        return Text(*pair)

    def choice(self, key: str, value: Any, allowed: tuple[str, ...]) -> Any:
        """Read one of the allowed words."""
        if value not in allowed:
            self.wrong(key, f"expected one of {', '.join(allowed)}, not {value!r}")
            return allowed[0]
        return value


def read_check(text: str, check_id: str, file: str) -> Check:
    """Return the check in `text`. Raises CheckError with every problem found.

    `check_id` is `<topic>.<name>` from the path; `file` is only named in errors.
    """
    found = _FILE.match(text.replace("\r\n", "\n"))
    if not found:
        raise CheckError([f"{file}:1: expected a header between a line `/*---` and a line `---*/`, then the SELECT"])
    try:
        head = yaml.load(found["head"], Loader=_LOADER)  # noqa: S506 - a safe loader, see above
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 2
        words = getattr(error, "problem", None) or str(error)
        raise CheckError([f"{file}:{line}: the header is not YAML: {words}"]) from None
    if not isinstance(head, dict):
        raise CheckError([f"{file}:2: expected `key: value` lines in the header"])
    reader = Reader(file, _key_lines(found["head"]))
    sql_line = found["head"].count("\n") + 4
    check = _build(reader, head, check_id, found["sql"], sql_line)
    if reader.problems:
        raise CheckError(reader.problems)
    return check


def _key_lines(head: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    for number, line in enumerate(head.split("\n"), 2):
        name = re.match(r"([A-Za-z_]+):", line)
        if name:
            lines.setdefault(name[1], number)
    return lines


def _build(reader: Reader, head: dict[str, Any], check_id: str, sql: str, sql_line: int) -> Check:
    for name in head:
        if name not in _REQUIRED + _OPTIONAL:
            reader.wrong(str(name), f"unknown key; the keys are {', '.join(_REQUIRED + _OPTIONAL)}")
    for name in _REQUIRED:
        if name not in head:
            reader.wrong(name, "missing; add it")
    subject = reader.choice("subject", head.get("subject"), SUBJECTS)
    if subject == "asset" and "ask" not in head:
        reader.wrong("ask", "missing; a check of machines says what to ask the vendor of a hands-off machine")
    key = _key(reader, head.get("key"))
    return Check(
        id=check_id,
        title=reader.text("title", head.get("title")),
        severity=reader.choice("severity", head.get("severity"), SEVERITIES),
        subject=subject,
        key=key,
        why=reader.text("why", head.get("why")),
        message=_message(reader, head.get("message")),
        fix=_fix(reader, head.get("fix")),
        ask=reader.text("ask", head["ask"]) if "ask" in head else None,
        scope=_sql_text(reader, "scope", head["scope"]) if "scope" in head else None,
        equivalent=_equivalent(reader, head.get("equivalent", {})),
        examples=_examples(reader, head.get("examples"), key),
        sql=sql.strip().rstrip(";").rstrip(),
        file=reader.file,
        sql_line=sql_line,
        scope_line=reader.line("scope"),
    )


def _key(reader: Reader, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) and _COLUMN.match(item) for item in value):
        reader.wrong("key", "expected a list of columns of the SELECT, such as [asset, port]")
        return ("asset",)
    return tuple(value)


def _message(reader: Reader, value: Any) -> Text:
    text = reader.text("message", value)
    for words in (text.ja, text.en):
        if set("{}") & set(FIELD.sub("", words)):
            reader.wrong("message", "a brace may only hold the name of a column, such as {asset}")
    return text


def _fix(reader: Reader, value: Any) -> Fix:
    text = reader.text("fix", value, also=("cost", "run"))
    if not isinstance(value, Mapping):
        return Fix("none", text)
    run = value.get("run", "")
    if not isinstance(run, str):
        reader.wrong("fix", "run: expected commands as text")
        run = ""
    return Fix(reader.choice("fix", value.get("cost"), COSTS), text, run.strip())


def _sql_text(reader: Reader, key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        reader.wrong(key, "expected one SELECT as text")
        return "select 1"
    return value.strip().rstrip(";")


def _equivalent(reader: Reader, value: Any) -> Mapping[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(k, str) and isinstance(v, str) and v.strip() for k, v in value.items()):
        reader.wrong("equivalent", "expected `mutant: reason` pairs, each with a reason")
        return MappingProxyType({})
    return MappingProxyType(dict(value))


def _examples(reader: Reader, value: Any, key: tuple[str, ...]) -> Examples:
    examples, problems = read_examples(value, key)
    for problem in problems:
        reader.wrong("examples", problem)
    return examples
