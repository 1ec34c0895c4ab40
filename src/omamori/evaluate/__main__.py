"""For authors of checks: `python -m omamori.evaluate FILE.sql…` proves checks, `--new topic/name` begins one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from omamori.evaluate.check import CheckError
from omamori.evaluate.examples import Bench, prove
from omamori.evaluate.load import built_in_folder, load_check
from omamori.evaluate.mutants import survivors

_USAGE = """usage: python -m omamori.evaluate FILE.sql…     prove checks: problems, and mutants no example notices
       python -m omamori.evaluate --new topic/name   begin a check in the built-in folder
"""
_NEW = """/*---
title:
  ja:
  en:
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja:
  en:
message:
  ja: "{asset}: "
  en: "{asset}: "
fix:
  cost: none
  ja:
  en:
ask:
  ja:
  en:
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: linux}]
    fails: [a]
  good:
    hosts: [{asset: b, platform: linux}]
---*/
select asset, evidence
from hosts
"""


def main(arguments: Sequence[str]) -> int:
    """Run the author's tool; returns 0 when every check is proven, 1 when not, 2 on wrong usage."""
    if len(arguments) == 2 and arguments[0] == "--new":
        return _begin(arguments[1])
    if not arguments or any(argument.startswith("-") for argument in arguments):
        sys.stderr.write(_USAGE)
        return 2
    bad = 0
    with Bench() as bench:
        for argument in arguments:
            lines = _examine(Path(argument), bench)
            bad += bool(lines)
            sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 1 if bad else 0


def _examine(path: Path, bench: Bench) -> list[str]:
    try:
        check = load_check(path.resolve())
    except CheckError as error:
        return list(error.problems)
    problems = prove(check, bench)
    if problems:
        return problems
    return [f"{check.file}: no example notices: {name}" for name in survivors(check, bench)]


def _begin(name: str) -> int:
    path = built_in_folder() / f"{name}.sql"
    if path.exists():
        sys.stderr.write(f"{path} is there already\n")
        return 1
    path.parent.mkdir(exist_ok=True)
    path.write_text(_NEW, encoding="utf-8")
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
