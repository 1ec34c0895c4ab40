from __future__ import annotations

from pathlib import Path

import pytest

from omamori.model.look import Verdict
from omamori.snapshot.database import UNREADABLE, Database
from omamori.snapshot.glance import NO_SUCH_TABLE, Glance

COUNT = "select count(*) from earlier.verdicts"


def test_one_file_after_the_other_is_read_and_none_stays_open(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("it's one.duckdb", "二.duckdb")]
    for number, path in enumerate(files, 1):
        with Database(path) as database:
            database.insert([Verdict(check_id="c.x", subject=f"m{n}") for n in range(number)])
    harmed = tmp_path / "harmed.duckdb"
    harmed.write_bytes(b"no database")
    with Glance() as glance:
        assert [glance.select(path, COUNT)[0][0] for path in files] == [1, 2]
        with pytest.raises(UNREADABLE):
            glance.select(harmed, COUNT)
        with pytest.raises(NO_SUCH_TABLE):
            glance.select(files[0], "select count(*) from earlier.nowhere")
        assert glance.select(files[0], COUNT)[0][0] == 1
    with Database(files[0]) as database:  # nobody holds the file any more
        database.insert([Verdict(check_id="c.x", subject="more")])
