"""The font of the papers: the carried one, another of the machine, or none."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from omamori.report.paper.fonts import CARRIED, carried_font, choose

FILES = {package: next(Path(str(find_spec(package).origin)).parent.glob("*.otf")) for package in CARRIED}  # type: ignore[union-attr]
REGULAR, BOLD = FILES.values()


@dataclass
class File:
    """A font file as Typst tells of it."""

    family: str
    path: str | None
    weight: int = 400
    style: str = "normal"
    stretch: float = 1.0
    index: int = 0


def chosen(*files: Any) -> Any:
    return choose(files, typst.Fonts(include_system_fonts=False, include_embedded_fonts=False))


def test_the_carried_font_shows_every_word_of_ours() -> None:
    font = carried_font()
    assert font is not None and font.family == "Noto Sans CJK JP"
    held = {weight.weight for weight in font.handle.fonts()}
    assert held == {400, 700}


def test_the_best_family_that_can_be_read_is_taken(tmp_path: Path) -> None:
    harmed = tmp_path / "harmed.ttf"
    harmed.write_bytes(b"no font")
    meiryo = File("Meiryo", str(REGULAR))
    found = chosen(File("BIZ UDGothic", str(harmed)), File("Yu Gothic", str(tmp_path / "gone.ttf")), meiryo, File("Arial", str(REGULAR)))
    assert found.family == "Meiryo"


def test_a_font_without_japanese_or_without_a_file_is_none(tmp_path: Path) -> None:
    assert chosen(File("Arial", str(REGULAR)), File("Meiryo", None), File("Meiryo", str(REGULAR), style="italic")) is None
    assert chosen(File("Meiryo", str(BOLD), weight=700)) is None, "bold alone is no font for a text"


def test_what_only_one_weight_has_does_not_count() -> None:
    both = chosen(File("Meiryo", str(REGULAR)), File("Meiryo", str(BOLD), weight=700))
    assert both.characters <= chosen(File("Meiryo", str(REGULAR))).characters
