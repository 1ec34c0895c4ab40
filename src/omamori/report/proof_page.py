"""A dated page of one restore proof, to print and to file: what was restored, compared and measured. One HTML file, nothing loaded from outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from omamori.model.clean import clean
from omamori.model.text import Language, Text

_STYLE = (
    "body{font:16px/1.6 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#222}h1{font-size:1.4em}h2{font-size:1.1em;margin-top:1.6em}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top}th{width:34%;"
    "font-weight:normal;background:#f4f4f4}.sign td{height:3em}@media print{body{margin:0}}"
)
_SIGNED = (Text("確認した人", "Seen by"), Text("日付", "Date"), Text("気づいたこと", "Remarks"))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its rows: a label and what stands beside it; a row without a label is a sentence of its own."""

    title: Text
    rows: tuple[tuple[Text | None, Text], ...]


def render_proof(title: Text, sections: Sequence[Section], language: Language) -> str:
    """Return the page. Everything on it is escaped: names may come from a hostile repository."""
    parts = [
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f"<title>{_said(title, language)}</title><style>{_STYLE}</style></head><body><h1>{_said(title, language)}</h1>",
    ]
    for section in sections:
        parts.append(f"<h2>{_said(section.title, language)}</h2>")
        labelled = [(label, text) for label, text in section.rows if label is not None]
        if labelled:
            rows = "".join(f"<tr><th>{_said(label, language)}</th><td>{_said(text, language)}</td></tr>" for label, text in labelled)
            parts.append(f"<table>{rows}</table>")
        sentences = "".join(f"<li>{_said(text, language)}</li>" for label, text in section.rows if label is None)
        if sentences:
            parts.append(f"<ul>{sentences}</ul>")
    signed = "".join(f"<tr><th>{_said(label, language)}</th><td></td></tr>" for label in _SIGNED)
    parts.append(f'<table class="sign" style="margin-top:2em">{signed}</table></body></html>\n')
    return "\n".join(parts)


def _said(text: Text, language: Language) -> str:
    return escape(clean(text.say(language)))
