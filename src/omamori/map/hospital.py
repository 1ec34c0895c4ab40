"""The hospital as the picture knows it: frozen, without coordinates and without a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from omamori.map.ways_in import WaysIn
from omamori.model.look import SEVERITIES
from omamori.model.text import Text

Counts = tuple[int, int, int, int]
"""Findings by severity, from critical to low."""
NONE_FOUND: Counts = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, to read after a click: what, how grave, and the evidence reference (`hash:line`)."""

    check: str
    severity: str
    message: Text
    evidence: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What was judged of one subject: counts of findings, of what could not be seen, and the gravest few findings."""

    counts: Counts = NONE_FOUND
    unknown: int = 0
    accepted: int = 0
    found: tuple[Found, ...] = ()

    @property
    def worst(self) -> str:
        """The gravest severity found; empty where nothing was."""
        return next((severity for severity, count in zip(SEVERITIES, self.counts, strict=True) if count), "")

    @property
    def total(self) -> int:
        """How many findings there are."""
        return sum(self.counts)


NOT_JUDGED = Judged()


@dataclass(frozen=True, slots=True)
class Deviation:
    """One difference between ledger and evidence on a machine."""

    kind: str
    item: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Machine:
    """One machine. `kind` is a code of `words.KINDS`, `sure` whether it is certain.

    `observed`: evidence of the machine itself was collected; `answered`: somebody else saw it on the network. `declared` is None
    where no ledger was read. `services` are codes of recognised services. `stranger`: it is no known machine but an address or name that
    this machine saw.
    """

    name: str
    hostname: str = ""
    kind: str = "unknown"
    sure: bool = True
    zone: str = ""
    addresses: tuple[str, ...] = ()
    system: str = ""
    maker: str = ""
    purpose: str = ""
    place: str = ""
    vendor: str = ""
    hands_off: bool = False
    medical: bool = False
    important: bool = False
    declared: bool | None = None
    observed: bool = False
    answered: bool = False
    last_seen: datetime | None = None
    judged: Judged = NOT_JUDGED
    services: tuple[str, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    change: str = ""
    evidence: str = ""
    stranger: str = ""

    @property
    def ghost(self) -> bool:
        """Declared, and nobody and nothing has seen it."""
        return self.declared is True and not self.observed and not self.answered


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as the hospital draws it."""

    name: str
    kind: str
    networks: str = ""
    internet: str = ""
    judged: Judged = NOT_JUDGED
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A declared line from outside. `machine` is the asset at its inside address; `seen` whether anything showed that it is there."""

    name: str
    kind: str = "other"
    vendor: str = ""
    purpose: str = ""
    device: str = ""
    firmware: str = ""
    address: str = ""
    lands_in: str = ""
    machine: str = ""
    seen: bool = False
    always_open: str = ""
    source_restricted: str = ""
    two_factor: str = ""
    last_used: str = ""
    judged: Judged = NOT_JUDGED
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """A way between outside and a machine that no declared line tells of: a running program, or a connection that was seen."""

    machine: str
    product: str
    kind: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """Who was seen to connect to whom, folded: `client` and `server` are machines or, where unknown, addresses.

    A zone is empty where it is not known and `OUTSIDE` for a public address. `designed` is None where nobody decided, `seen`
    false for a flow that was designed and never seen.
    """

    client: str
    server: str
    client_zone: str
    server_zone: str
    ports: tuple[str, ...] = ()
    designed: bool | None = None
    seen: bool = True
    evidence: str = ""


OUTSIDE = "*outside*"
"""The zone of a public address."""


@dataclass(frozen=True, slots=True)
class Between:
    """A machine with addresses in several zones. `network`: a router or firewall, else a machine that joins networks unasked."""

    machine: str
    zones: tuple[str, ...]
    network: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since an earlier look at the network: machine → one of `words.CHANGES`."""

    since: datetime | None = None
    of: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Hospital:
    """All the picture can show of a snapshot."""

    name: str = ""
    moment: datetime | None = None
    zones: tuple[Zone, ...] = ()
    zones_known: bool = False
    machines: tuple[Machine, ...] = ()
    lines: tuple[Line, ...] = ()
    lines_known: bool = False
    doors: tuple[Door, ...] = ()
    between: tuple[Between, ...] = ()
    talks: tuple[Talk, ...] = ()
    strangers: tuple[Machine, ...] = ()
    site: Judged = NOT_JUDGED
    changes: Changes | None = None
    ways: WaysIn = field(default_factory=WaysIn)

    @property
    def everything(self) -> tuple[Machine, ...]:
        """The machines, then the strangers: the order of their numbers in the drawing."""
        return self.machines + self.strangers

    @property
    def observed(self) -> int:
        """How many machines were looked at themselves."""
        return sum(machine.observed for machine in self.machines)
