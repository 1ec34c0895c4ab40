"""CVSS of an entry: the newest version wins, and of one version the publisher of the feed before others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from omamori.parse.feeds.json_values import number, obj, objects, text

_NEWEST_FIRST = ("cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2")
_LONGEST_VECTOR = 400


@dataclass(frozen=True, slots=True)
class Score:
    """Base score 0 to 10, vector with its version, severity as the publisher words it."""

    score: float | None
    vector: str | None
    severity: str | None


NO_SCORE = Score(None, None, None)


def of_api(metrics: dict[str, Any]) -> Score:
    """Return the score of `metrics` of the API 2.0: of the newest version the first primary one, else the first."""
    for name in _NEWEST_FIRST:
        given = objects(metrics, name)
        primary = [one for one in given if text(one, "type") == "Primary"]
        for one in (*primary, *given):
            found = _score(obj(one, "cvssData"), text(one, "baseSeverity"))
            if found.score is not None:
                return found
    return NO_SCORE


def of_11(impact: dict[str, Any]) -> Score:
    """Return the score of `impact` of the feeds 1.1."""
    newer = _score(obj(impact, "baseMetricV3", "cvssV3"), "")
    if newer.score is not None:
        return newer
    older = obj(impact, "baseMetricV2")
    return _score(obj(older, "cvssV2"), text(older, "severity"))


def _score(data: dict[str, Any], severity: str) -> Score:
    score = number(data, "baseScore", 10)
    vector = text(data, "vectorString")[:_LONGEST_VECTOR].strip("()")
    if vector and not vector.startswith("CVSS:"):
        # Vectors of version 2 do not name their version.
        vector = f"CVSS:{text(data, 'version') or '2.0'}/{vector}"
    return Score(score, vector or None, text(data, "baseSeverity") or severity or None)
