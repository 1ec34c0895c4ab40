"""A pretended Japanese Windows PC for tests: a small registry, recorded outputs, folders. What it prints it prints in its code page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from winrm_server import Said

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "parse" / "windows" / "forms" / "data"
NOT_FOUND = "エラー: 指定されたレジストリ キーまたは値が見つかりませんでした。\r\n"
NOT_KNOWN = "'{}' は、内部コマンドまたは外部コマンド、\r\n操作可能なプログラムまたはバッチ ファイルとして認識されていません。\r\n"
ENDLESS = Said(b"some", b"", None)
_QUERY = re.compile(r'reg query ("[^"]+"|\S+)((?: (?:/s|/v (?:"[^"]+"|\S+)))*)( >nul)?$')
_FOLDER = re.compile(r'"%TEMP%\\(omamori-[0-9a-f]{32})"')
_ICACLS = re.compile(r'\(if exist "([^"]+)" icacls "\1"\)')

Registry = Mapping[str, Mapping[str, tuple[str, str]]]


def sample(name: str) -> str:
    """Return an output as a Windows printed it (`tests/parse/windows/forms/data/NAME.txt`), line ends as Windows has them."""
    return (SAMPLES / f"{name}.txt").read_text(encoding="utf-8").replace("\n", "\r\n")


@dataclass
class Pc:
    """A machine: registry keys with values (name → type, data), outputs by the beginning of their line, answers of PowerShell by a word."""

    registry: Registry
    outputs: Mapping[str, str] = field(default_factory=dict)
    powershell: Mapping[str, str] = field(default_factory=dict)
    secedit: str = ""
    programs: Mapping[str, str] = field(default_factory=dict)
    endless: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()
    keeps_folders: bool = False
    folders: set[str] = field(default_factory=set)
    removed: list[str] = field(default_factory=list)

    def run(self, line: str, codepage: int) -> Said:
        """Answer one line of cmd in a code page."""
        said = self._answer(line.removesuffix(" <nul").replace(" <nul)", ")"))
        if isinstance(said, Said):
            return said
        text, error, code = said
        page = f"cp{codepage}"
        return Said(text.encode(page, "replace"), error.encode(page, "replace"), code)

    def ask(self, script: str) -> str | None:
        """Answer PowerShell: the first answer whose word stands in the question; none: it fails."""
        return next((text for word, text in self.powershell.items() if word in script), None)

    def _answer(self, line: str) -> Said | tuple[str, str, int]:
        if any(word in line for word in self.endless):
            return ENDLESS
        if any(word in line for word in self.failing):
            return "half an outp", "アクセスが拒否されました。\r\n", 5
        query = _QUERY.match(line)
        if query:
            return self._query(query[1].strip('"'), query[2], quiet=bool(query[3]))
        if "%TEMP%" in line:
            return self._folder(line)
        if line.startswith("(if exist"):
            known = (self.programs.get(path, "") for path in _ICACLS.findall(line))
            return "".join(known), "", 0
        found = next((text for begin, text in self.outputs.items() if line.startswith(begin)), None)
        return (found, "", 0) if found is not None else ("", NOT_KNOWN.format(line.split()[0]), 1)

    def _query(self, key: str, options: str, *, quiet: bool) -> tuple[str, str, int]:
        key = re.sub(r"^HKLM(?=\\|$)", "HKEY_LOCAL_MACHINE", re.sub(r"^HKU(?=\\|$)", "HKEY_USERS", key))
        if not any(one == key or one.startswith(key + "\\") for one in self.registry):
            return "", NOT_FOUND, 1
        below = "/s" in options.split()
        name = re.search(r'/v ("[^"]+"|\S+)', options)
        shown = [one for one in self.registry if one == key or (below and one.startswith(key + "\\"))]
        out, matches = "\r\n", 0
        for one in shown:
            values = {n: v for n, v in self.registry[one].items() if name is None or n.lower() == name[1].strip('"').lower()}
            matches += len(values)
            if values or (name is None and not self.registry[one]):
                lines = "".join(f"    {n}    {kind}    {data}\r\n" for n, (kind, data) in values.items())
                out += f"{one}\r\n{lines}\r\n"
        if name is not None and not matches:
            return "", NOT_FOUND, 1
        if name is not None and below:
            out += f"検索の完了: {matches} 件見つかりました。\r\n"
        if name is None and not below:
            children = {one[len(key) + 1 :].split("\\")[0] for one in self.registry if one.startswith(key + "\\")}
            out += "".join(f"{key}\\{child}\r\n" for child in sorted(children))
        return ("" if quiet else out), "", 0

    def _folder(self, line: str) -> tuple[str, str, int]:
        found = _FOLDER.search(line)
        name = found[1] if found else ""
        if line.startswith("if exist"):
            return ("left\r\n" if name in self.folders else ""), "", 0
        if line.startswith("rd "):
            self._remove(name)
            return "", "", 0
        self.folders.add(name)
        self._remove(name)
        return self.secedit, "", 0

    def _remove(self, name: str) -> None:
        if not self.keeps_folders:
            self.folders.discard(name)
            self.removed.append(name)


def reg_file(registry: Registry, root: str) -> bytes:
    """Return what `reg export` writes of a key with everything below it: UTF-16 with its mark."""
    out = "Windows Registry Editor Version 5.00\r\n\r\n"
    keys: dict[str, None] = {root: None}
    for key in registry:
        if key.startswith(root + "\\"):
            # A key on the way is there too, with values or without.
            parts = key[len(root) + 1 :].split("\\")
            keys |= {"\\".join([root, *parts[: count + 1]]): None for count in range(len(parts))}
    for key in keys:
        values = registry.get(key, {})
        out += f"[{key}]\r\n" + "".join(f'"{_quoted(name)}"={_exported(*value)}\r\n' for name, value in values.items()) + "\r\n"
    return out.encode("utf-16")


def _exported(kind: str, data: str) -> str:
    if kind == "REG_DWORD":
        return f"dword:{int(data, 16):08x}"
    if kind == "REG_SZ":
        return f'"{_quoted(data)}"'
    if kind == "REG_BINARY":
        return "hex:" + bytes.fromhex(data).hex(",")
    text = data.replace("\\0", "\0") + ("\0\0" if kind == "REG_MULTI_SZ" else "\0")
    return f"hex({7 if kind == 'REG_MULTI_SZ' else 2}):" + text.encode("utf-16-le").hex(",")


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
