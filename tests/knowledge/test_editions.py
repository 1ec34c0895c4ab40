from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from omamori.knowledge.editions import (
    Edition,
    EditionError,
    edition_for,
    edition_names,
    edition_text,
    fiscal_year,
    load_edition,
    read_edition,
    read_edition_file,
    unknown_names,
)

GOOD = """\
family: checklist
edition: r7
role: hospital
title: {ja: 題, en: title}
source: {ja: 出典, en: source}
note: {ja: 注, en: note}
output: draft
parts:
  - number: "1"
    title: {ja: 章, en: part}
    items:
      - id: 1-1
        mark: ①
        ja: 置いている。
        en: It is there.
        target: site
        answered_by: hospital
        confidence: high
        checks: [backup.no_job]
        questions: [plan-exists]
        needs: [site.officer, contacts]
"""


def test_built_in_editions_are_listed_and_read() -> None:
    assert "checklist/r7-hospital" in edition_names()
    assert all(name.startswith("checklist/") for name in edition_names("checklist"))
    assert edition_names("nobody") == ()
    assert load_edition("checklist/r7-hospital").title.ja.startswith("令和7年度版")
    for name in ("checklist/r99", "../questions", "checklist/../../questions", "seminar"):
        with pytest.raises(EditionError, match=r"no edition .*checklist/r7-hospital"):
            load_edition(name)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 12, 31), 2026), (date(2027, 1, 1), 2026)],
)
def test_fiscal_years_begin_on_the_first_of_april(day: date, year: int) -> None:
    assert fiscal_year(day) == year


def test_the_edition_follows_the_day() -> None:
    for day in (date(2025, 4, 1), date(2026, 3, 31)):
        choice = edition_for("checklist", "hospital", day)
        assert (choice.edition.name, choice.said) == ("checklist/r7-hospital", None)
    after = edition_for("checklist", "hospital", date(2026, 4, 1))
    assert after.edition.name == "checklist/r7-hospital"
    assert after.said is not None
    assert "2026年度(令和8年度)" in after.said.ja
    assert "fiscal year 2026" in after.said.en
    for words in (after.said.ja, after.said.en):
        assert "omamori checklist --new FILE.yaml" in words
        assert "omamori checklist --standard FILE.yaml" in words


def test_a_day_before_every_edition_gets_the_oldest_and_is_told() -> None:
    choice = edition_for("checklist", "hospital", date(1990, 1, 1))
    assert choice.edition.valid_from == min(load_edition(name).valid_from or date.min for name in edition_names("checklist"))
    assert choice.said is not None
    assert choice.said.ja.startswith("1989年度の1990-01-01に")
    with pytest.raises(EditionError, match="no edition of fee for vendor"):
        edition_for("fee", "vendor", date(2026, 1, 1))


def test_a_hospitals_own_edition_is_read_and_counts_first(tmp_path: Path) -> None:
    path = tmp_path / "r8-hospital.yaml"
    text = edition_text("checklist/r7-hospital").replace("2025-04-01", "2026-04-01").replace("2026-03-31", "2027-03-31")
    path.write_text("\ufeff" + text.replace("edition: r7", "edition: r8"), encoding="utf-8")
    own = read_edition_file(path)
    assert (own.name, own.edition) == ("checklist/r8-hospital", "r8")
    choice = edition_for("checklist", "hospital", date(2027, 3, 31), own=[own])
    assert (choice.edition, choice.said) == (own, None)
    assert edition_for("checklist", "hospital", date(2026, 3, 31), own=[own]).edition.name == "checklist/r7-hospital"

    corrected = tmp_path / "r7-hospital.yaml"
    corrected.write_text(
        edition_text("checklist/r7-hospital").replace("台帳管理を行っている。", "台帳の管理を行っている。"), encoding="utf-8"
    )
    mine = read_edition_file(corrected)
    assert edition_for("checklist", "hospital", date(2025, 5, 1), own=[mine]).edition is mine


def test_an_own_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "sjis.yaml").write_bytes("題: 章".encode("cp932"))
    (tmp_path / "wrong.yaml").write_text("a: 1", encoding="utf-8")
    for name, told in (
        ("none.yaml", "none.yaml: cannot be read"),
        ("sjis.yaml", "sjis.yaml: not UTF-8"),
        ("wrong.yaml", "wrong.yaml, line 1"),
    ):
        with pytest.raises(EditionError, match=told):
            read_edition_file(tmp_path / name)


def test_own_editions_of_another_family_or_role_change_nothing() -> None:
    own: list[Edition] = [read_edition("checklist/mine", GOOD.replace("family: checklist", "family: bcp"))]
    assert edition_for("checklist", "hospital", date(2025, 5, 1), own=own).edition.name == "checklist/r7-hospital"


def test_names_that_do_not_exist_are_told() -> None:
    edition = read_edition("x", GOOD)
    tables = {"site": ("name",), "contacts": ("phone",)}
    assert unknown_names(edition, checks=[], questions=["plan-exists"], tables=tables) == (
        "x: item 1-1: no check backup.no_job",
        "x: item 1-1: no column officer in the table site",
    )
    assert unknown_names(edition, checks=["backup.no_job"], questions=[], tables={}) == (
        "x: item 1-1: no question plan-exists",
        "x: item 1-1: no table site",
        "x: item 1-1: no table contacts",
    )
    assert unknown_names(edition, checks=["backup.no_job"], questions=["plan-exists"], tables={"site": ["officer"], "contacts": []}) == ()
