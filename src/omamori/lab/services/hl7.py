"""An HL7 version 2 receiver (MLLP) that acknowledges messages and keeps every byte it got."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.doors import DoorPlan, listen
from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle

_DEFAULTS = {"port": 2575}


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    port = settle("hl7", options, _DEFAULTS)["port"]
    return listen(place, "hl7", [DoorPlan(port, "mllp", {"application": place.host.upper()})])


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    return (Port("tcp", settle("hl7", options, _DEFAULTS)["port"], "hl7"),)


SERVICE = Service(name="hl7", programs={}, prepare=_prepare, listens=_listens)
