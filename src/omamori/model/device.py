"""Tables of a network device's configuration, whatever its maker: chains of rules, ways, tunnels, accounts, what was not read.

One form for all makers, exact enough to follow a packet through it (decision 0035):

* A packet meets the *hooks* of netfilter: prerouting, routing, then input (for the device itself) or forward, then postrouting. At a hook
  it meets every base chain in order of `priority` (-300 raw, -100 destination NAT, 0 filter, 100 source NAT). A chain bound to interfaces
  sees only their packets. `accept` ends the chain, `drop` and `reject` end the packet; where no rule decides, the chain's policy does.
* A device that filters an interface inbound (an access list of Cisco IOS) has a base chain at prerouting bound to that interface; one
  with policies between interfaces (FortiGate) has one chain at forward whose rules name both. The parser of each maker says by hook and
  priority in which order its device filters, translates and routes.
* In a list (addresses, ports, interfaces, states) the members are separated by commas; a list that begins with `!` means all others.
  NULL means any. Addresses are written `10.0.0.0/8`, `10.0.0.1` or `10.0.0.1-10.0.0.9`, ports `22` or `1024-65535`.
* What a parser did not understand is never left out: a rule whose place is known stands at its place with decision `unknown` and as
  much of its conditions as was read; anything else has a row in `device_unread`, and the look at the table it concerns is incomplete.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from omamori.model.schema import asset_column, col, evidence_column, source_column


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceFact:
    """What a network device is. One row per device."""

    asset: str = asset_column()
    hostname: str | None = col("Name the device gives itself.")
    system: str = col(
        "Operating system: fortios, yamaha-rtx, cisco-ios, cisco-asa, nec-ix, awplus, pfsense, opnsense, linux, windows and so on.",
        default="",
    )
    model: str | None = col("Model as the device or its configuration names it.")
    version: str | None = col("Firmware version, whole.")
    firmware_built: date | None = col("Day the firmware was built, where the device says so.")
    booted: datetime | None = col("Moment of the last start.")
    configured: datetime | None = col("Moment of the last change of the configuration, where the device says so.")
    forwards: bool | None = col("Whether it passes packets on between its networks.")
    stateful: bool | None = col("Whether answers to a connection it let through pass by themselves.")
    lines: int | None = col("Lines of the configuration that say something.")
    lines_unread: int | None = col("Lines of them that were not understood; each has a row in device_unread.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceInterface:
    """An address of an interface of a network device (one row per address; an interface without address has one row)."""

    asset: str = asset_column()
    name: str = col("Name as the device's rules use it.", default="")
    kind: str | None = col("ethernet, vlan, bridge, aggregate, loopback, tunnel, ppp, wireless or mobile.")
    label: str | None = col("Alias or description a person gave it.")
    zone: str | None = col("Zone of the device it belongs to, where its rules name zones (security zone, nameif, zone-member).")
    role: str | None = col("What the device says it faces: inside, outside, dmz; NULL where it does not say.")
    level: int | None = col("Security level, where the device has them (Cisco ASA).")
    enabled: bool | None = col("Whether it is switched on.")
    address: str | None = col("IP address without prefix; NULL where it has none or gets it from outside.")
    prefix: int | None = col("Prefix length.")
    network_first: int | None = col("First address of its network as a number; NULL for IPv6.")
    network_last: int | None = col("Last address of its network as a number; NULL for IPv6.")
    dynamic: bool | None = col("Whether the address is given from outside (DHCP, PPPoE).")
    vlan: int | None = col("VLAN number.")
    parent: str | None = col("Interface it lies on (of a VLAN, PPPoE or tunnel interface).")
    vrf: str | None = col("Routing instance it belongs to; NULL for the main one.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceRoute:
    """A route a network device has in its configuration or routing table; connected networks follow from the interfaces."""

    asset: str = asset_column()
    destination: str = col("Network in CIDR notation, `0.0.0.0/0` for the default route.", default="")
    destination_first: int | None = col("First address as a number; NULL for IPv6.")
    destination_last: int | None = col("Last address as a number; NULL for IPv6.")
    gateway: str | None = col("Next hop; NULL when it leaves by an interface alone.")
    interface: str | None = col("Interface or tunnel it leaves by.")
    distance: int | None = col("Administrative distance or metric; the lowest wins among equal networks.")
    origin: str | None = col("Who set it: static, connected, dhcp, ospf, bgp, rip, vpn.")
    discard: bool = col("Whether packets to it are thrown away (null route).", default=False)
    vrf: str | None = col("Routing instance; NULL for the main one.")
    condition: str | None = col(
        "What limits it and was not followed (policy route, tracking, filter on sources); NULL when it always holds."
    )
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceChain:
    """A chain of rules, and where a packet meets it. A chain without hook is met by a jump only."""

    asset: str = asset_column()
    chain: str = col("Name, unique on the device: access list and interface, nftables family, table and chain.", default="")
    hook: str | None = col("prerouting, input, forward, output or postrouting; NULL for one that is jumped to.")
    priority: int = col(
        "Order among the chains of a hook, lowest first: -300 raw, -100 destination NAT, 0 filter, 100 source NAT.", default=0
    )
    policy: str | None = col("What happens to a packet no rule decides: accept or drop; NULL for one that is jumped to: it goes back.")
    interface_in: str | None = col("Interfaces whose incoming packets it sees; NULL for all.")
    interface_out: str | None = col("Interfaces whose outgoing packets it sees; NULL for all.")
    family: str | None = col("Packets it sees: ipv4 or ipv6; NULL for both.")
    first_packet: bool = col(
        "Whether it sees only the first packet of a connection (NAT chains, policies of stateful firewalls).", default=False
    )
    label: str | None = col("Name for people.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceRule:
    """A rule of a chain, in order of evaluation; objects and groups are written out."""

    asset: str = asset_column()
    chain: str = col("Chain it stands in, as in device_chains.", default="")
    position: int = col("Place in the order of evaluation, from 0.", default=0)
    rule: str | None = col("Name or number as the device shows it.")
    enabled: bool = col("Whether it counts.", default=True)
    decision: str = col(
        "accept, drop, reject, return, jump, goto, continue (counts or logs only), dnat, snat, masquerade, redirect (to the device itself), "
        "notrack or unknown.",
        default="",
    )
    target: str | None = col("Chain to go to, for jump and goto.")
    family: str | None = col("ipv4 or ipv6; NULL for both.")
    protocol: str | None = col("Protocols, as tcp, udp, icmp, esp, ah, gre or a number; NULL for any.")
    sources: str | None = col("Source addresses; NULL for any.")
    destinations: str | None = col("Destination addresses; NULL for any.")
    source_ports: str | None = col("Source ports; NULL for any.")
    destination_ports: str | None = col("Destination ports; of icmp the types; NULL for any.")
    interface_in: str | None = col("Interfaces or zones it came in by, `*` at the end for any ending; NULL for any.")
    interface_out: str | None = col("Interfaces or zones it leaves by; NULL for any.")
    states: str | None = col(
        "States of the connection: new, established, related, invalid, untracked, dnat (translated before); `ack`: TCP with ACK or RST set, "
        "which an access list takes for an answer. NULL for any."
    )
    to_addresses: str | None = col(
        "Addresses a NAT rule puts in; NULL: they stay, but of masquerade it is the outgoing interface's own, of redirect the incoming one's."
    )
    to_ports: str | None = col("Ports a NAT rule puts in; NULL when they stay.")
    one_to_one: bool = col("Whether a NAT rule maps a network address by address to one of the same size.", default=False)
    sources_named: str | None = col("Names of the objects behind `sources`.")
    destinations_named: str | None = col("Names of the objects behind `destinations`.")
    services_named: str | None = col("Names of the services behind protocol and ports.")
    schedule: str | None = col("When it counts, as the device writes it; NULL for always.")
    logs: bool | None = col("Whether matching packets are logged.")
    hits: int | None = col("Packets it matched, where the device counts them.")
    unread: str | None = col(
        "Conditions that were not understood, as written; a rule with them matches no more than the other columns say."
    )
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceVpn:
    """A tunnel, or a door for tunnels, of a network device."""

    asset: str = asset_column()
    name: str = col("Name of the tunnel or of the door.", default="")
    kind: str = col("ssl-vpn, ipsec, l2tp, pptp, gre, ipip, wireguard or openvpn.", default="")
    dial_in: bool | None = col(
        "Whether persons or devices from anywhere may open it with an account or key; false for a tunnel between two sites."
    )
    enabled: bool | None = col("Whether it can be opened now.")
    interface: str | None = col("Interface its packets come out of, as in device_interfaces.")
    listens_on: str | None = col("Interface or address it is opened at.")
    port: int | None = col("Port it listens on.")
    peer: str | None = col("Address or name of the other end; NULL for anybody.")
    allowed_from: str | None = col("Addresses that may open it; NULL for any.")
    local_networks: str | None = col("Networks on this side it is for; NULL where it does not say.")
    remote_networks: str | None = col("Addresses the other side may send from; NULL for any.")
    authentication: str | None = col("How the other end proves itself: key, certificate, password or several separated by commas.")
    two_factor: bool | None = col("Whether a second factor is asked of persons.")
    encryption: str | None = col("Encryption, hash and group as written, separated by commas.")
    last_active: datetime | None = col("Last sign of life of the other end, where the device says so.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceAccount:
    """An account on a network device; no password is kept, only its state."""

    asset: str = asset_column()
    name: str = col("Name of the account; empty for the one password all use.", default="")
    kind: str = col("administrator or vpn-user.", default="")
    rights: str | None = col("Profile or level as the device names it.")
    secret: str | None = col("State of the password: default, empty, plain, reversible, hashed; NULL where it stands elsewhere.")
    two_factor: bool | None = col("Whether a second factor is asked.")
    allowed_from: str | None = col("Addresses it may log in from; NULL for any.")
    enabled: bool | None = col("Whether it can be used.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceAccess:
    """A way to administer a network device over the network."""

    asset: str = asset_column()
    protocol: str = col("https, http, ssh, telnet, snmp, tftp, ftp, api or ping.", default="")
    port: int | None = col("Port.")
    interface: str | None = col("Interface it answers on; NULL for all.")
    allowed_from: str | None = col("Addresses it answers to; NULL for any.")
    enabled: bool | None = col("Whether it answers.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceLog:
    """Where a network device writes what happened."""

    asset: str = asset_column()
    target: str = col("Address or name of a log server; memory or disk.", default="")
    kind: str = col("syslog, memory, disk, cloud or snmp.", default="")
    level: str | None = col("Least severity it writes, as the device names it.")
    enabled: bool | None = col("Whether it writes.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceSecret:
    """A secret in a configuration: its place and state. The secret itself is taken out before anything is stored."""

    asset: str = asset_column()
    place: str = col("What it is for, such as `snmp community`, `ipsec key of tunnel 1` or `administrator admin`.", default="")
    kind: str = col("password, key, community, hash or token.", default="")
    state: str = col("default (a maker's or common one), empty, plain, reversible (a weak cipher anybody can undo) or hashed.", default="")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceUnread:
    """A line of a configuration that was not understood. Whatever depends on it is unknown."""

    asset: str = asset_column()
    line: int = col("Line in the stored output.", default=0)
    text: str = col("The line, without secrets, at most 200 characters.", default="")
    section: str | None = col("Section it stands in.")
    concerns: str = col(
        "Table that depends on it, such as device_rules or device_routes; `nothing` where no answer does.", default="nothing"
    )
    source: str = source_column()
    evidence: str = evidence_column()
