"""The papers of a site that was really judged, and what is told where they cannot be made."""

from __future__ import annotations

import sys
from datetime import UTC
from pathlib import Path

import pytest

from omamori.model.text import Language
from omamori.pipeline.check import CheckRequest, run_check
from omamori.pipeline.error import UserError
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.papers import FORMATS, NAMES, PapersRequest, write_papers

LEDGER = Path(__file__).resolve().parents[2] / "src/omamori/example/sick/2026-06-01/daicho.xlsx"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("papers") / "site"
    take_in(place, [LEDGER], Silent())
    run_check(CheckRequest(site=place, out=None, language="ja", formats=("json",), zone=UTC), Silent())
    return place


def request(site: Path, out: Path, language: Language = "ja", names: tuple[str, ...] = NAMES) -> PapersRequest:
    return PapersRequest(site=site, out=out, language=language, names=names, zone=UTC)


def test_every_paper_is_written_twice_and_only_its_owner_reads_it(site: Path, tmp_path: Path) -> None:
    files = write_papers(request(site, tmp_path / "out"), Silent())
    assert len(files) == len(NAMES) * len(FORMATS) and all(path.is_file() for path in files)
    assert {path.read_bytes()[:4] for path in files} == {b"%PDF", b"PK\x03\x04"}
    if sys.platform != "win32":
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600} and (tmp_path / "out").stat().st_mode & 0o777 == 0o700


def test_a_paper_somebody_worked_in_is_never_replaced(site: Path, tmp_path: Path) -> None:
    first = write_papers(request(site, tmp_path, "en", ("contacts",)), Silent())
    first[1].write_bytes(b"my work")
    with pytest.raises(UserError, match="somebody's work"):
        write_papers(request(site, tmp_path, "en", ("lines", "contacts")), Silent())
    assert first[1].read_bytes() == b"my work" and len(list(tmp_path.iterdir())) == 2, "nothing is written when one is refused"


def test_the_same_snapshot_gives_the_same_pdf(site: Path, tmp_path: Path) -> None:
    made = [write_papers(request(site, tmp_path / str(turn), "ja", ("systems",)), Silent())[0].read_bytes() for turn in (1, 2)]
    assert made[0] == made[1]


def test_a_site_never_judged_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="omamori check"):
        write_papers(request(tmp_path / "none", tmp_path / "out"), Silent())
    assert not (tmp_path / "out").exists()
