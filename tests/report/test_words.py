from __future__ import annotations

from omamori.model.look import REASONS
from omamori.model.tables import TABLES
from omamori.report import words


def test_every_reason_has_its_words_and_what_to_do_about_it() -> None:
    codes = {value.code for value in REASONS}
    assert set(words.ADVICE) == codes == set(words.REASON)
    assert all(words.advice(code).ja and words.advice(code).en for code in codes)


def test_a_reason_nobody_knows_is_said_to_be_so() -> None:
    assert words.reason_label("new_reason") == words.OTHER_REASON
    assert words.reason_label(None) == words.OTHER_REASON
    assert words.advice(None) == words.OTHER_ADVICE


def test_every_table_of_a_host_stands_in_one_group() -> None:
    grouped = [table for _, tables in words.GROUPS.values() for table in tables]
    assert len(grouped) == len(set(grouped))
    of_a_machine = {
        table.name for table in TABLES.values() if table.group == "host" or (table.group == "backup" and table.keeps == "places")
    }
    assert of_a_machine == set(grouped)


def test_platform_tables_are_grouped_tables() -> None:
    grouped = {table for _, tables in words.GROUPS.values() for table in tables}
    assert set(words.ONLY_ON) <= grouped
