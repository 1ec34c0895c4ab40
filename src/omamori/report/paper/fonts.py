"""The font of the papers: the one that comes with the extra `paper`, else a Japanese one of this machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from omamori.report.paper.glyphs import characters_of

if TYPE_CHECKING:
    import typst

CARRIED = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")
"""Packages of the extra `paper` that carry Noto Sans CJK JP."""
FAMILIES = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "BIZ UDGothic",
    "Yu Gothic",
    "Meiryo",
    "Hiragino Sans",
    "Hiragino Kaku Gothic ProN",
    "IPAexGothic",
    "IPAGothic",
)
"""Japanese fonts a machine may have, the best for print first. Windows brings the third to the fifth."""
_NEEDED = frozenset("あ漢カ診療業者、。「」0Az①")
_REGULAR = range(300, 501)


@dataclass(frozen=True, slots=True)
class Font:
    """A family, the characters every one of its files that is used has, and the handle Typst takes."""

    family: str
    characters: frozenset[str]
    handle: typst.Fonts


@cache
def carried_font() -> Font | None:
    """Return the font of the extra `paper`; None where it is not installed."""
    folders = []
    for package in CARRIED:
        spec = find_spec(package)
        folders += list(spec.submodule_search_locations or ()) if spec else []
    return _chosen(folders, system=False) if folders else None


@cache
def machine_font() -> Font | None:
    """Return the first of `FAMILIES` this machine has; None when it has no Japanese font."""
    return _chosen((), system=True)


def _chosen(folders: Sequence[str], *, system: bool) -> Font | None:
    import typst  # heavy, and an extra: only when a paper is made

    handle = typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=list(folders))
    return choose(handle.fonts(), handle)


def choose(files: Iterable[typst.FontInfo], handle: typst.Fonts) -> Font | None:
    """Return the first family of `FAMILIES` whose files can be read and show Japanese; None when there is none.

    A character counts only where the regular and the bold file have it.
    """
    held = list(files)
    for family in FAMILIES:
        mine = [one for one in held if one.family == family and one.style == "normal" and one.path]
        regular = [one for one in mine if one.weight in _REGULAR]
        if not regular:
            continue
        bold = [one for one in mine if one.weight not in _REGULAR and one.weight >= 600]
        try:
            sets = [characters_of(Path(str(one.path)), one.index) for one in (regular[0], *bold[:1])]
        except (OSError, ValueError):
            continue  # a harmed file: the next family may do
        both = frozenset.intersection(*sets)
        if both >= _NEEDED:
            return Font(family, both, handle)
    return None
