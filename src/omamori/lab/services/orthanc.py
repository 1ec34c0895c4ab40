"""An image server: Orthanc, with DICOM and its web page.

`open`: anybody may read its pages and send it images; otherwise it wants a password and knows one modality. `web` 0: no page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle
from omamori.lab.programs import need_program

_DEFAULTS = {"port": 4242, "web": 8042, "aet": "ORTHANC", "open": False}


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("orthanc", options, _DEFAULTS)
    folder = place.folder / "orthanc"
    (folder / "images").mkdir(parents=True, exist_ok=True)
    closed = not chosen["open"]
    config = {
        "Name": place.host,
        "StorageDirectory": str(folder / "images"),
        "IndexDirectory": str(folder / "images"),
        "Plugins": [],
        "ConcurrentJobs": 1,
        "DicomAet": chosen["aet"],
        "DicomPort": chosen["port"],
        "DicomCheckCalledAet": closed,
        "DicomCheckModalityHost": closed,
        "DicomAlwaysAllowEcho": True,
        "DicomAlwaysAllowStore": not closed,
        "HttpServerEnabled": chosen["web"] > 0,
        "HttpPort": chosen["web"] or 8042,
        "HttpThreadsCount": 4,
        "RemoteAccessAllowed": True,
        "AuthenticationEnabled": closed,
        "RegisteredUsers": {"imaging": "lab-only-word"} if closed else {},
    }
    file = folder / "orthanc.json"
    file.write_text(json.dumps(config, indent=1), encoding="utf-8")
    return (Daemon((need_program("Orthanc"), str(file)), ready=("tcp", chosen["port"])),)


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    chosen = settle("orthanc", options, _DEFAULTS)
    page = (Port("tcp", chosen["web"], "web"),) if chosen["web"] else ()
    return (Port("tcp", chosen["port"], "dicom"), *page)


SERVICE = Service(
    name="orthanc",
    programs={"Orthanc": "orthanc"},
    prepare=_prepare,
    listens=_listens,
    shows={"orthanc/orthanc.json": "orthanc/orthanc.json"},
)
