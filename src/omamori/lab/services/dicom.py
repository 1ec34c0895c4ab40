"""A DICOM storage server of its own kind beside Orthanc: dcmtk's storescp, one association at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle
from omamori.lab.programs import need_program

_DEFAULTS = {"port": 11112, "aet": "STORESCP"}


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("dicom", options, _DEFAULTS)
    images = place.folder / "dicom"
    images.mkdir(exist_ok=True)
    argv = (need_program("storescp"), "--aetitle", chosen["aet"], "--output-directory", str(images), str(chosen["port"]))
    return (Daemon(argv, ready=("tcp", chosen["port"])),)


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    return (Port("tcp", settle("dicom", options, _DEFAULTS)["port"], "dicom"),)


SERVICE = Service(name="dicom", programs={"storescp": "dcmtk"}, prepare=_prepare, listens=_listens)
