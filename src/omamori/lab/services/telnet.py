"""Telnet: inetutils' telnetd behind inetd."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle
from omamori.lab.programs import need_program

_DEFAULTS = {"port": 23}


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    port = settle("telnet", options, _DEFAULTS)["port"]
    folder = place.folder / "telnet"
    folder.mkdir(exist_ok=True)
    config = folder / "inetd.conf"
    config.write_text(f"{port} stream tcp4 nowait root {need_program('telnetd')} telnetd\n", encoding="ascii")
    # -d keeps it in the foreground.
    return (Daemon((need_program("inetutils-inetd"), "-d", str(config)), ready=("tcp", port)),)


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    return (Port("tcp", settle("telnet", options, _DEFAULTS)["port"], "plain-text-login"),)


SERVICE = Service(
    name="telnet",
    programs={"inetutils-inetd": "inetutils-inetd", "telnetd": "inetutils-telnetd"},
    prepare=_prepare,
    listens=_listens,
    shows={"inetd.conf": "telnet/inetd.conf"},
)
