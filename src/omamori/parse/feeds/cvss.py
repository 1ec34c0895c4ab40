"""CVSS as publishers give it: score, vector and word, and the base score of a CVSS 3 vector. Pure.

By the equations of FIRST (first.org/cvss/v3.1/specification-document, section 7.1).
Fortinet writes the temporal score where the base score belongs; the vector beside it tells the base score.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from omamori.parse.feeds.json_values import score as read_score

_VECTOR = re.compile(r"^CVSS:3\.[01]/((?:[A-Z]{1,3}:[A-Z](?:/|$)){8,25})$")
_WEIGHTS = {
    "AV": {"N": 0.85, "A": 0.62, "L": 0.55, "P": 0.2},
    "AC": {"L": 0.77, "H": 0.44},
    "UI": {"N": 0.85, "R": 0.62},
    "C": {"H": 0.56, "L": 0.22, "N": 0.0},
}
_PRIVILEGES = {"U": {"N": 0.85, "L": 0.62, "H": 0.27}, "C": {"N": 0.85, "L": 0.68, "H": 0.5}}


@dataclass(frozen=True, slots=True)
class Score:
    """Base score 0 to 10, vector with its version, severity as the publisher words it."""

    score: float | None
    vector: str | None
    severity: str | None


NO_SCORE = Score(None, None, None)


def scored(vector: str, said: object, worded: str = "") -> Score:
    """Return what a vector itself comes to; where its equations are not known here, the score the publisher gives beside it, and its word."""
    base = base_score(vector)
    if base is not None:
        return Score(base, vector, severity(base))
    return Score(read_score(said), vector or None, worded or None)


def highest(scores: Iterable[Score]) -> Score:
    """Return the first of those with the highest score; one without a score only where none has one."""
    return max(scores, key=lambda one: one.score if one.score is not None else -1.0, default=NO_SCORE)


def base_score(vector: str) -> float | None:
    """Return the base score of a CVSS 3.0 or 3.1 vector; None when it is none or lacks a base metric."""
    found = _VECTOR.match(vector)
    if not found:
        return None
    said = dict(part.split(":") for part in found[1].strip("/").split("/"))
    try:
        scope = said["S"]
        loss = 1 - math.prod(1 - _WEIGHTS["C"][said[name]] for name in ("C", "I", "A"))
        ease = 8.22 * math.prod(_WEIGHTS[name][said[name]] for name in ("AV", "AC", "UI")) * _PRIVILEGES[scope][said["PR"]]
    except KeyError:
        return None
    impact = 6.42 * loss if scope == "U" else 7.52 * (loss - 0.029) - 3.25 * (loss - 0.02) ** 15
    if impact <= 0:
        return 0.0
    return _up(min((impact + ease) * (1 if scope == "U" else 1.08), 10))


def severity(base: float) -> str:
    """Return the word FIRST gives a base score."""
    return next(word for least, word in ((9.0, "CRITICAL"), (7.0, "HIGH"), (4.0, "MEDIUM"), (0.1, "LOW"), (0.0, "NONE")) if base >= least)


def _up(value: float) -> float:
    whole = round(value * 100_000)
    return whole / 100_000 if whole % 10_000 == 0 else (whole // 10_000 + 1) / 10
