"""Lines of ss, netstat and /proc/net/{tcp,udp} as one kind of socket."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from omamori.model.look import Problem
from omamori.parse.linux.output import address, files, number
from omamori.parse.sections import Section


@dataclass(frozen=True, slots=True)
class Socket:
    """One socket: own end, other end, state (lower case), and whom it belongs to where that is shown."""

    line: int
    protocol: str
    state: str
    address: str
    port: int | None
    peer: str | None
    peer_port: int | None
    process: str | None = None
    pid: int | None = None
    uid: int | None = None

    @property
    def listening(self) -> bool:
        """Whether it waits for others: TCP in LISTEN, UDP without a peer."""
        return self.state == "listen" or (self.protocol == "udp" and self.peer_port is None)


_USER = re.compile(r'\(\("([^"]{0,64})",(?:pid=)?(\d{1,10})', re.ASCII)
_UID = re.compile(r"\buid:(\d{1,10})\b", re.ASCII)
_INODE = re.compile(r"\bino:([1-9]\d*)\b", re.ASCII)
_INTERFACE = re.compile(r"(?<=\])%[^%\[\]]{1,32}\Z")
_STATES = {"estab": "established", "unconn": "unconnected", "established": "established", "close": "unconnected"}
_PROC_STATES = {"01": "established", "02": "syn-sent", "03": "syn-recv", "04": "fin-wait-1", "05": "fin-wait-2", "06": "time-wait"}
_PROC_STATES |= {"07": "unconnected", "08": "close-wait", "09": "last-ack", "0A": "listen", "0B": "closing"}


def _end(text: str) -> tuple[str, int | None] | None:
    """Address and port of one end; port None for `*`; None when it is none."""
    host, sign, port = text.rpartition(":")
    # ss writes the interface of a link-local address behind the bracket: [fe80::1]%eth0.
    host = _INTERFACE.sub("", host)
    plain = "*" if host == "*" else address(host)
    if plain is None and host in ("", "::ffff:*"):
        plain = "*"
    known = number(port, 65535)
    if not sign or plain is None or (known is None and port != "*"):
        return None
    return plain, known


def _ends(line: int, protocol: str, state: str, own: str, other: str) -> Socket | None:
    here, there = _end(own), _end(other)
    if here is None or there is None or here[1] is None:
        return None
    peer, peer_port = (None, None) if there[1] in (None, 0) else there
    return Socket(line, protocol, state, here[0], here[1], peer, peer_port)


def ss_sockets(section: Section) -> Iterator[Socket | Problem]:
    """Read `ss -tunape` of any age; its header and lines of other families are left out."""
    for line, text in section.numbered():
        words = text.split()
        if not words or words[0] in ("Netid", "State"):
            continue
        protocol = words[0].removesuffix("6")
        found = None
        if protocol in ("tcp", "udp") and len(words) >= 6:
            state = words[1].lower()
            found = _ends(line, protocol, _STATES.get(state, state), words[4], words[5])
        if found is None:
            yield Problem(line, "a line of ss: tcp or udp, state, two queues, own and other address with port")
            continue
        user, uid = _USER.search(text), _UID.search(text)
        # ss leaves out the owner when it is root; a socket without inode (time-wait) has none.
        owner = int(uid[1]) if uid else 0 if _INODE.search(text) else None
        yield Socket(
            line,
            found.protocol,
            found.state,
            found.address,
            found.port,
            found.peer,
            found.peer_port,
            user[1] if user else None,
            int(user[2]) if user else None,
            owner,
        )


def netstat_sockets(section: Section) -> Iterator[Socket | Problem]:
    """Read `netstat -tunap` of net-tools and busybox."""
    for line, text in section.numbered():
        words = text.split()
        protocol = words[0].removesuffix("6") if words else ""
        if protocol not in ("tcp", "udp", "udplite"):
            continue  # headings
        rest = words[5:]
        state = rest.pop(0).lower().replace("_", "-") if rest and rest[0].isupper() else "unconnected"
        found = _ends(line, protocol, _STATES.get(state, state), _brackets(words[3]), _brackets(words[4])) if len(words) >= 5 else None
        if found is None:
            yield Problem(line, "a line of netstat: protocol, two queues, own and other address with port, state")
            continue
        pid, _, name = rest[0].partition("/") if rest else ("", "", "")
        yield Socket(
            line,
            found.protocol,
            found.state,
            found.address,
            found.port,
            found.peer,
            found.peer_port,
            name.rstrip(":") or None,
            number(pid, 2**31),
        )


def _brackets(text: str) -> str:
    """netstat writes `:::22` for any IPv6 address."""
    return f"[::]:{text[3:]}" if text.startswith(":::") else text


def proc_sockets(section: Section) -> Iterator[Socket | Problem]:
    """Read /proc/net/tcp, tcp6, udp and udp6: addresses in hexadecimal, in the byte order of a little-endian machine."""
    for file in files(section):
        protocol = file.name.removesuffix("6")
        for line, text in file.lines:
            words = text.split()
            if not words or words[0] == "sl":
                continue
            try:
                own, own_port = _hex(words[1])
                other, other_port = _hex(words[2])
                state = _PROC_STATES.get(words[3], "unknown")
                uid = number(words[7], 2**32)
            except (IndexError, ValueError):
                yield Problem(line, f"a line of {file.path}: number, own address, other address, state")
                continue
            connected = other_port != 0
            yield Socket(line, protocol, state, own, own_port, other if connected else None, other_port if connected else None, uid=uid)


def _hex(text: str) -> tuple[str, int]:
    host, _, port = text.partition(":")
    raw = bytes.fromhex(host)
    if len(raw) not in (4, 16) or len(port) != 4:
        raise ValueError(text)
    turned = b"".join(raw[at : at + 4][::-1] for at in range(0, len(raw), 4))
    known = IPv4Address(turned) if len(turned) == 4 else IPv6Address(turned)
    return str(known), int(port, 16)
