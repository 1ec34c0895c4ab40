"""The port 902 of a VMware ESXi: its greeting. Its management page is a `web` beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.doors import DoorPlan, listen
from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle

_DEFAULTS = {"port": 902}


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    return listen(place, "esxi", [DoorPlan(settle("esxi", options, _DEFAULTS)["port"], "esxi")])


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    return (Port("tcp", settle("esxi", options, _DEFAULTS)["port"], "hypervisor"),)


SERVICE = Service(name="esxi", programs={}, prepare=_prepare, listens=_listens)
