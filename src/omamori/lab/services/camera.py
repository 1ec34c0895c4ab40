"""A network camera's RTSP port. Its management page is a `web` beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.doors import DoorPlan, listen
from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle

_DEFAULTS = {"port": 554, "server": "LabCam/2.1"}


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("camera", options, _DEFAULTS)
    return listen(place, "camera", [DoorPlan(chosen["port"], "rtsp", {"server": chosen["server"]})])


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    return (Port("tcp", settle("camera", options, _DEFAULTS)["port"], "camera"),)


SERVICE = Service(name="camera", programs={}, prepare=_prepare, listens=_listens)
