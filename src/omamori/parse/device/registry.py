"""Finds the dialects: every module below `omamori.parse.device.dialects` that has a `DIALECT`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache

import omamori.parse.device.dialects
from omamori.parse.device.interface import Dialect


@cache
def dialects() -> tuple[Dialect, ...]:
    """Return every dialect, by the name of its module."""
    found = []
    for module in sorted(
        pkgutil.iter_modules(omamori.parse.device.dialects.__path__, "omamori.parse.device.dialects."), key=lambda one: one.name
    ):
        dialect = getattr(importlib.import_module(module.name), "DIALECT", None)
        if dialect is not None:
            found.append(dialect)
    return tuple(found)


def dialect_of(head: Sequence[str]) -> Dialect | None:
    """Return the dialect a configuration is written in, judged by its first lines; None when nobody knows it."""
    return next((dialect for dialect in dialects() if dialect.recognise(head)), None)
