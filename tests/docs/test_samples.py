"""The sample reports a stranger sees are what the product writes today."""

from __future__ import annotations

import pytest

import samples
from omamori.model.text import Language


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_sample_is_today_s_report(language: Language) -> None:
    kept = samples.SAMPLES / f"report.{language}.html"
    assert kept.read_bytes() == samples.sample(language), "stale: run `make samples`"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_drawing_is_today_s(language: Language) -> None:
    kept = samples.SAMPLES / f"map.{language}.svg"
    assert kept.read_bytes() == samples.drawing(language), "stale: run `make samples`"
