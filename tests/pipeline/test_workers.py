"""Whatever the number of processes: the same evidence, the same rows, the same verdicts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kit_results import windows_kit_result
from omamori.gate import workers as sharing
from omamori.model.tables import TABLES
from omamori.parse.registry import parsers
from omamori.pipeline.intake import import_files
from omamori.pipeline.observer import Silent
from omamori.snapshot.assemble import assemble
from omamori.snapshot.database import Database
from omamori.snapshot.site import Site

_MOMENT = datetime(2026, 3, 3)


def _result(number: int) -> bytes:
    ipconfig = (
        f"\r\nWindows IP Configuration\r\n\r\n   Host Name . . . . . . . . . . . . : PC{number}\r\n"
        f"\r\nEthernet adapter Ethernet:\r\n\r\n   Physical Address. . . . . . . . . : 02-00-00-00-00-{number:02X}\r\n"
        f"   IPv4 Address. . . . . . . . . . . : 10.0.0.{number}(Preferred)\r\n   Subnet Mask . . . . . . . . . . . : 255.255.255.0\r\n"
    )
    return windows_kit_result(f"PC{number}", {"ipconfig.txt": ipconfig.encode()}, started=datetime(2026, 3, 2), number=f"{10**9 + number}")


def _site(folder: Path, bundles: Path, workers: int) -> tuple[dict[str, bytes], list[object], list[str]]:
    site = Site(folder).create()
    told = import_files(site.evidence, [bundles], Silent(), received=_MOMENT, workers=workers)
    stored = {path.relative_to(folder).as_posix(): path.read_bytes() for path in (folder / "evidence").rglob("*") if path.is_file()}
    with Database() as database:
        assemble(site.evidence, parsers(), database, now=_MOMENT, max_age_days=90, workers=workers)
        rows = [row for table in TABLES for row in database.rows(table)]
    return stored, rows, [f"{one.name} {one.status} {one.text.en}" for one in told]


def test_one_process_or_three_make_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "WORTH_BYTES", 1)  # so that even this little is shared
    bundles = tmp_path / "bundles"
    bundles.mkdir()
    for number in range(1, 7):
        (bundles / f"{number}.txt").write_bytes(_result(number))
    (bundles / "nothing.txt").write_bytes(b"no kit result at all\n")
    alone = _site(tmp_path / "one", bundles, 1)
    shared = _site(tmp_path / "three", bundles, 3)
    assert alone == shared
    assert [line.split()[1] for line in alone[2]] == ["stored"] * 6 + ["unknown"]
    assert {getattr(row, "address", None) for row in alone[1]} >= {f"10.0.0.{number}" for number in range(1, 7)}
