"""The little Markdown that the generated pages need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from omamori.model.text import Language, Text

GENERATED = Text(
    "<!-- 自動生成: 直接編集せず `make docs` で作り直してください。 -->",
    "<!-- Generated: do not edit, run `make docs`. -->",
)


def page(language: Language, title: str, *blocks: str) -> str:
    """Return a page: the note that it is generated, its title, its blocks."""
    return "\n\n".join([GENERATED.say(language), f"# {title}", *(block for block in blocks if block)]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; cells are made to fit in one line."""
    lines = [_row(head), _row(["---"] * len(head)), *(_row(row) for row in rows)]
    return "\n".join(lines)


def name(base: str, language: Language) -> str:
    """Return the file name of a page in a language: `x.md` in English, `x.ja.md` in Japanese."""
    return f"{base}.ja.md" if language == "ja" else f"{base}.md"


def code(text: str) -> str:
    """Return `text` as code, empty when there is none."""
    return f"`{text}`" if text else ""


def one_line(text: str) -> str:
    """Return `text` on one line."""
    return " ".join(text.split())


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(one_line(cell).replace("|", "\\|") for cell in cells) + " |"
