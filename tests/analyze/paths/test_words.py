"""The sentences of the steps."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from omamori.analyze.paths import words
from omamori.analyze.paths.words import STEPS, told

FOLDER = Path(words.__file__).parent


@pytest.mark.parametrize("kind", STEPS)
def test_every_sentence_names_the_machine_in_both_languages(kind):
    text = told(kind, "START", "MACHINE", "445/tcp", "DETAIL")
    for said in (text.ja, text.en):
        assert "MACHINE" in said and "{" not in said
    assert ("DETAIL" in text.ja) == ("DETAIL" in text.en) and ("START" in text.ja) == ("START" in text.en)
    assert not re.search(r"[ぁ-んァ-ヶ一-龠]", text.en)


def test_every_kind_of_step_that_is_made_has_a_sentence():
    """Kinds are written as plain text where weaknesses, links and credentials are made."""
    made = set()
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("Weakness", "Link", "Holder", "Credential")
            ):
                made |= {one.value for one in node.args[1:4] if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    kinds = {one for one in made if re.fullmatch(r"[a-z]+(-[a-z]+)+", one)}
    assert len(kinds) > 12 and kinds <= set(STEPS)


def test_braces_in_names_stay_what_they_are():
    assert "{start}" in told("dual-homed", "{start}", "b", "", "").ja
