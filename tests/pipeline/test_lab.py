"""The lab from above: a lab that is not there, one left half made, and names that would reach elsewhere."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from omamori.lab.fields import LabError
from omamori.pipeline.lab import lab_down, lab_names, lab_run, lab_status, lab_up
from omamori.pipeline.observer import Silent


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_what_is_left_of_a_lab_killed_at_once_is_taken_away(tmp_path: Path) -> None:
    labs = tmp_path / "labs"
    (labs / "a").mkdir(parents=True)
    (labs / "b").mkdir()
    (labs / "Not-Ours").mkdir()
    assert lab_names(labs) == ["a", "b"]
    assert not lab_status("a", labs).all_up
    with pytest.raises(LabError, match="the lab a has no host x; there are -"):
        lab_run("a", "x", ["true"], inside=False, labs=labs)
    assert lab_down("b", labs) == ["b"]
    assert lab_down(None, labs) == ["a"]
    assert [path.name for path in labs.iterdir()] == ["Not-Ours"]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_a_name_that_would_reach_elsewhere_is_refused_everywhere(tmp_path: Path) -> None:
    for doing in (lab_down, lab_status):
        with pytest.raises(LabError, match="cannot be a lab's name"):
            doing("../etc", tmp_path)


def test_who_may_not_is_told_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(LabError, match="run it as root"):
        lab_up("a", "sick", datetime(2026, 3, 1, tzinfo=UTC), "en", Silent(), tmp_path)
    with pytest.raises(LabError, match="run it as root"):
        lab_down("a", tmp_path)
    assert list(tmp_path.iterdir()) == []
