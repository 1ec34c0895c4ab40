"""運用管理規程 skeleton: one clause for each item of the ministry's checklist, with what the workbook says to it.

The item's words are quoted from the edition; how the hospital does it is for the hospital to write.
"""

from __future__ import annotations

from omamori.knowledge.editions import Choice, Item
from omamori.model.text import Text
from omamori.report.paper.blocks import Block, Cell, Grid, Heading, Items, Paper, Para, gap
from omamori.report.paper.declared import Declared
from omamori.report.paper.words import OFFICER, YES_NO_WORDS

TITLE = Text("医療情報システム運用管理規程 骨子", "Rules for running the medical information systems: skeleton")
ITSELF = "rules"
"""The item that asks for this paper has no clause of its own."""


def rules_paper(declared: Declared, about: tuple[Cell, ...], choice: Choice) -> Paper:
    """Return the skeleton for an edition of the checklist."""
    edition = choice.edition
    head: list[Block] = [
        Para(
            (
                Text("この骨子は次の版の項目に沿っています: ", "This skeleton follows the items of: "),
                edition.title,
                "。" if edition.title.ja else "",
            )
        ),
        *([Para((choice.said,))] if choice.said else []),
        Para((edition.note,), quiet=True),
        Heading(Text("総則", "General")),
        Grid(
            (Text("こと", "What"), Text("決まり", "Rule")),
            (
                (Text("目的", "Purpose"), gap("この規程の目的", "why these rules exist")),
                (Text("対象", "Scope"), gap("対象の部門・システム", "departments and systems")),
                (OFFICER, declared.site.officer or gap("任命された人", "who is appointed")),
                (Text("見直し", "Revision"), gap("年に一度、いつ誰が", "once a year: when, by whom")),
                (Text("施行日・承認", "In force, approved"), gap("日付と承認者", "day and who approves")),
            ),
            (3, 7),
        ),
    ]
    for part in edition.parts:
        items = [item for item in part.items if item.answered_by == "hospital" and item.paper != ITSELF]
        if items:
            head.append(Heading(part.title))
            for item in items:
                head += _clause(part.number, item, declared)
    return Paper("rules", TITLE, about, tuple(head))


def _clause(number: str, item: Item, declared: Declared) -> list[Block]:
    return [
        Heading(Text(f"{item.text.ja}({number}-{item.mark})", f"{item.text.en} ({number}-{item.mark})"), 2),
        Grid(
            (Text("決めること", "To decide"), Text("当院の決まり", "Our rule")),
            (
                (Text("担当(誰が)", "Who"), gap("担当と代わりの人", "who, and who stands in")),
                (Text("方法(どのように)", "How"), gap("具体的な実施方法", "how it is done")),
                (Text("時期(いつ・どの頻度で)", "When"), gap("時期・頻度", "when, how often")),
                (Text("記録(何に残すか)", "Record"), gap("記録の名前と保管場所", "name and place of the record")),
            ),
            (3, 7),
        ),
        *_answers(item, declared),
    ]


def _answers(item: Item, declared: Declared) -> list[Block]:
    """Return what the workbook's questions say to an item: the answer, who gave it, and the paper that was named."""
    told: list[tuple[Cell, ...]] = []
    for question in item.questions:
        row = declared.questions.get(question)
        if row is None:
            continue
        asked = Text(row.text_ja, row.text_en)
        if row.answer is None:
            told.append((asked, " → ", gap("台帳の質問への回答", "an answer in the workbook")))
            continue
        by = " ".join(part for part in (row.answered_by, row.answered_on.isoformat() if row.answered_on else None) if part)
        remark = f" {row.remark}" if row.remark else ""
        told.append((asked, " → ", YES_NO_WORDS.get(row.answer, Text(row.answer, row.answer)), f" ({by}){remark}" if by else remark))
    if not told:
        return []
    return [Para((Text("台帳の質問への回答", "Answers in the workbook"),), quiet=True), Items(tuple(told))]
