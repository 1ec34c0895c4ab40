from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from omamori.evaluate.connection import Limits, NotRun, open_locked, run
from omamori.model.host import Host
from omamori.snapshot.database import Database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "it's a snapshot.duckdb"
    with Database(made) as database:
        database.insert([Host(asset="a"), Host(asset="b")])
    return made


def test_rows_are_read(path: Path) -> None:
    with open_locked(path, Limits()) as connection:
        result = run(connection, "select asset from hosts order by asset", None, Limits())
    assert (result.columns, result.types, result.rows) == (("asset",), ("VARCHAR",), (("a",), ("b",)))


@pytest.mark.parametrize(
    "sql",
    [
        "insert into hosts (asset) values ('x')",
        "delete from hosts",
        "drop table hosts",
        "create table other (x integer)",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "set memory_limit = '64GB'",
        "reset memory_limit",
        "attach '{folder}/new.duckdb' as other",
        "copy hosts to '{folder}/out.csv'",
        "select * from read_text('{folder}/secret')",
        "select * from '{folder}/secret.csv'",
        "select * from glob('{folder}/*')",
        "export database '{folder}/out'",
        "install httpfs",
        "load httpfs",
        "select * from 'https://127.0.0.1/x.csv'",
    ],
)
def test_what_slips_through_the_guard_still_meets_a_locked_door(path: Path, sql: str) -> None:
    (path.parent / "secret").write_text("x", encoding="utf-8")
    (path.parent / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    before = sorted(path.parent.iterdir())
    with open_locked(path, Limits()) as connection, pytest.raises(duckdb.Error):
        connection.execute(sql.format(folder=path.parent)).fetchall()
    assert sorted(path.parent.iterdir()) == before


def test_a_select_that_runs_too_long_is_stopped(path: Path) -> None:
    limits = Limits(seconds=0.2)
    endless = "select count(*) from range(10000000) a, range(10000000) b where a.range * b.range = 7"
    with open_locked(path, limits) as connection:
        with pytest.raises(NotRun, match=r"(?i)interrupt"):
            run(connection, endless, None, limits)
        assert len(run(connection, "select asset from hosts", None, limits).rows) == 2, "the next check runs"


def test_a_select_that_needs_too_much_memory_is_stopped(path: Path) -> None:
    limits = Limits(megabytes=32)
    with open_locked(path, limits) as connection, pytest.raises(NotRun):
        run(connection, "select list(repeat('x', 1000) || range) as l from range(1000000)", None, limits)


def test_too_many_rows_are_refused(path: Path) -> None:
    limits = Limits(rows=1)
    with open_locked(path, limits) as connection, pytest.raises(NotRun, match="more than 1 rows"):
        run(connection, "select asset from hosts", None, limits)


def test_a_file_that_is_no_database_is_an_error(tmp_path: Path) -> None:
    broken = tmp_path / "x.duckdb"
    broken.write_bytes(b"not a database" * 1000)
    with pytest.raises(duckdb.Error), open_locked(broken, Limits()):
        pass
