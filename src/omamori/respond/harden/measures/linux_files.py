"""Linux: rights that others should not have on files and folders (chmod(1)); nothing is given to anybody."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from omamori.model.text import Text
from omamori.respond.harden.changes import ModeTaken
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.parts import Left, Machine, Measure, Menu, Promise

NAME = "linux-files"
_TAKEN = {
    "protection.secrets_readable": 0o007,
    "accounts.home_open": 0o022,
    "protection.everyone_writes_here": 0o002,
    "protection.root_job_replaceable": 0o002,
}
_STOPS = {
    "protection.secrets_readable": Text("管理者以外はこのファイルを読めなくなります", "Nobody but the administrator can read this file"),
    "accounts.home_open": Text("持ち主以外はここに書けなくなります", "Only the owner can write here"),
    "protection.everyone_writes_here": Text(
        "ここに書いていたほかの利用者のプログラムは書けなくなります。誰が書くかを先に確かめてください",
        "Programs of other users that write here no longer can: find out first who writes",
    ),
    "protection.root_job_replaceable": Text("持ち主以外はこのファイルを変えられなくなります", "Only the owner can change this file"),
}


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield the files of a machine whose rights are to be narrowed."""
    rows = {row.path: row for row in facts.rows("file_permissions", machine)}
    for check in _TAKEN:
        for one in facts.open(machine, check):
            path = one.key.removeprefix(f"{machine.asset} | ")
            row = rows.get(path)
            if row is not None and path.startswith("/"):
                yield _measure(machine, one, path, row.owner or "")


def _measure(machine: Machine, one: Promise, path: str, owner: str) -> Measure | Left:
    if one.check == "protection.root_job_replaceable" and owner != "root":
        return Left(
            NAME,
            machine,
            Text(
                f"{path} の持ち主は {owner} です。誰のものかを確かめてから直します",
                f"{path} belongs to {owner}: find out whose it is first",
            ),
        )
    bits = _TAKEN[one.check]
    # Somebody copies this into a shell; whoever made the file chose its name.
    line = f"sudo chmod {_words(bits)} {shlex.quote(path)}"
    return Measure(
        kind=NAME,
        machine=machine,
        what=Text(f"{path} のほかの人の権限を外す", f"Take the others' rights on {path} away"),
        why=Text(
            "ほかの利用者が読んだり書き換えたりすると、管理者の力を奪われます",
            "Who may read or change it can get the administrator's power",
        ),
        stops=_STOPS[one.check],
        menu=Menu(Text(line, line)),
        changes=(ModeTaken(path, bits),),
        promises=(one,),
        evidence=(one.evidence,) if one.evidence else (),
    )


def _words(bits: int) -> str:
    return {0o007: "o-rwx", 0o022: "go-w", 0o002: "o-w"}[bits]


KIND = Kind(name=NAME, title=Text("ファイルの権限", "Rights on files"), system="linux", propose=propose, fixes=tuple(_TAKEN))
