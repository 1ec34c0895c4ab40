"""Which language the user reads: --lang, else OMAMORI_LANG, else the environment's locale."""

from __future__ import annotations

import os
from collections.abc import Mapping

from omamori.model.text import Language, Text


def language_of(environment: Mapping[str, str]) -> Language:
    """Return the language an environment asks for; English when it does not say Japanese."""
    for name in ("OMAMORI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "ja" if value.lower().startswith("ja") else "en"
    return "en"


def help_text(ja: str, en: str) -> str:
    """Help is built while the program loads, before any option is read: the environment decides."""
    return Text(ja, en).say(language_of(os.environ))
