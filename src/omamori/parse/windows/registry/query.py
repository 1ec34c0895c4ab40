"""`reg query` and PowerShell's `Get-ItemProperty`: keys with values as these print them.

What is not printed is an answer only where the command is known and asked for everything: `/v` and `/f` print a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from omamori.model.look import Problem
from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.registry.tree import Block, Data, Shown, Value, key_path

HEADING = re.compile(r"(HKEY_[A-Z_]{4,20})(?:\\(.{0,1000}))?$|! REG\.EXE VERSION \d", re.IGNORECASE)
NOT_FOUND = re.compile(
    r"(?:ERROR|エラー)\s?: ?\s?(?:The system was unable to find the specified registry key or value|指定されたレジストリ ?キーまたは値が見つかりません)"
)
_REFUSED = re.compile(r"(?:ERROR|エラー)\s?: ?(?:Access is denied|アクセスが拒否されました)")
_END = re.compile(r"(?:End of search|検索の完了|検索の終わり)\s?:")
_VALUE = re.compile(r"(?: {4}|\t)(.{0,2000}?)(?: {4}|\t)REG_([A-Z_]{2,30})(?: \(\d{1,3}\))?(?:(?: {4}|\t)(.*)|\s*)$")
_DEFAULT = re.compile(r"\([^()]{1,30}\)")
_COMMAND = re.compile(r'\breg(?:\.exe)?"?\s{1,20}query\s{1,20}("[^"]{1,400}"|\S{1,400})(.*)', re.IGNORECASE)
_PART = re.compile(r"\s/(?:v|ve|f|k|d|c|e|t|se)\b", re.IGNORECASE)
_NUMBERS = frozenset({"DWORD", "QWORD", "DWORD_BIG_ENDIAN"})

_PAIR = re.compile(r"(\[secret: [a-z-]+, [a-z]+\]|[^\s:](?:[^:]{0,400}[^\s:])?)\s{0,400}: ?(.*)$")
_PATH = re.compile(r"PSPath\s*: ?(?:Microsoft\.PowerShell\.Core\\)?Registry::(HKEY_\S.*)$")
_OWN = frozenset({"PSPath", "PSParentPath", "PSChildName", "PSDrive", "PSProvider"})
_ITEM = re.compile(r"\b(?:Get-ItemProperty|gp)\b", re.IGNORECASE)
PROPERTY_LINE = re.compile(r"\[secret: |[^\s:\[{\"<#;][^:]{0,400}:(?: |$)")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a typed `reg query` asked for."""

    key: str
    options: str

    @property
    def everything(self) -> bool:
        """Whether all values of the key were asked for."""
        return _PART.search(self.options) is None and "|" not in self.options

    @property
    def below(self) -> bool:
        """Whether the subkeys' values were asked for too."""
        return re.search(r"\s/s\b", self.options, re.IGNORECASE) is not None

    @property
    def search(self) -> bool:
        """Whether a key and its subkeys were searched for one value by its name, and for nothing else."""
        others = re.search(r"\s/(?:ve|f|k|d|c|e|t|se)\b", self.options, re.IGNORECASE)
        return self.below and self.name is not None and others is None and "|" not in self.options

    @property
    def name(self) -> str | None:
        """The one value that was asked for, if one was."""
        found = re.search(r'\s/v\s{1,20}("[^"]{0,400}"|\S{1,400})', self.options, re.IGNORECASE)
        return found[1].strip('"') if found else None


