"""docs/standards/: each standard's sentences and what serves them."""

from __future__ import annotations

from omamori.knowledge.standards import Sentence, Standard, load_standard, standard_names
from omamori.model.text import LANGUAGES, Language, Text
from pages.markdown import code, name, page, table

HEAD = Text("文|応えるもの", "Sentence|What serves it")
CHECKS = Text("チェック", "checks")
TABLES = Text("表", "tables")
COMMANDS = Text("コマンド", "commands")
NOT_YET = Text("まだ", "not yet")
NOT = Text("あえて行わない", "deliberately not")


def pages() -> dict[str, str]:
    """Return one page per standard and language."""
    return {
        f"standards/{name(standard, language)}": _page(load_standard(standard), language)
        for standard in standard_names()
        for language in LANGUAGES
    }


def _page(standard: Standard, language: Language) -> str:
    sentences = list(standard.sentences())
    served = sum(1 for sentence in sentences if sentence.served)
    planned = sum(1 for sentence in sentences if sentence.not_yet is not None and not sentence.served)
    refused = sum(1 for sentence in sentences if sentence.deliberately_not is not None)
    count = Text(
        f"全 {len(sentences)} 文: 今の機能が(一部でも)応えるもの {served}、予定だけのもの {planned}、あえて行わないもの {refused}。",
        f"{len(sentences)} sentences: {served} served, at least in part, by what exists; {planned} only planned; "
        f"{refused} deliberately not done.",
    )
    blocks = [standard.origin.say(language), standard.note.say(language), count.say(language)]
    for section in standard.sections:
        rows = [(_words(sentence, language), _served_by(sentence, language)) for sentence in section.sentences]
        blocks += [f"## {section.title.say(language)}", table(HEAD.say(language).split("|"), rows)]
    return page(language, standard.title.say(language), *blocks)


def _words(sentence: Sentence, language: Language) -> str:
    return sentence.text.ja if language == "ja" else f"{sentence.text.en}<br>{sentence.text.ja}"


def _served_by(sentence: Sentence, language: Language) -> str:
    parts = []
    for label, names, prefix in ((CHECKS, sentence.checks, ""), (TABLES, sentence.tables, ""), (COMMANDS, sentence.commands, "omamori ")):
        if names:
            parts.append(f"{label.say(language)}: {', '.join(code(prefix + item) for item in names)}")
    for label, words in ((NOT_YET, sentence.not_yet), (NOT, sentence.deliberately_not)):
        if words is not None:
            parts.append(f"{label.say(language)}: {words.say(language)}")
    return "<br>".join(parts)
