"""Writes what a look at Windows brought as the stream `collect.cmd` writes, so that everything after it is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Section:
    """One command's output under the name the kit gives it, as bytes, and how it ended."""

    name: str
    data: bytes
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in front of a result. `started`: the machine's clock in UTC, None where it was not told; `built` a day."""

    host: str
    machine: str
    privileged: bool
    version: str
    built: str
    started: datetime | None = None


def write_kit_result(
    head: Head, sections: Sequence[Section], *, number: str, finished: bool = True, with_sum: bool = True, encoding: str = "utf-8"
) -> bytes:
    """Return the stream. `number`: chosen anew for every run, so that no output can pretend to be another.

    Not `finished`: the look ended early, and the reader tells so; no sum stands behind it. `encoding`: of the machine's name.
    """
    mark = f"#@{number} "
    clock = f"{head.started:%Y-%m-%dT%H:%M:%SZ}" if head.started else ""
    visit = f"visit started={clock} host={_word(head.host)} uid={0 if head.privileged else 1000}"
    visit += f" version={head.version} built={head.built} kit=windows machine={head.machine}"
    out = bytearray(f"OMAMORI-KIT-RESULT 1 {number}\r\n{mark}{visit}\r\n{mark}probe windows.commands\r\n".encode(encoding))
    for section in sections:
        out += f"{mark}section {section.name}\r\n".encode() + section.data + f"\r\n{mark}end {section.exit_code}\r\n".encode()
    if not finished:
        return bytes(out)
    out += f"{mark}done windows.commands 0\r\n{mark}finished\r\n".encode()
    if with_sum:
        out += f"{mark}sum sha256={hashlib.sha256(out).hexdigest()}\r\n".encode()
    return bytes(out)


def _word(text: str) -> str:
    """A name as one word: it comes from the machine."""
    return "".join(letter for letter in text if letter.isprintable() and not letter.isspace())[:255]
