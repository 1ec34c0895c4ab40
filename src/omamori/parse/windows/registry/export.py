"""`reg export` and regedit's files (.reg): keys in brackets with all their values, below each other as in the registry.

Each key's values end with an empty line, the last key's too: an export without it broke off. A file with comments or
deletions, or with keys from several places behind one heading, is no export but a script somebody wrote to change a
registry: it tells nothing about a machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from omamori.model.look import Problem
from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.lines import Lines
from omamori.parse.windows.registry.plain import read_plain
from omamori.parse.windows.registry.tree import Block, Data, Shown, Value, key_path

HEADING = re.compile(r"\ufeff?(?:Windows Registry Editor Version 5\.00|REGEDIT4)\s*$")
_KEY = re.compile(r"\[(-?)(HKEY_[A-Z_]{4,20}(?:\\.{0,1000})?)\]\s*$", re.IGNORECASE)
_VALUE = re.compile(r'(?:@|"((?:[^"\\]|\\.)*+)")\s?=(.*)', re.DOTALL)
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*+)"\s*', re.DOTALL)
_HEX = re.compile(r"hex(?:\(([0-9a-f]{1,8})\))?:([0-9a-f,\s]*)", re.IGNORECASE)
_MARK = re.compile(r'"?(\[secret: [a-z-]+, (?:empty|default|set)\])"?')
_MARK_LINE = re.compile(r'\s*"?\[secret: [a-z-]+, (?:empty|default|set)\]"?\s*')
_ESCAPED = re.compile(r'\\([\\"])')
_ALONE = re.compile(
    r"""(?:Windows\ Registry\ Editor\ Version\ 5\.00|REGEDIT4)\n
    (?:(?:\[HKEY_[A-Z_]++(?:\\[^\n]*)?\]|[ ][ ][0-9a-f,]*+\\?|(?:"(?:[^"\\\n]|\\[^\n])*+"|@)=[^\n]*)?\n)*+""",
    re.VERBOSE,
)
_MAX_JOINED = 20_000
_TEXT_TYPES = (1, 2, 7)


def alone(text: str) -> bool:
    """Whether a text is an export and nothing else: keys, values and bytes that go on, line for line. Not every export is so plain."""
    return _ALONE.fullmatch(text) is not None


def read_export(piece: Piece) -> Shown:
    """Return what an export shows. Of one that is cut nothing is whole, and its last value does not count."""
    if isinstance(piece.lines, Lines) and not piece.cut:
        plain = read_plain(piece.lines.text, piece.lines.first)
        if plain is not None:
            return plain
    shown = Shown(first=piece.lines[0].number if piece.lines else 0)
    lines = [line for line in piece.lines if not HEADING.match(line.text)]
    old = any(line.text.strip("\ufeff \r") == "REGEDIT4" for line in piece.lines[:1])
    script = _script(lines)
    if script:
        shown.problems.append(
            Problem(
                script,
                "an export; this is a script that changes a registry and tells nothing about a machine",
                "エクスポートしたファイル(これはレジストリを変えるためのもので、機器の状態ではありません)",
            )
        )
        return shown
    ended = bool(lines) and not lines[-1].text.strip() and not piece.cut
    blocks = list(_blocks(lines, shown.problems, old=old, cut=piece.cut))
    for place, (block, clean) in enumerate(blocks):
        last = place == len(blocks) - 1
        shown.blocks.append(replace(block, exported=True, whole=clean and not piece.cut and (ended or not last)))
    if not shown.problems and ended and blocks:
        shown.roots = [blocks[0][0].key]
    if not ended and not piece.cut and blocks:
        shown.problems.append(
            Problem(
                lines[-1].number, "an empty line after the last key: the export is cut short", "最後のキーの後の空行(途中で切れています)"
            )
        )
    return shown


def _script(lines: Sequence[Line]) -> int:
    """Return the line that shows that this was never exported, 0 where none does.

    An export holds one key with everything below it, an empty line before every key, no comments and no deletions.
    """
    root, before = "", ""
    for line in lines:
        if line.text.startswith((";", "[-")) or line.text.endswith('"=-'):
            return line.number
        head = _KEY.match(line.text)
        if head:
            key = key_path(head[2])
            root = root or key
            if before.strip() or not (key == root or key.startswith(root + "\\")):
                return line.number
        before = line.text
    return 0


