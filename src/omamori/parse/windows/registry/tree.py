"""The registry as several outputs together show it: keys, values, and whether something not shown is really not there.

Three answers to "which value?": this one; none (its key was seen whole, or is known not to be there); not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from omamori.model.look import Problem

_HIVES: Mapping[str, str] = MappingProxyType(
    {
        "hkey_local_machine": "hklm",
        "hkey_current_user": "hkcu",
        "hkey_users": "hku",
        "hkey_classes_root": "hkcr",
        "hkey_current_config": "hkcc",
    }
)
_SET = re.compile(r"hklm\\system\\controlset(\d{3})(?=\\|$)")
_PROVIDER = re.compile(r"(?:microsoft\.powershell\.core\\)?registry::", re.IGNORECASE)
Data = str | int | bytes | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its name as written (empty: the default value), its data, and the line it stands in."""

    name: str
    data: Data
    line: int

    @property
    def number(self) -> int | None:
        """The data as a whole number, None when it is none. Old programs write numbers as text."""
        if isinstance(self.data, int):
            return self.data
        text = self.data.strip().removesuffix(",").strip() if isinstance(self.data, str) else ""
        if re.fullmatch(r"-?\d{1,20}", text, re.ASCII):
            return int(text) % 2**32 if text.startswith("-") else int(text)
        return int(text, 16) if re.fullmatch(r"0[xX][0-9a-fA-F]{1,16}", text) else None

    @property
    def text(self) -> str:
        """The data as text; of a list its entries separated by commas, of bytes nothing."""
        if isinstance(self.data, bytes):
            return ""
        data = ",".join(self.data) if isinstance(self.data, tuple) else str(self.data)
        return data.split("\0", 1)[0].strip()


@dataclass(frozen=True, slots=True)
class Block:
    """One key as one output shows it. `whole` True: these are all its values for certain. `name` is its last part as written.

    `exported` True: it stands in a file that, if it is no script, shows the key whole.
    """

    key: str
    line: int
    values: Sequence[Value] = ()
    whole: bool = False
    name: str = ""
    exported: bool = False

    def by_name(self) -> Callable[[str], Sequence[Value]]:
        """Return a function from a name in lower case to the values that have it."""
        # Values that were not read yet find those of one name by themselves.
        named: Callable[[str], Sequence[Value]] | None = getattr(self.values, "named", None)
        if named is not None:
            return named
        found: dict[str, list[Value]] = {}
        for value in self.values:
            found.setdefault(value.name.lower(), []).append(value)
        return lambda name: found.get(name, ())


@dataclass(slots=True)
class Shown:
    """What one output shows.

    `roots` are keys below which every key was shown, `listed` keys of which the direct children were; `absent` keys and
    `lacking` values that are not there for certain. `searched` are keys below
    which every value of a name was looked for. `refused` True: something was not shown for want of rights;
    `denied` are the keys it was, as far as they are known.
    `first` is the line the output begins at.
    """

    first: int = 0

    blocks: list[Block] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    lacking: list[tuple[str, str]] = field(default_factory=list)
    searched: list[tuple[str, str]] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: `known` False when nobody knows; `value` None with `known` True when there is none for certain."""

    known: bool
    value: Value | None = None


def key_path(text: str) -> str:
    r"""Return a key in one spelling: `hklm\system\...`, lower case, without PowerShell's provider."""
    path = text.strip().strip('"')
    path = (_PROVIDER.sub("", path, count=1) if "::" in path else path).replace("/", "\\").strip("\\")
    hive, _, rest = path.lower().partition("\\")
    hive = _HIVES.get(hive.removesuffix(":"), hive.removesuffix(":"))
    return f"{hive}\\{rest}" if rest else hive


