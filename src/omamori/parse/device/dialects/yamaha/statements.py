"""The commands of a Yamaha configuration, each with the PP and tunnel that was selected when it stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from omamori.parse.device.draft import Draft, words
from omamori.parse.windows.lines import Line

ANY = None
"""Any word, in a pattern of `Statements.take`."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One command. `pp` and `tunnel` name the interface that `pp` and `tunnel` in it stand for."""

    line: Line
    words: tuple[str, ...]
    pp: str
    tunnel: str

    def interface(self, word: str) -> str:
        """Return the name of the interface a word of this command means."""
        return self.pp if word == "pp" else self.tunnel if word == "tunnel" else word

    @property
    def evidence(self) -> str:
        """The number of its line."""
        return str(self.line.number)


_HARMLESS = tuple(
    tuple(ANY if word == "*" else word for word in command.split())
    for line in """\
timezone, console, system, switch, lan-map, dns, statistics, external-memory, operation, ntpdate, ntp, mail, sip, ngn, usb, alarm
queue, speed, dhcp, analog, isdn, bri, alias, set, date, time, packetdump, heartbeat, url, yno, dashboard, netvolante-dns, sd
http, lua, embedded-file, license, pki, ppp, radius, loopback, lan, mobile, wan, sntpd, dpi, port, interface, httpd, sshd, sftpd
telnetd, tftp, snmp, snmpv2c, snmpv3, syslog, description, rtfs, cpu, memory, temperature, scheduler, nat46, dns46, lbo, class
ccp, gui, bridge learning, login timer, login radius, administrator radius, auth user attribute, auth user group, user attribute
ip route change, ip routing, ip filter source-route, ip filter directed-broadcast, ip filter dynamic timer, ip filter fqdn
ip icmp, ip stealth, ip host, ip arp, ip fragment, ip flow, ip tos, ip simple-service, ip keepalive, ip implicit-route, ip * mtu
ip * tcp, ip * proxyarp, ip * arp, ip * intrusion, ip * rebound, ip * dhcp, ip * rip, ip * ospf, ip * wol, ip * traffic
ip * keepalive, ip * backup, ip * netmask, ip * remote, ip tunnel mtu, ip tcp, ipv6 * mtu, ipv6 * tcp, ipv6 * rtadv, ipv6 * dhcp
ipv6 * address, ipv6 * prefix, ipv6 prefix, ipv6 routing, ipv6 * mld, ipv6 source, ipv6 icmp, ipv6 stealth, ipv6 nd
pp auth accept, pp auth request, pp auth multi, pp always-on, pp disconnect, pp keepalive, pp name, pp bind, pp select, pp backup
pp retry, pp enable, pp disable, pppoe, tunnel select, tunnel name, tunnel enable, tunnel disable, tunnel ngn, tunnel backup, l2tp
pptp, ipsec auto, ipsec transport, ipsec refresh, ipsec tunnel, ipsec log, ipsec ike log, ipsec ike keepalive
ipsec ike nat-traversal, ipsec ike esp-encapsulation, ipsec ike retry, ipsec ike duration, ipsec ike payload, ipsec ike backward
ipsec ike always-on, ipsec ike pfs, ipsec ike send, ipsec ike queue, ipsec ike license-key, ipsec ike local, ipsec ike remote
ipsec ike version, ipsec ike message-id-control, ipsec ike child-exchange, ipsec ike negotiation, ipsec ike restrict-dangling-sa
ipsec ike proposal-limitation, ipsec ike negotiate-strictly, ipsec ike mode-cfg, nat descriptor log, nat descriptor timer
nat descriptor sip, nat descriptor ftp, nat descriptor backward-compatibility, nat descriptor masquerade port
nat descriptor masquerade remove, nat descriptor masquerade session, nat descriptor masquerade ttl
nat descriptor masquerade rlogin, nat descriptor masquerade unconvertible, vlan port, rip filter, rip preference, ethernet filter
""".splitlines()
    for command in line.split(", ")
)
"""Beginnings of commands no answer depends on (command reference, chapters on devices, DHCP, DNS, QoS, mobile, SIP and so on)."""
_CONCERNS = (
    ("route", "device_routes"), ("forward", "device_routes"), ("rip", "device_routes"), ("ospf", "device_routes"), ("bgp", "device_routes"),
    ("ospfv3", "device_routes"), ("address", "device_interfaces"), ("vlan", "device_interfaces"), ("bridge", "device_interfaces"),
    ("ipsec", "device_vpns"), ("tunnel", "device_vpns"), ("l2tp", "device_vpns"), ("pptp", "device_vpns"),
    ("login", "device_accounts"), ("administrator", "device_accounts"), ("user", "device_accounts"), ("auth", "device_accounts"),
    ("security", "device_access"), ("pp", "device_interfaces"), ("provider", "device_routes"),
)  # fmt: skip


