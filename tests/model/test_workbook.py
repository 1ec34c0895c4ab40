from __future__ import annotations

from omamori.model.tables import TABLES
from omamori.model.workbook import REFERENCES, SHEETS, name_column, sheet_columns, sheet_tables


def test_every_declared_table_people_fill_in_has_its_sheet() -> None:
    fillable = {name for name, table in TABLES.items() if table.group == "declared" and sheet_columns(table)}
    assert fillable == {*SHEETS, "actions"}
    assert [table.name for table in sheet_tables()] == list(SHEETS)


def test_headings_of_a_sheet_are_different_and_every_column_has_a_note() -> None:
    for table in sheet_tables():
        for language in ("ja", "en"):
            headings = [column.heading.say(language) for column in sheet_columns(table) if column.heading]  # type: ignore[arg-type]
            assert len(set(headings)) == len(headings), (table.name, language)
        for column in sheet_columns(table):
            assert column.note and column.note.ja and column.note.en, (table.name, column.name)


def test_examples_are_values_of_their_lists_and_exist_in_english() -> None:
    for table in sheet_tables():
        for column in sheet_columns(table):
            if column.values and column.example:
                assert column.example in {value.code for value in column.values}
            assert column.example_in("en").isascii() or not column.example, (table.name, column.name)
            assert column.example_in("ja") == column.example


def test_references_lead_to_names_of_other_sheets() -> None:
    for own, column, other in REFERENCES:
        assert TABLES[own].column(column).type == TABLES[other].column(name_column(TABLES[other]).name).type == "varchar"
        assert own in SHEETS and other in SHEETS
