"""docs/standards/<family>/: each edition's items, who answers them, what decides them, where the words come from and how sure they are."""

from __future__ import annotations

from collections import Counter

from omamori.evaluate.load import load_checks
from omamori.knowledge.edition import CONFIDENCES, Edition, Item
from omamori.knowledge.editions import edition_names, load_edition
from omamori.knowledge.outside_checklist import OutsideChecklist, outside_checklist
from omamori.knowledge.questions import built_in_questions
from omamori.model.text import LANGUAGES, Language, Text
from pages.markdown import code, name, page, table

TITLE = Text("基準の版", "Editions of standards")
LEAD = Text(
    "誰かが病院に求めていることを、項目ごとのデータにしたものです。公的な文書の文言は出典とともにそのまま引き、どこまで確かめたかを付けています。"
    "文言の直し方と、新しい年の版の足し方は [CONTRIBUTING](../../CONTRIBUTING.md)(英語) にあります。",
    "What somebody asks of a hospital, item by item, as data. Words of official documents are quoted with their source, and with how far they were "
    "confirmed. How to correct a text and how to add a year's edition: [CONTRIBUTING](../../CONTRIBUTING.md).",
)
LIST_HEAD = Text("版|答える人|効力の期間|項目|文言の確かさ(高・中・低)", "Edition|Who answers|Holds|Items|Wording (high, medium, low)")
HEAD = Text(
    "番号|項目|答える人・対象|決めるもの|文言の確かさと出典", "No.|Item|Who answers, for what|What decides it|Wording and its source"
)
WHO = {"hospital": Text("医療機関", "the institution"), "vendor": Text("事業者", "the vendor")}
TARGET = {
    "site": Text("全体", "all"),
    "server": Text("サーバ", "servers"),
    "client": Text("端末PC", "client PCs"),
    "server_and_client": Text("サーバ、端末PC", "servers and client PCs"),
    "network": Text("ネットワーク機器", "network devices"),
}
SURE = {
    "high": Text("高: 公的な文書で確かめた", "high: read in an official document"),
    "medium": Text("中: 案や、引用した記事で確かめた", "medium: read in a draft, or as quoted by others"),
    "low": Text("低: 確かめていない、または主題だけ", "low: not confirmed, or only the subject"),
}
CHECKS = Text("反対の根拠になるチェック", "checks that speak against it")
QUESTIONS = Text("質問", "questions")
NEEDS = Text("台帳", "ledger")
UNDECIDED = Text("決めない", "not decided")
PARTLY = Text("見えるのは一部なので、「はい」は人が答えてからです。", "Only a part is seen, so a yes comes from a person first.")
NO_VENDOR = Text("事業者と契約していなければ記入は不要。", "Need not be answered where no vendor has a contract.")
OUTSIDE = Text("チェックリストの項目に当たらない、重大度の高いチェック", "Grave checks that belong to no item of the checklist")
OUTSIDE_HEAD = Text("チェック|当たらないわけ", "Checks|Why not")


def pages() -> dict[str, str]:
    """Return the list of editions, and one page per edition, in both languages."""
    found = {f"standards/{name('editions', language)}": _list(language) for language in LANGUAGES}
    for edition in (load_edition(each) for each in edition_names()):
        found |= {f"standards/{name(edition.name, language)}": _page(edition, language) for language in LANGUAGES}
    return found


def _list(language: Language) -> str:
    rows = []
    for edition in (load_edition(each) for each in edition_names()):
        sure = Counter(item.confidence for item in edition.items())
        rows.append(
            (
                f"[{edition.title.say(language)}]({name(edition.name, language)})",
                WHO[edition.role].say(language),
                _holds(edition, language),
                str(sum(sure.values())),
                " / ".join(str(sure[each]) for each in CONFIDENCES),
            )
        )
    return page(language, TITLE.say(language), LEAD.say(language), table(LIST_HEAD.say(language).split("|"), rows))


def _holds(edition: Edition, language: Language) -> str:
    return Text(
        f"{edition.valid_from or ''}〜{edition.valid_until or ''}", f"{edition.valid_from or '…'} to {edition.valid_until or '…'}"
    ).say(language)


def _page(edition: Edition, language: Language) -> str:
    blocks = [edition.source.say(language), edition.note.say(language), _holds(edition, language)]
    for part in edition.parts:
        rows = [_row(item, edition, language) for item in part.items]
        blocks += [f"## {part.number} {part.title.say(language)}", table(HEAD.say(language).split("|"), rows)]
    outside = outside_checklist()
    if edition.name == outside.edition:
        blocks += [f"## {OUTSIDE.say(language)}", _outside(outside, language)]
    return page(language, edition.title.say(language), *blocks)


def _row(item: Item, edition: Edition, language: Language) -> tuple[str, ...]:
    words = item.text.ja if language == "ja" else f"{item.text.en}<br>{item.text.ja}"
    if item.note is not None:
        words += f"<br>*{item.note.say(language)}*"
    if item.without_vendor:
        words += f"<br>*{NO_VENDOR.say(language)}*"
    sure = SURE[item.confidence].say(language)
    if item.source != edition.source:
        sure += f"<br>{item.source.say(language)}"
    return (
        item.mark,
        words,
        f"{WHO[item.answered_by].say(language)}<br>{TARGET[item.target].say(language)}",
        _decided(item, language),
        sure,
    )


def _decided(item: Item, language: Language) -> str:
    asked = built_in_questions().by_id()
    parts = []
    if item.checks:
        parts.append(f"{CHECKS.say(language)}: {', '.join(code(check) for check in item.checks)}")
    if item.questions:
        parts.append(f"{QUESTIONS.say(language)}: {' / '.join(asked[question].text.say(language) for question in item.questions)}")
    if item.needs:
        parts.append(f"{NEEDS.say(language)}: {', '.join(code(f'{need.table}.{need.column}'.rstrip('.')) for need in item.needs)}")
    if item.undecided is not None:
        parts.append(f"{UNDECIDED.say(language)}: {item.undecided.say(language)}")
    if item.partly:
        parts.append(f"*{PARTLY.say(language)}*")
    return "<br>".join(parts)


def _outside(outside: OutsideChecklist, language: Language) -> str:
    titles = {check.id: check.title for check in load_checks()}
    reasons: dict[Text, list[str]] = {}
    for check, why in outside.why.items():
        reasons.setdefault(why, []).append(f"{code(check)} {titles[check].say(language)}")
    return table(OUTSIDE_HEAD.say(language).split("|"), [("<br>".join(checks), why.say(language)) for why, checks in reasons.items()])
