"""Every paper, printed and to edit: the same words, nothing out of place, drafts that say so."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import docx
import pytest

from omamori.knowledge.editions import edition_for
from omamori.model.text import LANGUAGES, Language
from omamori.report.paper.declared import Declared
from omamori.report.paper.papers import FILES, PAPERS, build, paper_data, render_paper
from omamori.report.paper.word import render_word

MOMENT = datetime(2026, 6, 1, 9, 0)
CHOICE = edition_for("checklist", "hospital", date(2026, 1, 15))


def data_of(name: str, declared: Declared, language: Language) -> dict[str, Any]:
    paper = build(name, declared, "20260601-090000", MOMENT, UTC, CHOICE)
    return paper_data(paper, declared, MOMENT, UTC, language)


def words_of(value: Any) -> set[str]:
    """Every text in the blocks of a paper."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return {word for key, inner in value.items() if key not in ("kind", "widths") for word in words_of(inner)}
    return {word for inner in value for word in words_of(inner)} if isinstance(value, list) else set()


def word_text(data: bytes) -> str:
    """All text of a Word file without blanks."""
    file = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "".join(
        "".join([*(one.text for one in file.paragraphs), *cells, *(one.text for one in file.sections[0].footer.paragraphs)]).split()
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_print_and_word_say_the_same(name: str, language: Language, declared: Declared, pdf: Any) -> None:
    data = data_of(name, declared, language)
    printed = pdf(render_paper(data, language, MOMENT))
    assert printed.misplaced() == []
    text, edited = printed.text(), word_text(render_word(data, language, MOMENT))
    told = {"".join(word.split()) for word in words_of(data["blocks"]) | words_of(data["about"]) | {data["title"], data["gaps"]}}
    assert {word for word in told if word not in text} == set()
    assert {word for word in told if word not in edited} == set()
    assert "2026-06-01" in text and "ed9dbf980fab8044" in text and ("下書き" if language == "ja" else "Draft") in text


@pytest.mark.parametrize("name", PAPERS)
def test_hostile_names_stay_words(name: str, declared: Declared, hostile: tuple[str, ...], pdf: Any) -> None:
    def harmful(row: Any, number: int) -> Any:
        texts = [field.name for field in dataclasses.fields(row) if isinstance(getattr(row, field.name), str)]
        codes = ("kind", "role", "important", "medium", "offline", "question", "answer", "source", "evidence")
        return dataclasses.replace(
            row, **{one: hostile[(number + place) % len(hostile)][:300] for place, one in enumerate(texts) if one not in codes}
        )

    changed = {
        field.name: tuple(harmful(row, number) for number, row in enumerate(getattr(declared, field.name)))
        for field in dataclasses.fields(declared)
        if isinstance(getattr(declared, field.name), tuple) and field.name != "sources"
    }
    data = data_of(name, dataclasses.replace(declared, site=harmful(declared.site, 1), **changed), "ja")
    printed = pdf(render_paper(data, "ja", MOMENT))
    assert printed.misplaced() == [] and "root:" not in printed.text()
    assert "Omamori" not in render_word(data, "ja", MOMENT)[:4].decode("latin-1")


@pytest.mark.parametrize("name", PAPERS)
def test_without_a_workbook_all_is_marked_and_said(name: str, read: Callable[..., Declared], pdf: Any) -> None:
    data = data_of(name, read(), "ja")
    text = pdf(render_paper(data, "ja", MOMENT)).text()
    assert "台帳はまだ取り込まれていません" in text and "未記入" in text


def test_every_paper_has_a_name_of_a_file() -> None:
    assert set(FILES) == set(PAPERS)
    for language in LANGUAGES:
        names = [FILES[name].say(language) for name in PAPERS]
        assert len(set(names)) == len(names) and not set('\\/:*?"<>|. ') & set("".join(names))
