"""CVSS of an entry: the newest version wins, and of one version the publisher of the feed before others."""

from __future__ import annotations

from typing import Any

from omamori.parse.feeds.cvss import NO_SCORE, Score
from omamori.parse.feeds.json_values import mapping, member, number, objects, text

_NEWEST_FIRST = ("cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2")
_LONGEST_VECTOR = 400


def of_api(metrics: dict[str, Any]) -> Score:
    """Return the score of `metrics` of the API 2.0: of the newest version the first primary one, else the first."""
    for name in _NEWEST_FIRST:
        given = objects(member(metrics, name))
        primary = [one for one in given if text(member(one, "type")) == "Primary"]
        for one in (*primary, *given):
            found = _score(mapping(one, "cvssData"), text(member(one, "baseSeverity")))
            if found.score is not None:
                return found
    return NO_SCORE


def of_11(impact: dict[str, Any]) -> Score:
    """Return the score of `impact` of the feeds 1.1."""
    newer = _score(mapping(impact, "baseMetricV3", "cvssV3"), "")
    if newer.score is not None:
        return newer
    older = mapping(impact, "baseMetricV2")
    return _score(mapping(older, "cvssV2"), text(member(older, "severity")))


def _score(data: dict[str, Any], severity: str) -> Score:
    score = number(member(data, "baseScore"), 10)
    vector = text(member(data, "vectorString"))[:_LONGEST_VECTOR].strip("()")
    if vector and not vector.startswith("CVSS:"):
        # Vectors of version 2 do not name their version.
        vector = f"CVSS:{text(member(data, 'version')) or '2.0'}/{vector}"
    return Score(score, vector or None, text(member(data, "baseSeverity")) or severity or None)
