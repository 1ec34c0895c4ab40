"""The program behind the lab's own listeners: `python -m omamori.lab.listener DOORS.json LOG`.

DOORS.json is a list of objects: `port`, `manner` (a name of `MANNERS`) and its `options`. LOG gets a line of JSON for every
connection and every piece received (`omamori.gate.listener`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from omamori.gate.listener import Door, serve
from omamori.lab.manners import esxi, lpd, mllp, page, rdp, rtsp, silent, vnc


def _silent(port: int) -> Door:
    return Door(port, "silent", b"", silent.answer)


def _rdp(port: int, *, nla: bool) -> Door:
    return Door(port, "rdp", b"", lambda received, _: rdp.answer(received, nla=nla))


def _vnc(port: int, *, password: bool) -> Door:
    return Door(port, "vnc", vnc.GREETING, lambda received, _: vnc.answer(received, password=password))


def _mllp(port: int, *, application: str) -> Door:
    return Door(port, "mllp", b"", partial(mllp.answer, application=application))


def _lpd(port: int) -> Door:
    return Door(port, "lpd", b"", lambda received, _: lpd.answer(received))


def _page(port: int, *, server: str, title: str) -> Door:
    return Door(port, "page", b"", partial(page.answer, server=server, title=title))


def _rtsp(port: int, *, server: str) -> Door:
    return Door(port, "rtsp", b"", lambda received, _: rtsp.answer(received, server=server))


def _esxi(port: int) -> Door:
    return Door(port, "esxi", esxi.GREETING, silent.answer)


MANNERS: Mapping[str, Callable[..., Door]] = MappingProxyType(
    {"esxi": _esxi, "lpd": _lpd, "mllp": _mllp, "page": _page, "rdp": _rdp, "rtsp": _rtsp, "silent": _silent, "vnc": _vnc}
)


def doors(described: list[Mapping[str, Any]]) -> list[Door]:
    """Build the doors a file describes; KeyError for a manner nobody knows, TypeError for an option it has not."""
    return [MANNERS[one["manner"]](one["port"], **one.get("options", {})) for one in described]


def main(arguments: list[str]) -> None:
    """Run until SIGTERM."""
    config, log = map(Path, arguments)
    serve(doors(json.loads(config.read_text(encoding="utf-8"))), log)


if __name__ == "__main__":
    main(sys.argv[1:])
