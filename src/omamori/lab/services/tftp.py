"""TFTP: files of devices for anybody who knows their names (tftpd-hpa)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle
from omamori.lab.programs import need_program

_DEFAULTS = {"port": 69}


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    port = settle("tftp", options, _DEFAULTS)["port"]
    folder = place.folder / "tftp"
    folder.mkdir(exist_ok=True)
    (folder / "switch.cfg").write_text("hostname lab-switch\n", encoding="ascii")
    argv = (need_program("in.tftpd"), "-L", "--ipv4", "--user", "nobody", "--address", f"0.0.0.0:{port}", "--secure", str(folder))
    return (Daemon(argv, ready=("udp", port)),)


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    return (Port("udp", settle("tftp", options, _DEFAULTS)["port"], "file-share"),)


SERVICE = Service(name="tftp", programs={"in.tftpd": "tftpd-hpa"}, prepare=_prepare, listens=_listens)
