"""The sheet of a standard: which edition, from which evidence, for whom, and back into the site."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import openpyxl
import pytest

from omamori.knowledge.editions import load_edition
from omamori.model.answer_sheet import KEYS, split_key
from omamori.model.declared import LedgerAsset, Vendor
from omamori.model.standard import ItemDecision, Proof
from omamori.model.text import Text
from omamori.pipeline.checklist import SheetRequest, choose_edition, held_editions, make_sheet, quotable, start_edition, write_sheet_file
from omamori.pipeline.error import UserError
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.report.discreet import Discreet
from omamori.report.evidence_line import EvidenceLine
from omamori.report.ledger import write_ledger
from omamori.report.standard_sheet import answer_sheet_bytes
from omamori.report.standard_sheet_shape import AnswerSheet
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site

KitMaker = Callable[..., bytes]
JAPAN = timezone(timedelta(hours=9))
NOW = datetime(2026, 2, 2, 3)
OFFICIAL = "checklist/r7-hospital"


@pytest.fixture
def site(tmp_path: Path, make_kit: KitMaker) -> Path:
    """Two servers, out of support, of two vendors."""
    machines = [
        LedgerAsset(asset="電子カルテ1", hostname="web01", role="server", vendor="甲社"),
        LedgerAsset(asset="検査1", hostname="lab01", role="server", vendor="乙社"),
    ]
    write_ledger(tmp_path / "in.xlsx", "ja", rows={"ledger_assets": machines, "vendors": [Vendor(vendor="甲社"), Vendor(vendor="乙社")]})
    started = "2026-02-01T08:00:00Z"
    (tmp_path / "a.kit").write_bytes(make_kit(started=started))
    (tmp_path / "b.kit").write_bytes(make_kit("lab01", "b" * 32, started=started))
    place = tmp_path / "site"
    files = [tmp_path / name for name in ("in.xlsx", "a.kit", "b.kit")]
    outcomes = take_in(place, files, Silent(), received=datetime(2026, 2, 1, 9))
    assert {outcome.status for outcome in outcomes} == {"stored"}
    return place


def request(site: Path, **more: object) -> SheetRequest:
    return SheetRequest(**{"site": site, "moment": NOW, "zone": JAPAN, **more})  # type: ignore[arg-type]


def answered(sheet: AnswerSheet, item: str, **values: object) -> bytes:
    """Fill in one item as a person does."""
    book = openpyxl.load_workbook(io.BytesIO(answer_sheet_bytes(sheet, "ja", JAPAN)))
    page = book.worksheets[0]
    keys = next(row for row in page.iter_rows() if row[0].value == KEYS)
    columns = {cell.value: cell.column for cell in keys}
    row = next(row[0].row for row in page.iter_rows() if (split_key(str(row[0].value)) or ("", ""))[1] == item)
    for name, value in values.items():
        page.cell(row, columns[name]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_item(sheet: AnswerSheet) -> dict[str, str]:
    return {decision.item: decision.decision for decision in sheet.decisions}


def test_out_filled_in_and_back_shows_where_answer_and_evidence_differ(site: Path, tmp_path: Path) -> None:
    first = make_sheet(request(site), Silent())
    assert first.edition.name == OFFICIAL and first.said is None and by_item(first)["2-6"] == "against"
    proofs = next(decision.proofs for decision in first.decisions if decision.item == "2-6")
    no = next(proof for proof in proofs if proof.says == "no")
    assert "電子カルテ1" in no.subjects and "jessie" in first.lines[no.evidence].text and first.titles[no.name].ja

    name = "令和7年度 チェックリスト (記入済み).xlsx"
    (tmp_path / name).write_bytes(answered(first, "2-6", answer_1="はい", answered_on_1="令和8年2月1日", answered_by_1="山田 太郎"))
    (outcome,) = take_in(site, [tmp_path / name], Silent(), received=NOW + timedelta(minutes=1))
    assert outcome.status == "stored" and outcome.kinds == ("standard.sheet",)

    second = make_sheet(request(site, moment=NOW + timedelta(hours=1)), Silent())
    assert by_item(second) == {**by_item(first), "2-6": "differs"}
    decision = next(decision for decision in second.decisions if decision.item == "2-6")
    (answer,) = decision.answers
    assert (answer.answer, answer.answered_on, answer.answered_by) == ("yes", date(2026, 2, 1), "山田 太郎")
    assert answer.evidence.partition(":")[2].startswith("チェックリスト!R")

    # The next round is filled in on the sheet that carries the first: both stay.
    again = answered(second, "2-6", answer_2="いいえ", answered_on_2="2026-02-03", answered_by_2="山田 太郎", target_date="R8.3.31")
    (tmp_path / "2回目.xlsx").write_bytes(again)
    take_in(site, [tmp_path / "2回目.xlsx"], Silent(), received=NOW + timedelta(days=1))
    third = make_sheet(request(site, moment=NOW + timedelta(days=1, hours=1)), Silent())
    decision = next(decision for decision in third.decisions if decision.item == "2-6")
    assert [(one.round, one.answer, one.target_date) for one in decision.answers] == [(1, "yes", None), (2, "no", date(2026, 3, 31))]
    assert decision.decision == "against"


def test_items_added_by_hand_stay_on_the_next_sheet(site: Path, tmp_path: Path) -> None:
    first = make_sheet(request(site), Silent())
    book = openpyxl.load_workbook(io.BytesIO(answer_sheet_bytes(first, "ja", JAPAN)))
    page = book.worksheets[0]
    keys = next(row for row in page.iter_rows() if row[0].value == KEYS)
    columns = {cell.value: cell.column for cell in keys}
    page.cell(page.max_row, columns["_text"]).value = "自家発電で1日動かせる"
    page.cell(page.max_row, columns["answer_1"]).value = "○"
    book.save(tmp_path / "x.xlsx")
    take_in(site, [tmp_path / "x.xlsx"], Silent(), received=NOW + timedelta(minutes=1))
    second = make_sheet(request(site, moment=NOW + timedelta(hours=1)), Silent())
    assert [(one.item, one.answer) for one in second.added] == [("+自家発電で1日動かせる", "yes")]
    again = openpyxl.load_workbook(io.BytesIO(answer_sheet_bytes(second, "ja", JAPAN))).worksheets[0]
    texts = [row[columns["_text"] - 1].value for row in again.iter_rows()]
    assert texts.count("自家発電で1日動かせる") == 1


def test_a_vendors_sheet_holds_only_that_vendors_machines(site: Path, tmp_path: Path, make_kit: KitMaker) -> None:
    (tmp_path / "c.kit").write_bytes(make_kit("stray01", "c" * 32, started="2026-02-01T08:00:00Z"))
    take_in(site, [tmp_path / "c.kit"], Silent(), received=datetime(2026, 2, 1, 10))
    sheet = make_sheet(request(site, vendor="甲社"), Silent())
    assert sheet.edition.name == "checklist/r7-vendor" and sheet.vendor == "甲社"
    data = answer_sheet_bytes(sheet, "ja", JAPAN)
    words = [str(cell.value) for page in openpyxl.load_workbook(io.BytesIO(data)) for row in page.iter_rows() for cell in row if cell.value]
    assert any("電子カルテ1" in word for word in words)
    assert not any(other in word for word in words for other in ("検査1", "乙社", "lab01", "stray01"))
    whole = make_sheet(request(site), Silent())
    assert any("stray01" in proof.subjects for decision in whole.decisions for proof in decision.proofs)
    assert "agrees" not in by_item(sheet).values(), "whose machine stray01 is, nobody knows"


def test_a_vendor_the_ledger_does_not_know_is_told(site: Path) -> None:
    class Ear(Silent):
        def __init__(self) -> None:
            self.heard: list[Text] = []

        def told(self, text: Text) -> None:
            self.heard.append(text)

    ear = Ear()
    sheet = make_sheet(request(site, vendor="丙社"), ear)
    assert not any(proof.subjects for decision in sheet.decisions for proof in decision.proofs)
    assert "丙社" in ear.heard[-1].ja and "甲社" in ear.heard[-1].ja


def test_the_day_chooses_the_edition_where_the_hospital_is(site: Path) -> None:
    last = request(site, moment=datetime(2026, 3, 31, 14, 59))
    first = request(site, moment=datetime(2026, 3, 31, 15))  # midnight in Japan
    assert make_sheet(last, Silent()).said is None
    said = make_sheet(first, Silent()).said
    assert said is not None and "2026年度" in said.ja and "--new" in said.ja


def test_the_newest_snapshot_of_the_day_serves_until_evidence_comes_in(site: Path, tmp_path: Path, make_kit: KitMaker) -> None:
    make_sheet(request(site), Silent())
    make_sheet(request(site, moment=NOW + timedelta(minutes=5)), Silent())
    assert len(snapshots(Site(site))) == 1
    make_sheet(request(site, moment=NOW + timedelta(days=1)), Silent())
    assert len(snapshots(Site(site))) == 2, "another day: what is too old by now has to show"
    (tmp_path / "c.kit").write_bytes(make_kit("new01", "c" * 32, started="2026-02-03T01:00:00Z"))
    take_in(site, [tmp_path / "c.kit"], Silent(), received=NOW + timedelta(days=1, minutes=1))
    make_sheet(request(site, moment=NOW + timedelta(days=1, minutes=2)), Silent())
    assert len(snapshots(Site(site))) == 3


def test_a_site_without_evidence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        make_sheet(request(tmp_path / "nothing"), Silent())
    assert "omamori import" in error.value.text.ja and not (tmp_path / "nothing").exists()


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({}, OFFICIAL),
        ({"role": "hospital"}, OFFICIAL),
        ({"vendor": "甲社"}, "checklist/r7-vendor"),
        ({"standard": "checklist/r6"}, "checklist/r6-hospital"),
        ({"standard": "checklist/r6", "vendor": "甲社"}, "checklist/r6-vendor"),
        ({"standard": "fee"}, "fee/r6"),
        ({"standard": "bcp/2024"}, "bcp/2024"),
    ],
)
def test_a_standard_is_named_in_full_or_in_short(tmp_path: Path, more: dict[str, str], name: str) -> None:
    choice = choose_edition(request(tmp_path, **more), date(2026, 2, 2))
    assert choice.edition.name == name
    assert (choice.said is None) == choice.edition.holds_on(date(2026, 2, 2))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"role": "doctor"}, "hospital か vendor"),
        ({"role": "vendor"}, "--vendor"),
        ({"vendor": "甲社", "role": "hospital"}, "--role vendor"),
        ({"vendor": "甲社", "standard": "fee"}, "fee (vendor)"),
        ({"standard": "checklist/r99"}, OFFICIAL),
        ({"standard": "astrology"}, "bcp/2024"),
        ({"standard": "nothing here.yaml"}, "nothing here.yaml"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_line(tmp_path: Path, more: dict[str, str], words: str) -> None:
    with pytest.raises(UserError) as error:
        choose_edition(request(tmp_path, **more), date(2026, 2, 2))
    assert words in error.value.text.ja and "\n" not in error.value.text.ja


def test_a_year_that_is_not_held_starts_from_the_newest_edition(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "令和8年度  案.yaml"
    assert start_edition(file, None, None, replace_it=False) == OFFICIAL
    with pytest.raises(UserError):
        start_edition(file, None, None, replace_it=False)
    words = file.read_text(encoding="utf-8")
    assert "omamori checklist --standard" in words
    words = words.replace("valid_from: 2025-04-01", "valid_from: 2026-04-01").replace("valid_until: 2026-03-31", "valid_until: 2027-03-31")
    file.write_text(words.replace("台帳管理を行っている", "台帳管理を毎月行っている"), encoding="utf-8")
    sheet = make_sheet(request(site, standard=str(file), moment=datetime(2026, 4, 2)), Silent())
    assert sheet.said is None and sheet.edition.name == "checklist/令和8年度 案"
    assert "台帳管理を毎月行っている" in next(item.text.ja for item in sheet.edition.items() if item.id == "2-1")
    (tmp_path / "8.xlsx").write_bytes(answered(sheet, "2-1", answer_1="はい", answered_on_1="2026-04-02", answered_by_1="山田"))
    take_in(site, [tmp_path / "8.xlsx"], Silent(), received=datetime(2026, 4, 2, 1))
    back = make_sheet(request(site, standard=str(file), moment=datetime(2026, 4, 2, 2)), Silent())
    assert [one.answer for one in next(decision for decision in back.decisions if decision.item == "2-1").answers] == ["yes"]


@pytest.mark.parametrize(
    ("standard", "role", "name"),
    [("fee", None, "fee/r8"), (None, "vendor", "checklist/r7-vendor"), ("checklist/r6", None, "checklist/r6-hospital")],
)
def test_the_start_may_be_another_family_or_edition(tmp_path: Path, standard: str | None, role: str | None, name: str) -> None:
    assert start_edition(tmp_path / "x.yaml", standard, role, replace_it=False) == name
    with pytest.raises(UserError):
        start_edition(tmp_path / "y.yaml", "astrology", role, replace_it=False)


def test_what_is_held_is_listed_and_a_file_is_never_replaced_unasked(site: Path, tmp_path: Path) -> None:
    assert {edition.name for edition in held_editions()} >= {OFFICIAL, "checklist/r7-vendor", "fee/r6"}
    sheet = AnswerSheet(load_edition(OFFICIAL), (), NOW)
    path = tmp_path / "医療機関 用.xlsx"
    write_sheet_file(sheet, path, "ja", JAPAN, replace_it=False)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(UserError) as error:
        write_sheet_file(sheet, path, "ja", JAPAN, replace_it=False)
    assert "--force" in error.value.text.ja
    write_sheet_file(sheet, path, "en", JAPAN, replace_it=True)


def test_a_standard_only_vendors_answer_asks_for_the_vendor(tmp_path: Path) -> None:
    assert choose_edition(request(tmp_path, standard="disclosure", vendor="甲社"), NOW.date()).edition.role == "vendor"
    with pytest.raises(UserError, match="--vendor"):
        choose_edition(request(tmp_path, standard="disclosure"), NOW.date())


def test_a_vendors_sheet_quotes_no_line_with_an_account() -> None:
    texts = {"a:1": "PermitRootLogin yes", "a:2": "ehradmin:x:1000:1000::/home/ehradmin:/bin/bash", "a:3": "lab01 listens", "a:4": "田中"}
    lines = {reference: EvidenceLine(reference, "linux.host", "web01", text=text) for reference, text in texts.items()}
    proofs = [
        ("check", "remote_login.root", "a:1"),
        ("check", "accounts.unused", "a:2"),
        ("check", "services.x", "a:3"),
        ("ledger", "site", "a:4"),
    ]
    decision = ItemDecision(
        "x", "1", "against", proofs=tuple(Proof(kind, name, "no", Text("", ""), evidence=at) for kind, name, at in proofs)
    )
    hide = Discreet({"lab01": Text("別の機器", "another machine")})
    found = quotable(lines, [decision], {"accounts.unused"}, hide)
    assert {reference: line.text for reference, line in found.items()} == {"a:1": "PermitRootLogin yes", "a:2": "", "a:3": "", "a:4": ""}
    assert {line.origin for line in found.values()} == {"web01"}
