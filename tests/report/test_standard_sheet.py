"""The sheet of a standard: what a person sees, what is never there, and that it can be printed."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from omamori.knowledge.editions import Edition, edition_names, load_edition
from omamori.model.answer_sheet import KEYS, SHOWN, split_key
from omamori.model.standard import DECISIONS, ItemAnswer, ItemDecision, Proof
from omamori.model.text import LANGUAGES, Language, Text
from omamori.report.evidence_line import EvidenceLine
from omamori.report.standard_sheet import answer_sheet_bytes
from omamori.report.standard_sheet_json import sheet_json
from omamori.report.standard_sheet_shape import AnswerSheet, sheet_items
from omamori.report.standard_sheet_words import number_of, short, summary

SEEN = datetime(2026, 1, 20, 3)
HOSTILE = ['=HYPERLINK("http://198.51.100.1")', "+1", "-1", "@SUM(A1)", "\t=1", "http://198.51.100.1/", "a\x1b[31mb\u202ec"]


def proof(says: str, ja: str, subjects: tuple[str, ...] = (), of: int = 0, name: str = "updates.old") -> Proof:
    return Proof("check", name, says, Text(ja, f"en {ja}"), subjects, of, "abcdef0123456789:12", SEEN)


def made(standard: str = "checklist/r7-hospital", vendor: str = "", said: Text | None = None) -> AnswerSheet:
    """A sheet in which every decision stands, one after the other, with hostile names."""
    edition = load_edition(standard)
    codes = [value.code for value in DECISIONS]
    decisions = []
    for number, item in enumerate(edition.items()):
        code = codes[number % len(codes)]
        proofs = {
            "differs": (
                proof("yes", "版は新しい"),
                proof("no", "サポートが終わっている", tuple(HOSTILE), 30),
                proof("unknown", "見えない", ("a",), 30),
            ),
            "against": tuple(proof("no", f"点検{n}", ("a", "b"), 4, f"x.{n}") for n in range(5)),
            "open": (proof("unknown", "見えない", tuple(f"pc{n}" for n in range(60)), 60),),
            "agrees": (proof("yes", "あった", (), 4),),
        }.get(code, ())
        answer = ItemAnswer(
            standard=standard,
            item=item.id,
            vendor=vendor,
            answer="yes",
            answered_on=date(2025, 6, 10),
            answered_by=HOSTILE[0],
            remark=HOSTILE[1],
        )
        decisions.append(
            ItemDecision(
                standard,
                item.id,
                code,
                draft={"differs": "no", "against": "no", "agrees": "yes"}.get(code, "") if edition.output == "draft" else "",
                proofs=proofs,
                missing=(Text(HOSTILE[0], HOSTILE[0]),) if code == "open" else (),
                answers=(answer,) if code in ("differs", "answered") else (),
                problems=(Text("目標日がありません", "no target date"),) if code == "differs" else (),
                seen=SEEN if proofs else None,
            )
        )
    lines = {"abcdef0123456789:12": EvidenceLine("abcdef0123456789:12", "linux.host", HOSTILE[3], "os-release", 12, HOSTILE[0])}
    titles = {"updates.old": Text("古い更新が残っている", "old updates are left")}
    return AnswerSheet(edition, tuple(decisions), SEEN, said=said, vendor=vendor, titles=titles, lines=lines)


def opened(sheet: AnswerSheet, language: Language = "ja") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(answer_sheet_bytes(sheet, language)))


class Form:
    """The first sheet, by item and column."""

    def __init__(self, book: openpyxl.Workbook) -> None:
        self.page: Worksheet = book.worksheets[0]
        self.keys = next(row for row in self.page.iter_rows() if row[0].value == KEYS)
        self.columns = {str(cell.value): int(cell.column) for cell in self.keys if cell.value}
        found = {row[0].row: split_key(str(row[0].value or "")) for row in self.page.iter_rows()}
        self.rows = {key[1]: row for row, key in found.items() if key}

    def cell(self, item: str, column: str) -> Any:
        return self.page.cell(self.rows[item], self.columns[column])

    def head(self) -> list[str]:
        return [str(self.page.cell(row, 2).value or "") for row in range(1, self.keys[0].row)]


@pytest.mark.parametrize("standard", edition_names())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_edition_has_its_items_in_order_and_says_what_it_is(standard: str, language: Language) -> None:
    edition = load_edition(standard)
    vendor = "甲社" if edition.role == "vendor" else ""
    form = Form(opened(made(standard, vendor), language))
    assert list(form.rows) == [item.id for item in edition.items()]
    for item in edition.items():
        assert str(form.cell(item.id, "_text").value).startswith(item.text.say(language))
        assert ("※" in str(form.cell(item.id, "_text").value) or "*" in str(form.cell(item.id, "_text").value)) or item.confidence != "low"
    first = form.head()[0]
    assert first.startswith(
        {"draft": ("下書き", "Draft"), "material": ("確認材料", "Material")}[edition.output][0 if language == "ja" else 1]
    )
    words = "\n".join(str(cell.value) for row in form.page.iter_rows() for cell in row if cell.value)
    assert edition.name in words and edition.title.say(language) in words and edition.source.say(language) in words
    assert not any(word in words for word in ("準拠し", "合格", "算定でき", "安全です", "compliant"))
    assert ("_draft" in form.columns) == (edition.output == "draft")


def test_the_answer_column_holds_only_what_a_person_answered() -> None:
    sheet = made()
    form = Form(opened(sheet))
    for decision in sheet.decisions:
        said = form.cell(decision.item, "answer_1").value
        assert said == ("はい" if decision.answers else None), decision
        assert form.cell(decision.item, "answered_on_1").value == (datetime(2025, 6, 10) if decision.answers else None)
        assert form.cell(decision.item, "answer_2").value is None
        assert form.cell(decision.item, "_draft").value == {"yes": "はい", "no": "いいえ", "": None}[decision.draft]


def test_drop_downs_are_offered_for_the_answers_only() -> None:
    form = Form(opened(made()))
    (rules,) = [form.page.data_validations.dataValidation]
    assert {str(rule.formula1) for rule in rules} == {'"はい,いいえ,対象外"'} and len(rules) == 3
    for number, rule in enumerate(rules, 1):
        assert (
            form.cell("1-1", f"answer_{number}").coordinate in rule.sqref and form.cell("4-1", f"answer_{number}").coordinate in rule.sqref
        )


def test_the_first_line_says_that_another_edition_was_used() -> None:
    said = Text("令和8年度の版は入っていません", "the edition of 2026 is not held")
    assert Form(opened(made(said=said))).head()[0] == "下書き: 令和8年度の版は入っていません"
    assert Form(opened(made(said=said), "en")).head()[0] == "Draft: the edition of 2026 is not held"


def test_contradictions_are_named_first_and_have_a_sheet() -> None:
    sheet = made()
    book = opened(sheet)
    line = next(words for words in Form(book).head() if words.startswith("先に見るところ"))
    assert line.index("記入と実測が異なります: 1-①、2-⑥、2-⑫") < line.index("根拠は「いいえ」") < line.index("まだ答えられません")
    page = book["先に見るところ"]
    codes = [page.cell(row, 3).value for row in range(2, page.max_row + 1)]
    order = ["記入と実測が異なります", "根拠は「いいえ」を示しています", "まだ答えられません"]
    assert codes == sorted(codes, key=lambda code: order.index(str(code))) and set(codes) == set(order)
    assert page["D2"].value == f"はい 2025-06-10 {HOSTILE[0]}" and "年度" not in str(page["A2"].value)


def test_nothing_to_look_at_first_is_said() -> None:
    edition = load_edition("fee/r8")
    sheet = AnswerSheet(edition, tuple(ItemDecision(edition.name, item.id, "agrees") for item in edition.items()), SEEN)
    page = opened(sheet)["先に見るところ"]
    assert page.max_row == 2 and "見た範囲では" in str(page["B2"].value)


def test_every_proof_has_its_row_and_every_item_one_number() -> None:
    sheet = made()
    book = opened(sheet)
    page, form = book["根拠"], Form(book)
    rows = [[cell.value for cell in row] for row in page.iter_rows(2)]
    assert len(rows) == sum(len(decision.proofs) for decision in sheet.decisions)
    for one in sheet_items(sheet):
        cell = form.cell(one.item.id, "_evidence")
        assert (cell.value or "") == one.evidence_number
        for place, said in enumerate(one.proofs, 1):
            row = rows[one.first_row - 3 + place]
            assert row[0] == f"{one.evidence_number}-{place}" and row[1] == number_of(one.part, one.item)
            assert row[4] == said.text.ja and row[7] == "2026-01-20" and "abcdef0123456789:12" in row[8]
        if one.proofs:
            assert cell.hyperlink and cell.hyperlink.location == f"'根拠'!A{one.first_row}"
    many = next(row for row in rows if row[6] == "60のうち60")
    assert many[5].endswith("ほか20")


def test_the_summary_is_short_and_says_no_before_yes() -> None:
    sheet = made()
    words = summary(sheet.decisions[0], sheet.titles, "ja").split("\n")
    assert words == [
        "・目標日がありません",
        "いいえ: 古い更新が残っている (7/30)",
        "不明: 古い更新が残っている (1/30)",
        "はい: 「古い更新が残っている」は見つからず",
        "根拠の日 2026-01-20",
    ]
    against = summary(sheet.decisions[1], sheet.titles, "en").split("\n")
    assert against == ["no: en 点検0", "no: en 点検1", "no: en 点検2", "no: 2 more", "evidence of 2026-01-20"]
    assert summary(None, {}, "ja") == "" and short(proof("no", "x", ("site",), 1), sheet.titles, "ja") == "古い更新が残っている"
    assert all(len(summary(decision, {}, "ja").split("\n")) <= 9 for decision in sheet.decisions)


def test_words_that_look_like_formulas_stay_words() -> None:
    data = answer_sheet_bytes(made(), "ja")
    book = openpyxl.load_workbook(io.BytesIO(data))
    texts = [cell for page in book for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} == {"s"} and HOSTILE[0] in {cell.value for cell in texts}
    assert not any("\x1b" in str(cell.value) or "\u202e" in str(cell.value) for cell in texts)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name)
        relations = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".rels"))
    assert b"198.51.100.1" not in relations


def test_it_is_printed_on_a4_across_with_its_headings() -> None:
    book = opened(made())
    form = Form(book)
    for page in book.worksheets:
        assert page.page_setup.orientation == "landscape" and page.page_setup.paperSize == 9 and page.page_setup.fitToHeight == 0
        assert page.sheet_properties.pageSetUpPr is not None and page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_title_rows
    top = form.keys[0].row + 1
    assert form.page.print_title_rows == f"${top}:${top + 1}" and form.page.freeze_panes == f"D{top + 2}"
    assert form.page.row_dimensions[form.keys[0].row].hidden and form.page.column_dimensions["A"].hidden
    assert all(form.page.row_dimensions[row].height >= 30 for row in form.rows.values())
    assert all(SHOWN in {cell.value for cell in page[1]} for page in book.worksheets[1:]), "nothing on them is read back"


def test_the_same_sheet_has_the_same_bytes() -> None:
    assert answer_sheet_bytes(made(), "ja", UTC) == answer_sheet_bytes(made(), "ja", UTC)


def test_json_says_the_same() -> None:
    sheet = made(said=Text("a", "b"))
    said = json.loads(sheet_json(sheet))
    assert [item["decision"] for item in said["items"]] == [decision.decision for decision in sheet.decisions]
    assert said["items"][0]["number"] == "1-①" and said["items"][0]["proofs"][1]["subjects"] == HOSTILE
    assert said["said"] == {"ja": "a", "en": "b"} and said["moment"] == "2026-01-20T03:00:00Z"
    assert said["items"][0]["answers"][0]["answered_on"] == "2025-06-10"


def test_a_vendors_sheet_names_the_vendor() -> None:
    form = Form(opened(made("checklist/r7-vendor", vendor="甲社")))
    row = next(row for row in form.page.iter_rows(max_row=form.keys[0].row) if row[1].value == "事業者名")
    assert row[2].value == "甲社"
    assert not any("事業者名" in words for words in Form(opened(made())).head())


def number(edition: Edition) -> list[str]:
    return [number_of(part, item) for part in edition.parts for item in part.items]


def test_numbers_are_those_of_the_official_sheet() -> None:
    assert number(load_edition("checklist/r7-hospital"))[:3] == ["1-①", "2-①", "2-②"]
    assert number(load_edition("checklist/r6-hospital"))[:3] == ["0", "1-(1)", "2-(1)"]
    assert number(load_edition("bcp/2024"))[0] == "1-1"


def test_libreoffice_prints_every_word(tmp_path: Path) -> None:
    program, text_of = shutil.which("soffice") or shutil.which("libreoffice"), shutil.which("pdftotext")
    if program is None or text_of is None:
        pytest.skip("LibreOffice is not installed: the answer sheet is not printed with it here")
    sheet = made()
    (tmp_path / "下書き 一.xlsx").write_bytes(answer_sheet_bytes(sheet, "ja"))
    command = [program, "--headless", f"-env:UserInstallation=file://{tmp_path}/home", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "下書き 一.xlsx")], check=True, capture_output=True, timeout=180)
    printed = subprocess.run([text_of, "-raw", str(tmp_path / "下書き 一.pdf"), "-"], check=True, capture_output=True, timeout=60)
    seen = "".join(printed.stdout.decode().split())
    for item in sheet.edition.items():
        assert "".join(item.text.ja.split()) in seen, "the text of an item is cut"
    pages = printed.stdout.decode().count("\f")
    assert 3 <= pages <= 12 and seen.count("実測の結論") >= 3, "the headings stand on every page"
