"""Which language the user reads: --lang, else OMAMORI_LANG, else Windows' own, else the environment's locale."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from omamori.model.text import LANGUAGES, Language, Text


def language_of(environment: Mapping[str, str], windows: Language | None = None) -> Language:
    """Return the language an environment asks for; English when nothing says Japanese.

    `windows` is the language of Windows' own menus; there the variables of other systems say nothing.
    """
    told = ("OMAMORI_LANG",) if windows else ("OMAMORI_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    for name in told:
        value = environment.get(name, "")
        if value:
            return "ja" if value.lower().startswith("ja") else "en"
    return windows or "en"


def user_language() -> Language:
    """Return the language of this user, on this machine, now."""
    return language_of(os.environ, windows_language())


def language_in(words: Sequence[str]) -> Language | None:
    """Return the language `--lang` asks for in words that could not be read as a command; None where they ask for none."""
    for word, after in zip(words, [*words[1:], ""], strict=True):
        asked = after if word == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if asked in LANGUAGES:
            return "ja" if asked == "ja" else "en"
    return None


def help_text(ja: str, en: str) -> str:
    """Help is built while the program loads, before any option is read: the environment decides."""
    return Text(ja, en).say(user_language())


if sys.platform == "win32":
    import ctypes

    _PRIMARY, _JAPANESE = 0x3FF, 0x11

    def windows_language() -> Language | None:
        """Return the language Windows shows its menus in."""
        return "ja" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & _PRIMARY == _JAPANESE else "en"

else:

    def windows_language() -> Language | None:
        """Return None: this is not Windows."""
        return None


def fold_long_words() -> None:
    """Let the tables of --help break a Japanese sentence, which has no blanks, over the lines instead of cutting it off."""
    tables: Any = import_module("typer.rich_utils")  # slow to load, and only for help

    class _Folding(tables.Table):  # type: ignore[misc]
        def add_column(self, *arguments: Any, **options: Any) -> None:
            super().add_column(*arguments, **{"overflow": "fold", **options})

    tables.Table = _Folding


# What the command-line library says in English only; the names it quotes stay as they are.
_USAGE = (
    (r"No such command ('[^']*')\.?", r"\1 というコマンドはありません。"),
    (r"No such option: (\S+?)\.?(?=\s|$)", r"\1 というオプションはありません。"),
    (r"Missing argument ('[^']*')\.?", r"\1 を書いてください。"),
    (r"Missing option ('[^']*')\.?", r"\1 を付けてください。"),
    (r"Option ('[^']*') requires an argument\.?", r"\1 の後に値を書いてください。"),
    (r"Got unexpected extra argument(?:s|\(s\))? \(([^)]*)\)", r"余分な指定があります: \1"),
    (r"Invalid value(?: for ('[^']*'))?:", r"値が正しくありません:\1"),
    (r" ?\(?(?:Did you mean|Possible options:) ([^?)]*)[?)]*", r"もしかして: \1"),
)


def usage_in_japanese(message: str) -> str:
    """Return the library's usage error in Japanese; a sentence nobody foresaw stays in English."""
    for pattern, words in _USAGE:
        message = re.sub(pattern, words, message)
    return message
