"""Nothing that another reader takes is taken for a table of a network device or a log."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import omamori.example
from omamori.parse.registry import RECOGNISE_BYTES, recognise

ROOT = Path(__file__).parents[2]
REAL = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data"))

TABLES = ("show_arp", "ip_arp", "system_arp", "show_mac", "dhcp", "ethernet-switching_table", "ip_source_binding")
"""Folders of outputs that are read here."""
OUR_DEVICES = ("-console.txt", ".log")
"""Ends of the names of files that devices of our made-up hospitals gave."""


def stolen(files: list[Path]) -> list[str]:
    found = []
    for path in files:
        head = path.read_bytes()[:RECOGNISE_BYTES]
        parser = recognise(head, path.name)
        if parser is not None and parser.kind.startswith("network.") and not path.name.endswith(OUR_DEVICES):
            found.append(f"{path} as {parser.kind}")
    return found


def files_of(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


@pytest.mark.parametrize("folder", ["parse/windows", "parse/linux", "parse/ledger", "hospitals", "collect", "report"])
def test_no_sample_of_ours(folder: str) -> None:
    files = [path for path in files_of(ROOT / folder) if path.suffix not in (".py", ".pyc") and path.parent.name != "source"]
    assert stolen(files) == []


def test_no_file_of_the_example() -> None:
    files = files_of(Path(omamori.example.__file__).parent)
    assert len(files) > 50
    assert stolen(files) == []
    consoles = [path for path in files if path.name.endswith("-console.txt")]
    assert {parser.kind for path in consoles if (parser := recognise(path.read_bytes(), path.name))} == {"network.console"}


@pytest.mark.parametrize("folder", ["windows", "nmap", "scanners", "hospital", "refdata"])
def test_no_real_capture_of_another_kind(folder: str) -> None:
    files = files_of(REAL / folder)
    if not files:
        pytest.skip(f"real captures are not here: {REAL / folder}")
    assert stolen(files) == []


def test_no_configuration_and_no_other_output_of_a_device() -> None:
    files = [
        path
        for path in files_of(REAL / "netconfig")
        if path.suffix != ".yml" and not any(word in str(path.relative_to(REAL)) for word in TABLES)
    ]
    if not files:
        pytest.skip(f"real captures are not here: {REAL / 'netconfig'}")
    assert stolen(files) == []
