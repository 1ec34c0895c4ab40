"""What a host shows to whoever looks at it from inside: the configuration of its own services, and nothing of the others'."""

from __future__ import annotations

import shutil
from pathlib import Path

from omamori.lab.description import Host
from omamori.lab.interface import Service
from omamori.lab.programs import find_program
from omamori.lab.registry import services

_ETC = Path("/etc")
_PROGRAMS = Path("/usr")
_LOG_SENDER = "syslog"
"""A firewall that keeps a log sends it on with the program that elsewhere receives it."""
_TOOLS = ("util-linux", "openssl", "socat")
"""Debian packages of tools that are no servers; they stay."""


def absent(host: Host) -> tuple[Path, ...]:
    """Return what must not be found on a host: programs and configuration of services it does not have."""
    used = {*host.services, *((_LOG_SENDER,) if host.forward.log else ())}
    has = [service for name, service in services().items() if name in used]
    others = [service for name, service in services().items() if name not in used]
    kept = {program for service in has for program in service.programs}
    programs = {
        program
        for service in others
        for program, package in service.programs.items()
        if program not in kept and package.split()[0] not in _TOOLS
    }
    found = {Path(path) for program in programs if (path := find_program(program)) is not None}
    configured = {_ETC / Path(place).parts[0] for service in others for place in service.shows}
    configured -= {_ETC / Path(place).parts[0] for service in has for place in service.shows}
    return tuple(sorted({path for path in found if path.is_relative_to(_PROGRAMS)} | configured))


def show(folder: Path, root: Path, service: Service) -> None:
    """Put the configuration of a service where a machine keeps it. In: the host's folder, and its own / as seen from outside."""
    for place, file in service.shows.items():
        target = root / "etc" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / file, target)
        # The program reads what is shown: whoever changes it on the host changes what runs there.
        (folder / file).unlink()
        (folder / file).symlink_to(_ETC / place)
