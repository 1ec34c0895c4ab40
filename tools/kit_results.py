"""Kit results of Windows machines as `collect.cmd` writes them: for tests, the golden hospitals and the benchmark."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from omamori.collect.windows.stream import Head, Section, write_kit_result


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
    head = Head(host, machine, privileged, "0.2.0", built, started)
    said = [Section(name, *(value if isinstance(value, tuple) else (value,))) for name, value in sections.items()]
    return write_kit_result(head, said, number=number, with_sum=with_sum, encoding="cp932")
