"""Whose backup the lab's backup server holds, and how it is read there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from omamori.lab.description import Hospital, Host

_SERVICE = "restic"
_PORT = 8000


@dataclass(frozen=True, slots=True)
class Kept:
    """The host that keeps it, the host it is of, where to read it over the network, and its password's file below the folder of the lab."""

    keeper: Host
    machine: Host
    place: str
    password: Path


def kept_backup(hospital: Hospital) -> Kept | None:
    """Return the backup a backup server of the hospital holds; None where none does."""
    for keeper in hospital.hosts.values():
        options = keeper.services.get(_SERVICE, {})
        machine = hospital.hosts.get(str(options.get("holds", "")))
        if machine is not None:
            place = f"rest:http://{keeper.address}:{options.get('port', _PORT)}/{machine.id}"
            return Kept(keeper, machine, place, Path("hosts", keeper.id, _SERVICE, machine.id, "password"))
    return None
