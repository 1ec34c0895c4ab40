"""Tells from the beginning of a file whether it is a workbook of ours: what the first parts unpack to is searched for keys."""

from __future__ import annotations

import html
import struct
import zlib
from collections.abc import Iterator

from omamori.model.answer_sheet import KEYS
from omamori.model.schema import Table
from omamori.model.tables import TABLES
from omamori.model.vendor_sheet import KEY_SHEET as VENDOR_KEYS
from omamori.model.vendor_sheet import SHEETS as VENDOR_SHEETS
from omamori.model.workbook import KEY_PREFIX, KEY_SHEET, SHEETS, sheet_columns, sheet_tables

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_SIGNATURE = b"PK\x03\x04"
MAX_UNPACKED = 8 * 1024 * 1024
LEAST_SHEETS = 2
"""An inquiry without our keys is recognised by so many names of its sheets."""
LEAST_HEADINGS = 8
"""A workbook without our keys is taken for a ledger when so many of its headings are found."""


def is_ledger(head: bytes, file_name: str) -> bool:
    """Return whether the file is a ledger: by its hidden keys, else by many known headings, else by its name."""
    if not is_workbook(head):
        return False
    text = unpacked_text(head)
    if holds_answers(text) or _holds_actions(text) or _holds_reply(text):
        return False  # answers to a standard or to an inquiry, or a report: its list of things to do is what comes back, its other sheets only show
    if any(f"{KEY_PREFIX}{name}<" in text for name in SHEETS) or f'"{KEY_SHEET}"' in text:
        return True
    headings = {f">{word}<" for table in sheet_tables() for word in _headings(table)}
    if sum(heading in text for heading in headings) >= LEAST_HEADINGS:
        return True
    name = file_name.lower()
    return b"xl/" in head and name.endswith((".xlsx", ".xlsm")) and ("台帳" in name or "ledger" in name)


def is_actions(head: bytes, file_name: str) -> bool:
    """Return whether the file is a report workbook with a list of things to do."""
    if not is_workbook(head):
        return False
    text = unpacked_text(head)
    if _holds_actions(text):
        return True
    if holds_answers(text):
        return False
    table = TABLES["actions"]
    if all(f">{column.heading.ja}<" in text or f">{column.heading.en}<" in text for column in sheet_columns(table) if column.heading):
        return True
    return b"xl/" in head and file_name.lower() in ("report.xlsx", "report.ja.xlsx", "report.en.xlsx")


def holds_answers(text: str) -> bool:
    """Return whether the words of a workbook hold the hidden key of an answer sheet of a standard."""
    return f"{KEYS}<" in text


def is_reply(head: bytes, file_name: str) -> bool:
    """Return whether the file is an inquiry to a vendor, answered or not."""
    return is_workbook(head) and _holds_reply(unpacked_text(head))


def _holds_reply(text: str) -> bool:
    """Judge by the hidden sheet or keys; where both are gone, by the names of its sheets."""
    if f'"{VENDOR_KEYS}"' in text or any(f"{KEY_PREFIX}{table.name}<" in text for table in VENDOR_SHEETS):
        return True
    titles = [(f'name="{table.title.ja}"', f'name="{table.title.en}"') for table in VENDOR_SHEETS]
    return sum(any(name in text for name in pair) for pair in titles) >= LEAST_SHEETS


def _holds_actions(text: str) -> bool:
    """Judge by the hidden key, or by the list of sheets, which stands earlier in the file."""
    title = TABLES["actions"].title
    named = f'name="{title.ja}"' in text or f'name="{title.en}"' in text
    return f"{KEY_PREFIX}actions<" in text or (named and f'"{KEY_SHEET}"' in text)


def _headings(table: Table) -> Iterator[str]:
    for column in sheet_columns(table):
        if column.heading is not None:
            yield from (column.heading.ja, column.heading.en)


def is_workbook(head: bytes) -> bool:
    """Return whether a file begins like a workbook (any zip file does)."""
    return head.startswith(_SIGNATURE)


def unpacked_text(head: bytes) -> str:
    """Return the words of the parts at the beginning of a workbook, as far as they are there and within limits."""
    # Some programs write Japanese as `&#27231;`, so references are resolved before anything is compared.
    return html.unescape("\n".join(part.decode("utf-8", "replace") for part in _unpacked(head)))


def _unpacked(head: bytes) -> Iterator[bytes]:
    """Yield what the parts at the beginning of a zip file unpack to, as far as it is there and within limits."""
    position, left = 0, MAX_UNPACKED
    while left > 0:
        position = head.find(_SIGNATURE, position)
        if position < 0 or position + _LOCAL.size > len(head):
            return
        fields = _LOCAL.unpack_from(head, position)
        begin = position + _LOCAL.size + fields[9] + fields[10]
        if fields[3] == 8:
            unpacker = zlib.decompressobj(-15)
            try:
                part = unpacker.decompress(head[begin:], left)
            except zlib.error:
                part = b""
        else:
            part = head[begin : begin + min(fields[7], left)]
        left -= max(len(part), 1)
        yield part
        position = max(begin, position + 4)
