"""The evidence pack of one machine. That of a whole hospital stands in tests/hospitals/test_pack.py."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from omamori.pipeline.checklist import SheetRequest
from omamori.pipeline.error import UserError
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.pack import make_pack, preview_lines, write_pack

SICK = Path(__file__).parents[2] / "src" / "omamori" / "example" / "sick" / "2026-06-01"
NOW = datetime(2026, 6, 1, 9)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("site")
    take_in(site, [SICK / "lis1.kit", SICK / "daicho.xlsx"], Silent(), received=datetime(2026, 6, 1, 8, 55))
    return site


def test_a_vendor_gets_a_pack_of_its_own_machines_only(site: Path) -> None:
    request = SheetRequest(site=site, standard="checklist/r7-vendor", vendor="検査ソリューション", moment=NOW, zone=UTC)
    pack = make_pack(request, "en", Silent())
    proofs = [proof for item in pack.items for proof in item.proofs]
    subjects = {line.subject for proof in proofs if proof.proof.kind == "check" for line in proof.lines} - {""}
    assert "検査システム" in subjects and not {"電子カルテDBサーバ", "PACSサーバ", "カルテシステムズ"} & subjects
    assert "職員" not in pack.files["evidence/" + next(i.item.evidence_number for i in pack.items if i.proofs) + ".txt"].decode()


def test_an_existing_file_stays(site: Path, tmp_path: Path) -> None:
    pack = make_pack(SheetRequest(site=site, standard="checklist/r7-hospital", moment=NOW, zone=UTC), "ja", Silent())
    (tmp_path / "p.zip").write_bytes(b"mine")
    with pytest.raises(UserError):
        write_pack(pack, tmp_path / "p.zip", replace_it=False)
    assert (tmp_path / "p.zip").read_bytes() == b"mine"
    assert write_pack(pack, tmp_path / "p.zip", replace_it=True) == (tmp_path / "p.zip").stat().st_size


def test_a_name_of_a_file_that_would_act_on_a_terminal_is_shown(site: Path) -> None:
    pack = make_pack(SheetRequest(site=site, standard="checklist/r7-hospital", moment=NOW, zone=UTC), "ja", Silent())
    told = "".join(line.ja + line.en for line in preview_lines(pack, Path("a\x1b[2J.zip")))
    assert "\x1b" not in told
