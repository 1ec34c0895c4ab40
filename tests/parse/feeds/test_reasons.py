"""Every reason a parser of feeds gives exists in Japanese."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import omamori.parse.feeds
from omamori.parse.feeds.reasons import reason_ja

FOLDER = Path(omamori.parse.feeds.__path__[0])
UNKNOWN = reason_ja("x").partition("(")[0]


def reasons() -> Iterator[tuple[str, str]]:
    """Every text a parser gives as a reason, with 7 where it puts a value."""
    for path in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = [one.value for one in node.keywords if one.arg == "reason"]
            given += (
                node.args[1:2]
                if name == "Unread"
                else node.args[:1]
                if name in ("CpeError", "BadValue", "_Refused") or name == "said"
                else []
            )
            for one in given:
                for text in _texts(one):
                    yield f"{path.name}: {text}", text


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        values = [one.value if isinstance(one, ast.Constant) else "'7'" if _quoted(one) else "7" for one in node.values]
        text = "".join(map(str, values))
        if " " in text and text not in ("expected 7",):
            yield text


def _quoted(node: ast.expr) -> bool:
    return isinstance(node, ast.FormattedValue) and node.conversion in (ord("a"), ord("r"))


@pytest.mark.parametrize(
    "reason",
    [
        *[text for _, text in sorted(set(reasons()))],
        *("expected 10 columns, found 3", "expected comma-separated values (line contains NUL)", "expected DatePosted as YYYYMMDD"),
        *("expected an AffectedProduct", "too many damaged places", "a record larger than any publisher's"),
    ],
)
def test_every_reason_is_said_in_japanese(reason: str) -> None:
    assert not reason_ja(reason).startswith(UNKNOWN), reason


def test_there_are_reasons_to_look_at() -> None:
    assert len(set(reasons())) > 35


def test_the_place_and_the_words_of_a_library_stay() -> None:
    assert reason_ja("the file ends too early (character 1,024 of the file)") == "ファイルが途中で終わっています(ファイルの1,024文字目)"
    assert reason_ja("not JSON: Expecting value (character 3 of the file)") == "JSONとして読めません(Expecting value)(ファイルの3文字目)"
    assert reason_ja("mismatched tag") == "読み取れない形です(mismatched tag)"
