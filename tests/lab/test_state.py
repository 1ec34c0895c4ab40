"""What a lab writes down about itself is found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from omamori.gate.daemon import Running
from omamori.lab.fields import LabError
from omamori.lab.state import Served, State, folder_of, load, names, save


def test_a_state_comes_back_as_it_was(tmp_path: Path) -> None:
    folder = folder_of("a", tmp_path)
    folder.mkdir()
    served = (Served("db", "ssh", Running(8, 9), ("tcp", 22), "log"), Served("r", "line", Running(10, 11), None, "log"))
    state = State("a", "healthy", folder, {"db": "lab-a-db"}, {"db": Running(3, 4)}, served, True)
    save(state)
    assert load("a", tmp_path) == state
    assert names(tmp_path) == ["a"]
    assert state.namespace_files() == (Path("/run/netns/lab-a-db"),)


def test_a_lab_killed_before_it_made_anything_has_no_namespaces(tmp_path: Path) -> None:
    folder_of("a", tmp_path).mkdir()
    assert load("a", tmp_path).namespaces == {}


@pytest.mark.parametrize("name", ["", "A", "a-b", "../x", "1a", "a" * 11, "a\n"])
def test_names_that_could_reach_elsewhere_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(LabError, match="cannot be a lab's name"):
        folder_of(name, tmp_path)


def test_a_lab_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="there is no lab a: make it"):
        load("a", tmp_path)


@pytest.mark.parametrize("content", ["{", "[]", '{"name": "a"}'])
def test_a_state_somebody_changed_is_told(content: str, tmp_path: Path) -> None:
    folder_of("a", tmp_path).mkdir()
    (folder_of("a", tmp_path) / "state.json").write_text(content, encoding="utf-8")
    with pytest.raises(LabError, match="cannot be read"):
        load("a", tmp_path)
