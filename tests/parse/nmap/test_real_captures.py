"""Every nmap file of others at hand: taken in or refused with a reason; what a second reader (python-libnmap) found in one is found too."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from omamori.model.sightings import NetworkHost, NetworkPort, Scan
from omamori.parse.interface import Context
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers, recognise

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data"))
FOLDERS = ("nmap", "scanners")
NOT_SCANS = {"defused_et_included.xml", "defused_et_local_includer.xml"}
"""No output of a scanner: traps for readers of XML."""


def _files() -> list[Path]:
    found = [
        path
        for folder in FOLDERS
        for pattern in ("*.xml", "*.xml.gz")
        for path in (DATA / folder).rglob(pattern)
        if "nmap" in path.as_posix()
    ]
    found = [path for path in found if b"<nmaprun" in path.read_bytes()[:4096] or path.name.endswith(".gz") or path.name in NOT_SCANS]
    if not found:
        pytest.skip(f"real captures are not here: {DATA / 'nmap'}")
    return sorted(found)


def _rows(path: Path) -> list:
    parser = parsers()["nmap.xml"]
    now = datetime(2026, 11, 29)
    return list(parser.parse(redact_for(parser, path.read_bytes()).data, Context(parser.kind, now, now)).rows)


def test_every_file_is_taken_in_or_not_recognised() -> None:
    for path in _files():
        known = recognise(path.read_bytes()[:65536], path.name)
        if path.name in NOT_SCANS:
            assert known is None, path
            continue
        assert known is not None, path
        assert known.kind == "nmap.xml"
        rows = _rows(path)
        assert any(isinstance(row, Scan) and row.finished for row in rows), path
        # The one whose address its owner replaced by a word tells no host.
        assert any(isinstance(row, NetworkHost) for row in rows) or path.name == "test_osclass.xml", path


def test_what_another_reader_found_is_found() -> None:
    _files()
    folder = DATA / "nmap" / "python-libnmap"
    report = json.loads((folder / "2_hosts.json").read_text(encoding="utf-8"))["__NmapReport__"]
    theirs = {}
    for host in (one["__NmapHost__"] for one in report["_hosts"]):
        services = [one["__NmapService__"] for one in host["_services"]]
        theirs[host["_main_address"]] = {
            (one["_protocol"], one["_portid"], one["_state"]["state"], one["_service"]["name"]) for one in services
        }
    rows = _rows(folder / "2_hosts.xml")
    ours: dict[str, set] = {row.address: set() for row in rows if isinstance(row, NetworkHost)}
    for row in rows:
        if isinstance(row, NetworkPort):
            ours[row.address].add((row.protocol, row.port, row.state, row.service))
    assert ours == theirs
    (scan,) = (row for row in rows if isinstance(row, Scan))
    assert scan.began == datetime(1970, 1, 1) + timedelta(seconds=int(report["_nmaprun"]["start"]))
    assert scan.hosts_up == len(theirs)
