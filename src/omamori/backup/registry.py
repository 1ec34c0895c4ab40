"""Finds the kinds of repositories, and the one a place is of."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path

import omamori.backup.kinds
from omamori.backup.interface import BackupError, Key, Kind, Repository


@cache
def kinds() -> tuple[Kind, ...]:
    """Return every kind, in the order in which they are asked."""
    found = []
    for module in pkgutil.iter_modules(omamori.backup.kinds.__path__, "omamori.backup.kinds."):
        kind = getattr(importlib.import_module(module.name), "KIND", None)
        if kind is not None:
            found.append(kind)
    return tuple(sorted(found, key=lambda kind: (kind.order, kind.name)))


def kind_of(place: str, named: str = "") -> Kind:
    """Return the kind of a place; `named` decides where it is given. BackupError when nothing knows it."""
    if named:
        found = next((kind for kind in kinds() if kind.name == named), None)
        if found is None:
            known = ", ".join(kind.name for kind in kinds())
            raise BackupError("not-a-repository", f"--kind は {known} のどれかです", f"--kind is one of {known}")
        return found
    for kind in kinds():
        if place.startswith(kind.schemes) if kind.schemes else False:
            return kind
    folder = Path(place)
    if not folder.exists():
        raise BackupError(
            "unreachable",
            f"「{place}」が見つかりません。つながっているか、パスを確かめてください",
            f"{place} is not there: is it connected, and is the path right?",
        )
    for kind in kinds():
        if kind.recognise(folder):
            return kind
    raise BackupError(
        "not-a-repository",
        f"「{place}」は知っているバックアップの形ではありません。--kind で種類を指定してください",
        f"{place} is no backup of a known kind: name it with --kind",
    )


def open_place(place: str, key: Key, workshop: Path, named: str = "") -> Repository:
    """Open a repository for reading."""
    return kind_of(place, named).open(place, key, workshop)
