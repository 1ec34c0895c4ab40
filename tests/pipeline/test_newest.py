"""Reading the newest judgement."""

from __future__ import annotations

from pathlib import Path

import pytest

from omamori.pipeline.check import CheckRequest, run_check
from omamori.pipeline.error import UserError
from omamori.pipeline.gather import take_in
from omamori.pipeline.newest import read_newest
from omamori.pipeline.observer import Silent

LEDGER = Path(__file__).resolve().parents[2] / "src/omamori/example/sick/2026-06-01/daicho.xlsx"


def test_the_newest_is_read_and_harm_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="omamori check"):
        read_newest(tmp_path, lambda database: 0)
    take_in(tmp_path, [LEDGER], Silent())
    made = run_check(CheckRequest(site=tmp_path, out=None, language="ja", formats=("json",)), Silent())
    snapshot, names = read_newest(tmp_path, lambda database: [row.name for row in database.rows("site")])
    assert (snapshot.id, names) == (made.snapshot_id, ["お守り病院"])
    snapshot.tables.chmod(0o600)
    snapshot.tables.write_bytes(b"harmed")
    with pytest.raises(UserError, match="omamori rebuild"):
        read_newest(tmp_path, lambda database: 0)
