"""Whether a cut's text may be sent to a device by the tool: only a table of its own that does nothing but drop. Else it is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from omamori.model.text import Text
from omamori.respond.isolate.names import OURS
from omamori.respond.isolate.parts import Written
from omamori.respond.isolate.write.written import LANGUAGES

_WORD = re.compile(r'"[^"\n]*"|#[^\n]*|[{}\n;]|[^\s{}";#]+')
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
_SET_TYPES = frozenset(("ipv4_addr", "ipv6_addr", "inet_service", "inet_proto"))
_FAMILIES = ("inet", "ip", "ip6")
_FORBIDDEN = frozenset(
    (
        *(
            "flush",
            "include",
            "define",
            "undefine",
            "redefine",
            "nat",
            "dnat",
            "snat",
            "masquerade",
            "redirect",
            "tproxy",
            "queue",
            "dup",
            "fwd",
        ),
        *("offload", "flow", "flowtable", "destroy", "rename", "insert", "replace", "synproxy", "notrack"),
    )
)
"""Words that lead packets elsewhere, or reach beyond a table of one's own (nft(8))."""


class NotSendable(ValueError):
    """The tool does not send it; `text` says why. It can still be printed and run by a person."""

    def __init__(self, ja: str, en: str) -> None:
        """Keep the line in both languages."""
        super().__init__(en)
        self.text = Text(ja, en)


@dataclass(frozen=True, slots=True)
class OwnTable:
    """The table a text makes."""

    family: str
    name: str


def sendable(written: Written) -> OwnTable:
    """Return the table that a cut makes on its device. Raises NotSendable."""
    if written.cut.device is None or LANGUAGES.get(written.cut.system) != "nft" or written.apply is None:
        raise NotSendable("この機器には、印刷した手順で人が操作します", "on this device a person works by the printed steps")
    table = own_table(written.apply)
    if not table.name.startswith(OURS):  # never one that somebody else may have under this name
        raise _other(table.name)
    return table


def own_table(text: str) -> OwnTable:
    """Return the one table a text for `nft -f` makes. Raises NotSendable where it does anything else."""
    words = [word for word in _WORD.findall(text) if not word.startswith("#")]
    if not all(char.isprintable() or char in "\n\t" for char in text):
        raise _other("control character")
    bare = [word for word in words if not word.startswith('"')]
    if bad := next((word for word in bare if word in _FORBIDDEN), None):
        raise _other(bad)
    if any(word == "set" and before not in ("\n", ";", "{", "}") for before, word in zip(["\n", *bare], bare, strict=False)):
        raise _other("set")  # writes into the packet; a set of addresses begins a line
    tables = _tables(words)
    if len(tables) != 1:
        raise _other(" / ".join(" ".join(one) for one in sorted(tables)) or "no table")
    ((family, name),) = tables
    types = {word for before, word in pairwise(bare) if before == "type"} - _SET_TYPES
    if family not in _FAMILIES or not _NAME.fullmatch(name) or types != {"filter"} or "chain" not in bare or "hook" not in bare:
        raise _other(f"table {family} {name}")
    return OwnTable(family, name)


def _tables(words: list[str]) -> set[tuple[str, str]]:
    """Return every table the statements at the top name. Raises NotSendable for any other statement there."""
    tables: set[tuple[str, str]] = set()
    depth, statement = 0, list[str]()
    for word in [*words, "\n"]:
        if word == "{":
            if depth == 0:
                tables.add(_table(statement))
                statement = []
            depth += 1
        elif word == "}":
            depth -= 1
            if depth < 0:
                raise _other("}")
        elif depth == 0 and word in ("\n", ";"):
            if statement:
                tables.add(_table(statement))
            statement = []
        elif depth == 0:
            statement.append(word)
    if depth:
        raise _other("{")
    return tables


def _table(statement: list[str]) -> tuple[str, str]:
    words = statement[1:] if statement[:1] in (["add"], ["delete"], ["create"]) else statement
    if len(words) != 3 or words[0] != "table":
        raise _other(" ".join(statement)[:60])
    return words[1], words[2]


def _other(what: str) -> NotSendable:
    return NotSendable(
        f"この文は、自分の表を一つ置いて止めるだけではないため、道具からは送りません({what})。印刷して、人が確かめて操作してください",
        f"its text does more than put one table of its own there that drops ({what}): the tool does not send it. Print it and let a person look",
    )
