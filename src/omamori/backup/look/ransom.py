"""Endings and names of notes that are known of ransomware, read from `ransom.csv`."""

from __future__ import annotations

import csv
import fnmatch
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Ransom:
    """What is known. `endings` and `notes`: exact → whether hardly anything else uses it; the rest are patterns."""

    endings: Mapping[str, bool]
    notes: Mapping[str, bool]
    ending_patterns: tuple[tuple[re.Pattern[str], bool], ...]
    note_patterns: tuple[tuple[re.Pattern[str], bool], ...]

    def ending(self, ending: str) -> bool | None:
        """Return whether an ending is surely ransomware's (False: ordinary programs use it too); None when it is not known."""
        return _known(ending[:_LONGEST], self.endings, self.ending_patterns)

    def note(self, name: str) -> bool | None:
        """Return whether a file name is surely that of a note (False: it may be an ordinary one); None when it is not known."""
        return _known(name[:_LONGEST].lower(), self.notes, self.note_patterns)


def _known(word: str, exact: Mapping[str, bool], patterns: Iterable[tuple[re.Pattern[str], bool]]) -> bool | None:
    if word in exact:
        return exact[word]
    found = [sure for pattern, sure in patterns if pattern.fullmatch(word)]
    return max(found) if found else None


@cache
def known_ransom() -> Ransom:
    """Return what `ransom.csv` holds; ValueError names a line that is not of its form."""
    return read_ransom(files("omamori.backup.look").joinpath("ransom.csv").read_text(encoding="utf-8"))


def read_ransom(text: str) -> Ransom:
    """Read the table: lines `what,pattern,sure`; lines beginning with # are for people. ValueError names a bad line."""
    exact: dict[str, dict[str, bool]] = {"ending": {}, "note": {}}
    patterns: dict[str, list[tuple[re.Pattern[str], bool]]] = {"ending": [], "note": []}
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for row in csv.DictReader(lines):
        what, pattern, sure = row.get("what"), row.get("pattern"), row.get("sure")
        if what not in exact or not pattern or pattern != pattern.lower() or sure not in ("yes", "no"):
            raise ValueError(f"ransom.csv: {row}")
        if "*" in pattern:
            patterns[what].append((re.compile(fnmatch.translate(pattern)), sure == "yes"))
        else:
            exact[what][pattern] = sure == "yes"
    return Ransom(exact["ending"], exact["note"], tuple(patterns["ending"]), tuple(patterns["note"]))
