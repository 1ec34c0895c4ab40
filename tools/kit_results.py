"""Kit results of Windows machines as `collect.cmd` writes them: for tests, the golden hospitals and the benchmark."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime


def windows_kit_result(
    host: str,
    sections: Mapping[str, bytes | tuple[bytes, int]],
    *,
    started: datetime | None = datetime(2026, 3, 2, 1, 30),
    built: str = "2026-02-20",
    privileged: bool = True,
    machine: str = "ordinary",
    number: str = "3141592653",
    with_sum: bool = True,
) -> bytes:
    """Return one result. In: output by the name of its file, with its exit code where that is not 0; `started` UTC."""
    mark = f"#@{number} "
    clock = f"{started:%Y-%m-%dT%H:%M:%SZ}" if started else ""
    visit = f"visit started={clock} host={host} uid={0 if privileged else 1000} version=0.2.0 built={built} kit=windows machine={machine}"
    out = bytearray(f"OMAMORI-KIT-RESULT 1 {number}\r\n{mark}{visit}\r\n{mark}probe windows.commands\r\n".encode("cp932"))
    for name, said in sections.items():
        data, code = said if isinstance(said, tuple) else (said, 0)
        out += f"{mark}section {name}\r\n".encode() + data + f"\r\n{mark}end {code}\r\n".encode()
    out += f"{mark}done windows.commands 0\r\n{mark}finished\r\n".encode()
    if with_sum:
        out += f"{mark}sum sha256={hashlib.sha256(out).hexdigest()}\r\n".encode()
    return bytes(out)
