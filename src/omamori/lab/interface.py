"""What a service of the lab is.

A service is one module in `omamori.lab.services` with a `SERVICE`; it is found by walking the folder. It writes its
configuration into the folder of its host and says which programs run it; the lab starts them inside the host's namespace,
each in its own session, with /run and /tmp of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where a service runs: the lab's host, its addresses, and a private folder for configuration, data and logs.

    `shape` is sick or healthy: a service may be set up weaker in the sick one, but what decides stands in `options`.
    `folder` can be entered by every user of the machine (some servers are not root) and is the same for all services of the
    host: each keeps to a folder of its own name inside it.
    """

    host: str
    namespace: str
    addresses: tuple[str, ...]
    folder: Path
    shape: str
    names: Mapping[str, str] = field(default_factory=dict)
    """Addresses of the other hosts by name, for services that talk to them."""
    authorized: str = ""
    """Public key (one line, as in authorized_keys) that may log in over SSH; empty: nobody may."""


@dataclass(frozen=True, slots=True)
class Daemon:
    """One program to run in the foreground.

    `ready` is the (protocol, port) that shows it has come up: look whether somebody listens there (`ss`), never knock, so that
    what a service counts are its visitors; None: at once. `run` names folders to make below the private /run before it starts.
    """

    argv: tuple[str, ...]
    user: str | None = None
    ready: tuple[str, int] | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    run: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Port:
    """A port a service listens on, as somebody on the network must find it. `kind` is a code of `recognised.SERVICES`."""

    protocol: str
    port: int
    kind: str


@dataclass(frozen=True, slots=True)
class Service:
    """One kind of service.

    `programs`: what has to be installed, as program → Debian package (to say plainly what is missing). `prepare` writes the
    configuration below `place.folder` and returns what to run, in order; `listens` tells the ports for the same options.

    `shows`: where a machine with this service keeps its configuration, as place below /etc → file below `place.folder`. Whoever
    looks at the host from inside finds them there; on a host without the service neither they nor its programs are to be found.
    """

    name: str
    programs: Mapping[str, str]
    prepare: Callable[[Place, Mapping[str, Any]], tuple[Daemon, ...]]
    listens: Callable[[Mapping[str, Any]], tuple[Port, ...]]
    shows: Mapping[str, str] = field(default_factory=dict)
