"""Services of FortiOS: what a policy lets through by protocol and port.

Predefined services are those of the FortiOS administration guide, "Services"; a configuration of version 5 or later lists them as
custom services, which then count instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from omamori.parse.device.dialects.fortios.tree import Block
from omamori.parse.device.extent import ZERO
from omamori.parse.device.objects import Part, Service, joined

_PLAIN = (
    "AH=51 AFS3=tcp/7000-7009,udp/7000-7009 AOL=tcp/5190-5194 BGP=tcp/179 CVSPSERVER=tcp/2401,udp/2401 DCE-RPC=tcp/135,udp/135 "
    "DHCP=udp/67-68 DNS=tcp/53,udp/53 ESP=50 FINGER=tcp/79 FTP=tcp/21 FTP_GET=tcp/21 FTP_PUT=tcp/21 GOPHER=tcp/70 GRE=47 "
    "H323=tcp/1720;1503,udp/1719 HTTP=tcp/80 HTTPS=tcp/443 IKE=udp/500;4500 IMAP=tcp/143 IMAPS=tcp/993 IRC=tcp/6660-6669 "
    "KERBEROS=tcp/88;464,udp/88;464 L2TP=tcp/1701,udp/1701 LDAP=tcp/389 LDAP_UDP=udp/389 MGCP=udp/2427;2727 MMS=tcp/1755,udp/1024-5000 "
    "MS-SQL=tcp/1433;1434 MYSQL=tcp/3306 NETMEETING=tcp/1720 NFS=tcp/111;2049,udp/111;2049 NNTP=tcp/119 NTP=tcp/123,udp/123 "
    "ONC-RPC=tcp/111,udp/111 OSPF=89 PC-Anywhere=tcp/5631,udp/5632 POP3=tcp/110 POP3S=tcp/995 PPTP=tcp/1723 QUAKE=udp/26000;27000;27910;27960 "
    "RADIUS=udp/1812;1813 RADIUS-OLD=udp/1645;1646 RAUDIO=udp/7070 RDP=tcp/3389 REXEC=tcp/512 RIP=udp/520 RTSP=tcp/554;7070;8554,udp/554 "
    "SAMBA=tcp/139 SCCP=tcp/2000 SIP=tcp/5060,udp/5060 SIP-MSNmessenger=tcp/1863 SMB=tcp/445 SMTP=tcp/25 SMTPS=tcp/465 "
    "SNMP=tcp/161-162,udp/161-162 SOCKS=tcp/1080,udp/1080 SQUID=tcp/3128 SSH=tcp/22 SYSLOG=udp/514 TALK=udp/517-518 TELNET=tcp/23 "
    "TFTP=udp/69 TRACEROUTE=udp/33434-33535 UUCP=tcp/540 VDOLIVE=tcp/7000-7010 VNC=tcp/5900 WAIS=tcp/210 WINFRAME=tcp/1494;2598 "
    "WINS=tcp/1512,udp/1512 X-WINDOWS=tcp/6000-6063 ALL_TCP=tcp ALL_UDP=udp ALL_ICMP=icmp PING=icmp/8 TIMESTAMP=icmp/13 "
    "INFO_REQUEST=icmp/15 INFO_ADDRESS=icmp/17 ALL_ICMP6=icmpv6 PING6=icmpv6/128"
)


def _predefined() -> Mapping[str, Service]:
    found = {"ALL": Service((Part(),)), "ANY": Service((Part(),))}
    for word in _PLAIN.split():
        name, _, said = word.partition("=")
        parts = [one.partition("/") for one in said.split(",")]
        found[name] = Service(tuple(Part(protocol, None, ports.replace(";", ",") or None) for protocol, _, ports in parts))
    found["RLOGIN"] = Service((Part("tcp", "512-1023", "513"),))
    found["RSH"] = Service((Part("tcp", "512-1023", "514"),))
    return MappingProxyType(found)


PREDEFINED = _predefined()
_NAMES = MappingProxyType({"1": "icmp", "6": "tcp", "17": "udp", "47": "gre", "50": "esp", "51": "ah", "132": "sctp", "58": "icmpv6"})
_KEYS = (
    "protocol", "tcp-portrange", "udp-portrange", "sctp-portrange", "udplite-portrange", "protocol-number", "icmptype", "icmpcode",
    "iprange", "fqdn", "proxy", "app-service-type", "application", "app-category",
)  # fmt: skip
_LIMITS = ("iprange", "fqdn", "application", "app-category")


def custom(block: Block) -> Service:
    """Return what a `config firewall service custom` entry amounts to."""
    said = {key: block.all(key) for key in _KEYS}
    doubts = tuple(
        f"service {block.name}: {key} {' '.join(said[key])}" for key in _LIMITS if said[key] and said[key] not in ([ZERO], ["0"])
    )
    if said["proxy"] == ["enable"]:
        doubts = (*doubts, f"service {block.name}: proxy")
    protocol = (said["protocol"] or ["TCP/UDP/SCTP"])[0].upper()
    if protocol in ("TCP/UDP/SCTP", "TCP/UDP/UDP-LITE/SCTP", "TCP/UDP"):
        parts: list[Part] = []
        for name in ("tcp", "udp", "sctp"):
            for word in said[f"{name}-portrange"]:
                part = _ports(name, word)
                if part is None:
                    doubts = (*doubts, f"service {block.name}: {name} {word}")
                else:
                    parts.append(part)
        if not parts and not doubts:
            doubts = (f"service {block.name}: no ports",)
        return Service(joined(parts), doubts)
    if protocol in ("ICMP", "ICMP6"):
        code = f"service {block.name}: icmpcode {said['icmpcode'][0]}" if said["icmpcode"] else ""
        part = Part("icmp" if protocol == "ICMP" else "icmpv6", None, said["icmptype"][0] if said["icmptype"] else None)
        return Service((), (*doubts, code)) if code else Service((part,), doubts)
    if protocol == "IP":
        number = (said["protocol-number"] or ["0"])[0]
        return Service((Part(None if number == "0" else _NAMES.get(number, number)),), doubts)
    if protocol == "ALL":
        return Service((Part(),), doubts)
    return Service((), (*doubts, f"service {block.name}: protocol {protocol}"))


def _ports(protocol: str, word: str) -> Part | None:
    """Read `80`, `1-2:3-4` (destination before the colon, source behind it)."""
    to, _, of = word.partition(":")
    ports, sources = _range(to), _range(of) if of else "0-65535"
    if ports is None or sources is None:
        return None
    return Part(protocol, None if sources in ("0-65535", "1-65535") else sources, None if ports in ("0-65535", "1-65535") else ports)


def _range(text: str) -> str | None:
    first, dash, last = text.partition("-")
    if not all(one.isascii() and one.isdigit() and len(one) <= 5 for one in ((first, last) if dash else (first,))):
        return None
    low, high = int(first), int(last if dash else first)
    return None if low > high or high > 65535 else str(low) if low == high else f"{low}-{high}"


class Services:
    """The services and groups of one virtual domain."""

    def __init__(self, home: Block) -> None:
        """`home` holds the tables of the virtual domain."""
        self.customs = home.block("firewall service custom").entries
        self.groups = home.block("firewall service group").entries
        self.known: dict[str, Service] = {}

    def of(self, names: Sequence[str]) -> Service:
        """Return what a list of services and groups amounts to; a name nobody defined is a doubt."""
        found = [self.named(name) for name in self._flat(names)]
        return Service(
            joined([part for one in found for part in one.parts]), tuple(dict.fromkeys(doubt for one in found for doubt in one.doubts))
        )

    def _flat(self, names: Sequence[str]) -> list[str]:
        """Write groups out; a group that holds itself is written out once."""
        waiting, seen = list(reversed(names)), dict.fromkeys(names)
        out: list[str] = []
        seen_groups: set[str] = set()
        while waiting:
            name = waiting.pop()
            group = self.groups.get(name)
            if group is None or name in self.customs:
                out.append(name)
            elif name not in seen_groups:
                seen_groups.add(name)
                members = group.all("member")
                waiting += reversed(members)
                seen.update(dict.fromkeys(members))
                if group.on("proxy"):
                    out.append(f"{name} (proxy)")
        return list(dict.fromkeys(out))

    def named(self, name: str) -> Service:
        """Return one service."""
        if name not in self.known:
            block = self.customs.get(name)
            self.known[name] = custom(block) if block else PREDEFINED.get(name) or Service((), (f"service {name}",))
        return self.known[name]
