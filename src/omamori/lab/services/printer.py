"""A printer on the network: 9100 takes everything in silence, 515 has an empty queue, 631 and others show its page.

What 9100 got is in its log: on a real printer every byte of it would have come out as paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.doors import DoorPlan, listen
from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle

_DEFAULTS: dict[str, Any] = {"ports": [515, 631, 9100], "server": "LabPrint/1.0", "title": "LabPrint 200"}
_RAW = range(9100, 9108)


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("printer", options, _DEFAULTS)
    return listen(place, "printer", [_door(port, chosen) for port in chosen["ports"]])


def _door(port: int, chosen: Mapping[str, Any]) -> DoorPlan:
    if port in _RAW:
        return DoorPlan(port, "silent")
    if port == 515:
        return DoorPlan(port, "lpd")
    return DoorPlan(port, "page", {"server": chosen["server"], "title": chosen["title"]})


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    ports = settle("printer", options, _DEFAULTS)["ports"]
    return tuple(Port("tcp", port, "web" if port in (80, 8080) else "printer") for port in ports)


SERVICE = Service(name="printer", programs={}, prepare=_prepare, listens=_listens)
