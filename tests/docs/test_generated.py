"""The generated pages say what the program does: a stale copy fails here, and `make docs` mends it."""

from __future__ import annotations

import pytest

import write_docs


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    return dict(write_docs.all_pages())


def test_no_page_is_stale(generated: dict[str, str]) -> None:
    assert write_docs.stale(generated) == (), "run `make docs` and commit what it writes"


def test_every_page_is_there_in_both_languages(generated: dict[str, str]) -> None:
    english = {path for path in generated if not path.endswith(".ja.md")}
    assert {path.removesuffix(".md") + ".ja.md" for path in english} == set(generated) - english
    assert {"generated/tables.md", "generated/checks.md", "generated/commands.md", "glossary.md", "lynis.md"} <= english


def test_a_changed_page_is_noticed(generated: dict[str, str]) -> None:
    changed = {**generated, "glossary.md": generated["glossary.md"] + "more\n"}
    assert "glossary.md" in write_docs.stale(changed)
    del changed["generated/tables.md"]
    assert "generated/tables.md" in write_docs.stale(changed), "a generated file that nobody writes any more"
