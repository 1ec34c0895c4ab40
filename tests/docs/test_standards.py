"""The standards name only checks, tables and commands that exist."""

from __future__ import annotations

import pytest

from omamori.evaluate.load import load_checks
from omamori.knowledge.isolation import isolations
from omamori.knowledge.standards import load_standard, standard_names, unknown_names
from omamori.model.tables import TABLES
from pages import commands


@pytest.mark.parametrize("name", standard_names())
def test_every_name_exists(name: str) -> None:
    checks = {check.id for check in load_checks()}
    problems = unknown_names(load_standard(name), checks=checks, tables=TABLES, commands=commands.command_names())
    assert problems == ()


def test_the_seminar_is_there_whole() -> None:
    """129 sentences stand on the slides, titles, labels in pictures and thanks left out."""
    assert sum(1 for _ in load_standard("seminar").sentences()) == 129


def test_ways_to_keep_a_copy_apart_stand_in_the_fixes_of_checks() -> None:
    """A way is named in the fix of each check it lists, in the words of its name, in both languages."""
    fixes = {check.id: check.fix.text for check in load_checks()}
    for way in isolations().methods:
        for check in way.checks:
            assert way.name.ja in fixes[check].ja, (way.id, check)
            assert way.name.en.lower() in fixes[check].en.lower(), (way.id, check)
