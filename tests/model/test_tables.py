"""Every table of the model keeps the rules that checks, docs and the workbook rely on."""

from __future__ import annotations

import duckdb
import pytest

from omamori.model.schema import Table, create_statement
from omamori.model.tables import TABLES, table_of

ALL = list(TABLES.values())


def name(table: Table) -> str:
    return table.name


@pytest.mark.parametrize("table", ALL, ids=name)
def test_duckdb_takes_the_table_and_no_name_is_a_reserved_word(table: Table) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute(create_statement(table))
        described = connection.execute(f"describe {table.name}").fetchall()
        reserved = {
            row[0]
            for row in connection.execute("select keyword_name from duckdb_keywords() where keyword_category = 'reserved'").fetchall()
        }
    assert [(row[0], row[1].lower()) for row in described] == [(column.name, column.type) for column in table.columns]
    assert not {table.name, *(column.name for column in table.columns)} & reserved


@pytest.mark.parametrize("table", ALL, ids=name)
def test_every_table_has_words_in_both_languages_and_evidence(table: Table) -> None:
    assert table.doc
    assert table.title.ja
    assert table.title.en
    assert any(column.name == "evidence" for column in table.columns) or table.name == "identity"
    for column in table.columns:
        if column.heading is not None:
            assert column.heading.ja
            assert column.heading.en
            assert column.note is not None, f"{table.name}.{column.name}: people fill it in, so it needs a note"
        codes = [value.code for value in column.values]
        assert len(codes) == len(set(codes))
        assert all(value.label.ja and value.label.en for value in column.values)


@pytest.mark.parametrize("table", ALL, ids=name)
def test_a_row_can_be_made_of_defaults_and_finds_its_table(table: Table) -> None:
    row = table.row()
    assert table_of(row) is table
    for column in table.columns:
        value = getattr(row, column.name)
        assert value is not None or column.nullable, f"{table.name}.{column.name}: the default does not fit its type"


def test_headings_of_a_sheet_are_told_apart() -> None:
    for table in ALL:
        for language in ("ja", "en"):
            headings = [column.heading.say(language) for column in table.columns if column.heading is not None]
            assert len(headings) == len(set(headings)), f"{table.name}: two columns have one heading"
