"""Tables of what was seen from the network: scans, addresses that answered, ports, leases, switch tables, logged flows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from omamori.model.schema import asset_column, col, evidence_column, source_column


@dataclass(frozen=True, kw_only=True, slots=True)
class Scan:
    """A run of a scanner: what it was asked to look at, by what approval, and what it sent."""

    scan: str = col("Identifier of the run, the same however often it is imported.", default="")
    tool: str = col("Program that scanned, with its version.", default="")
    began: datetime | None = col("Moment it began.")
    ended: datetime | None = col("Moment it ended; NULL when it was cut off.")
    finished: bool = col("Whether it looked at all it was asked to.", default=False)
    profile: str | None = col("Profile of the approval: passive, gentle or servers; NULL for a scan made elsewhere.")
    approval: str | None = col("Identifier of the approval it was made under; NULL for a scan made elsewhere.")
    targets: str | None = col("Addresses and networks it was asked to look at, separated by spaces.")
    asked_ports: str | None = col("TCP ports it asked, as numbers and ranges separated by commas.")
    hosts_asked: int | None = col("Addresses it asked.")
    hosts_up: int | None = col("Addresses that answered.")
    connections_allowed: int | None = col("Most connections the approval allows for one port of one address.")
    connections_sent: int | None = col("Most connection attempts its settings can have made to one port of one address.")
    arguments: str | None = col("Command line of the scanner.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class NetworkHost:
    """An address that answered a scan."""

    asset: str = asset_column()
    seen: datetime | None = col("Moment it answered.")
    address: str = col("IP address.", default="")
    address_number: int | None = col("IPv4 address as a number; NULL for IPv6.")
    mac: str | None = col("Hardware address, lower case with colons; only seen on the scanner's own segment.")
    hostname: str | None = col("Name the scanner found for it, without domain.")
    reason: str | None = col("What it answered with, as nmap names it: arp-response, echo-reply, syn-ack, reset and so on.")
    system: str | None = col("Operating system as the scanner guessed it.")
    system_accuracy: int | None = col("How sure the scanner is of the system, in percent.")
    distance: int | None = col("Routers between the scanner and it.")
    scan: str | None = col("Run that saw it, as in scans.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class NetworkPort:
    """A port of an address as a scan saw it; closed and filtered ports have no row unless the scanner lists them one by one."""

    asset: str = asset_column()
    seen: datetime | None = col("Moment of the scan.")
    address: str = col("IP address.", default="")
    protocol: str = col("tcp, udp or sctp.", default="")
    port: int | None = col("Port.")
    state: str = col("State as nmap names it: open, closed, filtered, unfiltered, open|filtered, closed|filtered.", default="")
    reason: str | None = col("What showed the state, as nmap names it: syn-ack, reset, no-response and so on.")
    service: str | None = col("Service as the scanner names it.")
    method: str | None = col("How the scanner knows the service: table (the number alone) or probed (it answered).")
    confidence: int | None = col("How sure the scanner is of the service, 0 to 10.")
    product: str | None = col("Product that answered.")
    version: str | None = col("Version it gave.")
    banner: str | None = col("What else it said of itself, in one line.")
    encrypted: bool | None = col("Whether it speaks inside TLS.")
    scan: str | None = col("Run that saw it, as in scans.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class DicomAnswer:
    """The answer of an address to one DICOM C-ECHO that the approval allowed by name."""

    asset: str = asset_column()
    seen: datetime | None = col("Moment of the answer.")
    address: str = col("IP address.", default="")
    port: int | None = col("Port.")
    called_title: str | None = col("Application entity title that was called.")
    accepted: bool = col("Whether the association was accepted.", default=False)
    status: int | None = col("Status of the C-ECHO response, 0 for success; NULL when there was none.")
    implementation: str | None = col("Implementation version name it gave.")
    scan: str | None = col("Run that asked, as in scans.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Lease:
    """An address a DHCP server gave away. The asset is the server."""

    asset: str = asset_column()
    address: str = col("IP address.", default="")
    mac: str | None = col("Hardware address of the machine that has it.")
    hostname: str | None = col("Name the machine gave.")
    starts: datetime | None = col("Start of the lease.")
    ends: datetime | None = col("End of the lease; NULL for one without end.")
    state: str | None = col("State as the server names it, lower case: active, expired, reserved and so on.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class ForwardingEntry:
    """A line of a switch's MAC address table: behind which port a hardware address was seen. The asset is the switch."""

    asset: str = asset_column()
    mac: str = col("Hardware address, lower case with colons.", default="")
    vlan: int | None = col("VLAN; NULL where the switch tells none.")
    port: str = col("Port of the switch.", default="")
    kind: str | None = col("dynamic, static or self (an address of the switch itself).")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """Packets or connections a firewall or router logged, those that differ only in time and source port in one row. The asset is what logged them."""

    asset: str = asset_column()
    first_seen: datetime | None = col("Moment of the first.")
    last_seen: datetime | None = col("Moment of the last.")
    protocol: str | None = col("tcp, udp, icmp or the number of another.")
    source_address: str = col("Address it came from; a network where so many came that they were put together.", default="")
    source_scope: str | None = col("Where the source is: loopback, link, private or public.")
    destination_address: str = col("Address it went to; a network where so many were gone to that they were put together.", default="")
    destination_scope: str | None = col("Where the destination is: loopback, link, private or public.")
    destination_port: int | None = col("Port it went to; NULL where there is none.")
    action: str | None = col("What the device did: accept, drop or reject; NULL where the log does not say.")
    rule: str | None = col("Rule or policy the log names.")
    interface_in: str | None = col("Interface it came in by.")
    interface_out: str | None = col("Interface it left by.")
    times: int = col("How many log lines say so.", default=1)
    bytes: int | None = col("Bytes, where the log counts them.")
    by_day: str | None = col("Log lines and bytes of each day, as `DAY=TIMES/BYTES` separated by spaces; NULL where all are of one day.")
    own_clock: bool = col(
        "Whether moments are as the clock there showed them, since the log does not tell its zone; else they are UTC.", default=False
    )
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowedConnection:
    """Connections the kernel of a router or host followed at the moment of a look, those that differ only in the caller's port in one row.

    No log: what was there before and after the look, it does not tell.
    """

    asset: str = asset_column()
    seen: datetime | None = col("Moment of the look.")
    protocol: str | None = col("tcp, udp, icmp or the number of another.")
    source_address: str = col("Address that began it.", default="")
    destination_address: str = col("Address it goes to, after translation.", default="")
    destination_port: int | None = col("Port it goes to, after translation; NULL where there is none.")
    times: int = col("How many connections.", default=1)
    bytes: int | None = col("Bytes so far, where the kernel counts them.")
    source: str = source_column()
    evidence: str = evidence_column()
