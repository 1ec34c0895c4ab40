"""What a setting is, judged over every key that has a say in it. The keys and meanings stand in `values.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from omamori.parse.windows.registry.tree import Tree

Meaning = bool | int


@dataclass(frozen=True, slots=True)
class Key:
    """A key, and a value that stands in it on every Windows (empty: none is known)."""

    path: str
    always: str = ""


@dataclass(frozen=True, slots=True)
class Default:
    """What holds without a value: for builds from `first` up to before `end`; None: no bound."""

    meaning: Meaning
    first: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: the places that decide, the strongest first, and what their numbers mean."""

    places: tuple[tuple[Key, str], ...]
    when: Mapping[int, Meaning]
    other: Meaning | None
    absent: tuple[Default, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What `values.yaml` holds."""

    keys: Mapping[str, Key]
    settings: Mapping[str, Setting]
    parts: Mapping[str, Setting]


@dataclass(frozen=True, slots=True)
class Answer:
    """`known` False: nobody knows. `line` is where it stands, 0 where it follows from an absence."""

    known: bool
    meaning: Meaning | None = None
    line: int = 0


UNKNOWN = Answer(known=False)


@cache
def content() -> Content:
    """Return what `values.yaml` holds. KeyError when it names a key it does not define."""
    text = files("omamori.parse.windows.registry").joinpath("values.yaml").read_text(encoding="utf-8")
    said = yaml.safe_load(text)
    keys = {name: Key(one["key"], one.get("always", "")) for name, one in said["keys"].items()}
    return Content(
        keys=MappingProxyType(keys),
        settings=MappingProxyType({name: _setting(one, keys) for name, one in said["windows_settings"].items()}),
        parts=MappingProxyType({name: _setting(one, keys) for name, one in said["parts"].items()}),
    )


def decide(tree: Tree, setting: Setting, build: int | None) -> Answer:
    """Return what a setting is. Unknown where a key that could decide was not looked at."""
    for key, name in setting.places:
        found = tree.find(key.path, name)
        if found.value is None:
            if not found.known or not (tree.lacks(key.path, name) or _whole(tree, key)):
                return UNKNOWN
            continue
        number = found.value.number
        if tree.only_exported(key.path) and not _whole(tree, key):
            # An export of this key would show more: somebody wrote this file to change the key.
            return UNKNOWN
        if number is None or not 0 <= number < 2**63:
            return UNKNOWN
        meaning = setting.when.get(number, setting.other) if setting.when else number
        return UNKNOWN if meaning is None else Answer(True, meaning, found.value.line)
    meaning = _default(setting, build)
    return UNKNOWN if meaning is None else Answer(True, meaning)


def part(tree: Tree, name: str, build: int | None = None) -> Answer:
    """Return what one of the `parts` is."""
    return decide(tree, content().parts[name], build)


def build_of(tree: Tree) -> int | None:
    """Return the build number of Windows, such as 19045; None when the key was not looked at."""
    for name in ("CurrentBuild", "CurrentBuildNumber"):
        found = tree.find(content().keys["current_version"].path, name)
        if found.value is not None and found.value.number is not None:
            return found.value.number
    return None


def _whole(tree: Tree, key: Key) -> bool:
    """Whether an absence in this key counts: the value that always stands in it was shown as well."""
    return not key.always or tree.find(key.path, key.always).value is not None


def _default(setting: Setting, build: int | None) -> Meaning | None:
    for one in setting.absent:
        if one.first is None and one.end is None:
            return one.meaning
        if build is not None and (one.first or 0) <= build < (one.end or 2**31):
            return one.meaning
    return None


def _setting(said: Mapping[str, Any], keys: Mapping[str, Key]) -> Setting:
    absent = said.get("absent")
    if absent is None:
        defaults: tuple[Default, ...] = ()
    elif isinstance(absent, list):
        defaults = tuple(Default(one["is"], one.get("from"), one.get("below")) for one in absent)
    else:
        defaults = (Default(absent),)
    return Setting(
        places=tuple((keys[name], value) for name, value in said["at"]),
        when=MappingProxyType(dict(said.get("when", {}))),
        other=said.get("other"),
        absent=defaults,
    )
