"""VNC as far as its first words: enough to be found and to tell whether a password is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.doors import DoorPlan, listen
from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle

_DEFAULTS = {"port": 5900, "password": True}


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("vnc", options, _DEFAULTS)
    return listen(place, "vnc", [DoorPlan(chosen["port"], "vnc", {"password": chosen["password"]})])


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    return (Port("tcp", settle("vnc", options, _DEFAULTS)["port"], "remote-control"),)


SERVICE = Service(name="vnc", programs={}, prepare=_prepare, listens=_listens)
