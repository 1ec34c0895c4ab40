"""Stateful inspection of Cisco IOS by interface (`ip inspect`), and the protocols its names stand for.

What it sees leaving or entering an interface may be answered: access lists let the answers pass before their own lines count
(Cisco IOS Security Configuration Guide, "Configuring Context-Based Access Control").
"""

from __future__ import annotations

from types import MappingProxyType

from omamori.model.device import DeviceRule
from omamori.parse.device.cisco.groups import Service
from omamori.parse.device.cisco.reading import ANSWERS, MOST_RULES
from omamori.parse.device.dialects.cisco_ios.model import Ios

_NAMED = (
    "bgp tcp 179,bootpc udp 68,bootps udp 67,citrix tcp 1494,cuseeme udp 7648,dns tcp 53,dns udp 53,exec tcp 512,finger tcp 79,ftp tcp 21,ftps tcp 990,gopher tcp 70,"
    "h323 tcp 1720,h323 udp 1718-1719,http tcp 80,https tcp 443,ident tcp 113,imap tcp 143,imap3 tcp 220,imaps tcp 993,irc tcp 194,isakmp udp 500,kerberos tcp 88,kerberos udp 88,"
    "l2tp udp 1701,ldap tcp 389,ldaps tcp 636,login tcp 513,lotusnote tcp 1352,microsoft-ds tcp 445,ms-sql tcp 1433,mysql tcp 3306,"
    "netbios-dgm udp 138,netbios-ns udp 137,netbios-ssn tcp 139,netshow tcp 1755,nfs tcp 2049,nfs udp 2049,nntp tcp 119,ntp udp 123,oracle tcp 1521,pop3 tcp 110,"
    "pop3s tcp 995,pptp tcp 1723,radius udp 1812-1813,rcmd tcp 514,realaudio tcp 7070,rtsp tcp 554,shell tcp 514,sip tcp 5060,sip udp 5060,sip-tls tcp 5061,skinny tcp 2000,"
    "smtp tcp 25,snmp udp 161,snmptrap udp 162,socks tcp 1080,sqlnet tcp 1521,ssh tcp 22,syslog udp 514,tacacs tcp 49,telnet tcp 23,telnets tcp 992,tftp udp 69,"
    "vdolive tcp 7000,who udp 513,whois tcp 43,x11 tcp 6000-6063,esmtp tcp 25"
)


def _table() -> dict[str, tuple[Service, ...]]:
    found: dict[str, tuple[Service, ...]] = {"tcp": (Service("tcp"),), "udp": (Service("udp"),), "icmp": (Service("icmp"),)}
    for entry in _NAMED.split(","):
        name, protocol, port = entry.split(" ")
        found[name] = (*found.get(name, ()), Service(protocol, None, port))
    return found


INSPECTED = MappingProxyType(_table())
"""Ports the names stand for unless `ip port-map` says otherwise (Cisco IOS Security Command Reference, ip port-map)."""


def openings(ios: Ios) -> dict[tuple[str, str], list[DeviceRule]]:
    """Return, per interface and direction, the rules that stand before those of the access list there."""
    found: dict[tuple[str, str], list[DeviceRule]] = {}
    opened = 0
    for port in ios.ports.values():
        for name, way, number in port.inspects:
            if name not in ios.inspects:
                ios.reading.missing("inspection rule", "検査ルール", name, number)
                continue
            rules = _answers(ios, name, number)
            opened += len(rules) * len(ios.ports)
            if opened > MOST_RULES:
                rules = [
                    DeviceRule(rule=f"inspect {name}", decision="unknown", states=ANSWERS, unread="too many rules", evidence=str(number))
                ]
            if way == "out":  # sent out here: answers come in here, and leave by any other interface
                places = [(port.name, "in"), *((other, "out") for other in ios.ports if other != port.name)]
            else:
                places = [(port.name, "out"), *((other, "in") for other in ios.ports if other != port.name)]
            for place in places:
                found.setdefault(place, []).extend(rules)
    return found


def _answers(ios: Ios, name: str, number: int) -> list[DeviceRule]:
    rules = []
    for statement in ios.inspects[name]:
        protocol = statement.word(4) or statement.word(3)
        for service in INSPECTED.get(protocol, (Service(unread=protocol),)):
            rules.append(
                DeviceRule(
                    rule=f"inspect {name} {protocol}", decision="accept" if service.unread is None else "unknown", protocol=service.protocol,
                    source_ports=service.destination_ports, states=ANSWERS, unread=service.unread, evidence=str(statement.number or number),
                )
            )  # fmt: skip
    return rules
