"""The newest version of CVSS wins, and of one version the primary score."""

from __future__ import annotations

from typing import Any

import pytest

from omamori.parse.feeds.cvss import NO_SCORE, Score
from omamori.parse.feeds.nvd_cvss import of_11, of_api

V40 = {"type": "Secondary", "cvssData": {"version": "4.0", "vectorString": "CVSS:4.0/AV:N", "baseScore": 5.1, "baseSeverity": "MEDIUM"}}
V31 = {"type": "Primary", "cvssData": {"version": "3.1", "vectorString": "CVSS:3.1/AV:N", "baseScore": 10, "baseSeverity": "CRITICAL"}}
OTHER = {"type": "Secondary", "cvssData": {"version": "3.1", "vectorString": "CVSS:3.1/AV:L", "baseScore": 9.9, "baseSeverity": "CRITICAL"}}
V2 = {"type": "Primary", "cvssData": {"version": "2.0", "vectorString": "AV:N/AC:M", "baseScore": 4.3}, "baseSeverity": "MEDIUM"}


@pytest.mark.parametrize(
    ("metrics", "found"),
    [
        ({"cvssMetricV2": [V2], "cvssMetricV31": [OTHER, V31], "cvssMetricV40": [V40]}, Score(5.1, "CVSS:4.0/AV:N", "MEDIUM")),
        ({"cvssMetricV2": [V2], "cvssMetricV31": [OTHER, V31]}, Score(10.0, "CVSS:3.1/AV:N", "CRITICAL")),
        ({"cvssMetricV31": [OTHER]}, Score(9.9, "CVSS:3.1/AV:L", "CRITICAL")),
        ({"cvssMetricV2": [V2]}, Score(4.3, "CVSS:2.0/AV:N/AC:M", "MEDIUM")),
        ({"cvssMetricV40": [{"cvssData": {"baseScore": 99}}], "cvssMetricV2": [V2]}, Score(4.3, "CVSS:2.0/AV:N/AC:M", "MEDIUM")),
        ({"cvssMetricV40": "none"}, NO_SCORE),
        ({}, NO_SCORE),
    ],
    ids=["newest", "primary", "secondary-alone", "old", "score-out-of-range", "no-list", "none"],
)
def test_scores_of_the_api(metrics: dict[str, Any], found: Score) -> None:
    assert of_api(metrics) == found


def test_scores_of_the_old_feeds() -> None:
    three = {"cvssV3": {"version": "3.0", "vectorString": "CVSS:3.0/AV:N", "baseScore": 7.5, "baseSeverity": "HIGH"}}
    two = {"cvssV2": {"version": "2.0", "vectorString": "(AV:N/AC:L)", "baseScore": 5}, "severity": "MEDIUM"}
    assert of_11({"baseMetricV3": three, "baseMetricV2": two}) == Score(7.5, "CVSS:3.0/AV:N", "HIGH")
    assert of_11({"baseMetricV2": two}) == Score(5.0, "CVSS:2.0/AV:N/AC:L", "MEDIUM")
    assert of_11({}) == NO_SCORE
