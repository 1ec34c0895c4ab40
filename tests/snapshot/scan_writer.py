"""Writes scan files as nmap does, from a few facts; and draws networks for the property tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from hypothesis import strategies as st

ASKED = "1-1024,3389"
PORTS = (22, 23, 80, 104, 443, 445, 3389)


@dataclass(frozen=True)
class Machine:
    """A machine: last octet, hardware (None: not seen), open ports with product and version ("" is a guess by number), its name."""

    octet: int
    hardware: int | None = None
    ports: tuple[tuple[int, str, str], ...] = ()
    name: str = ""
    rest: str = "closed"
    listed: tuple[tuple[int, str], ...] = ()
    status: str = "up"
    reason: str = "arp-response"
    extra: str = field(default="", repr=False)


def scan(
    machines: Sequence[Machine],
    *,
    seed: int = 0,
    shuffled: bool = False,
    asked: str = ASKED,
    targets: str = "10.9.0.0/24",
    total: int = 256,
    ended: bool = True,
    began: int = 1_790_000_000,
) -> bytes:
    """Return a scan file of these machines; `seed` sets all moments, and the order of hosts and ports where `shuffled`."""
    random = Random(seed)
    hosts = list(machines)
    if shuffled:
        random.shuffle(hosts)
    command = f"nmap -sS -sV -oX a.xml {targets}"
    begin = began + random.randrange(1000)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n<?xml-stylesheet href="nmap.xsl" type="text/xsl"?>\n'
        f'<!-- Nmap 7.93 scan initiated as: {command} -->\n<nmaprun scanner="nmap" args="{command}" start="{begin}" version="7.93">\n'
        f'<scaninfo type="syn" protocol="tcp" numservices="1025" services="{asked}"/>\n<taskbegin task="x" time="{begin}"/>\n'
    )
    text += "".join(host(one, random, shuffled=shuffled) for one in hosts)
    if ended:
        up = len(machines)
        text += (
            f'<runstats><finished time="{begin + 99}" elapsed="{random.random():.2f}" exit="success"/>'
            f'<hosts up="{up}" down="{total - up}" total="{total}"/>\n</runstats>\n</nmaprun>\n'
        )
    return text.encode()


def host(one: Machine, random: Random, *, shuffled: bool) -> str:
    """Return one host element."""
    begin = 1_790_000_000 + random.randrange(10_000)
    times = f' starttime="{begin}" endtime="{begin + random.randrange(99)}"' if one.status == "up" else ""
    text = f'<host{times}><status state="{one.status}" reason="{one.reason}" reason_ttl="0"/>\n<address addr="10.9.0.{one.octet}" addrtype="ipv4"/>\n'
    if one.hardware is not None:
        text += f'<address addr="00:1B:63:00:00:{one.hardware:02X}" addrtype="mac" vendor="Apple"/>\n'
    if one.status != "up":
        return f"{text}</host>\n"
    name = f'<hostname name="{one.name}.example" type="PTR"/>\n' if one.name else ""
    ports = [_port(number, "open", "syn-ack", product, version) for number, product, version in one.ports]
    ports += [_port(number, state, "no-response", "", "") for number, state in one.listed]
    if shuffled:
        random.shuffle(ports)
    count = 1025 - len(ports)
    extra = (
        f'<extraports state="{one.rest}" count="{count}">\n<extrareasons reason="x" count="{count}"/>\n</extraports>\n' if one.rest else ""
    )
    return (
        f"{text}<hostnames>\n{name}</hostnames>\n<ports>{extra}{''.join(ports)}</ports>\n"
        f'<uptime seconds="{random.randrange(9999)}" lastboot="x"/>\n{one.extra}'
        f'<times srtt="{random.randrange(-9, 9999)}" rttvar="{random.randrange(9999)}" to="100000"/>\n</host>\n'
    )


def _port(number: int, state: str, reason: str, product: str, version: str) -> str:
    said = f' product="{product}"' if product else ""
    said += f' version="{version}"' if version else ""
    known = 'method="probed" conf="10"' if product else 'method="table" conf="3"'
    return (
        f'<port protocol="tcp" portid="{number}"><state state="{state}" reason="{reason}" reason_ttl="64"/>'
        f'<service name="s{number}"{said} {known}/></port>\n'
    )


_port_strategy = st.tuples(st.sampled_from(PORTS), st.sampled_from(("", "OpenSSH", "nginx")), st.sampled_from(("", "1.0", "1.1")))


@st.composite
def machines(draw: st.DrawFn, *, largest: int = 8) -> tuple[Machine, ...]:
    """Draw a small network; two networks drawn have much in common."""
    found = []
    for octet in draw(st.lists(st.integers(1, 9), max_size=largest, unique=True)):
        ports = {
            number: (number, product, version if product else "") for number, product, version in draw(st.lists(_port_strategy, max_size=4))
        }
        listed = draw(st.dictionaries(st.sampled_from(PORTS), st.sampled_from(("closed", "filtered", "open|filtered")), max_size=2))
        status, reason = draw(
            st.sampled_from((("up", "arp-response"), ("up", "arp-response"), ("up", "user-set"), ("down", "no-response")))
        )
        found.append(
            Machine(
                octet,
                draw(st.none() | st.integers(1, 6)),
                tuple(ports.values()),
                draw(st.sampled_from(("", "pc"))),
                draw(st.sampled_from(("closed", "filtered", "open|filtered", ""))),
                tuple((number, state) for number, state in listed.items() if number not in ports),
                status,
                reason,
            )
        )
    return tuple(found)