def read_query(piece: Piece) -> Shown:
    """Return what `reg query` printed."""
    shown = Shown(first=piece.lines[0].number if piece.lines else 0)
    asked = _asked(piece.command)
    if asked is not None and asked.key.startswith("\\\\"):
        shown.problems.append(_problem(piece, "a key of the machine itself, not of another one", "この機器自身のキー(別の機器のものです)"))
        return shown
    other_view = asked is not None and re.search(r"\s/reg:32\b", asked.options, re.IGNORECASE) is not None
    blocks, clean, found = _query_blocks(piece, shown)
    blocks = [_viewed(block) if other_view else block for block in blocks]
    ended = bool(piece.lines) and not piece.lines[-1].text.strip() and not piece.cut
    if asked is None or not asked.everything:
        shown.blocks = blocks
        if asked is not None and asked.search and not shown.problems and any(_END.match(line.text) for line in piece.lines) and ended:
            shown.searched.append((_view(key_path(asked.key)) if other_view else key_path(asked.key), asked.name or ""))
    else:
        root = _view(key_path(asked.key)) if other_view else key_path(asked.key)
        safe = clean and ended
        shown.blocks = [replace(one, whole=safe and (asked.below or one.key == root)) for one in blocks]
        if safe and blocks:
            (shown.roots if asked.below else shown.listed).append(root)
            shown.blocks += _empty(root, shown.blocks)
    if asked is not None and shown.refused:
        shown.denied.append(_view(key_path(asked.key)) if other_view else key_path(asked.key))
    if asked is not None and not found and not blocks and not piece.cut:
        _missed(asked, shown, view=other_view)
    if asked is None and not found:
        shown.problems.append(
            _problem(piece, "the command before this message: without it, it tells nothing", "このメッセージの前のコマンド")
        )
    return shown


def _empty(root: str, blocks: Sequence[Block]) -> list[Block]:
    """Keys without values of their own are not printed, only their subkeys are."""
    there = {one.key: one.line for one in blocks}
    found: dict[str, Block] = {}
    for key, line in there.items():
        while key != root and key.startswith(root + "\\"):
            key = key.rpartition("\\")[0]
            if key in there or key in found:
                break
            found[key] = Block(key, line, (), whole=True)
    return list(found.values())


def _missed(asked: _Asked, shown: Shown, *, view: bool) -> None:
    """The system found nothing: what was asked for is not there."""
    key = _view(key_path(asked.key)) if view else key_path(asked.key)
    if asked.everything:
        shown.absent.append(key)
    elif asked.name is not None and "|" not in asked.options and re.search(r"\s/[fkd]\b", asked.options, re.IGNORECASE) is None:
        shown.lacking.append((key, asked.name))


def _asked(command: str) -> _Asked | None:
    found = _COMMAND.search(command)
    return _Asked(found[1].strip('"'), " " + found[2]) if found else None


def _view(key: str) -> str:
    """The 32-bit view of a key: printed under the key's usual name, it lies elsewhere."""
    return re.sub(r"^hklm\\software(?=\\|$)(?!\\wow6432node)", r"hklm\\software\\wow6432node", key)


def _viewed(block: Block) -> Block:
    return replace(block, key=_view(block.key))


def _query_blocks(piece: Piece, shown: Shown) -> tuple[list[Block], bool, bool]:
    """Return the keys, whether every line was understood, and whether the system found what was asked for."""
    blocks: list[Block] = []
    values: list[Value] = []
    key, start, shown_name, clean, found = "", 0, "", True, True
    lines = piece.lines
    for place, line in enumerate(lines):
        head, value = HEADING.match(line.text), _VALUE.match(line.text)
        if head and head[1]:
            if key:
                blocks.append(Block(key, start, tuple(values), name=shown_name))
            key, start, values = key_path(line.text.rstrip()), line.number, []
            shown_name = line.text.rstrip().rpartition("\\")[2]
        elif NOT_FOUND.match(line.text):
            found = False
        elif _REFUSED.match(line.text):
            shown.refused, clean = True, False
            shown.problems.append(
                Problem(line.number, "an answer; it was refused: ask as administrator", "結果(管理者として実行してください)")
            )
        elif value and key:
            data = _data(value[2].upper(), value[3] or "")
            last = place == len(lines) - 1 and piece.cut
            if data is None:
                clean = False
                shown.problems.append(Problem(line.number, "a value of the type that stands there", "書かれている型の値"))
            elif not last:
                values.append(Value(_name(value[1], first=not values), data, line.number))
        elif line.text.strip() and not head and not _END.match(line.text):
            clean = _other(line, values, shown) and clean
        elif _END.match(line.text):
            clean = False
    if key:
        blocks.append(Block(key, start, tuple(values), name=shown_name))
    return blocks, clean, found


