"""An invented registry, and what `reg query` and `reg export` print of it. For the golden hospitals' Windows machines."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

Value = int | str | list[str] | bytes
Registry = dict[str, dict[str, Value]]
"""Full path of a key → its values by name. A number is REG_DWORD, a list REG_MULTI_SZ, bytes REG_BINARY, text with `%` REG_EXPAND_SZ."""

HIVES = {"HKLM": "HKEY_LOCAL_MACHINE", "HKU": "HKEY_USERS", "HKCU": "HKEY_CURRENT_USER"}
_COLUMNS = 78
_EVERY = {"full": 0x001F01FF, "change": 0x001301BF, "read": 0x001200A9}


def full(key: str) -> str:
    """Return a key with the long name of its hive."""
    hive, _, rest = key.partition("\\")
    return f"{HIVES.get(hive, hive)}\\{rest}" if rest else HIVES.get(hive, hive)


def below(registry: Registry, key: str) -> list[str]:
    """Return a key and all keys below it, those in between too, in order; empty where there is no such key."""
    root = full(key)
    found = set()
    for one in registry:
        if one.lower() == root.lower() or one.lower().startswith(f"{root.lower()}\\"):
            parts = one[len(root) :].split("\\")
            found |= {root + "\\".join(parts[: place + 1]) for place in range(len(parts))}
    return sorted(found, key=str.lower)


def query(registry: Registry, key: str, options: Sequence[str], *, english: bool) -> tuple[str, int]:
    """Return what `reg query` prints, and its exit code."""
    name = options[list(options).index("/v") + 1] if "/v" in options else None
    root, deep = full(key), "/s" in options
    keys = below(registry, key)
    shown = []
    for one in keys if deep else keys[:1]:
        values = _values(registry, one)
        chosen = [pair for pair in values if name is None or pair[0].lower() == name.lower()]
        if name is None or chosen:
            shown.append(f"{one}\r\n" + "".join(f"    {said}    {_printed(data)}\r\n" for said, data in chosen))
    if not keys or (name is not None and not shown):
        lost = "ERROR: The system was unable to find the specified registry key or value."
        return f"\r\n\r\n{lost if english else 'エラー: 指定されたレジストリ キーまたは値が見つかりませんでした。'}\r\n", 1
    text = "\r\n" + "\r\n".join(shown) + "\r\n"
    if deep and name is not None:
        return (
            f"{text}{f'End of search: {len(shown)} match(es) found.' if english else f'検索の完了: {len(shown)} 件一致しました。'}\r\n",
            0,
        )
    direct = sorted({_child(one, root) for one in keys if one != root}) if not deep else []
    return text + "".join(f"{one}\r\n" for one in direct), 0


def _child(key: str, root: str) -> str:
    return root + "\\" + key[len(root) + 1 :].split("\\")[0]


def export(registry: Registry, key: str) -> bytes | None:
    """Return what `reg export` writes; None where there is no such key."""
    keys = below(registry, key)
    if not keys:
        return None
    lines = ["Windows Registry Editor Version 5.00", ""]
    for one in keys:
        lines.append(f"[{one}]")
        for name, data in _values(registry, one):
            lines += _broken(f'"{_escaped(name)}"=', data)
        lines.append("")
    return b"\xff\xfe" + ("\r\n".join(lines) + "\r\n").encode("utf-16-le")


def descriptor(rights: Mapping[str, str]) -> bytes:
    """Return the security descriptor (self-relative, MS-DTYP 2.4.6) that allows: SID → full, change or read."""
    entries = b"".join(_entry(sid, _EVERY[access]) for sid, access in rights.items())
    acl = struct.pack("<BBHHH", 2, 0, 8 + len(entries), len(rights), 0) + entries
    owner = _sid("S-1-5-32-544")
    return struct.pack("<BBHIIII", 1, 0, 0x8004, 20, 20 + len(owner), 0, 20 + 2 * len(owner)) + owner + owner + acl


def _entry(sid: str, mask: int) -> bytes:
    data = _sid(sid)
    return struct.pack("<BBHI", 0, 0, 8 + len(data), mask) + data


def _sid(text: str) -> bytes:
    numbers = [int(word) for word in text.split("-")[2:]]
    return struct.pack(">BBHI", 1, len(numbers) - 1, 0, numbers[0]) + struct.pack(f"<{len(numbers) - 1}I", *numbers[1:])


def _values(registry: Registry, key: str) -> list[tuple[str, Value]]:
    return sorted(
        next((said for one, said in registry.items() if one.lower() == key.lower()), {}).items(), key=lambda pair: pair[0].lower()
    )


def _printed(data: Value) -> str:
    if isinstance(data, int):
        return f"REG_DWORD    0x{data:x}"
    if isinstance(data, bytes):
        return f"REG_BINARY    {data.hex().upper()}"
    if isinstance(data, list):
        return "REG_MULTI_SZ    " + "\\0".join(data)
    return f"REG_{'EXPAND_SZ' if '%' in data else 'SZ'}    {data}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _broken(head: str, data: Value) -> Iterator[str]:
    """The line of a value; bytes are broken where `reg export` breaks them."""
    if isinstance(data, int):
        yield f"{head}dword:{data:08x}"
    elif isinstance(data, str) and "%" not in data:
        yield f'{head}"{_escaped(data)}"'
    else:
        kind, raw = (
            ("hex:", data)
            if isinstance(data, bytes)
            else ("hex(7):", _wide(data))
            if isinstance(data, list)
            else ("hex(2):", _wide([data])[:-2])
        )
        line = head + kind
        pairs = [f"{byte:02x}" for byte in raw]
        for place, pair in enumerate(pairs):
            piece = pair + ("," if place + 1 < len(pairs) else "")
            if len(line) + len(piece) > _COLUMNS:
                yield f"{line}\\"
                line = "  "
            line += piece
        yield line


def _wide(texts: Sequence[str]) -> bytes:
    return ("".join(f"{text}\0" for text in texts) + "\0").encode("utf-16-le")
