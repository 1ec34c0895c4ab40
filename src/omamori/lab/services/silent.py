"""Listeners that accept and never answer: fragile devices, and Windows ports nobody needs to speak to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.doors import DoorPlan, listen
from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle

_DEFAULTS: dict[str, Any] = {"ports": {}}
"""`ports`: number → what stands there for those who know (a code of `recognised.SERVICES`)."""


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    ports = settle("silent", options, _DEFAULTS)["ports"]
    return listen(place, "silent", [DoorPlan(int(port), "silent") for port in ports])


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    ports = settle("silent", options, _DEFAULTS)["ports"]
    return tuple(Port("tcp", int(port), kind) for port, kind in ports.items())


SERVICE = Service(name="silent", programs={}, prepare=_prepare, listens=_listens)
