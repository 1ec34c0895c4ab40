"""Whether a file is of Cisco IOS, and of no other system whose commands look alike."""

from __future__ import annotations

import re
from collections.abc import Sequence

from omamori.parse.device.cisco.segments import heads

_OTHERS = re.compile(
    r"^(?:!RANCID-CONTENT-TYPE: (?!cisco\s*$)|ASA Version|PIX Version|: Saved|NGFW Version|!Command: show|feature \S|vrf context |!! IOS XR|.{0,40}IOS XR|"
    r"ipv4 access-list|route-policy |prefix-set |"
    r"interface (?:GigaEthernet|BRI\d+\.\d|Bundle-Ether|MgmtEth|port\d|eth\d|vlan\d|po\d|ge-|xe-|swp|mgmt ?\d|"
    r"ethernet \d|PortChannel)|[!;#].{0,60}(?:NEC Portable|IX\d{4}|AlliedWare|Allied ?Telesis|"
    r"ArubaOS|ProCurve|EOS-\d|Arista|vEOS|NX-OS|Dell|Yamaha|Aruba|FTOS|Brocade|QTECH|Huawei|Comware|ADTRAN|Vyatta|FITELnet)|"
    r"ip ufs-cache|ip napt |service terminal-length|management api |daemon TerminAttr|transceiver qsfp|no service ssh|platform vrf|"
    r"nameif |names$|same-security-traffic|access-group \S+ (?:in|out) interface|config system|set \S+ |\s+ipv4 address|\s+ip address \d{1,3}(?:\.\d{1,3}){3}/\d)",
)  # fmt: skip
_SURE = re.compile(
    r"^(?:version 1[0-9]\.\d|Current configuration : \d+ bytes|boot-start-marker|service timestamps (?:debug|log) |"
    r"interface (?:(?:Ten|Twe|Forty|Hundred)?Gig\w{0,16}|FastEthernet|Fa|Gi|Ethernet|Dialer|Serial|Vlan|Loopback|Tunnel|Port-channel|BVI|Cellular|Virtual-Template)\d|"
    r"ip access-list (?:standard|extended) \S|access-list \d{1,4} (?:permit|deny|remark) |ip nat (?:inside|outside|pool) |line (?:con|vty|aux) \d|"
    r"zone-pair security |zone security |crypto isakmp |ip route \d{1,3}(?:\.\d{1,3}){3} \d|no ip http server|policy-map type inspect|object-group network \S+$|ip cef$|"
    r"aaa new-model$|\s+(?:\d{1,6} )?(?:permit|deny) {1,3}(?:ip|tcp|udp|icmp) |\s+ip address \d{1,3}(?:\.\d{1,3}){3} \d|enable secret \d |router (?:ospf|eigrp|bgp) \d)",
)
_OWN_SOFTWARE = re.compile(r"^(?:Cisco IOS|Cisco Internetwork Operating System|IOS \(tm\))", re.IGNORECASE)
_UPTIME = re.compile(r"^[A-Za-z][\w.-]{0,62} uptime is \d")
_DOTTED_ROUTE = re.compile(r"^[A-Z][A-Za-z*+ ]{0,8}\d{1,3}(?:\.\d{1,3}){3} \d{1,3}(?:\.\d{1,3}){3} ")
_SHOWN = frozenset({"brief", "interfaces", "lists", "crypto"})


def recognise(head: Sequence[str]) -> bool:
    """Whether the first lines are a configuration or an output of Cisco IOS: two things that are its own, and nothing of another's."""
    if any(_OTHERS.match(line) for line in head):
        return False
    found = {match[0].split()[0] for line in head if (match := _SURE.match(line))}
    if len(found) >= 2:
        return True
    kinds = heads(head)
    if "version" in kinds and any(_OWN_SOFTWARE.match(line) for line in head):
        return any(_UPTIME.match(line) for line in head)
    if "route" in kinds and any("M - mobile" in line for line in head):
        return any("Codes: " in line and "C - connected" in line for line in head) and not any(_DOTTED_ROUTE.match(line) for line in head)
    return bool(kinds & _SHOWN) and not any(" CONFIG " in line for line in head)
