"""Says in words what stands as codes in columns that tell why: `fate_told`, `offline_told`, a kind of trace, a chain."""

from __future__ import annotations

from collections.abc import Mapping

from omamori.model.backup import COMPARED, HARMS, PROOF_BECAUSE, SIGNS, UNREADABLE
from omamori.model.backup_posture import FATES, chain_words, told_words
from omamori.model.backup_signs import sign_text
from omamori.model.text import Language, Text

_WORDS: Mapping[str, Text] = {value.code: value.label for listed in (SIGNS, COMPARED, HARMS, PROOF_BECAUSE, UNREADABLE) for value in listed}
_SIGNS = frozenset(value.code for value in SIGNS)

_FATES: Mapping[str, Text] = {value.code: value.label for value in FATES}


def told(name: str, value: object, language: Language) -> object:
    """Return the value of a column of a SELECT as it is said.

    A column named `told` or `…_told` holds codes (or the kind of a trace and its detail), one named `chain_told` the names of machines; every other value comes back as it is.
    """
    if not isinstance(value, str):
        return value
    if name == "chain_told":
        return chain_words(value, language)
    if name != "told" and not name.endswith("_told"):
        return value
    words = _WORDS.get(value)
    kind, blank, detail = value.partition(" ")
    if blank and kind in _SIGNS:
        return sign_text(kind, detail).say(language)
    return (
        words.say(language) if words is not None else told_words("; ".join(_fate(part, language) for part in value.split("; ")), language)
    )


def _fate(part: str, language: Language) -> str:
    """A copy and what becomes of it, as `backup_chains.told` has them: `NIGHT: lost`."""
    name, colon, fate = part.rpartition(": ")
    return f"{name}{colon}{_FATES[fate].say(language)}" if name and fate in _FATES else part
