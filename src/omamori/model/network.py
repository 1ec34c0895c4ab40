"""Tables of a host: how it is connected, what it offers and whom it talks to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from omamori.model.schema import asset_column, col, evidence_column, source_column


@dataclass(frozen=True, kw_only=True, slots=True)
class Interface:
    """An address of a network interface (one row per address; a link without address has one row)."""

    asset: str = asset_column()
    name: str = col("Name of the interface.", default="")
    kind: str | None = col("Kind: ethernet, wireless, loopback, bridge, tunnel, virtual, mobile.")
    mac: str | None = col("Hardware address, lower case with colons.")
    up: bool | None = col("Whether the link is up.")
    address: str | None = col("IP address without prefix.")
    prefix: int | None = col("Prefix length.")
    network_first: int | None = col("First address of the network as a number; NULL for IPv6.")
    network_last: int | None = col("Last address of the network as a number; NULL for IPv6.")
    dhcp: bool | None = col("Whether the address was given by DHCP.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """A route."""

    asset: str = asset_column()
    destination: str = col("Network, `0.0.0.0/0` or `::/0` for the default route.", default="")
    gateway: str | None = col("Next hop; NULL when directly connected.")
    interface: str | None = col("Interface it leaves by.")
    metric: int | None = col("Metric.")
    origin: str | None = col("Who set it: dhcp, static, kernel, advertised (by an IPv6 router), vpn.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbour:
    """A neighbour in the ARP or NDP table: a machine that answers on the same segment."""

    asset: str = asset_column()
    address: str = col("IP address.", default="")
    mac: str | None = col("Hardware address.")
    interface: str | None = col("Interface it was seen on.")
    state: str | None = col("State as the kernel names it, lower case.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboundSetting:
    """A setting that tells where the machine turns to outside itself: name server, proxy, time, packages."""

    asset: str = asset_column()
    kind: str = col("dns, proxy, ntp, repository or agent.", default="")
    value: str = col("Host name or address; credentials are removed.", default="")
    address_public: bool | None = col("Whether the value is a public address; NULL when it is a name.")
    origin: str | None = col("File or tool that says so.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Listener:
    """A port the machine listens on, with its process."""

    asset: str = asset_column()
    protocol: str = col("tcp or udp.", default="")
    address: str = col("Address it listens on; `0.0.0.0`, `::` or `*` for all.", default="")
    port: int | None = col("Port.")
    loopback: bool | None = col("Whether only the machine itself can reach it.")
    process: str | None = col("Program that listens.")
    pid: int | None = col("Process number.")
    account: str | None = col("Account it runs as.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Connection:
    """A connection seen at the moment of a look."""

    asset: str = asset_column()
    seen: datetime | None = col("Moment it was seen.")
    protocol: str = col("tcp or udp.", default="")
    direction: str | None = col("out when this machine opened it, in when the peer did; NULL when not known.")
    local_address: str | None = col("Own address.")
    local_port: int | None = col("Own port.")
    peer_address: str | None = col("Peer's address.")
    peer_port: int | None = col("Peer's port.")
    peer_scope: str | None = col("Where the peer is: loopback, private, link, public.")
    state: str | None = col("State, lower case: established, time-wait and so on.")
    process: str | None = col("Program.")
    pid: int | None = col("Process number.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class FirewallProfile:
    """A host firewall or a profile of it."""

    asset: str = asset_column()
    product: str = col("nftables, iptables, ip6tables, ufw, firewalld, windows-firewall or a product's name.", default="")
    profile: str = col(
        "Profile or hook: input, forward, manager (a front end that writes the rules), domain, private, public; several chains "
        "at one hook are told apart by a number (input, input 2): a packet has to pass them all.",
        default="",
    )
    enabled: bool | None = col("Whether it filters.")
    inbound_default: str | None = col(
        "What happens to inbound packets no rule names: accept or drop; drop-all where rules do not count (Windows: block all)."
    )
    outbound_default: str | None = col("What happens to outbound packets no rule names: accept or drop.")
    logs_dropped: bool | None = col("Whether dropped packets are logged.")
    family: str | None = col("Packets it sees: ipv4 or ipv6; NULL for both.")
    managed_by: str | None = col("Product whose own console rules this firewall; NULL where the system's own settings do.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class FirewallRule:
    """A rule of a host firewall that concerns inbound packets, in order of evaluation."""

    asset: str = asset_column()
    product: str = col("Product the rule belongs to, as in firewall_profiles.", default="")
    profile: str = col("Profile, chain or hook it belongs to.", default="")
    position: int | None = col("Place in the order of evaluation, from 0.")
    decision: str = col("accept, drop, reject, jump or unknown.", default="")
    protocol: str | None = col("tcp, udp, icmp; NULL for any.")
    port_first: int | None = col("First destination port; NULL for any.")
    port_last: int | None = col("Last destination port; NULL for any.")
    sources: str | None = col("Source addresses or networks separated by commas; NULL for any.")
    interface: str | None = col("Inbound interface; NULL for any.")
    state: str | None = col("Connection states it matches, such as established,related; NULL for any.")
    conditional: bool | None = col("Whether other conditions, not held in a column, narrow it.")
    program: str | None = col("Program or service it is limited to; NULL for any.")
    rule_name: str | None = col("Name or comment.")
    family: str | None = col("Packets it sees: ipv4 or ipv6; NULL for both.")
    source: str = source_column()
    evidence: str = evidence_column()