class Tree:
    """The registry of one machine as its outputs together show it."""

    def __init__(self, shown: Sequence[Shown]) -> None:
        """Join what the outputs show. Of the numbered control sets only the one in use counts (001, or what Select says)."""
        self.refused = any(one.refused for one in shown)
        self.first = min((one.first for one in shown if one.first), default=0)
        current = _current_set(shown)
        self._blocks: dict[str, list[Block]] = {}
        for one in shown:
            for block in one.blocks:
                self._blocks.setdefault(_in_use(block.key, current), []).append(block)
        self._roots = {_in_use(key, current) for one in shown for key in one.roots}
        self._listed = {_in_use(key, current) for one in shown for key in one.listed} | self._roots
        self._absent = {_in_use(key, current) for one in shown for key in one.absent}
        self.denied = frozenset(_in_use(key, current) for one in shown for key in one.denied)
        self._lacking = {(_in_use(key, current), name.lower()) for one in shown for key, name in one.lacking}
        self._searched = self._lacking | {(_in_use(key, current), name.lower()) for one in shown for key, name in one.searched}
        self._children: dict[str, dict[str, None]] = {}
        # Of the keys that somebody asked for.
        self._named: dict[str, list[Callable[[str], Sequence[Value]]]] = {}
        for key in self._blocks:
            for above in _above(key):
                name = key[len(above) + 1 :]
                there = self._children.setdefault(above, {})
                if name in there:
                    # So all above it was told too.
                    break
                there[name] = None
                key = above

    def _path(self, key: str) -> str:
        """Return a key in the one spelling; most are asked for as they were shown."""
        return key if key in self._blocks else key_path(key)

    def values(self, key: str) -> list[Value]:
        """Return the values of a key that were shown, in order; of several outputs the first that shows most."""
        blocks = self._blocks.get(self._path(key), [])
        return list(max(blocks, key=lambda one: (one.whole, len(one.values))).values) if blocks else []

    def find(self, key: str, name: str) -> Found:
        """Return the value of a key, or that there is none, or that this is not known."""
        key, name = self._path(key), name.lower()
        if key not in self._named:
            self._named[key] = [block.by_name() for block in self._blocks.get(key, ())]
        found = [value for named in self._named[key] for value in named(name)]
        if found:
            # Two outputs that contradict each other tell nothing.
            return Found(True, found[0]) if all(_same(one, found[0]) for one in found[1:]) else Found(False)
        return Found((key, name) in self._lacking or self.whole(key) or self.exists(key) is False)

    def lacks(self, key: str, name: str) -> bool:
        """Whether a value was asked for by its name and the system said that there is none."""
        return (self._path(key), name.lower()) in self._lacking

    def searched(self, key: str, name: str) -> bool:
        """Whether a key and everything below it was searched for values of this name, to the end."""
        return (self._path(key), name.lower()) in self._searched or self.below_whole(key) or self.exists(key) is False

    def below_whole(self, key: str) -> bool:
        """Whether a key and everything below it was shown."""
        key = self._path(key)
        return key in self._roots or any(above in self._roots for above in _above(key))

    def whole(self, key: str) -> bool:
        """Whether every value of a key was shown."""
        return any(block.whole for block in self._blocks.get(self._path(key), ()))

    def only_exported(self, key: str) -> bool:
        """Whether exports alone show a key."""
        return all(block.exported for block in self._blocks.get(self._path(key), ()))

    def exists(self, key: str) -> bool | None:
        """Whether a key is there; None when that is not known."""
        key = self._path(key)
        if key in self._blocks or key in self._children:
            return True
        if key in self._absent or key.rpartition("\\")[0] in self._listed:
            return False
        return False if any(above in self._absent or above in self._roots for above in _above(key)) else None

    def below(self, key: str) -> list[str]:
        """Return the direct subkeys of a key that were shown, as full paths, in order."""
        key = self._path(key)
        return [f"{key}\\{name}" for name in self._children.get(key, ())]

    def lists(self, key: str) -> bool:
        """Whether every direct subkey of a key was shown with all its values, or the key is known not to be there."""
        key = self._path(key)
        if self.exists(key) is False:
            return True
        seen = key in self._listed or any(above in self._roots for above in _above(key))
        return seen and all(self.whole(one) for one in self.below(key))

    def name(self, key: str) -> str:
        """Return the last part of a key as it was written."""
        shown = next((block.name for block in self._blocks.get(self._path(key), ()) if block.name), "")
        return shown or key.rpartition("\\")[2]

    def line(self, key: str) -> int:
        """Return the line a key stands in, 0 when it was not shown."""
        return next((block.line for block in self._blocks.get(self._path(key), ())), 0)


def _same(one: Value, other: Value) -> bool:
    """Whether two outputs show the same data: PowerShell shows numbers as text."""
    if one.number is not None and other.number is not None:
        return one.number == other.number
    return one.data == other.data or (one.text != "" and one.text == other.text)


def _above(key: str) -> Iterator[str]:
    while "\\" in key:
        key = key.rpartition("\\")[0]
        yield key


def _current_set(shown: Sequence[Shown]) -> str:
    for one in shown:
        for block in one.blocks:
            if block.key == "hklm\\system\\select":
                for value in block.values:
                    if value.name.lower() == "current" and value.number:
                        return f"{value.number:03d}"
    return "001"


def _in_use(key: str, current: str) -> str:
    found = _SET.match(key)
    return f"hklm\\system\\currentcontrolset{key[found.end() :]}" if found and found[1] == current else key
