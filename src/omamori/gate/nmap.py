"""Runs the installed nmap for what an approval allows beyond connections: services and versions of named servers. Its data files are never read."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from omamori.gate.approval import Permission
from omamori.gate.error import GateError
from omamori.gate.process import Completed, run
from omamori.model.gentle import NEVER_PROBED
from omamori.model.permission import IpAddress

_WINDOWS = (r"C:\Program Files (x86)\Nmap\nmap.exe", r"C:\Program Files\Nmap\nmap.exe")
_PER_SERVER = 15 * 60.0
"""Seconds for one server at most."""


def find_nmap() -> str | None:
    """Return the nmap that is installed; None when there is none."""
    return shutil.which("nmap") or next((path for path in _WINDOWS if os.name == "nt" and Path(path).is_file()), None)


def no_nmap() -> GateError:
    """What to do where nmap is missing."""
    return GateError(
        "版を尋ねるには nmap が要ります。nmap.org から入れるか(Debian: apt install nmap)、入っている別の機器で調べ、"
        "できた XML を omamori import で取り込んでください",
        "asking for versions needs nmap: install it (nmap.org; Debian: apt install nmap), or run it on another machine and "
        "take its XML in with omamori import",
    )


def ports_to_probe(open_ports: Iterable[int]) -> tuple[int, ...]:
    """Return the open ports that may be probed: never DICOM, HL7 and printers."""
    return tuple(sorted(port for port in open_ports if port not in NEVER_PROBED))


def probe_arguments(permission: Permission, address: IpAddress, ports: Sequence[int], *, administrator: bool) -> list[str]:
    """Return nmap's arguments (without the program) for the one version detection of a server.

    No scripts are asked for (nmap runs its own of the category `version` with -sV), no names are looked up, one machine at a time.
    """
    file = permission.file
    system = ["-O", "--osscan-limit", "--max-os-tries", "1"] if file.os_detection and administrator else []
    return [
        *(["-6"] if address.version == 6 else []),
        *("-n", "-Pn", "-sS" if administrator else "-sT", "-sV", "--version-light"),
        *system,
        *("--max-retries", str(file.connections_per_port - 1), "--max-rate", str(file.packets_per_second)),
        *("--host-timeout", "10m", "-p", ",".join(map(str, ports)), "-oX", "-", str(address)),
    ]


def probe(
    permission: Permission,
    address: IpAddress,
    open_ports: Iterable[int],
    *,
    stop: threading.Event,
    seconds: float,
    begun: Callable[[], None] = lambda: None,
) -> Completed | None:
    """Ask a named server's open ports for service and version; None where no port may be probed.

    In: `seconds` are what is left of the approval's minutes; `begun` is called before anything is sent. It is ended with the approval's
    time. Out: its XML in stdout. Raises Refused where the approval does not name the server, GateError when nmap is missing.
    """
    ports = ports_to_probe(open_ports)
    if not ports:
        return None
    program = find_nmap()
    if program is None:
        raise no_nmap()
    permission.probe(address)
    begun()
    arguments = probe_arguments(permission, address, ports, administrator=is_administrator())
    return run([program, *arguments], timeout=max(0.0, min(_PER_SERVER, seconds, permission.seconds_left())), stop=stop)


def is_administrator() -> bool:
    """Return whether this program may send packets of its own making."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
