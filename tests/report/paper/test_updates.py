"""The order of work on paper: in its place, bounded, and hostile names act nowhere."""

from __future__ import annotations

import dataclasses
from datetime import UTC
from typing import Any

import pytest
from tests.report.paper.conftest import HOSTILE
from tests.report.repair_rows import insert

from omamori.model.text import Language
from omamori.report.paper.director import director_data, render_director
from omamori.report.paper.full import render_full
from omamori.report.paper.updates import ROWS, first_updates, updates
from omamori.report.repairs import Repairs
from omamori.report.shape import Report


@pytest.fixture
def mending(hospital: Any) -> Report:
    insert(hospital.database)
    made: Report = hospital.report()
    return made


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_chapter_and_the_directors_page_tell_what_comes_first(mending: Report, pdf: Any, language: Language) -> None:
    made = pdf(render_full(mending, language, UTC))
    assert made.misplaced() == []
    said = made.text()
    for word in ("KB5058379", "fortios7.2.7", "149"):
        assert word in said
    page = pdf(render_director(mending, language, UTC))
    assert page.count == 1 and page.misplaced() == [] and "KB5058379" in page.text()


def test_the_sentence_names_three_and_whom_to_ask(mending: Report) -> None:
    told = first_updates(mending.repairs)
    assert told.ja == "先に直す更新は fortios 7.2.7(1 台の 1 件、業者に確認)、KB5058379(3 台の 123 件)です。"
    assert told.en.endswith("KB5058379 (closes 123 on 3 machines).")
    assert director_data(mending, "ja", UTC)["lead"].endswith(told.ja)
    assert first_updates(Repairs()).ja == "" and updates(Repairs(), "ja")["rows"] == []


def test_the_chapter_is_bounded_and_hostile_names_stay_in_place(mending: Report, pdf: Any) -> None:
    work = mending.repairs.works[0]
    many = tuple(
        dataclasses.replace(work, product=HOSTILE[number % len(HOSTILE)], target="", repair="x:y", own=HOSTILE, place=number)
        for number in range(1, 200)
    )
    report = dataclasses.replace(mending, repairs=dataclasses.replace(mending.repairs, works=many))
    told = updates(report.repairs, "en")
    assert len(told["rows"]) == ROWS and told["more"] == 199 - ROWS
    assert pdf(render_full(report, "en", UTC)).misplaced() == []
    assert pdf(render_director(report, "ja", UTC)).count == 1