def _other(line: Line, values: list[Value], shown: Shown) -> bool:
    """A line that is no value: it goes on with a text of several lines, or is not understood."""
    if values and isinstance(values[-1].data, str) and "REG_" not in line.text:
        values[-1] = Value(values[-1].name, f"{values[-1].data}\n{line.text}"[:8192], values[-1].line)
        return True
    shown.problems.append(Problem(line.number, "a key, or a value: name, type, data", "キー、または値(名前、種類、データ)"))
    return False


def _name(text: str, *, first: bool) -> str:
    """The default value has a translated name: (Default), (既定)."""
    return "" if first and _DEFAULT.fullmatch(text.strip()) and not text.startswith("[") else text.strip()


def _data(kind: str, text: str) -> Data | None:
    if kind in _NUMBERS:
        found = re.fullmatch(r"0x([0-9a-f]{1,16})", text.strip(), re.IGNORECASE)
        return int(found[1], 16) if found else None
    if kind in ("SZ", "EXPAND_SZ", "LINK"):
        return text.rstrip("\r")
    if kind == "MULTI_SZ":
        return tuple(part for part in text.split("\\0") if part)
    try:
        return bytes.fromhex(text.strip()) if len(text) < 200_000 else None
    except ValueError:
        return text if text.startswith("[secret: ") else None


def _problem(piece: Piece, expected: str, expected_ja: str) -> Problem:
    return Problem(piece.lines[0].number if piece.lines else 0, expected, expected_ja)


@dataclass(slots=True)
class _Item:
    """One key as Get-ItemProperty prints it: lines `name : value` up to PSProvider."""

    line: int
    pairs: list[tuple[str, str, int]] = field(default_factory=list)


def begins_item(lines: Sequence[str]) -> bool:
    """Whether properties of a registry key begin here: the block's PSPath says so."""
    for text in lines:
        if _PATH.match(text):
            return True
        if not text.strip():
            return False
    return False


def read_items(piece: Piece) -> Shown:
    """Return what `Get-ItemProperty` printed as lists. Numbers are printed as text, long lists are cut (`...`)."""
    shown = Shown(first=piece.lines[0].number if piece.lines else 0)
    alone = _ITEM.search(piece.command) is not None and re.search(r"\s-n(?:a(?:me?)?)?\b|\bselect\b|Select-", piece.command, re.I) is None
    for item in _items(piece.lines):
        path = next((value for name, value, _ in item.pairs if name == "PSPath"), "")
        whole = any(name == "PSProvider" for name, _, _ in item.pairs) and not piece.cut
        if "::" not in path:
            shown.problems.append(Problem(item.line, "the path of the key (PSPath)", "キーの場所(PSPath)"))
            continue
        values = []
        for name, text, number in item.pairs:
            if name in _OWN:
                continue
            if text.endswith(("...", "…", "...}", "…}")):
                whole = False
                continue
            data: Data = tuple(part.strip() for part in text[1:-1].split(",")) if text[:1] == "{" and text[-1:] == "}" else text
            values.append(Value("" if name == "(default)" else name, data, number))
        shown.blocks.append(Block(key_path(path), item.line, tuple(values), whole=whole and alone, name=path.rpartition("\\")[2]))
    listed = re.search(r"((?:Registry::|HK[A-Z_]{2,20}:?\\)[^\"'|]{1,300})\\\*", piece.command)
    if listed and alone and not piece.cut and shown.blocks and all(block.whole for block in shown.blocks):
        shown.listed.append(key_path(listed[1]))
    return shown


def _items(lines: Sequence[Line]) -> Iterator[_Item]:
    item: _Item | None = None
    for line in lines:
        text = line.text
        if not text.strip():
            if item is not None:
                yield item
            item = None
            continue
        found = _PAIR.match(text) if text[:1].strip() else None
        if found:
            item = item or _Item(line.number)
            item.pairs.append((found[1], found[2].strip(), line.number))
        elif item is not None and item.pairs:
            name, value, number = item.pairs[-1]
            item.pairs[-1] = (name, f"{value}{text.strip()}"[:8192], number)
    if item is not None:
        yield item
