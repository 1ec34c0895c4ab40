"""The standards name only checks, tables and commands that exist."""

from __future__ import annotations

import pytest

from omamori.evaluate.load import load_checks
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
