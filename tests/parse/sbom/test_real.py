"""Real bills of materials: every part of them is read."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from omamori.parse.interface import Context
from omamori.parse.registry import recognise

FOLDER = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "scanners" / "defectdojo" / "cyclonedx"
NOW = datetime(2026, 11, 23)
PARTS = {
    "cyclonedx_bom.xml": 73,
    "grype.xml": 307,
    "issue_8022.json": 1,
    "jake.xml": 204,
    "jake2.json": 67,
    "no-severity.json": 0,
    "spec1.xml": 1,
    "valid-vulnerability-1.4.json": 1,
    "valid-vulnerability-1.4.xml": 1,
}


@pytest.mark.parametrize(("name", "parts"), PARTS.items())
def test_every_part_is_read(name, parts):
    file = FOLDER / name
    if not file.is_file():
        pytest.skip(f"the real captures are not here: {file} (OMAMORI_DATA names their folder)")
    data = file.read_bytes()
    parser = recognise(data[:65536], name)
    assert parser is not None and parser.kind == "sbom.cyclonedx"
    found = parser.parse(data, Context(parser.kind, NOW, NOW, file_name=name))
    assert (len(found.rows), found.problems, found.looks[0].complete) == (parts, (), True)
    lines = data.decode().splitlines()
    for row in found.rows:
        assert row.name in lines[int(row.evidence) - 1] or (row.purl or "?") in lines[int(row.evidence) - 1] or name.endswith("xml")
