"""Finds the checks: those that come with the product, and a hospital's own folders."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from omamori.evaluate.check import Check, CheckError
from omamori.evaluate.guard import guard
from omamori.evaluate.header import read_check
from omamori.model.text import Text

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_BIGGEST = 200_000


def built_in_folder() -> Path:
    """Return the folder of the checks that come with the product."""
    return Path(__file__).resolve().parent.parent / "checks"


def load_checks(folders: Sequence[Path] = ()) -> tuple[Check, ...]:
    """Return the built-in checks and those in `folders`, sorted by id.

    Checks in `folders` are not ours and are guarded here; the built-in ones are guarded by the tests and again
    before they run. Raises CheckError with the problems of all files together.
    """
    checks = {check.id: check for check in _built_in()}
    problems: list[str] = []
    for folder in folders:
        found, wrong = _read_folder(folder)
        problems += wrong
        for check in found:
            try:
                guard(check)
            except CheckError as error:
                problems.extend(error.problems)
                continue
            if check.id in checks:
                problems.append(f"{check.file}:1: {check.id} is there already in {checks[check.id].file}; give it another name")
            checks[check.id] = check
    if problems:
        raise CheckError(problems)
    return tuple(checks[name] for name in sorted(checks))


@cache
def _built_in() -> tuple[Check, ...]:
    """They do not change while the program runs."""
    found, wrong = _read_folder(built_in_folder())
    if wrong:
        raise CheckError(wrong)
    return tuple(found)


def _read_folder(folder: Path) -> tuple[list[Check], list[str]]:
    """Return the checks of a folder and what is wrong with the others."""
    if not folder.is_dir():
        return [], [f"{folder}: no such folder of checks"]
    found: list[Check] = []
    wrong: list[str] = []
    for path in sorted(folder.glob("*/*.sql")):
        try:
            found.append(load_check(path))
        except CheckError as error:
            wrong.extend(error.problems)
    return found, wrong


def load_check(path: Path) -> Check:
    """Return the check in one file; its id is `<folder>.<name>`. Raises CheckError."""
    topic, name = path.parent.name, path.stem
    if not _NAME.match(topic) or not _NAME.match(name):
        raise CheckError([f"{path}:1: name folder and file with a-z, 0-9 and _ only"])
    try:
        if not path.is_file():
            raise CheckError([f"{path}:1: not an ordinary file; a check is one short text file"])
        with path.open("rb") as stream:
            data = stream.read(_BIGGEST + 1)
    except OSError as error:
        raise CheckError([f"{path}:1: cannot be read: {error.strerror}"]) from None
    if len(data) > _BIGGEST:
        raise CheckError([f"{path}:1: larger than {_BIGGEST} bytes; a check is one short file"])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CheckError([f"{path}:1: not UTF-8 at byte {error.start}; save it as UTF-8"]) from None
    return read_check(text, f"{topic}.{name}", str(path))


def topics() -> Mapping[str, Text]:
    """Return the topics and their names for people, in the order reports show them."""
    listed = yaml.safe_load((built_in_folder() / "topics.yaml").read_text(encoding="utf-8"))
    return {str(name): Text(words["ja"], words["en"]) for name, words in listed.items()}