class Statements:
    """All commands of a configuration; what nobody takes is unread unless no answer depends on it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Read the commands; comments and empty lines are none."""
        self.all: list[Statement] = []
        self._taken: set[int] = set()
        self._first: dict[tuple[str | None, ...], list[Statement]] = {}
        pp = tunnel = "none"
        for line in lines:
            text = line.text.strip()
            if not text or text.startswith("#"):
                continue
            found = tuple(words(text))
            if found[:2] == ("pp", "select") and len(found) > 2:
                pp = "pp anonymous" if found[2] == "anonymous" else f"pp{found[2]}"
            elif found[:2] == ("tunnel", "select") and len(found) > 2:
                tunnel = f"tunnel{found[2]}"
            statement = Statement(line, found, pp, tunnel)
            self.all.append(statement)
            for begin in _begins(found):
                self._first.setdefault(begin, []).append(statement)

    def take(self, *pattern: str | None, least: int = 0) -> Iterator[tuple[Statement, tuple[str, ...]]]:
        """Yield the commands that begin with these words, and the words behind; each counts as understood.

        `least` words have to follow; a command with fewer stays unread.
        """
        size = len(pattern)
        for statement in self._first.get(_begin(pattern), ()):
            if len(statement.words) >= size + least and _fits(statement.words, pattern):
                self._taken.add(statement.line.number)
                yield statement, statement.words[size:]

    def leave(self, statement: Statement) -> None:
        """Say that a command that was taken is not understood after all."""
        self._taken.discard(statement.line.number)

    def rest(self, draft: Draft) -> None:
        """Write down what nobody understood, with the table it concerns."""
        for statement in self.all:
            if statement.line.number in self._taken:
                continue
            found = statement.words[1:] if statement.words[0] == "no" else statement.words
            if found and not any(_fits(found, pattern) for pattern in _harmless(found[0])):
                draft.unread(statement.line, concern(found), statement.tunnel if found[0] in ("tunnel", "ipsec") else None)


def _begins(found: tuple[str, ...]) -> Iterator[tuple[str | None, ...]]:
    """Yield what a command is found by: its first word, the first two, and the first and third (a command of an interface)."""
    yield found[:1]
    if len(found) > 1:
        yield found[:2]
    if len(found) > 2:
        yield (found[0], ANY, found[2])


def _begin(pattern: Sequence[str | None]) -> tuple[str | None, ...]:
    """Return what the commands of a pattern are found by."""
    if ANY not in pattern[:2]:
        return tuple(pattern[:2])
    whole = len(pattern) > 2 and pattern[0] is not ANY and pattern[2] is not ANY
    return tuple(pattern[:3]) if whole else tuple(pattern[:1])


def _fits(found: Sequence[str], pattern: Sequence[str | None]) -> bool:
    if len(found) < len(pattern):
        return False
    return all([want is ANY or want == have for want, have in zip(pattern, found, strict=False)])  # noqa: C419 (half the time)


def _harmless(first: str) -> Iterator[tuple[str | None, ...]]:
    return (pattern for pattern in _HARMLESS if pattern[0] == first)


def concern(found: Sequence[str]) -> str:
    """Return the table a command that was not understood concerns; rules, where it could be anything."""
    if found[0] == "schedule":
        at = next((place for place, word in enumerate(found) if place > 1 and (word == "*" or word in ("pp", "tunnel"))), len(found))
        return concern(found[at + 1 :]) if found[at + 1 :] else "nothing"
    if any(_fits(found, pattern) for pattern in _harmless(found[0])):
        return "nothing"
    said = found[:3]
    return next((table for word, table in _CONCERNS if word in said), "device_rules")
