"""`omamori lab`: what it says before anything is made. What it makes is tests/system/test_lab.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

OMAMORI = Path(sys.executable).with_name("omamori")


def lab(*words: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "OMAMORI_LANG": lang, "COLUMNS": "200"}
    return subprocess.run([OMAMORI, "lab", *words], env=environment, capture_output=True, text=True, timeout=60)


def test_a_shape_that_is_none_is_a_usage_error() -> None:
    done = lab("up", "--shape", "poorly")
    assert (done.returncode, "--shape: sick, healthy" in done.stderr) == (2, True)


def test_a_program_has_to_be_named() -> None:
    assert lab("run", "it-laptop").returncode == 2


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_a_lab_that_does_not_stand_is_told() -> None:
    for words in (("down", "--name", "nosuchlab"), ("status", "--name", "nosuchlab"), ("run", "--name", "nosuchlab", "x", "true")):
        done = lab(*words)
        assert (done.returncode, "there is no lab nosuchlab: make it with omamori lab up --name nosuchlab" in done.stderr) == (3, True)
    assert "ラボ「nosuchlab」はありません" in lab("down", "--name", "nosuchlab", lang="ja").stderr
