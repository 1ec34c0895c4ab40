"""What a dialect is: one maker's way of writing a configuration.

A dialect is one module (or a package, where one file is too short) in `omamori.parse.device.dialects` with a `DIALECT`; it is found by
walking the folder. It turns lines into rows of the tables in `omamori.model.device`, whose module says how rules are written down.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from omamori.model.device import DeviceFact, DeviceUnread
from omamori.model.look import Problem
from omamori.parse.windows.lines import Line


@dataclass(frozen=True, slots=True)
class Device:
    """What was read of one device.

    `rows` are rows of the tables of `omamori.model.device` besides device_facts and device_unread; their `evidence` is the line
    number. `unread` are the lines that were not understood, with the table each concerns. `lines` counts the lines that say something.
    `not_told` are tables this output does not tell of at all (an excerpt, a status page), with why as a code of `look.REASONS`.
    """

    fact: DeviceFact
    rows: tuple[Any, ...] = ()
    unread: tuple[DeviceUnread, ...] = ()
    lines: int = 0
    not_told: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    hardware: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """One maker's configurations.

    `recognise` gets the first lines (redacted or not) and tells whether they are of this dialect; two may not claim one file.
    `read` never fails: what it cannot read it returns as unread. `redact` replaces secrets in a line by `[secret: KIND, STATE]`
    (`parse/redact.py`), keeps the line, and is given what the lines before it left (`state`, a dict it may use).
    `documents` name what the meaning of rules was written from. `proven` tells whether real packets were sent through
    this maker's device in a test.
    """

    system: str
    name: str
    recognise: Callable[[Sequence[str]], bool]
    read: Callable[[Sequence[Line]], Device]
    redact: Callable[[str, dict[str, Any]], str] | None
    documents: tuple[str, ...]
    proven: bool = False
