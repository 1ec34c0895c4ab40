"""Owners and modes of files that matter, programs with their owner's rights, folders anybody may write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from omamori.model.host import FilePermission
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context, Parser
from omamori.parse.sections import Section, read_sections

TABLES = ("file_permissions",)
_STAT = re.compile(r"([0-7]{1,5}) (\S+) (\S+) (directory|regular file|regular empty file|symbolic link|socket|[a-z ]+?) (/.*)\Z", re.ASCII)
_FOUND = re.compile(r"(setuid|world-writable) ([0-7]{1,5}) (\S+) (\S+) (/.*)\Z", re.ASCII)
_CRON = re.compile(r"/etc/cron|/var/spool/cron|/etc/crontab")
_KINDS = {"homes": "home", "programs": "service-program"}


def parse(data: bytes, context: Context) -> Parsed:
    """Return file_permissions of one machine. Symbolic links are left out: their own mode says nothing."""
    sections = read_sections(data)
    wanted = {name: sections.get(name) for name in ("sensitive", "homes", "walk", "programs")}
    rows: dict[tuple[str, str], FilePermission] = {}
    problems: list[Problem] = []
    whole = True
    cut = False
    for name, section in wanted.items():
        if section is None or not any(line == "searched" for line in section.lines):
            whole = False
        for row in _rows(name, section, problems):
            rows.setdefault((row.kind, row.path), row)
        cut = cut or (section is not None and any(line.startswith("cut ") for line in section.lines))
    if problems:
        return Parsed(tuple(rows.values()), (Look("file_permissions", complete=False, reason="not_understood"),), tuple(problems))
    if not whole or cut:
        return Parsed(tuple(rows.values()), (Look("file_permissions", complete=False, reason="not_collected"),))
    if context.privileged is not True:
        return Parsed(tuple(rows.values()), (Look("file_permissions", complete=False, reason="needs_administrator"),))
    return Parsed(tuple(rows.values()), (Look("file_permissions"),))


def _rows(name: str, section: Section | None, problems: list[Problem]) -> Iterator[FilePermission]:
    for number, line in section.numbered() if section else ():
        if not line.strip() or line == "searched" or line.startswith("cut "):
            continue
        found, stat = _FOUND.match(line), _STAT.match(line)
        if name == "walk" and found:
            yield _row(found[1], found[5], found[3], found[4], found[2], number)
        elif name != "walk" and stat:
            if stat[4] != "symbolic link":
                yield _row(_kind(name, stat[5]), stat[5], stat[2], stat[3], stat[1], number)
        else:
            problems.append(Problem(number, "mode, owner, group and path of a file"))


def _kind(section: str, path: str) -> str:
    kinds: Mapping[str, str] = _KINDS
    if section == "sensitive":
        return "cron" if _CRON.match(path) else "sensitive"
    return "sensitive" if path.endswith("/authorized_keys") else kinds[section]


def _row(kind: str, path: str, owner: str, group: str, mode: str, line: int) -> FilePermission:
    return FilePermission(path=path, kind=kind, owner=owner, file_group=group, mode=mode.zfill(4)[-4:], evidence=str(line))


PARSERS = (Parser(kind="linux.files", tables=TABLES, parse=parse),)
