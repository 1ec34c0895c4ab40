"""Evidence kind `device.config`: the configuration of a router, firewall or VPN device, as it was saved or printed.

The rows are those of the dialect it is written in. A line nobody understood is kept with the table it concerns, and the look at that
table is incomplete: what depends on it is unknown, never passed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from omamori.model.device import (
    DeviceAccess,
    DeviceAccount,
    DeviceChain,
    DeviceFact,
    DeviceInterface,
    DeviceLog,
    DeviceRoute,
    DeviceRule,
    DeviceSecret,
    DeviceUnread,
    DeviceVpn,
)
from omamori.model.look import Look, Parsed
from omamori.model.tables import table_of
from omamori.model.text import Text
from omamori.parse.device.foreign import is_foreign
from omamori.parse.device.interface import Device
from omamori.parse.device.registry import dialect_of
from omamori.parse.device.secret_net import caught
from omamori.parse.device.tables_beside import TABLES as BESIDE
from omamori.parse.device.tables_beside import tables_beside
from omamori.parse.interface import Context, EvidenceError, Parser, Redacted
from omamori.parse.kit_result import is_kit_result
from omamori.parse.network.device_name import device_of, unnamed
from omamori.parse.network.lines import bare, console
from omamori.parse.windows.decode import decode

KIND = "device.config"
ROWS = (
    DeviceFact, DeviceInterface, DeviceRoute, DeviceChain, DeviceRule, DeviceVpn, DeviceAccount, DeviceAccess, DeviceLog, DeviceSecret, DeviceUnread
)  # fmt: skip
TABLES = tuple(table_of(row()).name for row in ROWS)
MAX_CHARS = 1_000_000
"""A rule may name hundreds of objects in one line; a line that was cut would let less through than the device does."""
HEAD = 400
"""Lines a dialect is recognised by."""


def parse(data: bytes, context: Context) -> Parsed:
    """Return what the configuration says; `EvidenceError` when it is in no dialect that is known."""
    shown = console(data, MAX_CHARS)
    dialect = dialect_of([line.text for line in shown.lines[:HEAD]])
    if dialect is None:
        raise EvidenceError(
            Text(
                "どのメーカーの設定か分かりません。設定を表示するコマンドの出力を、最初の行から最後の行まで保存してください",
                "the maker of this configuration is not recognised: save the output of the command that shows it, from the first line to the last",
            )
        )
    device = dialect.read(shown.lines)
    name = device.fact.hostname or device_of(context.file_name)
    fact = replace(device.fact, hostname=name or None, system=dialect.system, lines=device.lines, lines_unread=len(device.unread))
    beside = tables_beside(data, context)
    rows: tuple[Any, ...] = (fact, *device.rows, *device.unread, *beside.rows)
    said = [*([f"name:{name}"] if name else []), *(f"mac:{one}" for one in device.hardware)]
    said += [one for one in beside.identifiers if not one.startswith("name:")]
    problems = (*device.problems, *unnamed(name), *beside.problems)
    looks = (*_looks(device, whole=shown.whole), *beside.looks)
    return Parsed(rows=rows, looks=looks, problems=problems, identifiers=tuple(dict.fromkeys(said)))


def _looks(device: Device, *, whole: bool) -> Iterator[Look]:
    touched = {line.concerns for line in device.unread}
    for table in TABLES:
        if table in device.not_told:
            yield Look(table, complete=False, reason=device.not_told[table])
        elif table in touched or not whole:
            yield Look(table, complete=False, reason="not_understood" if table in touched else "not_collected")
        else:
            yield Look(table)


def redact(data: bytes) -> Redacted:
    """Take the secrets out as the dialect knows them; the number of lines stays. The keyword redactor runs afterwards."""
    text = decode(data).plain
    lines = text.split("\n")
    dialect = dialect_of([line.text for line in console("\n".join(lines[:HEAD]).encode()).lines])
    if dialect is None:
        return Redacted(data)
    state: dict[str, Any] = {}
    own = dialect.redact or (lambda line, _: line)
    # What a pager left before a command would hide it from the patterns of its dialect.
    clean = [caught(own(bare(line), state)) for line in lines]
    return Redacted("\n".join(clean).encode(), sum(old != new for old, new in zip(lines, clean, strict=True)))


def recognise(head: bytes, file_name: str) -> bool:
    """Whether a file is a configuration in a dialect that is known."""
    if is_kit_result(head):
        return False
    lines = [line.text for line in console(head).lines[:HEAD]]
    return not is_foreign(lines) and dialect_of(lines) is not None


PARSERS = (Parser(kind=KIND, tables=(*TABLES, *BESIDE), parse=parse, redact=redact, recognise=recognise),)
