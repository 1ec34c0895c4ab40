"""Rows a SELECT picks are written in little memory where that is possible, and always whole."""

from __future__ import annotations

from pathlib import Path

from omamori.model.host import Host
from omamori.snapshot.database import LEAN_MB, Database, Selected

_MANY = 300_000


def _hosts(name: str, more: str = "") -> Selected:
    with Database() as database:
        names = [str(one) for one, *_ in database.connection.execute("select * from hosts limit 0").description or ()]
    columns = ", ".join(f"{name} as asset" if one == "asset" else f"h.{one}" for one in names)
    return Selected("hosts", f"select {columns} from hosts h, range({_MANY}) r(number){more}", lean=True)


def _limit(database: Database) -> str:
    return str(database.select("select current_setting('memory_limit')")[0][0])


def test_more_rows_than_the_limit_lets_sort_are_written_whole(tmp_path: Path) -> None:
    with Database(tmp_path / "tables.duckdb") as database:
        before = _limit(database)
        database.insert([Host(asset="a"), _hosts("repeat('x', 400) || number", " order by 1")])
        assert database.select("select count(*), count(distinct asset) from hosts") == [(_MANY + 1, _MANY + 1)]
        assert _limit(database) == before


def test_the_limit_holds_while_rows_are_picked_from_a_file_and_never_in_memory(tmp_path: Path) -> None:
    told = _hosts("current_setting('memory_limit')")
    for path in (tmp_path / "tables.duckdb", None):
        with Database(path) as database:
            before = _limit(database)
            database.insert([Host(asset="a"), Selected("hosts", f"{told.select} limit 1", lean=True)])
            ((shown,),) = database.select("select asset from hosts where asset <> 'a'")
            assert (shown != before) == (path is not None), f"{LEAN_MB} MB in a file"
