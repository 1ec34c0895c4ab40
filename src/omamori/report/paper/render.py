"""Set a paper with Typst: templates of ours, and data that stays data.

What a machine said reaches Typst as one JSON file and is shown by `#value`, which prints text and never reads it as
markup. Typst sees the templates, that file and an empty folder; it can open nothing else and fetches nothing.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

from omamori.model.text import Language, Text
from omamori.report.clean import clean
from omamori.report.paper.fonts import Font, carried_font, machine_font

SHARED = ("style.typ", "director.typ", "shapes.typ")
NO_PICTURES: Mapping[str, str] = MappingProxyType({})
_PICTURES = 0x2400
LONGEST = 1_000
"""So many characters of one text are printed; the rest stays in the evidence."""

NO_TYPST = Text(
    "PDFを作る部品が入っていません。pip install 'omamori[paper]'(この開発フォルダでは make paper)で入れてください。"
    "持ち運び版には入っていません: report.html を開いて印刷してください",
    "the part that makes PDFs is not installed: pip install 'omamori[paper]' (in a checkout: make paper). "
    "The portable edition has none: open report.html and print it",
)
NO_FONT = Text(
    "日本語の書体が見つかりません。pip install 'omamori[paper]'(開発フォルダでは make paper)で Noto Sans CJK JP が入ります",
    "no Japanese font was found: pip install 'omamori[paper]' (in a checkout: make paper) brings Noto Sans CJK JP",
)


class PaperError(Exception):
    """A paper cannot be made here; `text` says in one line what to do."""

    def __init__(self, text: Text) -> None:
        """Keep the line in both languages."""
        super().__init__(text.en)
        self.text = text


def font() -> Font:
    """Return the font papers are set in. Raises PaperError when Typst or every Japanese font is missing."""
    if find_spec("typst") is None:
        raise PaperError(NO_TYPST)
    found = carried_font() or machine_font()
    if found is None:
        raise PaperError(NO_FONT)
    return found


def render(
    template: str, data: Mapping[str, Any], language: Language, moment: datetime, pictures: Mapping[str, str] = NO_PICTURES
) -> bytes:
    """Return the PDF of a template (`director`, `full`, `sheet`) filled with `data`.

    `data` holds what JSON can hold; control characters and characters the font lacks are made visible. `moment`, in UTC, is
    the date the file bears: the same data give the same bytes. `pictures` are SVG drawings by file name. Raises PaperError; RuntimeError where a template is wrong.
    """
    chosen = font()
    import typst  # heavy, and an extra: only when a paper is made

    content = {"font": chosen.family, "language": language, **printable(data, chosen.characters)}
    parts = {
        "main.typ": _template(template),
        **{name: _template(name.removesuffix(".typ")) for name in SHARED},
        "data.json": json.dumps(content, ensure_ascii=False).encode(),
        **{name: _lettered(drawn, chosen.characters).encode() for name, drawn in pictures.items()},
    }
    with tempfile.TemporaryDirectory(prefix="omamori-") as empty:
        made, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]  # its stubs do not know of files in memory
            parts,
            root=empty,
            font_paths=chosen.handle,
            ignore_system_fonts=True,
            # No package is ever used; should a template ask for one, it finds an empty folder.
            package_path=Path(empty),
            package_cache_path=Path(empty),
            format="pdf",
            timestamp=int((moment - datetime(1970, 1, 1)).total_seconds()),
        )
    if warnings:
        raise RuntimeError("; ".join(warning.message for warning in warnings))
    return bytes(made)


def printable(value: Any, characters: frozenset[str]) -> Any:
    """Return `value` with every text fit to print: cleaned, at most `LONGEST` long, and what `characters` lacks as `[U+1F600]`."""
    if isinstance(value, str):
        text = clean(value, LONGEST, keep_lines=True)
        if characters.issuperset(text):
            return text
        return "".join(one if one in characters or one == "\n" else _number(one) for one in text)
    if isinstance(value, Mapping):
        return {key: printable(inner, characters) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable(inner, characters) for inner in value]
    return value


def _lettered(drawn: str, characters: frozenset[str]) -> str:
    """Return a drawing whose words the font has letters for; any other is the printers' mark for a missing one, for the room is measured."""
    return "".join(one if one in characters or one == "\n" else "〓" for one in drawn)


def _number(character: str) -> str:
    code = ord(character)
    # `clean` wrote a control character as its picture; few fonts have those.
    return f"[U+{code - _PICTURES if code - _PICTURES in range(32) else code:04X}]"


def _template(name: str) -> bytes:
    return files("omamori.report.paper").joinpath(f"{name}.typ").read_bytes()
