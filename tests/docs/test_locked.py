"""The pinned versions agree: pyproject.toml, uv.lock and the files that pip reads."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
PACKAGES: dict[str, dict[str, Any]] = {package["name"]: package for package in LOCK["package"]}
GROUPS = {
    "run": ("build",),
    "dev": ("build", "test", "lint"),
    "system": ("build", "test", "lint", "system"),
    "winrm": ("build",),
    "paper": ("build",),
    "windows": ("windows",),
    "windows-paper": ("windows",),
    "release": ("build", "test", "lint", "release"),
}


EXTRAS = {"winrm": ("winrm",), "paper": ("paper",), "windows": ("winrm",), "windows-paper": ("winrm", "paper")}
"""Files in `locked/` that hold an extra of the project too."""


def normal(requirement: str) -> tuple[str, str]:
    """Split a requirement into its name, as the index writes it, and its versions."""
    found = re.fullmatch(r"([A-Za-z0-9._-]+)(.*)", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[1]).lower(), found[2].strip()


def wanted(entries: list[dict[str, str]]) -> set[tuple[str, str]]:
    """Names and conditions; that something belongs to an extra stands in its marker too, and is no condition of ours."""
    markers = (entry.get("marker", "") for entry in entries)
    told = ("" if marker.startswith("extra") or not marker else f"; {marker}" for marker in markers)
    return {(entry["name"], entry.get("specifier", "") + more) for entry, more in zip(entries, told, strict=True)}


def pinned(name: str) -> dict[str, tuple[str, set[str]]]:
    """Read `locked/<name>.txt`: package → version and hashes."""
    found: dict[str, tuple[str, set[str]]] = {}
    for block in (ROOT / "locked" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if block.strip() and not block.startswith("#"):
            head = re.match(r"([a-z0-9.-]+)==([^ ;]+)", block)
            assert head, block
            found[head[1]] = (head[2], set(re.findall(r"--hash=(sha256:[0-9a-f]{64})", block)))
    return found


def test_the_lock_file_knows_what_the_project_asks_for() -> None:
    metadata = PACKAGES["omamori"]["metadata"]
    asked = [
        *PROJECT["project"]["dependencies"],
        *(item for items in PROJECT["project"]["optional-dependencies"].values() for item in items),
    ]
    assert wanted(metadata["requires-dist"]) == {normal(item) for item in asked}, "run `make lock`"
    for group, items in PROJECT["dependency-groups"].items():
        assert wanted(metadata["requires-dev"][group]) == {normal(item) for item in items}, f"{group}: run `make lock`"


@pytest.mark.parametrize("name", GROUPS)
def test_pip_gets_exactly_what_the_lock_file_holds(name: str) -> None:
    project = PACKAGES["omamori"]
    todo = list(project["dependencies"])
    for extra in EXTRAS.get(name, ()):
        todo += project["optional-dependencies"][extra]
    for group in GROUPS[name]:
        todo += project["dev-dependencies"][group]
    needed: set[str] = set()
    while todo:
        item = todo.pop()
        if item["name"] not in needed:
            needed.add(item["name"])
            todo += PACKAGES[item["name"]].get("dependencies", [])
        for extra in item.get("extra", []):
            todo += PACKAGES[item["name"]]["optional-dependencies"][extra]
    files = pinned(name)
    assert set(files) == needed, "run `make lock`"
    for package, (version, hashes) in files.items():
        locked = PACKAGES[package]
        known = {item["hash"] for item in [*locked.get("wheels", []), *([locked["sdist"]] if "sdist" in locked else [])]}
        assert (version, hashes) == (locked["version"], known), f"{package}: run `make lock`"


def test_no_place_is_named() -> None:
    """Neither the lock file nor the files for pip prefer a mirror: they name files and hashes only."""
    places = set(re.findall(r"\b(?:https?|file)://[^/\"\s]*", (ROOT / "uv.lock").read_text(encoding="utf-8")))
    assert not places, "tools/lock.py replaces addresses by file names"
    assert not [path for path in (ROOT / "locked").glob("*.txt") if "://" in path.read_text(encoding="utf-8")]
