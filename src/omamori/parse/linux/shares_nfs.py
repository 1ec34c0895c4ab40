"""Reads NFS exports: `exportfs -v` (what is offered now) and /etc/exports (what will be)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from omamori.model.access import Share, ShareAccess, ShareSetting
from omamori.model.look import Problem
from omamori.parse.linux.output import content_lines, files
from omamori.parse.sections import Section

_CLIENT = re.compile(r"([^()]*)(?:\(([^()]*)\))?\Z")
_ANYBODY = ("", "*", "<world>", "0.0.0.0/0", "::/0")


@dataclass(frozen=True, slots=True)
class _Export:
    path: str
    client: str
    options: tuple[str, ...]
    line: int


def nfs_rows(sections: Mapping[str, Section]) -> tuple[list[Any], list[Problem], bool]:
    """Return the rows of NFS, what was not understood, and whether something could not be read."""
    problems: list[Problem] = []
    active = sections.get("exportfs")
    exports: list[_Export] = []
    if active is not None and active.exit_code == 0:
        exports += _exports(_joined(list(active.numbered()), active=True), problems)
    offered = {export.path for export in exports}
    unread = False
    for file in files(sections.get("exports")):
        unread = unread or not file.readable or file.cut
        later = _exports(_joined(list(content_lines(file.lines)), active=False), problems)
        exports += [export for export in later if export.path not in offered]
    rows: list[Any] = []
    for path in dict.fromkeys(export.path for export in exports):
        _rows(path, [export for export in exports if export.path == path], rows)
    return rows, problems, unread


def _joined(lines: list[tuple[int, str]], *, active: bool) -> Iterator[tuple[int, str]]:
    """One export per line: exportfs breaks long ones before the client, the file breaks them with a backslash."""
    whole: list[tuple[int, str]] = []
    for number, line in lines:
        if not line.strip():
            continue
        goes_on = bool(whole) and (line[0].isspace() if active else whole[-1][1].endswith("\\"))
        if goes_on:
            whole[-1] = (whole[-1][0], whole[-1][1].removesuffix("\\") + " " + line.strip())
        else:
            whole.append((number, line.strip()))
    yield from whole


def _exports(lines: Iterator[tuple[int, str]], problems: list[Problem]) -> Iterator[_Export]:
    for number, line in lines:
        path, rest = _path(line)
        if not path.startswith("/"):
            problems.append(Problem(number, "an export: `/folder client(options)`"))
            continue
        defaults: tuple[str, ...] = ()
        clients = rest.split() or ["*"]
        for client in clients:
            found = _CLIENT.match(client)
            if client.startswith("-"):
                defaults = tuple(client[1:].split(","))
            elif found is None:
                problems.append(Problem(number, "a client of an export: `client(options)`"))
            else:
                yield _Export(path, found[1], (*defaults, *(found[2] or "").split(",")), number)


def _path(line: str) -> tuple[str, str]:
    if line.startswith('"'):
        path, _, rest = line[1:].partition('"')
        return path, rest
    path, _, rest = line.replace("\t", " ").partition(" ")
    return path.replace("\\040", " "), rest


def _rows(path: str, exports: list[_Export], rows: list[Any]) -> None:
    line = str(exports[0].line)
    anybody = any(export.client in _ANYBODY for export in exports)
    rows.append(
        Share(
            name=path,
            protocol="nfs",
            path=path,
            writable=any("rw" in export.options for export in exports),
            hosts_allowed=None if anybody else ",".join(export.client for export in exports),
            evidence=line,
        )
    )
    for export in exports:
        access = "root" if "no_root_squash" in export.options else "change" if "rw" in export.options else "read"
        client = "*" if export.client in _ANYBODY else export.client
        rows.append(ShareAccess(share=path, principal=client, access=access, evidence=str(export.line)))
    ways = sorted({option[4:] for export in exports for option in export.options if option.startswith("sec=")}) or ["sys"]
    rows.append(ShareSetting(protocol="nfs", name=f"sec {path}", value=":".join(ways), evidence=line))
