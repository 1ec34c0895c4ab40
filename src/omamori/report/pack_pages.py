"""The pages of an evidence pack: an index in each language, and the sheet to print in the order of the official one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from omamori.model.text import Language, Text
from omamori.report.checklist import ANSWER_WORDS, DECISION_WORDS
from omamori.report.clean import clean
from omamori.report.moments import shown
from omamori.report.pack_shape import Pack
from omamori.report.pack_words import WORDS
from omamori.report.standard_sheet_words import OUTPUT, number_of, summary

INDEX: Mapping[Language, str] = {"ja": "index.html", "en": "index.en.html"}
"""Names of the index by language."""


def index_page(pack: Pack, language: Language, zone: tzinfo) -> bytes:
    """Return the index: what the pack is, what it holds, every item with its evidence number, contradictions first."""
    return _page("pack_index.html.j2", pack, language, zone)


def print_page(pack: Pack, language: Language, zone: tzinfo) -> bytes:
    """Return the sheet to print, with one evidence number per item and room to explain each contradiction."""
    return _page("pack_sheet.html.j2", pack, language, zone)


def _page(name: str, pack: Pack, language: Language, zone: tzinfo) -> bytes:
    def say(text: Text | None) -> str:
        return "" if text is None else clean(text.say(language), 2_000)

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    folder = files("omamori.report").joinpath("templates")
    page = environment.from_string(folder.joinpath(name).read_text(encoding="utf-8")).render(
        p=pack,
        e=pack.sheet.edition,
        language=language,
        say=say,
        clean=clean,
        W=WORDS,
        D=DECISION_WORDS,
        A=ANSWER_WORDS,
        kind=OUTPUT.get(pack.sheet.edition.output),
        number_of=number_of,
        summary=lambda decision: summary(decision, pack.sheet.titles, language),
        when=shown(pack.sheet.moment, zone),
        style=folder.joinpath("pack.css").read_text(encoding="utf-8"),
        other="en" if language == "ja" else "ja",
        index=INDEX,
    )
    return page.encode()