def _blocks(lines: Sequence[Line], problems: list[Problem], *, old: bool, cut: bool) -> Iterator[tuple[Block, bool]]:
    """Yield keys with their values, and whether every line of them was understood."""
    key, start, clean, name = "", 0, True, ""
    values: list[Value] = []
    for line, last in _logical(lines):
        head = _KEY.match(line.text)
        if head:
            if key:
                yield Block(key, start, tuple(values), name=name), clean
            key, start, values, clean = key_path(head[2]), line.number, [], True
            name = head[2].rpartition("\\")[2]
        elif line.text.strip() and not _MARK_LINE.fullmatch(line.text):
            value = _value(line, old=old) if key else None
            if value is None:
                problems.append(Problem(line.number, "a key in brackets, or a value", "角括弧のキー、または値"))
                clean = False
            elif not (last and cut):
                values.append(value)
    if key:
        yield Block(key, start, tuple(values), name=name), clean


def _logical(lines: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """Join bytes continued behind a backslash and texts with line ends in them; also tell whether it is the last line."""
    at = 0
    while at < len(lines):
        line, parts = lines[at], [lines[at].text]
        at += 1
        if "=hex" in line.text:
            while parts[-1].rstrip().endswith("\\") and at < len(lines) and len(parts) < _MAX_JOINED:
                if lines[at].text[:1] in ("[", '"', "@"):
                    break
                parts.append(lines[at].text)
                at += 1
            yield Line(line.number, "".join(part.strip().removesuffix("\\") for part in parts)), at >= len(lines)
            continue
        if _open_text(line.text):
            end = at
            while end < len(lines) and end - at < 500 and not _KEY.match(lines[end].text):
                end += 1
                if _ends_text(lines[end - 1].text):
                    yield Line(line.number, "\n".join(one.text for one in lines[at - 1 : end])), end >= len(lines)
                    at = end
                    break
            else:
                yield line, at >= len(lines)
            continue
        yield line, at >= len(lines)


def _open_text(text: str) -> bool:
    found = _VALUE.fullmatch(text)
    return (
        found is not None and found[2].startswith('"') and _TEXT.fullmatch(found[2]) is None and _MARK.fullmatch(found[2].strip()) is None
    )


def _ends_text(text: str) -> bool:
    body = text.rstrip()
    return body.endswith('"') and (len(body) - 1 - len(body[:-1].rstrip("\\"))) % 2 == 0


def _value(line: Line, *, old: bool) -> Value | None:
    found = _VALUE.fullmatch(line.text.rstrip("\r"))
    if found is None:
        return None
    data = _data(found[2].strip(" \t"), old=old)
    return None if data is None else Value(_ESCAPED.sub(r"\1", found[1] or ""), data, line.number)


def _data(text: str, *, old: bool) -> Data | None:
    mark = _MARK.fullmatch(text)
    if mark:
        return mark[1]
    quoted = _TEXT.fullmatch(text)
    if quoted:
        return _ESCAPED.sub(r"\1", quoted[1])
    number = re.fullmatch(r"dword:([0-9a-f]{1,8})", text.strip(), re.IGNORECASE)
    if number:
        return int(number[1], 16)
    found = _HEX.fullmatch(text.strip())
    if found is None:
        return None
    try:
        data = bytes.fromhex(re.sub(r"[,\s]", "", found[2]))
    except ValueError:
        return None
    return _typed(int(found[1], 16) if found[1] else 3, data, old=old)


def _typed(kind: int, data: bytes, *, old: bool) -> Data | None:
    if kind in _TEXT_TYPES:
        if not old and len(data) % 2:
            return None
        text = data.decode("cp932" if old else "utf-16-le", "replace")
        if kind == 7:
            return tuple(part for part in text.split("\0") if part)
        return text.rstrip("\0")
    if kind in (4, 5):
        return int.from_bytes(data, "little" if kind == 4 else "big") if len(data) == 4 else None
    if kind == 0xB:
        return int.from_bytes(data, "little") if len(data) == 8 else None
    return data
