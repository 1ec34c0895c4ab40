"""What an approval file says, as read: who allowed what to be sent where. The gate turns it into a permission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from ipaddress import IPv4Address, IPv6Address

from omamori.model.text import Text

IpAddress = IPv4Address | IPv6Address
FORMAT = "1"
"""Value of the key `omamori_approval`, by which a file is recognised."""
CONNECTIONS_AT_MOST = 2
"""Connections an approval can allow for one port of one address."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something in an approval that does not stand: where (line, 0: nowhere in particular), and what to do."""

    line: int
    text: Text


@dataclass(frozen=True, slots=True)
class Span:
    """Addresses from `first` to `last`, both included. `network`: written as a network, whose ends belong to no machine."""

    first: IpAddress
    last: IpAddress
    network: bool = False

    @property
    def text(self) -> str:
        """The span as a person writes it."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def single(self) -> bool:
        """True for one address."""
        return self.first == self.last

    def holds(self, address: IpAddress) -> bool:
        """Return whether an address lies in it."""
        return self.first.version == address.version and int(self.first) <= int(address) <= int(self.last)

    def inside(self, other: Span) -> bool:
        """Return whether all of it lies in another."""
        return other.holds(self.first) and other.holds(self.last)

    def meets(self, other: Span) -> bool:
        """Return whether the two have an address in common."""
        return self.holds(other.first) or other.holds(self.first)


@dataclass(frozen=True, slots=True)
class Consent:
    """A maker's or owner's consent: who said so, on what day, on which paper."""

    who: str
    on: date
    paper: str


@dataclass(frozen=True, slots=True)
class Held:
    """A medical device, or a machine that is not the hospital's: contacted only with consent."""

    span: Span
    name: str
    owner: str
    consent: Consent | None
    line: int


@dataclass(frozen=True, slots=True)
class NamedServer:
    """A machine whose services may be asked for their versions: by address, or by a name the site knows."""

    address: IpAddress | None
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Echo:
    """One DICOM C-ECHO that is allowed."""

    address: IpAddress
    port: int
    called_title: str
    line: int


@dataclass(frozen=True, slots=True)
class ApprovalFile:
    """An approval. Moments in UTC without zone; `digest` is the hash of the file, `minutes` count over all runs."""

    digest: str
    number: str
    approved_by: str
    position: str
    approved_on: date
    since: datetime
    until: datetime
    stop_contact: str
    profile: str
    ranges: tuple[tuple[Span, int], ...]
    own_public: tuple[tuple[Span, int], ...]
    excluded: tuple[Span, ...]
    medical: tuple[Held, ...]
    not_ours: tuple[Held, ...]
    servers: tuple[NamedServer, ...]
    os_detection: bool
    dicom: tuple[Echo, ...]
    connections_per_port: int
    packets_per_second: int
    minutes: int

    @property
    def identifier(self) -> str:
        """Its own number, else the beginning of its hash."""
        return self.number or self.digest[:12]

    @property
    def held(self) -> tuple[Held, ...]:
        """Medical devices and machines of others."""
        return self.medical + self.not_ours


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What the site's newest snapshot says that bears on an approval.

    `hands_off` are addresses of medical, leased and vendor-run machines of the ledger with their names; `networks` lie on
    interfaces that were looked at; `names` are names of machines in lower case with their addresses.
    """

    hands_off: tuple[tuple[IpAddress, str], ...] = ()
    networks: tuple[Span, ...] = ()
    names: tuple[tuple[str, IpAddress], ...] = ()
    snapshot: str = ""
