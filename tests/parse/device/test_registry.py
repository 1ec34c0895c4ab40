"""The dialects of the folder are found by themselves, and no two of them claim one file."""

from __future__ import annotations

import pkgutil

import omamori.parse.device.dialects
from omamori.parse.device.registry import dialect_of, dialects


def test_every_module_of_the_folder_is_looked_at_and_names_its_system_once() -> None:
    systems = [dialect.system for dialect in dialects()]
    assert len(systems) == len(set(systems)) <= len(list(pkgutil.iter_modules(omamori.parse.device.dialects.__path__)))
    assert all(dialect.documents for dialect in dialects())


def test_what_is_no_configuration_is_nobodys() -> None:
    for head in ([], [""], ["Dear vendor,", "the line was slow on Tuesday."], ["\x00" * 400], ["#" * 10_000]):
        assert dialect_of(head) is None
