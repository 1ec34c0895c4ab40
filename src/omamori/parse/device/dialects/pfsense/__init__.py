"""pfSense (and, by `opnsense`, OPNsense): the saved config.xml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from omamori.model.device import DeviceFact, DeviceUnread
from omamori.parse.device.dialects.pfsense.names import Names
from omamori.parse.device.dialects.pfsense.network import access, accounts, interfaces, logs, routes, secrets, vpns
from omamori.parse.device.dialects.pfsense.redact import redact
from omamori.parse.device.dialects.pfsense.rules import Rules
from omamori.parse.device.interface import Device, Dialect
from omamori.parse.device.markup import Node, read_markup
from omamori.parse.device.wordlist import words
from omamori.parse.windows.lines import Line

NOTHING = words(
    "version lastchange theme sysctl widgets rrd cron wol diag dhcpd dhcpdv6 dhcp6 dhcpd6 dnsmasq unbound ntpd ntp igmpproxy dyndnses "
    "dyndns captiveportal cert ca crl revision notifications sshdata shaper dnshaper l7shaper hasync ezshaper proxyarp virtualip ppps "
    "laggs bridges gifs gres qinqs wireless ovpnserver switches schedules created updated installedpackages dnsupdates separator "
    "nat-separator pkg aliases vlans ifgroups snmpd backup trigger_initial_wizard vpn_kea kea load_balancer ipsec-logging staticmap "
    "bridge cloud_notify voucher interfaces staticroutes gateways system syslog openvpn OPNsense ipsec"
)
"""Sections that are read, or change no answer. A section in no list is told."""
CONCERNS = {
    "filter": "device_rules",
    "nat": "device_rules",
    "virtualip": "device_interfaces",
    "proxyarp": "device_interfaces",
    "OPNsense": "device_rules",
}
DANGEROUS = (
    ("OPNsense/Firewall/Filter/rules", "device_rules"), ("OPNsense/Firewall/Filter/snatrules", "device_rules"), ("OPNsense/Firewall/Filter/onetoone", "device_rules"),
    ("OPNsense/OpenVPN/Instances", "device_vpns"), ("OPNsense/Swanctl/Connections", "device_vpns"), ("OPNsense/quagga", "device_routes"),
    ("installedpackages/frr", "device_routes"), ("installedpackages/quagga", "device_routes"), ("virtualip/vip", "device_interfaces"),
    ("bridges/bridged", "device_routes"), ("l2tp", "device_vpns"), ("pptpd", "device_vpns"), ("pppoes", "device_vpns"),
)  # fmt: skip
"""Places that change answers and are not read here."""

_OTHERS = (
    "device_interfaces", "device_routes", "device_chains", "device_vpns", "device_accounts", "device_access", "device_logs", "device_secrets"
)  # fmt: skip
"""Tables besides the rules, which the broken place itself makes incomplete."""


def root_is(name: str) -> Callable[[Sequence[str]], bool]:
    """Return what recognises a document by its root element."""
    pattern = re.compile(rf"^\ufeff?(?:\s{{0,40}}<\?xml[^>]{{0,200}}\?>)?\s{{0,40}}(?:<!--[^>]{{0,200}}-->\s{{0,20}})?<{name}>")

    def recognise(head: Sequence[str]) -> bool:
        return pattern.match("\n".join(line for line in head[:30] if line.strip())) is not None

    return recognise


def reader(system: str) -> Callable[[Sequence[Line]], Device]:
    """Return what reads the config.xml of one of the two."""

    def read(lines: Sequence[Line]) -> Device:
        first = lines[0].number - 1 if lines else 0
        found = read_markup("\n" * first + "\n".join(line.text for line in lines).lstrip("\ufeff"))
        root = found.root
        rows: list[Any] = list(secrets(root))
        names = Names(root)
        rows += [
            *interfaces(root, names),
            *routes(root, names),
            *Rules(root, names).rows(),
            *vpns(root),
            *accounts(root),
            *access(root),
            *logs(root),
        ]
        missed = tuple(_unread(root, found.broken, lines))
        said = sum(1 for line in lines if line.text.strip())
        # Of a document that ends too early nobody knows what it would have said.
        cut = dict.fromkeys(_OTHERS, "not_understood") if found.broken is not None else {}
        return Device(_fact(root, system), tuple(rows), missed, said, MappingProxyType(cut))

    return read


def _fact(root: Node, system: str) -> DeviceFact:
    domain = root.get("system/domain")
    name = root.get("system/hostname")
    moment = root.get("revision/time").partition(".")[0]
    configured = None
    if moment.isascii() and moment.isdigit() and len(moment) < 11:
        configured = datetime.fromtimestamp(int(moment), UTC).replace(tzinfo=None)
    return DeviceFact(
        hostname=f"{name}.{domain}" if name and domain and "." not in name else name or None, system=system, version=None, configured=configured,
        forwards=True, stateful=True, evidence=str(root.child("system/hostname").line or root.line),
    )  # fmt: skip


def _unread(root: Node, broken: int | None, lines: Sequence[Line]) -> Iterator[DeviceUnread]:
    if broken is not None:
        text = next((line.text for line in lines if line.number == broken), "")
        yield DeviceUnread(line=broken, text=text.strip()[:200], section="XML", concerns="device_rules", evidence=str(broken))
    for path, table in DANGEROUS:
        node = root.child(path)
        leaf = next((one for _, one in node.leaves() if one.text.strip() not in ("", "0")), None)
        if node.line and leaf is not None:
            yield DeviceUnread(line=node.line, text=f"<{node.tag}>", section=path, concerns=table, evidence=str(node.line))
    known = {path.split("/")[0] for path, _ in DANGEROUS}
    for section in root.children:
        if section.tag in NOTHING or (section.tag in known and section.tag not in CONCERNS):
            continue
        for path, leaf in section.leaves():
            if section.tag in ("filter", "nat") and (
                leaf.used or "separator" in path or path.startswith(("bypassstaticroutes", "ipsecpassthru", "updated", "created"))
            ):
                continue
            yield DeviceUnread(
                line=leaf.line, text=f"<{leaf.tag}>{leaf.text.strip()}"[:200], section=f"{section.tag}/{path}"[:200],
                concerns=CONCERNS.get(section.tag, "device_rules"), evidence=str(leaf.line),
            )  # fmt: skip


DIALECT = Dialect(
    system="pfsense",
    name="Netgate pfSense",
    recognise=root_is("pfsense"),
    read=reader("pfsense"),
    redact=redact,
    documents=(
        "Netgate: pfSense documentation, Ordering of NAT and Firewall Processing; Firewall Rule Processing Order; Rule Methodology",
        "Netgate: pfSense documentation, Port Forwards; 1:1 NAT; Outbound NAT; Aliases; Floating Rules; Anti-lockout Rule",
        "Netgate: pfSense documentation, XML Configuration File",
    ),
)
