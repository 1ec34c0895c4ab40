"""Short ways to a registry: text of an export, or of a query with its command → what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.registry.export import read_export
from omamori.parse.windows.registry.query import read_items, read_query
from omamori.parse.windows.registry.tree import Shown, Tree

HIVE = "HKEY_LOCAL_MACHINE"
READERS = {"reg_export": read_export, "reg_query": read_query, "reg_items": read_items}


def piece(text: str, form: str = "reg_export", command: str = "", *, cut: bool = False, first: int = 1) -> Piece:
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), first))
    return Piece(form, lines, command, cut)


def written(*blocks: str) -> str:
    """Blocks `KEY below HKLM`, then its values line by line → an export, with its end."""
    out = ["Windows Registry Editor Version 5.00", ""]
    for block in blocks:
        key, *values = block.split("\n")
        out += [f"[{key if key.startswith('HKEY') else HIVE + chr(92) + key}]", *values, ""]
    return "\n".join(out)


@pytest.fixture
def export() -> Callable[..., Shown]:
    return lambda *blocks, **how: read_export(piece(written(*blocks), **how))


@pytest.fixture
def query() -> Callable[..., Shown]:
    return lambda text, command="", **how: read_query(piece(text, "reg_query", command, **how))


@pytest.fixture
def items() -> Callable[..., Shown]:
    return lambda text, command="", **how: read_items(piece(text, "reg_items", command, **how))


@pytest.fixture
def tree() -> Callable[..., Tree]:
    """Blocks → the tree; every block that is not below the one before is an export of its own."""

    def made(*blocks: str, **how: Any) -> Tree:
        files: list[list[str]] = []
        for block in blocks:
            if files and block.split("\n")[0].startswith(files[-1][0].split("\n")[0] + "\\"):
                files[-1].append(block)
            else:
                files.append([block])
        return Tree([read_export(piece(written(*file), **how)) for file in files])

    return made
