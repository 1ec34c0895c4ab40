"""Facts are read beside a snapshot's tables, and their sort keys stand in the order of the versions."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.knowledge.store import Facts, create_tables
from omamori.knowledge.version import SCHEMES, key, sort_key
from omamori.model.facts import Affected, Exploited, WindowsFix


def test_facts_are_read_as_tables_and_gone_afterwards() -> None:
    facts = Facts(
        rows=(
            Affected(flaw="CVE-1", product="openssl", scheme="dpkg", before="3.0.11-1~deb12u2"),
            Exploited(flaw="CVE-1", ransomware=True),
            WindowsFix(flaw="CVE-2", update="5034441", build="10.0.19045.3930"),
        )
    )
    with duckdb.connect() as connection:
        with facts.attached(connection):
            query = "select flaw, since_key, before_key, ransomware from facts.affected join facts.exploited using (flaw)"
            assert connection.execute(query).fetchall() == [("CVE-1", None, sort_key("dpkg", "3.0.11-1~deb12u2"), True)]
            assert connection.execute("select build_key from facts.windows_fixes").fetchall() == [(sort_key("windows", "10.0.19045.3930"),)]
        assert connection.execute("select count(*) from duckdb_databases() where database_name = 'facts'").fetchall() == [(0,)]


@pytest.mark.parametrize(
    "statement",
    [
        "create view notes as select content from read_text('{secret}')",
        "drop table feeds; create view feeds as select content as feed from read_text('{secret}')",
        "create macro lower(word) as 'another word'",
        "create macro read() as table select content from read_text('{secret}')",
        "alter table feeds rename column feed to name",
        "drop table feeds; create table feeds as select 1 as feed",
        "drop table exploited",
        "create table more (flaw varchar, told varchar generated always as (upper(flaw)) virtual)",
        "create schema other; alter table feeds rename to feeds2; create table other.feeds as from feeds2",
    ],
    ids=["view", "view of a table", "macro", "table macro", "column", "type", "table", "generated", "schema"],
)
def test_a_file_with_anything_but_our_tables_is_not_read(tmp_path: Path, statement: str) -> None:
    secret, path = tmp_path / "secret.txt", tmp_path / "facts.duckdb"
    secret.write_text("another file of this computer")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{path}' as facts")
        create_tables(connection, "facts")
        connection.execute("detach facts")
    with duckdb.connect() as connection, Facts(path).attached(connection):
        assert connection.execute("select count(*) from facts.feeds").fetchall() == [(0,)]
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement.format(secret=secret))
    with duckdb.connect() as connection:
        with pytest.raises(duckdb.CatalogException, match="not a table of facts"), Facts(path).attached(connection):
            pass
        assert connection.execute("select count(*) from duckdb_databases() where database_name = 'facts'").fetchall() == [(0,)]


_TEXTS = st.text("0123456789abzAZ.~+-:^_hrc", min_size=1, max_size=14)


@given(st.sampled_from(sorted(SCHEMES)), _TEXTS, _TEXTS)
def test_a_sort_key_orders_as_the_scheme_does(scheme: str, left: str, right: str) -> None:
    first, second = key(scheme, left), key(scheme, right)
    if first is None or second is None:
        return
    flat_first, flat_second = sort_key(scheme, left), sort_key(scheme, right)
    assert flat_first is not None and flat_second is not None
    assert (first < second, first == second) == (flat_first < flat_second, flat_first == flat_second)
