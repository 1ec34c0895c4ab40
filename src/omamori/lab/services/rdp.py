"""Remote Desktop as far as its first words: enough to be found and to tell whether NLA is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.doors import DoorPlan, listen
from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle

_DEFAULTS = {"port": 3389, "nla": True}


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("rdp", options, _DEFAULTS)
    return listen(place, "rdp", [DoorPlan(chosen["port"], "rdp", {"nla": chosen["nla"]})])


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    return (Port("tcp", settle("rdp", options, _DEFAULTS)["port"], "remote-desktop"),)


SERVICE = Service(name="rdp", programs={}, prepare=_prepare, listens=_listens)
